"""Chapters 4 and 5."""

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, batch, facts, steps_between


@answers("relu")
def _(question):
    return [[value if value > 0 else 0 for value in row] for row in question["given"]["X"]]


@answers("max-pool")
def _(question):
    f = facts(question)
    return helpers.max_pool(batch(question["given"]["X"]), f["kernel"], f["step"])[0, 0]


@answers("average-pool")
def _(question):
    f, given = facts(question), question["given"]
    if "channels" in f:
        return [sum(sum(row) for row in given[f"channel {c}"]) / 4 for c in range(f["channels"])]
    return helpers.avg_pool(batch(given["X"]), f["kernel"])[0, 0]


@answers("arg-max")
def _(question):
    f, x = facts(question), question["given"]["X"]
    best = None
    for i in range(f["kernel"]):
        for j in range(f["kernel"]):
            row, column = f["out_row"] * f["step"] + i, f["out_column"] * f["step"] + j
            if best is None or x[row][column] > x[best[0]][best[1]]:
                best = [row, column]
    return best


@answers("pooled-size")
def _(question):
    f = facts(question)
    return [f["channels"], *[steps_between(f["side"], f["kernel"], f["step"])] * 2]


@answers("equivariance")
def _(question):
    f, y = facts(question), question["given"]["Y"]
    n, by = len(y), f["by"]
    if f["direction"] == "down":
        return [y[(i - by) % n] for i in range(n)]
    return [[row[(j - by) % n] for j in range(n)] for row in y]


@answers("invariance")
def _(question):
    f = facts(question)
    pooled = {}
    for i, j in helpers.cells((f["height"], f["width"])):
        picture = np.zeros((1, 1, f["height"], f["width"]))
        picture[0, 0, i, j] = 1
        pooled[i, j] = helpers.max_pool(picture, f["kernel"]).tolist()
    down, right = {"row down": (1, 0), "column to the right": (0, 1)}[f["way"]]
    moves = [((i, j), (i + down, j + right)) for i, j in pooled if (i + down, j + right) in pooled]
    assert len(moves) == f["moves"]
    return sum(pooled[before] == pooled[after] for before, after in moves)


def seen(kernels, strides, cell):
    """The cells of the picture that a cell sees, layer by layer back."""
    cells = {cell}
    for kernel, stride in zip(reversed(kernels), reversed(strides), strict=True):
        cells = {c * stride + k for c in cells for k in range(kernel)}
    return cells


@answers("receptive-field")
def _(question):
    f = facts(question)
    cells = seen(f["kernels"], f["strides"], 0)
    return max(cells) - min(cells) + 1


@answers("field-jump")
def _(question):
    f = facts(question)
    return min(seen(f["kernels"], f["strides"], 1)) - min(seen(f["kernels"], f["strides"], 0))


@answers("stacked-kernels")
def _(question):
    f = facts(question)
    side = len(seen([f["kernel"]] * f["layers"], [1] * f["layers"], 0))
    pairs = f["channels"] * f["channels"]
    return pairs * (side * side - sum(f["kernel"] ** 2 for _ in range(f["layers"])))
