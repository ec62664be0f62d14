"""What the high-pass kernel makes of a pixel and its neighbors."""

import numpy as np

from cnnviz.data import gallery
from cnnviz.engine import correlate2d, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("high-pass-pixel", chapter=2, title="High-pass: what differs remains")
def high_pass_pixel(draw: Draw) -> Draft:
    """Ask for the sum at one pixel of a photo."""
    unit, top = draw.by_level((10, 9), (5, 51), (1, 255))
    x = np.array(draw.rows(3, 3, 0, top)) * unit
    name = draw.by_level("high-pass", "high-pass", draw.one(("high-pass", "outline")))
    kernel = gallery()[name].values
    answer = float(correlate2d(x.astype(float), kernel)[0, 0])
    center, sides = int(x[1, 1]), [int(x[0, 1]), int(x[1, 0]), int(x[1, 2]), int(x[2, 1])]
    total = int(x.sum()) - center
    return Draft(
        prompt="The kernel W of a convolution layer lies on the pixels X. What number does the layer write for the "
        "center?",
        given={"X": x, "W": kernel},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=answer,
        mistakes=[
            Mistake("took the other sign", -answer, "The center counts positive and the neighbors negative, as drawn."),
            Mistake(
                "counted the center once",
                center - (sum(sides) if name == "high-pass" else total),
                "The center's weight is as large as all the others together: multiply the center by it.",
            ),
            Mistake(
                "took other neighbors",
                4 * center - (total - sum(sides)) if name == "high-pass" else 4 * center - sum(sides),
                "Look where W is not zero: exactly these cells count.",
            ),
            Mistake(
                "added the neighbors", 2 * kernel[1, 1] * center - answer, "Their weights are negative: take away."
            ),
            Mistake("took the average", answer / 9, "A convolution adds up; nothing is divided."),
            Mistake("blurred", x.mean().round(2), "That is the average; a high-pass keeps what differs from it."),
        ],
        solution=[
            say("The weights add up to {kernel}: a flat area would give 0.", kernel=kernel.sum()),
            *worked(trace_conv(batch(x), batch(kernel))),
        ],
        right="Each cell is multiplied by the weight that lies on it, and the products are added up.",
        scene=Scene("ch02-s01-slide", {"image": typed(x), "kernel": name}),
    )
