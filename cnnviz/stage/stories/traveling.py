"""What stands in a matrix moves by a cell: its numbers travel, the zeros around them keep quiet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import FadeIn, Group, LaggedStart
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.language import say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories import shift_words as words
from cnnviz.stage.text import size_within
from cnnviz.subjects.shifting import Shifted, Shifting

_MOST = 200  # cells that travel one by one


class Traveling(Scene, subject=Shifting):
    """Moves a picture, its map and the pooled map, and writes below them what became of them."""

    x: Grid
    y: Grid
    pooled: Grid
    notes: list[Slot]

    def shift(self, s: Shifting, shifted: Shifted) -> None:
        """Move the picture on by one cell, and say what became of the pooled map."""
        by, changed, along = shifted.by, shifted.changed(s.shifted[0]), shifted.along(s.shifted[0])
        told, fields = words.pooled(by, s.kernel_size, along, (len(changed), shifted.pooled.size))
        if by == 1:
            with self.beat("The feature map moves along, number for number: it is equivariant.", focus=self.y):
                travel(self, (self.x, self.y), (shifted.x, shifted.y))
                self.step(by, len(s.shifted) - 1, noun="shift")
                self.write(0, say("moves along"))
        with self.beat(told, focus=self.pooled, **fields):
            if by > 1:
                self.step(by, len(s.shifted) - 1, noun="shift")
                travel(self, (self.x, self.y), (shifted.x, shifted.y))
            self.pooled.become(shifted.pooled)
            self.pooled.only(changed)
            marks = [Outline(self.pooled, cell, color=self.theme.highlight, width=3.0) for cell in changed]
            count = say("{changed} of {total} changed", changed=len(changed), total=shifted.pooled.size)
            self.write(1, say("moved by {by}", by=along) if along else count)
            if marks and not along:
                self.play(LaggedStart(*map(FadeIn, marks), lag_ratio=0.5), run_time=1.0)
            self.rest(0.9)
        self.remove(*marks)

    def write(self, note: int, text: str) -> None:
        """Write a line below a grid."""
        slot = self.notes[note]
        slot.put_line([(text, self.theme.output)], size_within(slot.box.width, LABEL, text))


def travel(scene: Any, grids: Sequence[Grid], after: Sequence[NDArray[Any]], *, seconds: float = 0.9) -> None:
    """Let the numbers of grids travel one cell to the right, and show what stands there afterwards."""
    flying = []
    for grid in grids:
        if len(cells := lit(grid.values)) <= _MOST:
            copies = Group(*(part for cell in cells for part in grid.copy_of(cell)))
            flying.append(copies.animate.shift((grid.side, 0, 0)))
            grid.rewrite(dict.fromkeys(cells, 0.0))
            grid.sink()
    if flying:
        scene.play(*flying, run_time=seconds)
        scene.remove(*(each.mobject for each in flying))
    for grid, values in zip(grids, after, strict=True):
        grid.become(values)
        grid.only(lit(values))


def around(grid: Grid, color: Color) -> Outline:
    """Return the outline of all that is not 0 in a grid."""
    (top, left), (bottom, right) = (at(lit(grid.values), axis=0).tolist() for at in (np.min, np.max))
    return Outline(grid, (top, left), bottom - top + 1, right - left + 1, color=color, width=2.5)


def lit(values: NDArray[Any]) -> list[Cell]:
    """List the cells that are not 0.

    >>> lit(np.array([[0, 2], [0, 0]]))
    [(0, 1)]
    """
    return [(row, column) for row, column in np.argwhere(values != 0).tolist()]
