"""Where the gradient of a maximum goes."""

import numpy as np

from cnnviz.engine import avg_pool2d_vjp, max_pool2d_vjp, trace_pool_vjp
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import Figures
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("max-pool-gradient", chapter=7, title="Gradient through max pooling")
def max_pool_gradient(draw: Draw) -> Draft:
    """Ask for the gradient of the input: windows apart at level 1, overlapping at 2, with ties at 3."""
    height, width, step = draw.by_level((2, 4, 2), (4, 4, 1), (3, 4, 1))
    x = np.array(draw.rows(height, width, 0, draw.by_level(9, 9, 4)))
    image = batch(x)
    out = (height - 2) // step + 1, (width - 2) // step + 1
    dy = draw.rows(*out, 1, 9)
    gradient = batch(dy)
    answer = max_pool2d_vjp(gradient, image, 2, step)[0][0, 0]
    trace = trace_pool_vjp(gradient, image, 2, stride=step)
    assigned, everyone, twins = (np.zeros((height, width)) for _ in range(3))
    for one in trace:
        window = tuple(slice(n, n + 2) for n in one.input_origin)
        assigned[one.argmax] = one.gradient
        everyone[window] += one.gradient
        for tie in one.argmaxes:
            twins[tie] += one.gradient
    return Draft(
        prompt="Max pooling with a 2 × 2 window and stride {step} has read X; dY is the gradient of the loss with "
        "respect to its output. What is the gradient with respect to X? Of equal cells the first in reading order "
        "counts.",
        given={"X": x, "dY": dy},
        facts={"step": step},
        kind=draw.by_level("choice", "array", "array"),
        answer=answer,
        mistakes=[
            Mistake(
                "assigned instead of adding",
                assigned,
                "A cell that wins several windows gets all their gradients: add them up.",
            ),
            Mistake("gave to all equal cells", twins, "Of equal cells the first alone gets the gradient."),
            Mistake(
                "shared it out",
                avg_pool2d_vjp(gradient, image, 2, step)[0][0, 0],
                "That is average pooling: of a maximum the winner takes all.",
            ),
            Mistake("gave it to every cell", everyone, "Only the greatest cell of a window gets its gradient."),
            Mistake(
                "gave it to the smallest",
                max_pool2d_vjp(gradient, -image, 2, step)[0][0, 0],
                "The gradient goes to the cell that was handed on: the greatest.",
            ),
            Mistake("multiplied by the cell", answer * image[0, 0], "The winner passed unchanged: its factor is 1."),
            Mistake("marked the winners", (answer != 0).astype(float), "The winner gets the window's gradient, not 1."),
        ],
        solution=worked(trace.dx, "dX")
        if draw.level > 1
        else [Figures(str(one).replace("[0, ", "[").replace(" goes to ", " → ")) for one in trace],
        scene=Scene("ch07-s04-pooling", {"image": typed(x), "mode": "max", "stride": step, "dy": typed(dy)}),
        right="Each gradient goes to the cell that won; what arrives at one cell adds up.",
    )
