"""Chapter 6, and the shapes of chapter 9."""

import re
from itertools import pairwise
from math import prod

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, facts, numbers, parameters, steps_between


def through(shape, words):
    """The shape behind layers told in words, one after the other."""
    depth, side, _ = shape
    for word in words:
        if "convolution" in word:
            filters, kernel = numbers(word)[:2]
            padding = int(re.search(r"padding (\d+)", word)[1])
            stride = re.search(r"stride (\d+)", word)
            depth, side = filters, steps_between(side, kernel, int(stride[1]) if stride else 1, padding)
        elif "pooling" in word:
            kernel = numbers(word)[0]
            stride = re.search(r"stride (\d+)", word)
            side = steps_between(side, kernel, int(stride[1]) if stride else 2)
        else:
            assert word.strip() == "ReLU"
    return [depth, side, side]


@answers("volume-shape")
def _(question):
    f = facts(question)
    return through((f["inputs"], f["side"], f["side"]), f["layers"].split(";"))


@answers("architecture-shape")
def _(question):
    f = facts(question)
    return through(numbers(f["shape"]), f["words"].split("; "))


@answers("architecture-parameters")
def _(question):
    f = facts(question)
    filters, kernel = numbers(f["words"])[:2]
    return parameters(numbers(f["shape"])[0], filters, (kernel, kernel))


@answers("flatten-count")
def _(question):
    f = facts(question)
    pooled = steps_between(steps_between(f["side"], f["kernel"]), f["pool"], f["pool"])
    return prod((f["filters"], pooled, pooled))


@answers("flatten-index")
def _(question):
    f = facts(question)
    cells = list(helpers.cells((f["channels"], f["height"], f["width"])))
    return cells.index((f["channel"], f["row"], f["column"]))


@answers("softmax")
def _(question):
    given = question["given"]
    if "E" in given:
        return [power / sum(given["E"]) for power in given["E"]]
    assert facts(question)["last"] == len(given["s"]) - 1
    return helpers.softmax(np.array([given["s"]], float))[0]


@answers("cross-entropy")
def _(question):
    given, labels = question["given"], numbers(facts(question)["target"].replace(",", " "))
    if "p" in given:
        return -np.log(given["p"][labels[0]])
    return helpers.cross_entropy(np.atleast_2d(np.array(given["s"], float)), labels)


def chained(steps, first=None):
    """The one order in which each step reads the shape that the step before has made."""
    ends = [step.split(": ", 1)[1].split(" → ") for step in steps]
    orders = []

    def follow(order):
        if len(order) == len(steps):
            orders.append(order)
        for place, (reads, _) in enumerate(ends):
            if place not in order and (reads == ends[order[-1]][1] if order else first in (None, reads)):
                follow([*order, place])

    follow([])
    return [[place + 1 for place in order] for order in orders]


@answers("layer-order")
def _(question):
    orders = chained(question["steps"], facts(question)["shape"])
    # ReLU and softmax keep the shape: a score is no feature map, so softmax comes last, and ReLU follows its layer.
    names = [step.split(":")[0] for step in question["steps"]]
    fit = [order for order in orders if names[order[-1] - 1] == "softmax" and _relu_follows(names, order)]
    (only,) = fit
    return only


def _relu_follows(names, order):
    return all(names[before - 1].startswith("convolution") for before, at in pairwise(order) if names[at - 1] == "ReLU")


@answers("architecture-order")
def _(question):
    (only,) = chained(question["steps"])
    return only
