"""Slow waves and fast ones: what a kernel makes of an even area and of a chessboard."""

import numpy as np

from cnnviz.engine import correlate2d
from cnnviz.quizzes.batch import typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

CHESS = (-1.0) ** np.add.outer(np.arange(3), np.arange(3))
"""The fastest wave there is, with 1 in the middle."""


@topic("frequency", chapter=2, title="Slow waves and fast ones")
def frequency(draw: Draw) -> Draft:
    """Ask what a kernel writes on an even area or on a chessboard, or for a kernel that does both as told."""
    if draw.level == 3:
        return _backward(draw)
    kernel, value = np.array(draw.rows(3, 3, -2, 4), float), draw.integer(2, 9)
    even, chess = (float(correlate2d(value * area, kernel)[0, 0]) for area in (np.ones((3, 3)), CHESS))
    fast = draw.level == 2
    answer, other = (chess, even) if fast else (even, chess)
    area = (
        say(
            "where {value} and −{value} alternate like the squares of a chessboard, {value} under its middle",
            value=value,
        )
        if fast
        else say("where every pixel is {value}", value=value)
    )
    signs = CHESS if fast else np.ones((3, 3))
    return Draft(
        prompt="A convolution layer with the kernel W slides over an area {area}. Which number does it write there?",
        given={"W": kernel},
        facts={"area": area},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "took the slow wave" if fast else "took the fast wave",
                other,
                "On a chessboard the pixels around the middle have the other sign: these weights are taken away."
                if fast
                else "All pixels have one sign here: add up all weights.",
            ),
            Mistake(
                "forgot the pixels",
                answer / value,
                say("That is the sum of the weights: each is multiplied by {value}.", value=value),
            ),
            Mistake("took the average", round(answer / 9, 4), "A convolution adds up; nothing is divided."),
            Mistake("dropped the signs", float(np.abs(kernel).sum()) * value, "Negative weights are taken away."),
            Mistake(
                "took the middle alone",
                float(kernel[1, 1]) * value,
                "All nine weights count, not the middle one alone.",
            ),
            Mistake("turned the sign", -answer, "The middle of the window counts positive."),
        ],
        solution=[
            say("Weights, with the signs of the pixels: {weights}.", weights=signs * kernel),
            say("Their sum is {total}.", total=answer / value),
            say("Times {value}: {answer}.", value=value, answer=answer),
        ],
        right="The fastest wave is multiplied by the sum of the weights with their signs in turn."
        if fast
        else "An even area, the slowest wave there is, is multiplied by the sum of the weights.",
        scene=None if fast else Scene("ch02-s05-frequency", {"kernel": typed(kernel)}),
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the middle of a kernel whose answers to both waves are known."""
    around, middle = draw.one((-4, -3, -2, -1, 1, 2, 3)), draw.integer(-6, 9)
    kernel = np.array([[0, around, 0], [around, middle, around], [0, around, 0]], float)
    slow, fast = (float(correlate2d(area, kernel)[0, 0]) for area in (np.ones((3, 3)), CHESS))
    return Draft(
        prompt="A 3 × 3 kernel has the number c in the middle, the same number b above, below, left and right of it, "
        "and 0 in its corners. It writes {made} where every pixel is 1, and {fast} on a chessboard of 1 and −1 with 1 "
        "under its middle. What is c?",
        facts={"made": slow, "fast": fast},
        kind="numeric",
        answer=middle,
        mistakes=[
            Mistake("gave the neighbor", around, "That is b; the question is for the middle."),
            Mistake("did not halve", slow + fast, "The sum of both is twice the middle: b is taken away again."),
            Mistake("took the difference", (slow - fast) / 2, "That leaves the neighbors; the sum leaves the middle."),
            Mistake("took the even area", slow, "There the four neighbors are in the sum, too."),
            Mistake("took the chessboard", fast, "There the four neighbors are taken away."),
            Mistake("counted one neighbor", slow - around, "Four neighbors are in the sum, not one."),
        ],
        solution=[
            say("Even: c + 4b = {slow}. Chessboard: c − 4b = {fast}.", slow=slow, fast=fast),
            say("Added: 2c = {both}, so c = {middle}.", both=slow + fast, middle=middle),
            say("Then 4b = {slow} − c = {four}, and b = {around}.", slow=slow, four=4 * around, around=around),
        ],
        scene=Scene("ch02-s05-frequency", {"kernel": typed(kernel)}),
    )
