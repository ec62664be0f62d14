"""One window by hand."""

import numpy as np

from cnnviz.engine import trace_conv
from cnnviz.quizzes.batch import batch, typed, worked
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import digit, table
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("window-sum", chapter=2, title="One window by hand")
def window_sum(draw: Draw) -> Draft:
    """Ask for one number of a feature map: of the blackboard's matrix, or of a real digit, at its border at level 3."""
    if draw.level == 1:
        name, x = "blackboard", table("blackboard")
    else:
        name, x = digit(draw)
    kernel = draw.rows(3, 3, -1, draw.by_level(1, 2, 2))
    padding = draw.by_level(0, 0, 1)
    trace = trace_conv(batch(x), batch(kernel), padding=padding)
    last = trace.shape[1] - 1
    row = draw.one((0, last)) if padding else draw.integer(0, last)
    column = draw.integer(0, last)
    step = trace.at((0, row, column))
    values, weights = step.values[0], step.weights[0]
    around = "padding 1 (zeros)" if padding else "no padding"
    return Draft(
        prompt="A convolution layer slides the 3 × 3 kernel W over the input X, with stride 1, {around} and no bias. "
        "What does it write into row {row}, column {column} of the feature map? Rows and columns count from 0.",
        given={"X": x, "W": kernel},
        facts={"around": around, "row": row, "column": column},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=step.result,
        mistakes=[
            Mistake(
                "flipped the kernel",
                (values * weights[::-1, ::-1]).sum(),
                "This turns the kernel by half a turn, as mathematical convolution does. A layer takes it as drawn.",
            ),
            Mistake(
                "turned the kernel",
                (values * weights.T).sum(),
                "The rows of the kernel lie on the rows of the window; here they were laid on its columns.",
            ),
            Mistake(
                "exchanged row and column",
                trace.at((0, column, row)).result,
                "The row comes first: go down by the row, then right by the column.",
            ),
            Mistake(
                "added without multiplying",
                values.sum(),
                "Multiply each cell by the weight that lies on it before you add.",
            ),
            Mistake(
                "took the average",
                step.result / 9,
                "A convolution adds up; only a kernel of ninths takes an average.",
            ),
            Mistake(
                "lost the signs",
                (values * np.abs(weights)).sum(),
                "A negative weight takes away: keep its sign.",
            ),
        ],
        solution=[
            say(
                "The window begins at row {top}, column {left} of X and ends at row {bottom}, column {right}; what "
                "lies outside is 0."
                if padding
                else "The window begins at row {top}, column {left} of X and ends at row {bottom}, column {right}.",
                top=row - padding,
                left=column - padding,
                bottom=row + 2 - padding,
                right=column + 2 - padding,
            ),
            *worked([step]),
        ],
        right="Each cell is multiplied by the weight that lies on it, and the products are added up.",
        scene=Scene(
            "ch02-s01-slide" if draw.level == 1 else "ch02-s02-real-digit",
            {"image": name, "kernel": typed(kernel), "padding": padding},
        ),
    )
