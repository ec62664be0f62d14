"""Convolution in mathematics and convolution in a layer."""

from cnnviz.engine import convolve2d, correlate2d, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic

WAYS = {
    "convolution layer": "a layer lays the kernel on the window as it is drawn (cross-correlation)",
    "mathematical convolution": "mathematics turns the kernel by half a turn first, as scipy's convolve does",
}


@topic("kernel-flip", chapter=2, title="To flip or not to flip")
def kernel_flip(draw: Draw) -> Draft:
    """Ask what one window becomes under one of the two meanings of convolution."""
    side = draw.by_level(2, 3, 3)
    x = draw.rows(side, side, 0, draw.by_level(5, 5, 9))
    kernel = draw.rows(side, side, draw.by_level(0, -1, -2), 2)
    way = draw.one(tuple(WAYS))
    image, weight = batch(x)[0, 0], batch(kernel)[0, 0]
    flips = way == "mathematical convolution"
    both = float(correlate2d(image, weight)[0, 0]), float(convolve2d(image, weight, mode="valid")[0, 0])
    used = weight[::-1, ::-1] if flips else weight
    step = trace_conv(batch(x), batch(used.copy()))[0]
    answer, other = both[flips], both[not flips]
    mirrored = (image * used[:, ::-1]).sum()
    return Draft(
        prompt="The window X meets the kernel W. What number does a {way} make of them?",
        given={"X": x, "W": kernel},
        facts={"way": way},
        kind=draw.by_level("choice", "choice", "numeric"),
        answer=answer,
        mistakes=[
            Mistake(
                "did not flip the kernel" if flips else "flipped the kernel",
                other,
                say("That is the other convention: {rule}.", rule=WAYS[way]),
            ),
            Mistake(
                "mirrored the kernel",
                mirrored,
                "Half a turn exchanges left and right and also top and bottom; a layer exchanges neither.",
            ),
            Mistake(
                "turned the kernel",
                (image * used.T).sum(),
                "The rows of the kernel belong on the rows of the window.",
            ),
            Mistake(
                "multiplied as matrices",
                (image @ used).sum(),
                "This is no matrix product: multiply cell by cell, then add.",
            ),
            Mistake("took the other sign", -answer, "The sign of the sum is turned: add the products as they are."),
            Mistake("added without multiplying", image.sum(), "Multiply each cell by its weight before you add."),
        ],
        solution=[
            say("A {way}: {rule}.", way=way, rule=WAYS[way]),
            *([say("Turned by half a turn the kernel is {used}.", used=used)] if flips else []),
            *worked([step]),
        ],
        right="Each cell is multiplied by the weight that lies on it, and the products are added up.",
        # The scene is a layer: it does not flip.
        scene=None if flips else Scene("ch02-s01-slide", {"image": typed(x), "kernel": typed(kernel)}),
    )
