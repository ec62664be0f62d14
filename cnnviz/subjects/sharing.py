"""One cell hands out its value times a patch of numbers, and the shares add up where they land.

The gradients of a filter, of an input and of a pooling, and a transposed convolution are this one operation; so one
picture serves all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating]
Cell = tuple[int, ...]
Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Share:
    """What one cell hands out.

    Attributes
    ----------
    index : int
        Its place in the order of telling.
    giver : (row, column)
        The cell that hands out.
    value : float
        What that cell holds.
    patch, numbers : array, (kH, kW)
        The factors, and ``value * patch``, which is handed out.
    patch_origin, landing : (row, column)
        The first cell of the patch among the factors, and the first cell of the target that receives.
    window : tuple of slice
        Cuts the receiving cells out of the target.
    """

    index: int
    giver: Cell
    value: float
    patch: Numbers
    numbers: Numbers
    patch_origin: Cell
    landing: Cell
    window: tuple[slice, ...]

    @property
    def cells(self) -> list[Cell]:
        """The cells of the target that receive, in the order of ``numbers``."""
        return list(product(*(range(axis.start, axis.stop, axis.step or 1) for axis in self.window)))


@dataclass(frozen=True)
class Matrix:
    """One of the three matrices of a picture: what it is called, its color role and its numbers.

    ``border`` is True for cells around the matrix proper: padding, or what is cut off in the end.
    """

    name: str
    role: str
    values: Numbers
    border: NDArray[np.bool_]
    texts: Texts | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns without the border."""
        inside = ~self.border
        return int(inside.any(axis=1).sum()), int(inside.any(axis=0).sum())


@dataclass(frozen=True)
class Sharing:
    """The shares of an operation, in order, and the three matrices they go between.

    Attributes
    ----------
    givers, factors, target : Matrix
        Whose cells hand out, what they are multiplied by, and where the shares add up. The target holds the totals
        before its border is cut off.
    result : array
        What the engine says comes out.
    patch_spacing, target_spacing : (int, int)
        Distance of neighboring cells of a patch among the factors, and of a share in the target.
    share : callable
        Gives the share number ``index``.
    """

    givers: Matrix
    factors: Matrix
    target: Matrix
    result: Numbers
    patch_spacing: Cell
    target_spacing: Cell
    share: Callable[[int], Share]

    def __len__(self) -> int:
        return self.givers.values.size

    def __getitem__(self, index: int) -> Share:
        return self.share(range(len(self))[index])
