"""A map with more cells than can be drawn: every so many-th row and column of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.language import Template
from cnnviz.stage.pictures.grid import Grid

_FINEST, _LONGEST, _READ = 48, 240, 16  # cells a side, of one row, and of one row whose numbers can be read


def coarse(values: NDArray[np.floating]) -> tuple[NDArray[np.floating], int]:
    """Return every so many-th row and column of a map with too many to be seen, and how far they are apart.

    >>> coarse(np.zeros((96, 10)))[0].shape, coarse(np.zeros((8, 8)))[1]
    ((48, 5), 1)
    """
    apart = ceil(max(values.shape) / (_LONGEST if len(values) == 1 else _FINEST))
    kept: NDArray[np.floating] = values[::apart, ::apart]
    return kept, apart


class Sheet(Grid):
    """A map of whose cells only every so many-th is drawn, where there are too many."""

    def __init__(self, values: NDArray[np.floating], role: str, title: Template = "", **look: Any) -> None:
        shown, self.apart = coarse(values)
        detail = " × ".join(map(str, values.shape)) if title else ""
        if len(shown) == 1 and shown.shape[1] > _READ:
            look = {"form": "pixels", **look}
        super().__init__(shown, role, title, detail=detail, strip=True, **look)

    def at(self, cell: Sequence[int]) -> tuple[int, int]:
        """Return where a cell of the map is drawn."""
        row, column = (int(place) // self.apart for place in cell)
        return row, column
