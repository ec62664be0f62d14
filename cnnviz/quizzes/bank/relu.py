"""ReLU on real values."""

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.engine import relu as apply
from cnnviz.quizzes.batch import batch, typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("relu", chapter=4, title="ReLU")
def relu(draw: Draw) -> Draft:
    """Ask for the map after a ReLU."""
    if draw.level == 3:  # what a kernel makes of the blackboard
        x = np.zeros((3, 3))
        while not x.min() < 0 < x.max():
            kernel = draw.rows(3, 3, -2, 2)
            x = conv2d(batch(table("blackboard")), batch(kernel))[0, 0]
        shown = {"image": "blackboard", "kernel": typed(kernel)}
    else:
        x = np.array(draw.rows(2, draw.level + 1, -9, 9)) / draw.level
        x[0, 0], x[-1, -1] = draw.integer(1, 9), -draw.integer(1, 9)
        shown = {"image": typed(x), "kernel": "1"}  # which changes nothing
    return Draft(
        prompt="ReLU is applied to the map X. What map comes out?",
        given={"X": x},
        kind=draw.by_level("choice", "array", "array"),
        answer=apply(x),
        mistakes=[
            Mistake("dropped the signs", np.abs(x), "ReLU does not turn negative numbers around: they become 0."),
            Mistake("kept the negative ones", np.minimum(x, 0), "It is the positive numbers that pass."),
            Mistake("changed nothing", x, "That is the map before: its negative numbers become 0."),
            Mistake(
                "made it a switch", (x > 0).astype(float), "Positive numbers pass unchanged; they do not become 1."
            ),
            Mistake("shifted to zero", x - x.min(), "Each number is looked at alone: nothing is shifted."),
            Mistake("turned the signs", -x, "ReLU keeps the positive numbers as they are."),
        ],
        solution=[
            "ReLU(x) = max(0, x), cell by cell.",
            *(say("Row {i}: {row} becomes {after}.", i=i, row=row, after=apply(row)) for i, row in enumerate(x)),
        ],
        scene=Scene("ch04-s01-relu", shown),
        right="Positive numbers pass, negative ones become 0.",
    )
