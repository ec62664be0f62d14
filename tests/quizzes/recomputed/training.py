"""Chapter 8."""

import re

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, facts, parameters


@answers("sgd-step")
def _(question):
    given, f = question["given"], facts(question)
    momentum = float(re.search(r"momentum ([0-9.]+)", f["how"])[1]) if f["how"] else 0
    out = []
    for i, weight in enumerate(given["w"]):
        at, speed = weight, 0
        for name in ("g1", "g2")[: len(given) - 1]:
            speed = momentum * speed + given[name][i]
            at -= f["rate"] * speed
        out.append(at)
    return out


@answers("batch-norm")
def _(question):
    after = facts(question)["after"].replace("−", "-")
    scale, shift = map(int, re.findall(r"-?[0-9]+", after)) if after else (1, 0)
    x = np.array(question["given"]["x"], float)[:, None]
    return helpers.batch_norm(x, [scale], [shift], 0)[:, 0]


@answers("dropout")
def _(question):
    given, f = question["given"], facts(question)
    if f["when"] == "evaluation":
        return given["x"]
    return [x / (1 - f["p"]) if k else 0 for x, k in zip(given["x"], given["k"], strict=True)]


WAYS = {"to the right": (0, 1), "to the left": (0, -1), "down": (1, 0), "up": (-1, 0)}


@answers("augmentation")
def _(question):
    x, f = question["given"]["X"], facts(question)
    n = len(x)
    ways = [WAYS[word] for word in f["where"].split(" and ")]
    down, right = (f["by"] * sum(way[axis] for way in ways) for axis in (0, 1))
    out = [[0] * n for _ in range(n)]
    for i, j in helpers.cells((n, n)):
        if 0 <= i + down < n and 0 <= j + right < n:
            out[i + down][j + right] = x[i][j]
    return out


@answers("early-stopping")
def _(question):
    losses, f = question["given"]["V"], facts(question)
    patience = re.search(r"for ([0-9]+) epochs", f["rule"])
    seen = []
    for loss in losses:
        seen.append(loss)
        best = seen.index(min(seen))
        if patience and len(seen) - 1 - best >= int(patience[1]):
            break
    return len(seen) if f["question"].startswith("After") else best + 1


@answers("transfer")
def _(question):
    f = facts(question)
    assert f["conv"] == parameters(1, f["filters"], (3, 3))
    head = parameters(f["features"], f["new"])
    return head if "dense" in f["frozen"] else head + parameters(f["inputs"], f["features"])
