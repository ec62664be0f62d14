"""A whole feature map by hand."""

import numpy as np

from cnnviz.engine import conv2d, convolve2d, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("convolution-map", chapter=2, title="Slide, multiply, sum")
def convolution_map(draw: Draw) -> Draft:
    """Ask for every cell of a small feature map."""
    size, kernel_size = draw.by_level((3, 2), (4, 3), (5, 3))
    x = table("blackboard") if draw.level == 3 else np.array(draw.rows(size, size, 0, draw.by_level(3, 5, 5)))
    kernel = draw.rows(kernel_size, kernel_size, -1, draw.by_level(1, 1, 2))
    image, weight = batch(x), batch(kernel)
    trace = trace_conv(image, weight)
    answer = conv2d(image, weight)[0, 0]
    largest = np.array([step.products.max() for step in trace]).reshape(answer.shape)
    draft = Draft(
        prompt="A convolution layer slides the kernel W over the input X, with stride 1, no padding and no bias. "
        "What is the feature map?",
        given={"X": x, "W": kernel},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "flipped the kernel",
                convolve2d(image[0, 0], weight[0, 0], mode="valid"),
                "This is mathematical convolution. A convolution layer lays the kernel on the window as it is drawn.",
            ),
            Mistake(
                "turned the map",
                answer.T,
                "Rows and columns are exchanged: the window moves to the right first, then down.",
            ),
            Mistake(
                "took the largest product",
                largest,
                "Taking the largest is pooling: a convolution adds up all products.",
            ),
            Mistake(
                "added without multiplying",
                conv2d(image, np.ones_like(weight))[0, 0],
                "Each cell counts as often as the weight above it says: multiply before you add.",
            ),
            Mistake(
                "took the other sign",
                -answer,
                "Every sign is turned: multiply by the weights as they stand.",
            ),
        ],
        solution=worked(trace),
        scene=Scene("ch02-s01-slide", {"image": typed(x), "kernel": typed(kernel)}),
        right="Every window is multiplied cell by cell and added up.",
    )
    if draw.level < 3:
        return draft
    return misprinted(
        draw,
        draft,
        "A convolution layer slides the kernel W over the input X, with stride 1, no padding and no bias. Somebody "
        "worked out the feature map M, and one number in it is wrong. Which number belongs there?",
    )
