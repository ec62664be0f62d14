"""Where the maximum of a window was."""

import numpy as np

from cnnviz.engine import trace_pool
from cnnviz.quizzes.batch import batch, typed
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.model import Scene
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.slate import digit
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("arg-max", chapter=4, title="Who won the window")
def arg_max(draw: Draw) -> Draft:
    """Ask for the cell of the input that a pooled number came from; at level 3 several may be equal."""
    size, kernel, step = draw.by_level((4, 2, 2), (8, 2, 2), (5, 3, 2))
    name, x = digit(draw) if draw.level == 2 else ("", np.array(draw.rows(size, size, 0, draw.by_level(9, 9, 5))))
    trace = trace_pool(batch(x), kernel, stride=step)
    place = draw.integer(0, trace.shape[1] - 1), draw.integer(0, trace.shape[2] - 1)
    place = draw.by_level((place[0], 1), place, place)
    result = trace.at((0, *place))
    assert result.argmax is not None
    (row, column), origin = result.argmax, result.input_origin
    window = result.values
    low = tuple(int(i) for i in divmod(int(window.argmin()), kernel))
    return Draft(
        prompt="Max pooling with a {kernel} × {kernel} window and stride {step} is applied to X. Which cell of X, as "
        "row, column, did the number in row {out_row}, column {out_column} of the pooled map come from? Count from 0; "
        "of equal cells the first in reading order counts.",
        given={"X": x},
        facts={"kernel": kernel, "step": step, "out_row": place[0], "out_column": place[1]},
        kind=draw.by_level("choice", "choice", "array"),
        answer=(row, column),
        mistakes=[
            Mistake(
                "counted within the window",
                (row - origin[0], column - origin[1]),
                say(
                    "The window begins at row {origin0}, column {origin1} of X: add that.",
                    origin0=origin[0],
                    origin1=origin[1],
                ),
            ),
            Mistake("exchanged row and column", (column, row), "Row and column are exchanged: the row comes first."),
            Mistake("counted from 1", (row + 1, column + 1), "The first row and the first column are number 0."),
            Mistake(
                "took the first cell of the window",
                origin,
                "That is where the window begins: look for its greatest cell.",
            ),
            Mistake(
                "took the last of equal cells",
                result.argmaxes[-1],
                "Of equal cells the first in reading order counts.",
            ),
            Mistake(
                "took the smallest",
                (origin[0] + low[0], origin[1] + low[1]),
                "Max pooling looks for the greatest cell.",
            ),
            Mistake(
                "forgot the stride",
                (row - origin[0] + place[0], column - origin[1] + place[1]),
                say(
                    "Windows begin {step} cells apart: this one at row {origin0}, column {origin1}.",
                    step=step,
                    origin0=origin[0],
                    origin1=origin[1],
                ),
            ),
        ],
        solution=[
            say(
                "The window begins at row {place0}·{step} = {origin0}, column {place1}·{step} = {origin1}.",
                place0=place[0],
                step=step,
                origin0=origin[0],
                place1=place[1],
                origin1=origin[1],
            ),
            say(
                "Its greatest number is {result}, first found at row {row}, column {column} of X.",
                result=int(result.result),
                row=row,
                column=column,
            ),
        ],
        scene=Scene("ch04-s02-max-pooling", {"image": name or typed(x), "kernel_size": kernel, "stride": step}),
    )
