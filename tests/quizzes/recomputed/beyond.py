"""Chapters 9 to 12."""

from math import exp, sqrt

from tests import helpers
from tests.quizzes.recomputed.register import answers, facts, parameters, steps_between


@answers("skip-connection")
def _(question):
    given, f = question["given"], facts(question)
    if "dY" in given:
        return [[value + value * f["second"] * f["first"] for value in row] for row in given["dY"]]
    out = [[value + f["weight"] * value + 1 for value in row] for row in given["x"]]
    return [[max(value, 0) for value in row] for row in out] if "ReLU" in f["ending"] else out


@answers("inception")
def _(question):
    f = facts(question)
    square = (f["kernel"], f["kernel"])
    return parameters(f["inputs"], f["reduce"], (1, 1)) + parameters(f["reduce"], f["filters"], square)


@answers("grad-cam")
def _(question):
    given = question["given"]
    weights = []
    while f"G{len(weights)}" in given:
        gradient = given[f"G{len(weights)}"]
        weights.append(sum(map(sum, gradient)) / 4)
    if "A0" not in given:
        return weights
    out = [[0.0, 0.0], [0.0, 0.0]]
    for i, j in helpers.cells((2, 2)):
        out[i][j] = max(sum(weight * given[f"A{c}"][i][j] for c, weight in enumerate(weights)), 0)
    return out


def squashed(s):
    square = sum(value * value for value in s)
    return [value / sqrt(square) * square / (1 + square) if square else 0 for value in s]


@answers("capsule-squash")
def _(question):
    y = squashed(question["given"]["s"])
    return sqrt(sum(value * value for value in y)) if "How long" in question["prompt"] else y


@answers("routing")
def _(question):
    given, f = question["given"], facts(question)
    u = list(given.values())
    above = f["above"]
    s = [[sum(row[j][d] for row in u) / above for d in range(2)] for j in range(above)]
    if "sums" in f["question"]:
        return s
    v = [squashed(row) for row in s]
    if "vectors" in f["question"]:
        return v
    rows = []
    for row in u:
        powers = [exp(sum(a * b for a, b in zip(row[j], v[j], strict=True))) for j in range(above)]
        rows.append([power / sum(powers) for power in powers])
    return rows


@answers("conv1d")
def _(question):
    given, spread = question["given"], facts(question)["spread"]
    x, w = given["x"], given["w"]
    out = []
    for t in range(len(x)):
        places = [t - spread * back for back in range(len(w))]
        out.append(sum(w[-1 - back] * x[at] for back, at in enumerate(places) if at >= 0))
    return out


@answers("conv3d")
def _(question):
    f = facts(question)
    if "parameters" in question["prompt"]:
        return parameters(1, f["filters"], (f["kernel"],) * 3)
    sides = (f["depth"], f["height"], f["width"])
    return [f["filters"], *(steps_between(side, f["kernel"], f["stride"], f["padding"]) for side in sides)]


TRUE = (
    "with the square", "depth 1, an RGB", "becomes 16 cells", "no parameters", "2,265 times", "equivariant",
    "does not flip", "if the stride is 1", "add up", "degradation", "at 512", "27 weights and 28",
)  # fmt: skip
FALSE = (
    "exponentially", "depth 3, an RGB", "16.5", "1,024 parameters", "every network", "invariant",
    "flips its kernel, as", "for any stride", "keeps the gradient of the last", "vanishing", "up to 1,024",
    "9 weights and 10",
)  # fmt: skip


@answers("claims")
def _(question):
    wanted = FALSE if "false" in question["prompt"] else TRUE
    others = TRUE if "false" in question["prompt"] else FALSE
    (only,) = [choice["value"] for choice in question["choices"] if any(words in choice["value"] for words in wanted)]
    for choice in question["choices"]:
        assert choice["value"] == only or any(words in choice["value"] for words in others)
    return only
