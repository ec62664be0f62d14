"""A new example from an old one."""

import numpy as np

from cnnviz.engine import conv2d
from cnnviz.quizzes.batch import batch
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import Said, count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WAYS = {"to the right": (0, 1), "to the left": (0, -1), "down": (1, 0), "up": (-1, 0)}


@topic("augmentation", chapter=8, title="Augmentation by shifting")
def augmentation(draw: Draw) -> Draft:
    """Ask for a picture that was moved, at level 2 in two directions; at level 3 for the move."""
    if draw.level == 3:
        return _backward(draw)
    size = draw.by_level(3, 4)
    by = draw.integer(1, 2) if draw.level == 1 else 1
    x = draw.rows(size, size, 0, 9)
    if draw.level == 2:
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
        kind=draw.by_level("choice", "array"),
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


def _backward(draw: Draw) -> Draft:
    """Ask how a picture was moved."""
    image = np.array(draw.rows(4, 4, 1, 9), float)
    down, right = draw.some((-2, -1, 1, 2), 2)
    padded = np.pad(image, 2)
    moved = padded[2 - down : 6 - down, 2 - right : 6 - right]
    return Draft(
        prompt="For augmentation the picture X was moved, and zeros came in at the border: Z is the new picture. How "
        "was it moved?",
        given={"X": image, "Z": moved},
        answer=(down, right),
        text=_way(down, right),
        mistakes=[
            Mistake(name, (rows, columns), feedback, _way(rows, columns))
            for name, rows, columns, feedback in (
                ("took it from new to old", -down, -right, "That leads from Z back to X."),
                (
                    "exchanged the directions",
                    right,
                    down,
                    "Rows lie below each other: moving down changes the row of a number.",
                ),
                ("turned up and down", -down, right, "Zeros come in on the side that the picture leaves."),
                ("turned left and right", down, -right, "Zeros come in on the side that the picture leaves."),
                ("saw one direction", down, 0, "Zeros have come in on two sides."),
            )
        ],
        solution=[
            say(
                "The first number that stayed, {number}, was in row {row}, column {column} of X and is in row "
                "{below}, column {beside} of Z.",
                number=image[max(0, -down), max(0, -right)],
                row=max(0, -down),
                column=max(0, -right),
                below=max(0, down),
                beside=max(0, right),
            ),
            say("So the picture was moved: {way}.", way=_way(down, right)),
        ],
    )


def _way(down: int, right: int) -> Said:
    return say(
        "{rows} {vertical} and {columns} {horizontal}",
        rows=count(abs(down), "row"),
        vertical="up" if down < 0 else "down",
        columns=count(abs(right), "column"),
        horizontal="to the left" if right < 0 else "to the right",
    )
