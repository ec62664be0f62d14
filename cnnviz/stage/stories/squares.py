"""Large numbers as squares that can be counted: each is as much as the smallest of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnviz.stage.language import Template, written
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.place import Column, Row

_GAP = 0.4
_WIDE = (1.75, 1.0, 0.55)  # how many times as wide as high the largest may be, for frames of every kind


class Squares:
    """A grid of squares for each of three counts, the largest first, the last of them the unit.

    ::

        local 2,238,016   dense 41,887,296 ≈ 2,265 × 18,496
        ▪▪▪▪▪▪▪▪▪▪▪        ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪
        convolution        ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪
        ▪                  ▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪▪

    Parameters
    ----------
    scene : Scene
    titles : sequence of str
    counts : sequence of int
    beside : Item
        What has its place with them, as yet unseen.
    """

    def __init__(self, scene: Any, titles: Sequence[Template], counts: Sequence[int], beside: Any) -> None:
        self.scene, unit = scene, counts[-1]
        self.much = [round(count / unit) for count in counts]
        times = f"{written(counts[0])} ≈ {written(self.much[0])} × {written(unit)}"
        details = [times, *map(written, counts[1:])]

        def made(index: int, wide: float) -> Grid:
            columns = round(np.sqrt(self.much[index] * wide))
            size = -(-self.much[index] // columns), columns
            look: dict[str, Any] = {"hidden": True, "form": "pixels", "ruled": True}
            return Grid(np.ones(size), "kernel", titles[index], detail=details[index], **look)

        middle, last = made(1, 1.0), made(2, 1.0)
        orders: list[list[Any]] = []
        for first in (made(0, wide) for wide in _WIDE):
            orders += [[Column(last, middle, beside), first], [Row(Column(last, middle), beside), first]]
        chosen = scene.roomiest(*orders, gap=_GAP)
        scene.fit(*chosen, gap=_GAP)
        self.grids = [chosen[-1], middle, last]

    def fill(self, index: int, seconds: float = 2.4) -> None:
        """Show the squares of a count, row by row."""
        grid = self.grids[index]
        cells = grid.everywhere()[: self.much[index]]
        for row in range(grid.rows):
            grid.show(cells[row * grid.columns : (row + 1) * grid.columns])
            self.scene.hold(seconds / grid.rows)
