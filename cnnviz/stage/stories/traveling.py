"""What stands in a matrix moves by a cell: its numbers travel, the zeros around them keep quiet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Group
from numpy.typing import NDArray

from cnnviz.stage.pictures.grid import Cell, Grid


def travel(scene: Any, grids: Sequence[Grid], after: Sequence[NDArray[Any]], *, seconds: float = 0.9) -> None:
    """Let the numbers of grids travel one cell to the right, and show what stands there afterwards."""
    flying = []
    for grid in grids:
        if grid.has_numbers:
            cells = lit(grid.values)
            copies = Group(*(part for cell in cells for part in grid.copy_of(cell)))
            flying.append(copies.animate.shift((grid.side, 0, 0)))
            grid.rewrite(dict.fromkeys(cells, 0.0))
            grid.sink()
    if flying:
        scene.play(*flying, run_time=seconds)
        scene.remove(*(each.mobject for each in flying))
    for grid, values in zip(grids, after, strict=True):
        grid.become(values)
        if grid.has_numbers:
            grid.only(lit(values))


def lit(values: NDArray[Any]) -> list[Cell]:
    """List the cells that are not 0.

    >>> lit(np.array([[0, 2], [0, 0]]))
    [(0, 1)]
    """
    return [(row, column) for row, column in np.argwhere(values != 0).tolist()]
