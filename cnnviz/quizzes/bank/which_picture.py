"""Which map this kernel makes."""

import numpy as np

from cnnviz.data import gallery
from cnnviz.engine import conv2d, convolve2d, trace_conv
from cnnviz.quizzes.batch import Batch, batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.topic import Draft, Mistake, topic

KERNELS = ("edge-x", "edge-y", "sobel-x", "sobel-y", "prewitt-x", "prewitt-y", "line-x", "line-y", "emboss")


def _picture(draw: Draw) -> Batch:
    """Draw a picture of few strokes."""
    bright, place = draw.integer(1, draw.by_level(3, 9, 9)), draw.integer(1, 3)
    x = np.zeros((5, 5))
    kind = draw.one(("bright side", "bright floor", "line down", "line across", "diagonal", "corner"))
    if kind == "bright side":
        x[:, place + 1 :] = bright
    elif kind == "bright floor":
        x[place + 1 :] = bright
    elif kind == "line down":
        x[:, place] = bright
    elif kind == "line across":
        x[place] = bright
    elif kind == "diagonal":
        x[range(5), range(5)] = bright
    else:
        x[place:, place:] = bright
    return x


@topic("which-picture", chapter=2, title="Which picture did this kernel make?")
def which_picture(draw: Draw) -> Draft:
    """Ask for the map that a known kernel makes of a simple picture."""
    x = _picture(draw)
    name = draw.one(KERNELS)
    weight = gallery()[name].values
    image = batch(x)
    answer = conv2d(image, batch(weight))[0, 0]
    trace = trace_conv(image, batch(weight))
    return Draft(
        prompt="A convolution layer with the kernel W ({name}), stride 1, no padding and no bias looks at the "
        "picture X. Which map does it make?",
        given={"X": x, "W": weight},
        facts={"name": gallery()[name].title},
        answer=answer,
        mistakes=[
            Mistake(
                "flipped the kernel",
                convolve2d(x, weight, mode="valid"),
                "That turns the kernel by half a turn; a layer takes it as drawn. Look which side has the positive "
                "weights.",
            ),
            Mistake(
                "turned the kernel",
                conv2d(image, batch(weight.T))[0, 0],
                "That is the answer of the kernel with rows and columns exchanged: lay its rows on the rows of the "
                "window.",
            ),
            Mistake(
                "dropped the signs",
                np.abs(answer),
                "A kernel with negative weights answers with negative numbers, too; only a ReLU would remove them.",
            ),
            Mistake(
                "applied ReLU",
                np.maximum(answer, 0),
                "The layer ends at the sum: negative numbers stay until an activation removes them.",
            ),
            Mistake(
                "copied the picture",
                x[1:4, 1:4],
                "Only the identity kernel copies: here the neighbors count, too.",
            ),
            Mistake(
                "took the average",
                conv2d(image, np.full((1, 1, 3, 3), 1 / 9))[0, 0].round(2),
                "That would be a blur: multiply each cell by its own weight in W instead of by 1/9.",
            ),
        ],
        solution=[gallery()[name].caption, *worked(trace)],
        right="Each cell is the sum of the window under the kernel.",
        scene=Scene("ch02-s01-slide", {"image": typed(x), "kernel": name}),
    )
