"""Chapters 9 to 12."""

import re
from math import exp, sqrt

from tests import helpers
from tests.quizzes.recomputed.register import answers, facts, numbers, parameters, steps_between


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


@answers("compound-scaling")
def _(question):
    f = facts(question)
    how = f["how"]
    depth, width, side = (1.0, 1.0, 1.0)
    for words, name in ((" times as deep", "depth"), (" times as wide", "width"), (" times as large a side", "side")):
        if words in how:
            value = float(re.split(r"[ ]", how[: how.index(words)])[-1])
            depth, width, side = (value if name == it else old for it, old in zip(
                ("depth", "width", "side"), (depth, width, side), strict=True))  # fmt: skip
    return scaled_work(depth, width, side)


def scaled_work(depth, width, side):
    """Layers of 20 channels on a side of 20 cells, each cell of each channel reading every channel, counted."""

    def work(layers, channels, cells):
        return sum(channels * channels * cells * cells for _ in range(layers))

    return work(round(20 * depth), round(20 * width), round(20 * side)) / work(20, 20, 20)


@answers("activation-maximization")
def _(question):
    given, f = question["given"], facts(question)
    x, w = given["X"], given["W"]
    if "goal" in f:
        pixels, steps = [list(row) for row in x], 0
        while sum(pixels[i][j] * w[i][j] for i, j in helpers.cells((2, 2))) < f["goal"] - 1e-9:
            pixels = [[pixels[i][j] + f["rate"] * w[i][j] for j in range(2)] for i in range(2)]
            steps += 1
        return steps
    if "rate" in f:
        return [[x[i][j] + f["rate"] * w[i][j] for j in range(2)] for i in range(2)]
    out = [[0] * 3 for _ in range(3)]
    for r, c in helpers.cells((2, 2)):
        if sum(w[i][j] * x[r + i][c + j] for i, j in helpers.cells((2, 2))) > 0:
            for i, j in helpers.cells((2, 2)):
                out[r + i][c + j] += w[i][j]
    return out


@answers("occlusion")
def _(question):
    given = question["given"]
    if "P" in given:
        return max(facts(question)["whole"] - score for row in given["P"] for score in row)
    x, w = given["X"], given["W"]

    def score(hidden):
        return sum(w[i][j] * x[i][j] for i, j in helpers.cells((3, 3)) if (i, j) not in hidden)

    covers = [[{(r + i, c + j) for i, j in helpers.cells((2, 2))} for c in range(2)] for r in range(2)]
    return [[score(()) - score(cover) for cover in row] for row in covers]


@answers("pipeline")
def _(question):
    f = facts(question)
    if "seen" in f:
        marks = [True] * f["right"] + [False] * (f["asked"] - f["right"])
        new = marks[f["seen"] :]  # those seen are all read right
        return 100 * sum(new) / len(new)
    left, steps = f["total"] * f["share"] // 100, 0
    while left > 0:
        left, steps = left - f["size"], steps + 1
    return steps * (numbers(f["wanted"]) or [1])[0]


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
