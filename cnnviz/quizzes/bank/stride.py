"""Windows that take larger steps."""

import numpy as np

from cnnviz.engine import conv2d, trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("stride", chapter=3, title="Stride")
def stride(draw: Draw) -> Draft:
    """Ask for the map that a convolution with a stride makes."""
    size, kernel_size, step = draw.by_level((4, 2, 2), (5, 3, 2), draw.one(((5, 2, 3), (6, 2, 2))))
    x = table("blackboard") if draw.level == 2 else np.array(draw.rows(size, size, 0, draw.by_level(4, 9, 9)))
    kernel = draw.rows(kernel_size, kernel_size, -1, draw.by_level(1, 1, 2))
    image, weight = batch(x), batch(kernel)
    answer = conv2d(image, weight, stride=step)[0, 0]
    every = conv2d(image, weight)[0, 0]
    n = len(answer)
    return Draft(
        prompt="A convolution slides the kernel W over X with stride {step}, no padding and no bias. What is the map?",
        given={"X": x, "W": kernel},
        facts={"step": step},
        kind="array",
        answer=answer,
        mistakes=[
            Mistake(
                "forgot the stride", every, say("The window moves {step} cells at a time, right and down.", step=step)
            ),
            Mistake(
                "took neighboring windows",
                every[:n, :n],
                say("The next window begins {step} cells further, not at the neighboring cell.", step=step),
            ),
            Mistake(
                "stepped only to the right",
                every[:n, ::step],
                say("The stride holds downward, too: {step} rows at a time.", step=step),
            ),
            Mistake(
                "stepped only downward",
                every[::step, :n],
                say("The stride holds to the right, too: {step} columns.", step=step),
            ),
            Mistake(
                "flipped the kernel",
                conv2d(image, weight[..., ::-1, ::-1].copy(), stride=step)[0, 0],
                "A layer lays the kernel on the window as it is drawn.",
            ),
            Mistake(
                "began one cell late",
                every[1:, 1:][::step, ::step],
                "The first window begins in the corner of the picture.",
            ),
        ],
        solution=worked(trace_conv(image, weight, stride=step)),
        scene=Scene("ch03-s03-stride", {"image": typed(x), "kernel": typed(kernel), "strides": str(step)}),
        right=say("The windows begin {step} cells apart.", step=step),
    )
