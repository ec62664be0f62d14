"""How average pooling shares its gradient out."""

import numpy as np

from cnnviz.engine import avg_pool2d_vjp, max_pool2d_vjp, trace_pool_vjp
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("average-pool-gradient", chapter=7, title="Gradient through average pooling")
def average_pool_gradient(draw: Draw) -> Draft:
    """Ask for the gradient of the input; windows overlap from level 2."""
    height, width, step = draw.by_level((2, 4, 2), (3, 3, 1), (4, 4, 1))
    out = (height - 2) // step + 1, (width - 2) // step + 1
    dy = np.array(draw.rows(*out, 1, 5)) * draw.by_level(4, 4, 2)
    gradient, image = batch(dy), np.zeros((1, 1, height, width))
    answer = avg_pool2d_vjp(gradient, image, 2, step)[0][0, 0]
    trace = trace_pool_vjp(gradient, image, 2, kind="avg", stride=step)
    assigned = np.zeros((height, width))
    for one in trace:
        assigned[tuple(slice(n, n + 2) for n in one.input_origin)] = one.dx
    return Draft(
        prompt="Average pooling with a 2 × 2 window and stride {step} has read a map of {height} × {width}; dY is the "
        "gradient of the loss with respect to its output. What is the gradient with respect to that map?",
        given={"dY": dy},
        facts={"step": step, "height": height, "width": width},
        kind=draw.by_level("choice", "array", "array"),
        answer=answer,
        mistakes=[
            Mistake(
                "assigned instead of adding",
                assigned,
                "Windows overlap: a cell gets a share from each window over it, and the shares add up.",
            ),
            Mistake("did not divide", answer * 4, "The average divides by 4, so each cell gets a quarter."),
            Mistake("divided by the side", answer * 2, "The window has 2 × 2 cells: each gets a quarter."),
            Mistake(
                "gave it to one cell",
                max_pool2d_vjp(gradient, image, 2, step)[0][0, 0],
                "That is max pooling: an average hands a share to every cell.",
            ),
            Mistake(
                "took the average of dY", np.full((height, width), dy.mean()), "Each window hands out its own gradient."
            ),
            Mistake("divided twice", answer / 4, "Divide by the 4 cells of the window once."),
        ],
        solution=worked(trace.dx, "dX"),
        # What the map held does not matter to the gradient.
        scene=Scene(
            "ch07-s04-pooling",
            {
                "image": typed(np.arange(height * width).reshape(height, width)),
                "mode": "avg",
                "stride": step,
                "dy": typed(dy),
            },
        ),
        right="Each cell gets a quarter from every window over it.",
    )
