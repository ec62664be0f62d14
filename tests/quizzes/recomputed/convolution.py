"""Chapter 2."""

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, batch, facts, numbers, steps_between


@answers("window-sum")
def _(question):
    f, given = facts(question), question["given"]
    padding = 1 if "padding 1" in f["around"] else 0
    return helpers.conv(batch(given["X"]), batch(given["W"]), padding=padding)[0, 0, f["row"], f["column"]]


@answers("convolution-map")
def _(question):
    given = question["given"]
    return helpers.conv(batch(given["X"]), batch(given["W"]))[0, 0]


@answers("kernel-flip")
def _(question):
    x, w = question["given"]["X"], question["given"]["W"]
    if facts(question)["way"] == "mathematical convolution":
        w = [row[::-1] for row in w[::-1]]
    return sum(a * b for xs, ws in zip(x, w, strict=True) for a, b in zip(xs, ws, strict=True))


WEIGHTS = {  # written down once more
    "identity": "000 010 000", "edge-x": "10m 10m 10m", "edge-y": "111 000 mmm", "sobel-x": "m01 n02 m01",
    "sobel-y": "mnm 000 121", "prewitt-x": "m01 m01 m01", "prewitt-y": "mmm 000 111", "sharpen": "0m0 m5m 0m0",
    "high-pass": "0m0 m4m 0m0", "laplacian": "010 1o1 010", "laplacian-8": "111 1p1 111", "outline": "mmm m8m mmm",
    "line-x": "m2m m2m m2m", "line-y": "mmm 222 mmm", "emboss": "nm0 m11 012", "cross": "101 010 101",
}  # fmt: skip
SIGNS = {"m": -1, "n": -2, "o": -4, "p": -8}


@answers("which-kernel")
def _(question):
    x, y = batch(question["given"]["X"]), np.array(question["given"]["Y"])
    fits = []
    for name, text in WEIGHTS.items():
        kernel = [[SIGNS[c] if c in SIGNS else int(c) for c in row] for row in text.split()]
        if (helpers.conv(x, batch(kernel))[0, 0] == y).all():
            fits.append(name)
    offered = [choice["value"] for choice in question["choices"]]
    (only,) = [name for name in fits if name in offered]
    return only


@answers("which-picture")
def _(question):
    return helpers.conv(batch(question["given"]["X"]), batch(question["given"]["W"]))[0, 0]


@answers("high-pass-pixel")
def _(question):
    return helpers.conv(batch(question["given"]["X"]), batch(question["given"]["W"]))[0, 0, 0, 0]


@answers("frequency")
def _(question):
    w, area = question["given"]["W"], facts(question)["area"]
    value = numbers(area)[0]
    sign = -1 if "chessboard" in area else 1
    return sum(w[i][j] * value * sign ** (i + j) for i, j in helpers.cells((3, 3)))


@answers("rgb-convolution")
def _(question):
    given = question["given"]
    total = facts(question)["bias"]
    for color in ("red", "green", "blue"):
        for xs, ws in zip(given[color], given[f"kernel for {color}"], strict=True):
            total += sum(a * b for a, b in zip(xs, ws, strict=True))
    return total


@answers("filter-depth")
def _(question):
    f = facts(question)
    return [f["filters"], *[steps_between(f["side"], f["kernel"])] * 2]


@answers("one-by-one")
def _(question):
    given = question["given"]
    out = [[0, 0], [0, 0]]
    for channel, weight in enumerate(given["w"]):
        for i, j in helpers.cells((2, 2)):
            out[i][j] += weight * given[f"channel {channel}"][i][j]
    return out
