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
    channels = draw.by_level(2, 3, 4)
    x = [draw.rows(2, 2, 0, draw.by_level(4, 6, 9)) for _ in range(channels)]
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
