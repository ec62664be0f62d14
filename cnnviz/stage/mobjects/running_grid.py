"""A grid whose numbers change: sums while they grow."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.mobjects.number_grid import Cell, NumberGrid, fitting_size, grid_texts
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text


class RunningGrid(NumberGrid):
    """An empty grid of numbers that are put in, and replaced, one by one.

    Parameters
    ----------
    shape : (rows, columns)
        How many cells.
    widest : iterable of str
        Texts that will have to fit; the type size is theirs from the start, so that it never changes.
    border : bool array, optional
        True where a cell is drawn muted.
    role, scale, cell, theme, at
        As for `NumberGrid`.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        *,
        widest: Iterable[str],
        role: str,
        scale: float,
        cell: float,
        theme: Theme,
        at: tuple[float, float] = (0.0, 0.0),
        border: NDArray[np.bool_] | None = None,
    ) -> None:
        super().__init__(
            np.zeros(shape), role=role, scale=scale, cell=cell, theme=theme, at=at, padding=border, hidden=True
        )
        self.type_size = fitting_size(widest, cell)
        self._written = grid_texts(self.values)
        self.texts = self._written

    def erase(self, index: Cell) -> None:
        """Empty a cell for good: it sinks into the ground."""
        if index in self.labels:
            self.remove(self.labels.pop(index))
        self.fills[index].set_fill(self.theme.ground, opacity=1.0, family=False)

    def put(self, index: Cell, value: float) -> None:
        """Write a number into a cell, in place of the one before."""
        if index in self.labels:
            self.remove(self.labels.pop(index))
        self.values[index] = value
        self._written[index[0]][index[1]] = cell_text(value)
        self.show(index)
