"""Convolution along time, looking back only."""

import numpy as np

from cnnviz.engine import conv1d as convolve
from cnnviz.engine import trace_conv
from cnnviz.quizzes.batch import typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("conv1d", chapter=12, title="Causal convolution of a series")
def conv1d(draw: Draw) -> Draft:
    """Ask for the causal convolution of a time series; dilated at level 3."""
    length, kernel = draw.by_level((4, 2), (5, 3), (6, 2))
    spread = draw.by_level(1, 1, 2)
    x = np.array(draw.row(length, 0, 9), float)
    w = np.array(draw.row(kernel, -2, 3), float)
    reach = spread * (kernel - 1)
    series, weight = x[None, None], w[None, None]

    def along(before: int, after: int, factors: object = weight, dilation: int = spread) -> object:
        return convolve(series, np.asarray(factors), padding=[(before, after)], dilation=dilation)[0, 0]

    return Draft(
        prompt="The series x goes through a causal convolution with the kernel w and dilation {spread}: the last "
        "weight lies on the present, the others on the past, and zeros stand before the beginning. What comes "
        "out, as long as x?",
        given={"x": x, "w": w},
        facts={"spread": spread},
        kind=draw.by_level("choice", "array", "array"),
        answer=along(reach, 0),
        mistakes=[
            Mistake(
                "looked into the future", along(0, reach), "Causal: pad before the beginning, never after the end."
            ),
            Mistake(
                "flipped the kernel",
                along(reach, 0, weight[..., ::-1].copy()),
                "The last weight lies on the present, as it is drawn.",
            ),
            Mistake("did not pad", along(0, 0), "Zeros before the beginning keep the result as long as the series."),
            Mistake("padded both sides", along(reach, reach), "Zeros stand only before the beginning."),
            Mistake(
                "looked both ways",
                along(reach // 2, reach - reach // 2),
                "A centered window looks ahead; a causal one looks back only.",
            ),
            *(
                [
                    Mistake(
                        "forgot the dilation",
                        along(kernel - 1, 0, dilation=1),
                        say("The weights lie {spread} apart.", spread=spread),
                    )
                ]
                if spread > 1
                else []
            ),
        ],
        solution=worked(trace_conv(series, weight, padding=[(reach, 0)], dilation=spread)),
        right="Each number is made of the present and the past.",
        scene=Scene(
            "ch02-s01-slide",
            {"image": typed([x]), "kernel": typed([w]), "padding": [[0, 0], [reach, 0]], "dilation": spread},
        ),
    )
