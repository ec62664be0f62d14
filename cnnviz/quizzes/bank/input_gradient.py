"""The gradient of the input."""

import numpy as np

from cnnviz.engine import conv2d, conv2d_vjp, trace_conv_vjp
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.misprint import misprinted
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.topic import Draft, Mistake, topic

ROOM: dict[int, dict[str, str | int]] = {
    3: {"image": "impulse", "size": 3},
    4: {"image": "blackboard-4"},
    5: {"image": "blackboard"},
}
"""A picture of each size for the scene; what it shows does not matter to the gradient."""


@topic("input-gradient", chapter=7, title="Gradient of the input")
def input_gradient(draw: Draw) -> Draft:
    """Ask for the gradient of each input cell; at level 3 of a convolution with stride 2."""
    out, kernel_size, step = draw.by_level((2, 2, 1), (2, 3, 1), (2, draw.integer(2, 3), 2))
    size = (out - 1) * step + kernel_size
    kernel = draw.rows(kernel_size, kernel_size, -1, 2)
    dy = draw.rows(out, out, draw.by_level(0, -1, -2), 3)
    weight, gradient = batch(kernel), batch(dy)
    image = np.zeros((1, 1, size, size))
    answer = conv2d_vjp(gradient, image, weight, stride=step)[0][0, 0]
    trace = trace_conv_vjp(gradient, image, weight, stride=step)
    assigned = np.zeros((size, size))
    for one in trace:
        _, i, j = one.output_index
        assigned[i * step : i * step + kernel_size, j * step : j * step + kernel_size] = one.dx[0]
    plain = conv2d(gradient, weight[..., ::-1, ::-1].copy(), padding="full")[0, 0]
    draft = Draft(
        prompt="A convolution with the kernel W and stride {step}, without padding, has read a picture of {size} × "
        "{size}; dY is the gradient of the loss with respect to its output. What is the gradient with "
        "respect to the picture?",
        given={"W": kernel, "dY": dy},
        facts={"step": step, "size": size},
        kind="choice" if draw.level == 1 else "array",
        answer=answer,
        mistakes=[
            Mistake(
                "assigned instead of adding",
                assigned,
                "Where windows overlap their shares add up: do not overwrite.",
            ),
            *(
                [
                    Mistake(
                        "forgot the stride",
                        plain,
                        "With a stride the windows lie further apart: put zeros between the cells of dY first.",
                    )
                ]
                if step > 1
                else []
            ),
            Mistake(
                "did not flip the kernel",
                conv2d_vjp(gradient, image, weight[..., ::-1, ::-1].copy(), stride=step)[0][0, 0],
                "A full convolution takes the flipped kernel; stamps take the kernel as drawn.",
            ),
            Mistake(
                "forgot the full padding",
                conv2d(gradient, weight[..., ::-1, ::-1].copy(), padding="same")[0, 0],
                "The gradient has the size of the picture: the convolution must be full.",
            ),
            Mistake("took the other sign", -answer, "Each cell gets gradient times weight, with its sign."),
            Mistake("exchanged rows and columns", answer.T, "The row of the cell goes with the row of the window."),
            Mistake(
                "ignored dY",
                conv2d_vjp(np.ones_like(gradient), image, weight, stride=step)[0][0, 0],
                "Each window's share is multiplied by its gradient in dY.",
            ),
        ],
        solution=worked(trace.dx, "dX"),
        scene=Scene(
            "ch07-s02-input-gradient",
            {**ROOM[size], "kernel": typed(kernel), "dy": typed(dy), "stride": step},
        ),
        right="Each gradient stamps the kernel onto its window; the stamps add up.",
    )
    if draw.level < 3:
        return draft
    return misprinted(
        draw,
        draft,
        "A convolution with the kernel W and stride {step}, without padding, has read a picture of {size} × {size}; "
        "dY is the gradient of the loss with respect to its output. Somebody worked out the gradient M with respect "
        "to the picture, and one number in it is wrong. Which number belongs there?",
    )
