"""A grid of numbers some of which step back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.color import Color, mix
from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid

_BACK = 0.85  # how far a muted fill sinks into the ground: far enough that its text can be muted too


class SiftedGrid(NumberGrid):
    """A `NumberGrid` whose cells can be muted and lit again.

    ::

        [1] [3]            1   3
        [5] [6]   sifted   5  [6]

    Examples
    --------
    >>> from cnnviz.stage.theme import theme
    >>> grid = SiftedGrid(np.array([[1.0, 3.0]]), role="input", scale=3.0, cell=1.0, theme=theme("dark"))
    >>> grid.sift({(0, 1)})
    >>> grid.muted, grid.ink((0, 1)) == grid.theme.muted
    ({(0, 1)}, True)
    """

    def __init__(self, values: NDArray[np.floating], **options: Any) -> None:
        self.muted: set[Cell] = set()
        super().__init__(values, **options)

    def color_of(self, index: Cell) -> Color:
        """Return the fill of a cell once it is shown."""
        fill = super().color_of(index)
        return mix(fill, self.theme.ground, _BACK) if index in self.muted else fill

    def sift(self, muted: Collection[Cell]) -> None:
        """Mute these cells and light all others."""
        changed = self.muted ^ set(muted)
        self.muted = set(muted)
        for index in changed:
            self.fills[index].set_fill(self.color_of(index), opacity=1.0, family=False)
            if index in self.labels:
                self.labels[index].set_fill(self.ink(index), family=False)

    def ink(self, index: Cell) -> Color:
        """Return the color of a cell's text."""
        return self.theme.muted if index in self.muted else super().ink(index)
