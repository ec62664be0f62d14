"""How many numbers a picture is."""

import numpy as np

from cnnviz.engine import flatten
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("image-values", chapter=1, title="Pixels are numbers")
def image_values(draw: Draw) -> Draft:
    """Count the numbers that a color picture hands to the network."""
    height, width = draw.by_level(
        (draw.integer(2, 12), draw.integer(2, 12)),
        (draw.integer(16, 64),) * 2,
        (draw.integer(10, 40) * 8, draw.integer(10, 40) * 8),
    )
    answer = flatten(np.zeros((3, height, width))).size
    return Draft(
        prompt="A color picture (RGB) has {height} rows and {width} columns of pixels. How many numbers does a network "
        "read from it?",
        facts={"height": height, "width": width},
        kind=draw.by_level("choice", "numeric", "numeric"),
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
