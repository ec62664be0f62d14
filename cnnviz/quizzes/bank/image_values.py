"""How many numbers a picture is."""

import numpy as np

from cnnviz.engine import flatten
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("image-values", chapter=1, title="Pixels are numbers")
def image_values(draw: Draw) -> Draft:
    """Count the numbers that a color picture hands to the network."""
    if draw.level == 3:
        return _backward(draw)
    height, width = draw.by_level(
        (draw.integer(2, 12), draw.integer(2, 12)),
        (draw.integer(16, 64),) * 2,
    )
    answer = flatten(np.zeros((3, height, width))).size
    return Draft(
        prompt="A color picture (RGB) has {height} rows and {width} columns of pixels. How many numbers does a network "
        "read from it?",
        facts={"height": height, "width": width},
        kind=draw.by_level("choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "forgot RGB",
                height * width,
                "That counts pixels. Each pixel of a color picture is three numbers: multiply by 3.",
            ),
            Mistake(
                "added the channels",
                height * width + 3,
                "The three channels are three whole pictures: multiply by 3 instead of adding 3.",
            ),
            Mistake(
                "added the sides",
                3 * (height + width),
                "Rows and columns span a rectangle: multiply them.",
            ),
            Mistake(
                "counted 256 levels",
                256 * height * width,
                "256 is how many values one number may take; count the numbers themselves.",
            ),
            Mistake(
                "counted transparency",
                4 * height * width,
                "RGB has three channels; a fourth, for transparency, is not in this picture.",
            ),
        ],
        solution=[
            say(
                "One channel: {height} × {width} = {pixels} pixels.", height=height, width=width, pixels=height * width
            ),
            say("Red, green and blue: 3 × {pixels} = {answer} numbers.", pixels=height * width, answer=answer),
        ],
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the rows of a picture whose numbers were counted."""
    height, width = draw.integer(10, 60) * 8, draw.integer(10, 60) * 8
    made = flatten(np.zeros((3, height, width))).size
    return Draft(
        prompt="A network reads {made} numbers from a color picture (RGB) that is {width} pixels wide. How many rows "
        "of pixels does the picture have?",
        facts={"made": made, "width": width},
        kind="numeric",
        answer=height,
        mistakes=[
            Mistake("forgot RGB", 3 * height, "Each pixel of a color picture is three numbers: divide by 3, too."),
            Mistake("gave the pixels", height * width, "Those are all pixels: divide by the columns."),
            Mistake(
                "divided by 3 twice", round(height / 3, 2), "There are three numbers for each pixel: divide by 3 once."
            ),
            Mistake(
                "counted transparency",
                round(made / 4 / width, 2),
                "RGB has three channels; a fourth, for transparency, is not in this picture.",
            ),
            Mistake("took a square", width, "A picture need not be square: divide."),
        ],
        solution=[
            say("Pixels: {made} / 3 = {pixels}.", made=made, pixels=height * width),
            say("Rows: {pixels} / {width} = {height}.", pixels=height * width, width=width, height=height),
        ],
    )
