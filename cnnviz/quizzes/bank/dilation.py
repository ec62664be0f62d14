"""A kernel with holes."""

import numpy as np

from cnnviz.engine import conv2d, output_shape, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("dilation", chapter=3, title="Dilation")
def dilation(draw: Draw) -> Draft:
    """Ask for what a dilated kernel makes of a picture."""
    if draw.level == 3:
        return _backward(draw)
    name = draw.by_level("", "blackboard-4")
    x = table(name) if name else np.array(draw.rows(3, 4, 0, 5))
    kernel_size = spread = 2
    kernel = draw.rows(kernel_size, kernel_size, -1, 2)
    image, weight = batch(x), batch(kernel)
    answer = conv2d(image, weight, dilation=spread)[0, 0]
    plain = conv2d(image, weight)[0, 0]
    h, w = answer.shape
    reach = spread * (kernel_size - 1) + 1
    filled = np.kron(weight, np.ones((1, 1, spread, spread)))[..., :reach, :reach]
    return Draft(
        prompt="The kernel W slides over X with dilation {spread}, stride 1, no padding and no bias. What is the map?",
        given={"X": x, "W": kernel},
        facts={"spread": spread},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the dilation",
                plain[:h, :w],
                say(
                    "With dilation {spread} the weights lie {spread} cells apart: skip the cells between.",
                    spread=spread,
                ),
            ),
            Mistake(
                "spread the map instead of the kernel",
                plain[::spread, ::spread][:h, :w],
                "That is a stride: dilation spreads the weights, the window still moves by one cell.",
            ),
            Mistake(
                "flipped the kernel",
                conv2d(image, weight[..., ::-1, ::-1].copy(), dilation=spread)[0, 0],
                "A layer lays the kernel on the window as it is drawn.",
            ),
            Mistake(
                "added without multiplying",
                conv2d(image, np.ones_like(weight), dilation=spread)[0, 0],
                "Multiply each cell by its weight before you add.",
            ),
            Mistake(
                "made the kernel larger",
                plain,
                "The dilated kernel covers more cells, so fewer windows fit.",
            ),
            Mistake(
                "filled the holes",
                conv2d(image, filled)[0, 0],
                "Between the weights there are holes, not copies of the weights: those cells count 0.",
            ),
        ],
        solution=worked(trace_conv(image, weight, dilation=spread)),
        scene=Scene("ch02-s01-slide", {"image": typed(x), "kernel": typed(kernel), "dilation": spread}),
        right=say("The weights lie {spread} cells apart.", spread=spread),
    )


def _backward(draw: Draw) -> Draft:
    """Ask for the dilation, told how far the map shrank."""
    size, kernel, dilation = draw.integer(20, 64), draw.one((2, 3, 5)), draw.integer(2, 4)
    (made,) = output_shape(size, kernel, dilation=dilation)
    lost = size - made
    return Draft(
        prompt="A {kernel} × {kernel} kernel with dilation, stride 1 and no padding makes a map of {made} × {made} of "
        "a picture of {size} × {size}. Which dilation does it have?",
        facts={"kernel": kernel, "made": made, "size": size},
        kind="numeric",
        answer=dilation,
        mistakes=[
            Mistake("divided by the kernel", round((lost + 1) / kernel, 2), "A kernel has one gap fewer than cells."),
            Mistake(
                "gave the reach", lost + 1, "The kernel spans that many cells: divide what is between by its gaps."
            ),
            Mistake(
                "gave what is lost", lost, "That many rows are lost: divide by the gaps between the kernel's cells."
            ),
            Mistake(
                "counted the cells skipped", dilation - 1, "Dilation counts from cell to cell, not the cells between."
            ),
            Mistake(
                "divided the sizes",
                round(size / made, 2),
                "That would be a stride: dilation takes rows away at the border.",
            ),
            Mistake("did not spread", 1, "A plain kernel would lose kernel − 1 rows only."),
        ],
        solution=[
            say(
                "The map has lost {size} − {made} = {lost} rows: that is how far the kernel's last cell is from its "
                "first.",
                size=size,
                made=made,
                lost=lost,
            ),
            say(
                "Between them are {kernel} − 1 = {gaps} gaps: {lost} / {gaps} = {dilation}.",
                kernel=kernel,
                gaps=kernel - 1,
                lost=lost,
                dilation=dilation,
            ),
        ],
    )
