"""A new example from an old one."""

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WAYS = {"to the right": (0, 1), "to the left": (0, -1), "down": (1, 0), "up": (-1, 0)}


@topic("augmentation", chapter=8, title="Augmentation by shifting")
def augmentation(draw: Draw) -> Draft:
    """Ask for a picture that was moved; at level 3 in two directions."""
    size = draw.by_level(3, 4, 4)
    by = draw.by_level(1, draw.integer(1, 2), 1)
    x = draw.rows(size, size, 0, 9)
    if draw.level == 3:
        words = [draw.one(("to the right", "to the left")), draw.one(("down", "up"))]
    else:
        words = [draw.one(tuple(WAYS))]
    down = by * sum(WAYS[word][0] for word in words)
    right = by * sum(WAYS[word][1] for word in words)
    image = batch(x)

    def moved(rows: int, columns: int, mode: str = "zeros") -> object:
        kernel = np.zeros((1, 1, 2 * by + 1, 2 * by + 1))
        kernel[0, 0, by - rows, by - columns] = 1
        return conv2d(image, kernel, padding=by, padding_mode=mode)[0, 0]

    where = words[0] if len(words) == 1 else say("{one} and {other}", one=words[0], other=words[1])
    return Draft(
        prompt="For augmentation the picture X is moved {where} by {cells}; zeros come in at the border. What "
        "is the new picture?",
        given={"X": x},
        facts={
            "by": by,
            "cells": count(by, "cell") if len(words) == 1 else say("{cells} each", cells=count(by, "cell")),
            "where": where,
        },
        kind=draw.by_level("choice", "array", "array"),
        answer=moved(down, right),
        mistakes=[
            Mistake("moved the other way", moved(-down, -right), say("Every cell goes {where}.", where=where)),
            Mistake(
                "let it come in again",
                moved(down, right, "circular"),
                "What leaves the picture is lost; it does not come in on the other side.",
            ),
            Mistake("repeated the border", moved(down, right, "replicate"), "Zeros come in, not copies of the border."),
            Mistake("exchanged the directions", moved(right, down), say("The picture moves {where}.", where=where)),
            Mistake("left it as it was", x, "The picture must move; its class stays."),
            Mistake("mirrored it", image[0, 0, :, ::-1], "That is another augmentation: here the picture is moved."),
        ],
        solution=[
            say(
                "Every number goes {where} by {by}; what leaves is lost, and zeros come in on the other side.",
                where=where,
                by=by,
            ),
            say("The new picture is {answer}.", answer=moved(down, right)),
        ],
        right="Every cell moved, and zeros came in; the class of the picture stays the same.",
    )
