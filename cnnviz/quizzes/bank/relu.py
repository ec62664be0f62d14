"""ReLU on real values."""

import numpy as np

from cnnviz.engine import relu as apply
from cnnviz.quizzes.batch import Batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.topic import Draft, Mistake, topic
from cnnviz.quizzes.value import settle, text_of


def _drawn(draw: Draw) -> Batch:
    """Draw a map with numbers of both signs."""
    height, width = draw.by_level((2, 2), (2, 3), (3, 3))
    x = np.array(draw.rows(height, width, -9, 9), float)
    x[0, 0], x[-1, -1] = draw.integer(1, 9), -draw.integer(1, 9)
    return x / draw.by_level(1, 2, 4)


@topic("relu", chapter=4, title="ReLU")
def relu(draw: Draw) -> Draft:
    """Ask for the map after a ReLU."""
    x = _drawn(draw)
    return Draft(
        prompt="ReLU is applied to the map X. Fill in the map that comes out.",
        given={"X": x},
        kind=draw.by_level("choice", "array", "array"),
        answer=apply(x),
        mistakes=[
            Mistake("dropped the signs", np.abs(x), "ReLU does not turn negative numbers around: they become 0."),
            Mistake("kept the negative ones", np.minimum(x, 0), "It is the positive numbers that pass."),
            Mistake("changed nothing", x, "Negative numbers become 0."),
            Mistake(
                "made it a switch", (x > 0).astype(float), "Positive numbers pass unchanged; they do not become 1."
            ),
            Mistake("shifted to zero", x - x.min(), "Each number is looked at alone: nothing is shifted."),
            Mistake("turned the signs", -x, "ReLU keeps the positive numbers as they are."),
        ],
        solution=[
            "ReLU(x) = max(0, x), cell by cell.",
            *(f"Row {i}: {text_of(settle(row))} becomes {text_of(settle(apply(row)))}." for i, row in enumerate(x)),
        ],
        right="Positive numbers pass, negative ones become 0.",
    )
