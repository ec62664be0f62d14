"""Chapter 7."""

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, batch, facts


@answers("filter-gradient")
def _(question):
    given, k = question["given"], facts(question)["kernel"]
    return helpers.conv_vjp(batch(given["dY"]), batch(given["X"]), np.zeros((1, 1, k, k)))[1][0, 0]


@answers("input-gradient")
def _(question):
    given, f = question["given"], facts(question)
    x = np.zeros((1, 1, f["size"], f["size"]))
    return helpers.conv_vjp(batch(given["dY"]), x, batch(given["W"]), stride=f["step"])[0][0, 0]


@answers("max-pool-gradient")
def _(question):
    given = question["given"]
    return helpers.max_pool_vjp(batch(given["dY"]), batch(given["X"]), 2, facts(question)["step"])[0, 0]


@answers("average-pool-gradient")
def _(question):
    given, f = question["given"], facts(question)
    x = np.zeros((1, 1, f["height"], f["width"]))
    return helpers.avg_pool_vjp(batch(given["dY"]), x, 2, f["step"])[0, 0]


ORDER = ("take the next", "move and turn", "forward", "compare", "backward", "update", "evaluate")


@answers("training-step")
def _(question):
    steps = question["steps"]
    assert facts(question)["count"] == len(steps)
    if steps[0].startswith("layer"):  # from the last layer back
        ranked = sorted(range(len(steps)), key=lambda place: -int(steps[place].split()[1].rstrip(",")))
    else:
        ranked = sorted(
            range(len(steps)),
            key=lambda place: next(n for n, start in enumerate(ORDER) if steps[place].startswith(start)),
        )
    return [place + 1 for place in ranked]
