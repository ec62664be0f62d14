"""Chapter 3."""

import numpy as np

from tests import helpers
from tests.quizzes.recomputed.register import answers, batch, facts, parameters, steps_between


@answers("output-size")
def _(question):
    f = facts(question)
    return steps_between(f["size"], f["kernel"], f["stride"], f["padding"])


@answers("padding-modes")
def _(question):
    f, given = facts(question), question["given"]
    x, p = np.array(given["X"]), f["padding"]
    if "W" in given:
        return helpers.conv(batch(given["X"]), batch(given["W"]), padding=p, padding_mode=f["mode"])[0, 0, 0]
    out = np.zeros([n + 2 * p for n in x.shape])
    for cell in helpers.cells(out.shape):
        found = helpers.found([c - p for c in cell], x.shape, f["mode"])
        out[cell] = 0 if found is None else x[found]
    return out


@answers("same-padding")
def _(question):
    f = facts(question)
    dilation = f.get("dilation", 1)
    (fits,) = [p for p in range(200) if steps_between(f["size"], f["kernel"], 1, p, dilation) == f["size"]]
    return fits


@answers("stride")
def _(question):
    given = question["given"]
    return helpers.conv(batch(given["X"]), batch(given["W"]), stride=facts(question)["step"])[0, 0]


@answers("dilation")
def _(question):
    given = question["given"]
    return helpers.conv(batch(given["X"]), batch(given["W"]), dilation=facts(question)["spread"])[0, 0]


@answers("transposed-size")
def _(question):
    f = facts(question)
    shape = helpers.conv_transpose(
        np.zeros((1, 1, f["size"], 1)), np.zeros((1, 1, f["kernel"], 1)), stride=(f["stride"], 1),
        padding=(f["padding"], 0), output_padding=(f["extra"], 0),
    ).shape  # fmt: skip
    return shape[2]


@answers("transposed-map")
def _(question):
    given = question["given"]
    return helpers.conv_transpose(batch(given["X"]), batch(given["W"]), stride=facts(question)["step"])[0, 0]


@answers("conv-parameters")
def _(question):
    f = facts(question)
    return parameters(f["inputs"], f["filters"], (f["kernel"], f["kernel"]))


@answers("groups")
def _(question):
    f = facts(question)
    per_group = f["outputs"] // f["parts"]
    square = (f["kernel"], f["kernel"])
    return sum(parameters(f["inputs"] // f["parts"], per_group, square, False) for _ in range(f["parts"]))


@answers("separable")
def _(question):
    f = facts(question)
    depthwise = sum(parameters(1, 1, (f["kernel"], f["kernel"]), False) for _ in range(f["inputs"]))
    return depthwise + parameters(f["inputs"], f["outputs"], (1, 1), False)


@answers("macs")
def _(question):
    f = facts(question)
    places = steps_between(f["side"], f["kernel"]) ** 2
    return sum(f["inputs"] * f["kernel"] ** 2 for _ in range(places)) * f["filters"]
