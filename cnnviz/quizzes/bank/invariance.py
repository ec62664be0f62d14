"""How much max pooling does not notice."""

import numpy as np

from cnnviz.engine import max_pool2d
from cnnviz.quizzes.draw import Draw
from cnnviz.quizzes.saying import count, say
from cnnviz.quizzes.topic import Draft, Mistake, topic


@topic("invariance", chapter=4, title="What pooling does not notice")
def invariance(draw: Draw) -> Draft:
    """Count the moves of one bright pixel that leave the pooled map as it was."""
    kernel = draw.integer(2, draw.by_level(3, 4, 4))
    deep, wide = (kernel * draw.integer(1, draw.by_level(2, 3, 3)) for _ in range(2))
    across = draw.level < 3 or draw.one((True, False))
    height, width = (deep, wide + kernel) if across else (deep + kernel, wide)
    way, unit = ("column to the right", "row") if across else ("row down", "column")
    # Every place of the pixel at once, one picture each.
    pictures = np.eye(height * width).reshape(height * width, 1, height, width)
    pooled = max_pool2d(pictures, kernel).reshape(height, width, -1)
    before, after = (pooled[:, :-1], pooled[:, 1:]) if across else (pooled[:-1], pooled[1:])
    stays = (before == after).all(axis=2)
    same, moves = int(stays.sum()), stays.size
    lines = height if across else width
    windows = (width if across else height) // kernel
    return Draft(
        prompt="A picture of {height} rows and {width} columns is 0 except for one pixel of 1, and goes through max "
        "pooling with a {kernel} × {kernel} window and stride {kernel}. The pixel may be anywhere and moves one {way}, "
        "staying in the picture: {moves} moves in all. How many of them leave the pooled map as it was?",
        facts={"height": height, "width": width, "kernel": kernel, "way": way, "moves": moves},
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
                "counted one line",
                same // lines,
                say("The pixel may be in any {unit}: there are {lines}.", unit=unit, lines=lines),
            ),
            Mistake("took half of them", moves // 2, "Count: in each window all moves but the last stay inside."),
            Mistake("let it leave the picture", height * width // kernel, "Moves out of the picture are not counted."),
        ],
        solution=[
            say(
                "In each window a {unit} of {kernel} pixels allows {kernel_moves} inside it.",
                unit=unit,
                kernel=kernel,
                kernel_moves=count(kernel - 1, "move"),
            ),
            say(
                "{windows} in a {unit}, {lines}: {kernel_moves} × {windows_2} × {lines_2} = {same} of {moves}.",
                windows=count(windows, "window"),
                unit=unit,
                lines=count(lines, unit),
                kernel_moves=kernel - 1,
                windows_2=windows,
                lines_2=lines,
                same=same,
                moves=moves,
            ),
            "Pooling is partly invariant: it forgives small moves, not all.",
        ],
        right=say("{same} of {moves} moves stay within a window.", same=same, moves=moves),
    )
