"""How much max pooling does not notice."""

import numpy as np

from cnnviz.engine import max_pool2d
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.topic import Draft, Mistake, topic
from cnnviz.quizzes.value import count


@topic("invariance", chapter=4, title="What pooling does not notice")
def invariance(draw: Draw) -> Draft:
    """Count the moves of one bright pixel that leave the pooled map as it was."""
    kernel = draw.by_level(2, draw.one((2, 3)), draw.one((2, 3)))
    blocks = draw.by_level(2, draw.integer(2, 3), draw.integer(3, 4) if kernel == 2 else 2)
    height = kernel * draw.by_level(1, draw.integer(1, 2), draw.integer(2, 3))
    width = kernel * blocks
    # Every place of the pixel at once, one picture each.
    pictures = np.eye(height * width).reshape(height * width, 1, height, width)
    pooled = max_pool2d(pictures, kernel).reshape(height, width, -1)
    same = int((pooled[:, :-1] == pooled[:, 1:]).all(axis=2).sum())
    moves = height * (width - 1)
    return Draft(
        prompt="A picture of {height} rows and {width} columns is 0 except for one pixel of 1, and goes through max "
        "pooling with a {kernel} × {kernel} window and stride {kernel}. The pixel may be anywhere and moves one column "
        "to the right, staying in the picture: {moves} moves in all. How many of them leave the pooled map as it was?",
        facts={"height": height, "width": width, "kernel": kernel, "moves": moves},
        kind=draw.by_level("choice", "numeric", "numeric"),
        answer=same,
        mistakes=[
            Mistake(
                "counted those that change it",
                moves - same,
                "Those cross from one window into the next; the others stay in their window.",
            ),
            Mistake(
                "took it for invariant",
                moves,
                "Pooling forgives a move within a window only; a move into the next window shows.",
            ),
            Mistake("took it for equivariant", 0, "A move within a window leaves its maximum where it was."),
            Mistake(
                "counted one row",
                same // height,
                f"The pixel may be in any of the {height} rows.",
            ),
            Mistake("took half of them", moves / 2, "Count: in each window all moves but the last stay inside."),
            Mistake("let it leave the picture", height * width // kernel, "Moves out of the picture are not counted."),
        ],
        solution=[
            f"In each window a row of {kernel} pixels allows {count(kernel - 1, 'move')} inside it.",
            f"{blocks} windows in a row, {height} rows: {kernel - 1} × {blocks} × {height} = {same} of {moves}.",
            "Pooling is partly invariant: it forgives small moves, not all.",
        ],
        right=f"{same} of {moves} moves stay within a window.",
    )
