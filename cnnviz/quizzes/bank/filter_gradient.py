"""The gradient of the filter."""

import numpy as np

from cnnviz.engine import conv2d_vjp, trace_conv_vjp
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("filter-gradient", chapter=7, title="Gradient of the filter")
def filter_gradient(draw: Draw) -> Draft:
    """Ask for the gradient of each weight: the sum over all positions of the window."""
    size, kernel_size = draw.by_level((3, 2), (4, 2), (5, 3))
    out = size - kernel_size + 1
    x = table("blackboard") if draw.level == 3 else np.array(draw.rows(size, size, 0, draw.by_level(3, 5, 5)))
    dy = draw.rows(out, out, draw.by_level(0, -1, -2), 2)
    image, gradient = batch(x), batch(dy)
    weight = np.zeros((1, 1, kernel_size, kernel_size))
    _, dweight, _ = conv2d_vjp(gradient, image, weight)
    answer = dweight[0, 0]
    trace = trace_conv_vjp(gradient, image, weight)
    k = kernel_size
    draft = Draft(
        prompt="A convolution with a {kernel} × {kernel} kernel (stride 1, no padding) has read X, and dY is the "
        "gradient of the loss with respect to its output. What is the gradient with respect to the kernel?",
        given={"X": x, "dY": dy},
        facts={"kernel": kernel_size},
        kind="choice" if draw.level == 1 else "array",
        answer=answer,
        mistakes=[
            Mistake(
                "assigned instead of adding",
                trace[-1].dweight[0],
                "Each position gives a share, and the shares add up: do not keep the last one only.",
            ),
            Mistake(
                "turned it by half a turn",
                answer[::-1, ::-1],
                "The gradient of the filter needs no flip: it is the correlation of X with dY.",
            ),
            Mistake("used the first position", trace[0].dweight[0], "The weights are shared: all positions add up."),
            Mistake(
                "averaged the positions", answer / out**2, "The shares of the positions add up; nothing is divided."
            ),
            Mistake(
                "ignored dY",
                conv2d_vjp(np.ones_like(gradient), image, weight)[1][0, 0],
                "Each share is multiplied by the gradient of its output cell.",
            ),
            Mistake("exchanged rows and columns", answer.T, "The row of the weight goes with the row of the cell."),
            Mistake(
                "turned dY", conv2d_vjp(gradient[..., ::-1, ::-1].copy(), image, weight)[1][0, 0], "dY is not flipped."
            ),
        ],
        solution=worked(trace.dweight, "dW", leave_out=2),
        scene=Scene(
            "ch07-s01-filter-gradient", {"image": typed(x), "kernel": typed(weight[0, 0] + 1), "dy": typed(dy)}
        ),
        right=say("Each of the {k} × {k} weights adds up what all positions of the window give.", k=k),
    )
    if draw.level < 3:
        return draft
    return misprinted(
        draw,
        draft,
        "A convolution with a {kernel} × {kernel} kernel (stride 1, no padding) has read X, and dY is the gradient of "
        "the loss with respect to its output. Somebody worked out the gradient M with respect to the kernel, and one "
        "number in it is wrong. Which number belongs there?",
    )
