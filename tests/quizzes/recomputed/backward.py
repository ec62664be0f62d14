"""The questions of level 3 that reverse the reasoning: what is sought is tried out, and one value only may fit."""

from itertools import product

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.beyond import squashed
from tests.quizzes.recomputed.pooling import seen
from tests.quizzes.recomputed.register import ANSWERS, batch, facts, numbers, parameters, steps_between

BACKWARD = {}


def backward(*topics):
    """Answer the questions of level 3 of these topics."""

    def keep(function):
        BACKWARD.update(dict.fromkeys(topics, function))
        return function

    return keep


def fitting(candidates, fits):
    found = [candidate for candidate in candidates if fits(candidate)]
    assert found
    return found


def only(candidates, fits):
    (found,) = fitting(candidates, fits)
    return found


SOUGHT = {
    "transposed-size": ("padding", range(4)),
    "conv-parameters": ("inputs", range(1, 200)),
    "separable": ("outputs", range(20, 201)),
    "macs": ("filters", range(1, 100)),
    "dense-parameters": ("side", range(8, 257, 8)),
    "resolution-growth": ("factor", range(1, 20)),
}
"""What is asked for, and what is tried; forward each must give what the question tells."""


@backward(*SOUGHT)
def _(question):
    name, candidates = SOUGHT[question["topic"]]
    f = facts(question)

    def made(candidate):
        return ANSWERS[question["topic"]]({**question, "facts": {**f, name: candidate}})

    return only(candidates, lambda candidate: made(candidate) == f["made"])


@backward("preprocessing")
def _(question):
    f = facts(question)
    return [
        [only(range(256), lambda pixel, z=z: abs((pixel / 255 - f["mean"]) / f["spread"] - z) < 1e-3) for z in row]
        for row in question["given"]["Z"]
    ]


MISPRINTED = ("convolution-map", "max-pool", "transposed-map", "filter-gradient", "input-gradient")


@backward(*MISPRINTED)
def _(question):
    right, printed = np.array(ANSWERS[question["topic"]](question)), np.array(question["given"]["M"])
    (cell,) = np.argwhere(right != printed)
    return right[tuple(cell)]


@backward("output-size")
def _(question):
    f = facts(question)
    return max(
        fitting(range(1, 500), lambda side: steps_between(side, f["kernel"], f["stride"], f["padding"]) == f["made"])
    )


@backward("same-padding")
def _(question):
    f = facts(question)
    size = f["size"]
    return only(range(2, size), lambda kernel: steps_between(size, kernel, 1, f["made"], f["dilation"]) == size)


@backward("image-values")
def _(question):
    f = facts(question)
    left, rows = f["made"], 0
    while left > 0:  # row by row
        left, rows = left - sum(1 for _ in "RGB" for _ in range(f["width"])), rows + 1
    assert left == 0
    return rows


@backward("dilation")
def _(question):
    f = facts(question)
    return only(range(1, 9), lambda spread: steps_between(f["size"], f["kernel"], dilation=spread) == f["made"])


@backward("groups")
def _(question):
    f = facts(question)

    def fits(parts):
        if f["inputs"] % parts or f["outputs"] % parts:
            return False
        square = (f["kernel"], f["kernel"])
        each = parameters(f["inputs"] // parts, f["outputs"] // parts, square, False)
        return sum(each for _ in range(parts)) == f["made"]

    return only(range(1, 200), fits)


@backward("receptive-field")
def _(question):
    f = facts(question)

    def field(last):
        cells = seen([*f["kernels"], last], [*f["strides"], 1], 0)
        return max(cells) - min(cells) + 1

    return only(range(1, 15), lambda last: field(last) == f["made"])


@backward("stacked-kernels")
def _(question):
    f = facts(question)
    return only(range(1, 15), lambda layers: len(seen([f["kernel"]] * layers, [1] * layers, 0)) == f["made"])


@backward("flatten-count")
def _(question):
    f = facts(question)

    def cells(side):
        return f["filters"] * steps_between(steps_between(side, f["kernel"]), f["pool"], f["pool"]) ** 2

    return max(fitting(range(5, 100), lambda side: cells(side) == f["made"]))


@backward("flatten-index")
def _(question):
    f = facts(question)
    return list(list(helpers.cells((f["channels"], f["height"], f["width"])))[f["place"]])


@backward("cross-entropy")
def _(question):
    loss = facts(question)["loss"]
    return min(np.arange(1, 10_000) / 10_000, key=lambda share: abs(-np.log(share) - loss))


@backward("sgd-step")
def _(question):
    given = question["given"]

    def fits(rate):
        made = [w - rate * g for w, g in zip(given["w0"], given["g"], strict=True)]
        return np.allclose(made, given["w1"], rtol=0, atol=1e-9)

    return only([n / 100 for n in range(1, 200)], fits)


@backward("dropout")
def _(question):
    f = facts(question)
    return only([n / 100 for n in range(100)], lambda p: abs(f["x"] / (1 - p) - f["made"]) < 1e-6)


@backward("capsule-squash")
def _(question):
    y = question["given"]["y"]
    low, high = 0.0, 100.0  # how many times as long as y: halved until nothing is left between
    for _ in range(60):
        middle = (low + high) / 2
        shrunk = squashed([middle * cell for cell in y])
        low, high = (middle, high) if np.hypot(*shrunk) < np.hypot(*y) else (low, middle)
    return [low * cell for cell in y]


@backward("inception")
def _(question):
    f = facts(question)
    square = (f["kernel"], f["kernel"])
    return only(
        range(1, 100),
        lambda n: parameters(f["inputs"], n, (1, 1)) + parameters(n, f["filters"], square) == f["made"],
    )


@backward("augmentation")
def _(question):
    x, z = question["given"]["X"], question["given"]["Z"]
    n = len(x)

    def fits(way):
        out = [[0] * n for _ in range(n)]
        for i, j in helpers.cells((n, n)):
            if 0 <= i + way[0] < n and 0 <= j + way[1] < n:
                out[i + way[0]][j + way[1]] = x[i][j]
        return out == z

    return only(product(range(-3, 4), repeat=2), fits)


@backward("one-by-one")
def _(question):
    given = question["given"]
    one, other = batch([given["channel 0"], given["channel 1"]])[0]

    def fits(w):
        return all(
            w[0] * one[cell] + w[1] * other[cell] == given["Y"][cell[0]][cell[1]] for cell in helpers.cells((2, 2))
        )

    return only(product(range(-9, 10), repeat=2), fits)


@backward("volume-shape")
def _(question):
    f = facts(question)

    def fits(layer):
        filters, kernel, stride, padding = layer
        side = steps_between(f["side"], kernel, stride, padding)
        return [filters, side, side] == numbers(f["made"])

    return only([choice["value"] for choice in question["choices"]], fits)


@backward("frequency")
def _(question):
    f = facts(question)

    def fits(pair):
        around, middle = pair
        return [middle + 4 * around, middle - 4 * around] == [f["made"], f["fast"]]

    return only(product(range(-9, 10), range(-20, 21)), fits)[1]


@backward("compound-scaling")
def _(question):
    f = facts(question)

    def work(depth, width, side):
        return depth * width * width * side * side

    goal = f["made"] * work(1, 1, f["before"])
    return only(range(f["before"], 4 * f["before"]), lambda side: abs(work(f["depth"], f["width"], side) - goal) < 1)


@backward("occlusion")
def _(question):
    x, lost = question["given"]["X"], question["given"]["D"]
    weights = range(-9, 10)
    return [[only(weights, lambda w, i=i, j=j: w * x[i][j] == lost[i][j]) for j in range(2)] for i in range(2)]
