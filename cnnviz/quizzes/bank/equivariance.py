"""What a convolution does when the picture moves."""

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.quizzes.batch import Batch, batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("equivariance", chapter=4, title="The picture moves, the map moves")
def equivariance(draw: Draw) -> Draft:
    """Ask for the map of a picture that was moved, given the map of the picture where it was."""
    size = draw.by_level(3, 4, 5)
    by = draw.by_level(1, draw.integer(1, 2), draw.integer(1, 2))
    across = draw.level < 3 or draw.integer(0, 1) == 1
    axis, direction = (3, "to the right") if across else (2, "down")
    x = draw.rows(size, size, 0, draw.by_level(3, 5, 9))
    kernel = draw.rows(3, 3, -1, 1)

    def seen(image: Batch) -> object:
        return conv2d(image, batch(kernel), padding=1, padding_mode="circular")[0, 0]

    here, there = seen(batch(x)), seen(np.roll(batch(x), by, axis))
    y = batch(here)
    other = 5 - axis
    return Draft(
        prompt="A convolution with stride 1 and circular padding makes the map Y of a picture. Then the picture moves "
        "{direction} by {cells}; what leaves it on one side comes in on the other. Which map does the same "
        "convolution make now?",
        given={"Y": here},
        facts={"by": by, "cells": count(by, "column" if across else "row"), "direction": direction},
        kind=draw.by_level("choice", "array", "array"),
        answer=there,
        mistakes=[
            Mistake(
                "took it for invariant",
                here,
                "A convolution is equivariant, not invariant: when the picture moves, its map moves along.",
            ),
            Mistake("moved the other way", np.roll(y, -by, axis)[0, 0], "The map moves the same way as the picture."),
            Mistake(
                "moved in the other direction",
                np.roll(y, by, other)[0, 0],
                say("The picture moves {direction}, and its map with it.", direction=direction),
            ),
            Mistake("mirrored the map", np.flip(y, axis)[0, 0], "Nothing is mirrored: each row keeps its order."),
            Mistake(
                "lost what moved out",
                _cut(y, by, axis)[0, 0],
                "What leaves the picture on one side comes in on the other, and so it does in the map.",
            ),
        ],
        solution=[
            "The same kernel meets the same windows, only elsewhere: the map moves with the picture.",
            say(
                "Move every number of Y {direction} by {by}; what leaves comes in on the other side.",
                direction=direction,
                by=by,
            ),
            say("The new map is {there}.", there=there),
        ],
        right="The map moved as the picture did: the convolution is equivariant.",
    )


def _cut(y: Batch, by: int, axis: int) -> Batch:
    moved = np.roll(y, by, axis)
    moved[(slice(None),) * axis + (slice(by),)] = 0
    return moved
