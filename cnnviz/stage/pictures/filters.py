"""The filters of a layer: the first one with its numbers, and the others in one line with it or in lines beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.text import text_width
from cnnviz.subjects.number import cell_text

_LINES, _GAP = 2, 0.12
LEAST = 0.56  # units: the side of a cell with numbers, at least


class Filters:
    """Filters of one channel on one scale.

    ::

        [ 0.2][−0.1][ 0.3]  ▒█░ ░▒█ █▒█ ░░█
        [ 0.1][−0.3][ 0.2]  ░█▒ █▒░ ▒█▒

    Parameters
    ----------
    weights : array, shape (filters, K, K)
    title : str
    scale : float
        The magnitude with the strongest fill.
    widest : iterable of str
        Texts that will be written into the first one later and have to fit.

    Attributes
    ----------
    grids : list of Grid
    """

    def __init__(
        self, weights: NDArray[Any], title: Template = "", *, scale: float, widest: Iterable[str] = ()
    ) -> None:
        texts = {*widest, *map(cell_text, weights[0].ravel().tolist())}
        least = max(LEAST, smallest_cell(texts))
        first = Grid(weights[0], "kernel", scale=scale, least=least, widest=texts, form="numbers")
        self.grids = [first, *(Grid(each, "kernel", scale=scale, form="pixels") for each in weights[1:])]
        self._title = Slot(text_width(say(title), LABEL), 0.01, title, role="kernel")

    def in_line(self) -> Column:
        """Return all of them in one line, as one item."""
        return Column(self._title, Row(*self.grids, gap=_GAP), gap=0.0)

    def gathered(self) -> Column:
        """Return the first of them beside lines of the others, as one item."""
        first, *others = self.grids
        lines = (Row(*others[i::_LINES], gap=_GAP) for i in range(_LINES))
        return Column(self._title, Row(first, Column(*lines, gap=_GAP), gap=_GAP), gap=0.0)

    def show(self, weights: NDArray[Any]) -> None:
        """Show other weights, at once."""
        for grid, values in zip(self.grids, weights, strict=True):
            grid.rewrite(dict(np.ndenumerate(values.astype(float))))
