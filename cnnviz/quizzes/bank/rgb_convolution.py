"""A kernel with a slice for each channel."""

import numpy as np

from cnnviz.engine import trace_conv
from cnnviz.engine.trace.wording import sum_text
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import Figures, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

CHANNELS = ("red", "green", "blue")


@topic("rgb-convolution", chapter=2, title="Three slices, one map")
def rgb_convolution(draw: Draw) -> Draft:
    """Ask for one number of the map that a three-slice kernel makes."""
    side = draw.by_level(2, 2, 3)
    x = [draw.rows(side, side, 0, draw.by_level(3, 5, 5)) for _ in CHANNELS]
    kernel = [draw.rows(side, side, -1, draw.by_level(1, 2, 2)) for _ in CHANNELS]
    bias = draw.integer(1, 9)
    step = trace_conv(batch(x), batch(kernel), np.array([float(bias)]))[0]
    sums = step.channel_sums
    lines = []
    for name, values, weights in zip(CHANNELS, x, kernel, strict=True):
        line = str(trace_conv(batch(values), batch(weights))[0])
        lines.append(say("Channel {name}: {sum}", name=name, sum=Figures(line.split(" = ", 1)[1])))
    return Draft(
        prompt="A window of a color picture has the slices red, green and blue; the kernel has a slice for each, and "
        "the bias is {bias}. What number does the convolution write?",
        given={
            **dict(zip(CHANNELS, x, strict=True)),
            **{say("kernel for {name}", name=name): values for name, values in zip(CHANNELS, kernel, strict=True)},
        },
        facts={"bias": bias},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=step.result,
        mistakes=[
            Mistake("forgot the bias", sums.sum(), say("Add the bias, {bias}, once at the end.", bias=bias)),
            Mistake("forgot RGB", sums[0] + bias, "That is red alone: add the sums of green and blue as well."),
            Mistake(
                "added the bias to each channel",
                sums.sum() + 3 * bias,
                "A filter has one bias, however many slices: add it once.",
            ),
            Mistake(
                "averaged the channels",
                float(sums.mean() + bias),
                "The partial sums are added up, not averaged.",
            ),
            Mistake(
                "took the largest channel",
                sums.max() + bias,
                "All three partial sums count: add them.",
            ),
            Mistake(
                "used one slice for all",
                float((np.array(x) * np.array(kernel[0])).sum() + bias),
                "Each channel has a slice of its own: do not use the red one for all.",
            ),
        ],
        solution=[
            *lines,
            say(
                "Together, with the bias: {sum} = {result}.",
                sum=Figures(sum_text([*sums.tolist(), bias])),
                result=step.result,
            ),
        ],
    )
