"""The filters of a layer: one of them large, with its numbers, and all of them small below it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Group
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row

_ACROSS, _GAP = 4, 0.12


class Filters(Group):
    """Filters of one channel on one scale, the first one enlarged.

    ::

        [ 0.2][−0.1][ 0.3]
        [ 0.1][−0.3][ 0.2]
        ▒█░ ░▒█ █▒█ ░░█

    Parameters
    ----------
    weights : array, shape (filters, K, K)
    side : float
        Of the large one, in units.
    scale : float
        The magnitude with the strongest fill.
    widest : iterable of str
        Texts that will be written later and have to fit.
    """

    def __init__(
        self, weights: NDArray[Any], side: float, title: Template = "", *, scale: float, widest: Iterable[str] = ()
    ) -> None:
        super().__init__()
        rows = weights.shape[1]
        fine = (side - (_ACROSS - 1) * _GAP) / (_ACROSS * rows)
        self.large = Grid(weights[0], "kernel", title, detail="", scale=scale, side=side / rows, widest=widest)
        self.small = [Grid(each, "kernel", scale=scale, side=fine, form="pixels") for each in weights]
        lines = (Row(*self.small[i : i + _ACROSS], gap=_GAP) for i in range(0, len(self.small), _ACROSS))
        self._column = Column(self.large, *lines, gap=_GAP)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height, the title included."""
        return self._column.extent(cell)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        self._column.settle(left, top, cell)
        first = self.small[0]
        enlarged = Outline(first, (0, 0), first.rows, first.columns, color=first.theme.kernel)
        self.add(self.large, *self.small, enlarged)

    def show(self, weights: NDArray[Any]) -> None:
        """Show other weights, at once."""
        for grid, values in zip([self.large, *self.small], [weights[0], *weights], strict=True):
            grid.rewrite(dict(np.ndenumerate(values.astype(float))))
