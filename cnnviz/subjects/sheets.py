"""Digits set side by side on one sheet, with some air between them."""

import math

import numpy as np
from numpy.typing import NDArray

MARGIN = 1
"""Pixels around a digit."""


def tiled(tiles: NDArray[np.floating]) -> NDArray[np.float64]:
    """Set rows of tiles, shape (rows, columns, height, width), side by side."""
    rows, columns, high, wide = tiles.shape
    return tiles.transpose(0, 2, 1, 3).reshape(rows * high, columns * wide).astype(float)


def apart(filters: NDArray[np.floating]) -> NDArray[np.float64]:
    """Set rows of filters, shape (rows, columns, height, width), side by side with a line of zeros between them.

    >>> apart(np.ones((4, 2, 3, 3))).shape
    (15, 7)
    """
    return tiled(np.pad(filters, ((0, 0), (0, 0), (0, 1), (0, 1))))[:-1, :-1]


def columns_of(digits: NDArray[np.floating], rows: int) -> NDArray[np.float64]:
    """Set digits below each other, so many in a column.

    >>> columns_of(np.ones((6, 8, 8)), 3).shape
    (28, 19)
    """
    spaced = np.pad(digits, ((0, 0), (0, MARGIN), (0, MARGIN)))
    sheet = tiled(spaced.reshape(-1, rows, *spaced.shape[1:]).swapaxes(0, 1))
    return np.pad(sheet, ((MARGIN, 0), (MARGIN, 0)))


def rows_for(count: int, high: float = 1.0, wide: float = 1.0) -> int:
    """Return in how many rows so many digits fill a sheet of some height and width.

    >>> rows_for(18, 1, 2)
    3
    """
    return math.ceil(math.sqrt(count * high / wide))


def square_of(digits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Set all digits into one square, the last places of which may stay empty.

    >>> square_of(np.ones((5, 8, 8))).shape
    (28, 28)
    """
    side = rows_for(len(digits))
    return columns_of(np.pad(digits, ((0, side * side - len(digits)), (0, 0), (0, 0))), side)


def wall_of(digits: NDArray[np.floating], rows: int) -> NDArray[np.float64]:
    """Set digits into so many rows, column after column; the last places may stay empty.

    >>> wall_of(np.ones((5, 8, 8)), 3).shape
    (28, 19)
    """
    return columns_of(np.pad(digits, ((0, -len(digits) % rows), (0, 0), (0, 0))), rows)
