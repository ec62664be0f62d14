"""Chapter 1."""

from tests.quizzes.recomputed.register import answers, facts, parameters, steps_between


@answers("image-shape")
def _(question):
    f = facts(question)
    return [{"gray": 1, "color (RGB)": 3}[f["kind"]], f["height"], f["width"]]


@answers("image-values")
def _(question):
    f = facts(question)
    return sum(1 for _ in "RGB" for _ in range(f["height"]) for _ in range(f["width"]))


@answers("preprocessing")
def _(question):
    f, read = facts(question), []
    for row in question["given"].get("X") if question["difficulty"] == 1 else [[0]]:
        read.append([round((pixel / 255 - f["mean"]) / f["spread"], 4) for pixel in row])
    return read if question["difficulty"] == 1 else read[0][0]


@answers("dense-parameters")
def _(question):
    f = facts(question)
    return parameters(3 * f["side"] ** 2, f["units"])


@answers("resolution-growth")
def _(question):
    f = facts(question)
    assert f["now"] == f["units"] * f["side"] ** 2
    return f["units"] * (f["side"] * f["factor"]) ** 2


@answers("weight-sharing")
def _(question):
    f = facts(question)
    assert f["out"] == steps_between(f["side"], f["kernel"])
    cells, window = f["out"] ** 2, f["inputs"] * f["kernel"] ** 2
    if f["kind"] == "dense layer":
        return f["outputs"] * cells * (f["inputs"] * f["side"] ** 2 + 1)
    return f["outputs"] * (window + 1) * (cells if f["kind"] == "locally connected layer" else 1)
