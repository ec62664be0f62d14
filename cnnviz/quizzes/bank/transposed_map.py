"""The map a transposed convolution stamps."""

import numpy as np

from cnnviz.engine import conv_transpose2d, trace_conv_transpose
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("transposed-map", chapter=3, title="Transposed convolution")
def transposed_map(draw: Draw) -> Draft:
    """Ask for the stamped map; at level 2 and 3 stamps overlap."""
    step, kernel_size = draw.by_level((2, 2), (1, 2), (2, 3))
    x = draw.rows(2, 2, 1, draw.by_level(3, 4, 5))
    kernel = draw.rows(kernel_size, kernel_size, draw.by_level(0, -1, -1), 2)
    image, weight = batch(x), batch(kernel)
    answer = conv_transpose2d(image, weight, stride=step)[0, 0]
    assigned = np.zeros_like(answer)
    for stamp in trace_conv_transpose(image, weight, stride=step):
        assigned[stamp.window] = stamp.products[0]
    trace = trace_conv_transpose(image, weight, stride=step)
    draft = Draft(
        prompt="A transposed convolution with the kernel W, stride {step}, no padding and no bias is applied to X. "
        "What is the output?",
        given={"X": x, "W": kernel},
        facts={"step": step},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "overwrote where stamps overlap",
                assigned,
                "Where stamps overlap they add up; do not overwrite what is there.",
            ),
            Mistake(
                "flipped the kernel",
                conv_transpose2d(image, weight[..., ::-1, ::-1].copy(), stride=step)[0, 0],
                "Each input cell stamps the kernel as it is drawn.",
            ),
            Mistake(
                "repeated the cells",
                np.kron(image[0, 0], np.ones((kernel_size, kernel_size)))[: len(answer), : len(answer)],
                "Enlarging a picture repeats cells; here each cell is multiplied by the whole kernel.",
            ),
            Mistake(
                "exchanged picture and kernel",
                np.kron(weight[0, 0], image[0, 0])[: len(answer), : len(answer)],
                "Each cell of X stamps W, not each cell of W a copy of X.",
            ),
            Mistake(
                "exchanged rows and columns",
                answer.T,
                "Rows and columns of the output are exchanged.",
            ),
            Mistake(
                "stamped the kernel without its cell",
                conv_transpose2d(np.ones_like(image), weight, stride=step)[0, 0],
                "Multiply the kernel by the cell of X that stamps it.",
            ),
        ],
        solution=worked(trace.gather),
        right="Every cell of X stamps the kernel times its value; stamps add up.",
        scene=Scene(
            "ch03-s07-transposed-convolution",
            {"image": typed(x), "kernel": typed(kernel), "stride": step, "padding": 0},
        ),
    )
    if draw.level < 3:
        return draft
    return misprinted(
        draw,
        draft,
        "A transposed convolution with the kernel W, stride {step}, no padding and no bias is applied to X. Somebody "
        "worked out the output M, and one number in it is wrong. Which number belongs there?",
    )
