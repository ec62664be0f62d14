"""A 1 × 1 convolution: a weighted sum across the channels at every pixel."""

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.engine.trace.wording import product_text
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import Figures, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("one-by-one", chapter=2, title="1 × 1 convolution")
def one_by_one(draw: Draw) -> Draft:
    """Ask for the map that a 1 × 1 kernel makes of a few channels."""
    if draw.level == 3:
        return _backward(draw)
    channels = draw.by_level(2, 3)
    x = [draw.rows(2, 2, 0, draw.by_level(4, 6)) for _ in range(channels)]
    weight = draw.row(channels, -2, 3)
    values, factors = batch(x), np.array(weight, float).reshape(1, -1, 1, 1)
    answer = conv2d(values, factors)[0, 0]
    return Draft(
        prompt="An input of {channels} channels goes through a 1 × 1 convolution with one filter, without bias; its "
        "weights for the channels are w. What map comes out?",
        given={**{say("channel {c}", c=c): rows for c, rows in enumerate(x)}, "w": weight},
        facts={"channels": channels},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "added without multiplying",
                values.sum(axis=1)[0],
                "Each channel counts as often as its weight says: multiply before you add.",
            ),
            Mistake(
                "used the first weight for all",
                values.sum(axis=1)[0] * weight[0],
                "Each channel has a weight of its own.",
            ),
            Mistake(
                "took one channel alone",
                values[0, 0] * weight[0],
                "The filter reads all channels: add what the others give.",
            ),
            Mistake(
                "took the average",
                (answer / channels).round(2),
                "The weighted channels are added up, not averaged.",
            ),
            Mistake(
                "took the largest channel",
                (values * factors).max(axis=1)[0],
                "All channels count at every pixel: add them.",
            ),
            Mistake(
                "reversed the weights",
                conv2d(values, factors[:, ::-1].copy())[0, 0],
                "The first weight belongs to channel 0: a layer does not reverse its kernel.",
            ),
        ],
        solution=[
            say(
                "Row {i}, column {j}: {values} = {answer}",
                i=i,
                j=j,
                values=Figures(product_text(values[0, :, i, j], factors.ravel())),
                answer=answer[i, j],
            )
            for i in range(2)
            for j in range(2)
        ],
        right="At every pixel the channels are weighted and added up.",
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the weights."""
    one, other = (np.array(draw.rows(2, 2, low, 5), float) for low in (1, 0))  # zeros alone would never do
    while np.linalg.matrix_rank([one.ravel(), other.ravel()]) < 2:
        other = np.array(draw.rows(2, 2, 1, 5), float)
    w = np.array(draw.row(2, -3, 3), float)
    made = conv2d(batch([one, other]), w.reshape(1, 2, 1, 1))[0, 0]
    return Draft(
        prompt="A 1 × 1 convolution with one filter, without bias, has made the map Y of channel 0 and channel 1. "
        "Which weights does it have, that of channel 0 first?",
        given={say("channel {c}", c=0): one, say("channel {c}", c=1): other, "Y": made},
        kind="array",
        answer=w,
        mistakes=[
            Mistake("exchanged the channels", w[::-1], "The first weight belongs to channel 0."),
            Mistake("turned the signs", -w, "Try it: the weights times the channels must add up to Y."),
            Mistake("lost the signs", np.abs(w), "A negative weight takes away: try it at each pixel."),
            Mistake("only added", [1, 1], "The channels count as often as their weights say: compare two pixels."),
            Mistake("forgot a channel", [w[0], 0], "Both channels are read: try it at each pixel."),
        ],
        solution=[
            say("Row {i}, column {j}: {a}·w0 + {b}·w1 = {y}.", i=i, j=j, a=one[i, j], b=other[i, j], y=made[i, j])
            for i in range(2)
            for j in range(2)
        ]
        + [say("Two of these lines give w0 = {w0}, w1 = {w1}, and the others agree.", w0=w[0], w1=w[1])],
    )
