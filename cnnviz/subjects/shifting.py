"""A picture that moves, cell by cell: what becomes of its map, of the pooled map and of the largest number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import max_pool2d, relu
from cnnviz.engine.trace import trace_conv, trace_pool
from cnnviz.nn.experiments import measured
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

_SIDE = 8  # cells at most along each side of the square where a single pixel moves
Cell = tuple[int, int]
Numbers = NDArray[np.floating]


@dataclass(frozen=True)
class Shifted:
    """The picture on its canvas, moved to the right, and what is made of it.

    Attributes
    ----------
    by : int
        Cells that it has moved.
    x, y, pooled, whole : array
        The canvas, the feature map after ReLU, the pooled map, and the largest number.
    """

    by: int
    x: Numbers
    y: Numbers
    pooled: Numbers
    whole: Numbers

    def changed(self, first: Shifted) -> list[Cell]:
        """List the cells of the pooled map that hold something else than at first."""
        return _cells(self.pooled != first.pooled)

    def along(self, first: Shifted) -> int | None:
        """Return by how many cells the pooled map has moved along; None if it is another map."""
        nearest = range(self.pooled.shape[1])
        return next((by for by in nearest if np.array_equal(self.pooled, moved(first.pooled, by))), None)


@dataclass(frozen=True)
class Nudge:
    """One bright pixel that moves one cell to the right.

    Attributes
    ----------
    index : int
        Its place in the order of telling.
    cell : (row, column)
        Where the pixel has moved to.
    pooled : (row, column)
        The cell of the pooled map that is bright afterwards.
    same : bool
        Whether the pooled map is what it was before.
    """

    index: int
    cell: Cell
    pooled: Cell
    same: bool


class Shifting(Subject):
    """A picture that moves to the right, one bright pixel that does, and what was measured on many digits.

    Attributes
    ----------
    shifted : list of Shifted
        From 0 cells on.
    board, pooled_board : array
        Where a single pixel moves, and what pooling makes of it, both still empty.
    nudges : list of Nudge
        Every way a pixel can move by one cell.
    measured : Result
        The experiment that moved many digits.

    Examples
    --------
    >>> subject = Shifting()
    >>> len(subject.nudges), sum(nudge.same for nudge in subject.nudges)
    (56, 32)
    >>> [each.along(subject.shifted[0]) for each in subject.shifted]
    [0, None, 1, None]
    """

    image = Convolution.image.but("digit:3", "The picture that moves; photos get at most 8 pixels a side.")
    kernel = Convolution.kernel
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 8.")
    kernel_size = Option(Integer(2, 4), 2, "Cells of the pooling's window along each side; it moves on by as many.")

    def prepare(self) -> None:
        """Load, put on a canvas, move and trace."""
        self.picture = subject_picture(self.image, self.size, usual=8)
        ink, pool = _ink(self.picture.values[0]), self.kernel_size
        weights, most = self.kernel.values, pool + 1
        around = tuple(((k - 1) // 2, k // 2) for k in weights.shape)
        (above, below), (before, after) = around
        rows, columns = (-(-n // pool) * pool for n in np.add(ink.shape, (above + below, before + after + most)))
        canvas = np.zeros((rows, columns))
        canvas[below : below + ink.shape[0], after : after + ink.shape[1]] = ink
        self.shifted = [self._made(moved(canvas, by), around, by) for by in range(most + 1)]
        self.board, self.pooled_board = np.zeros((_SIDE // pool * pool,) * 2), np.zeros((_SIDE // pool,) * 2)
        self.nudges = self._nudges()
        self.measured = measured("shifting")

    def _made(self, x: Numbers, around: Any, by: int) -> Shifted:
        y = relu(trace_conv(x[None, None], self.kernel.values[None, None], padding=around).fold()[None])
        pooled, whole = (trace_pool(y, size).fold()[0] for size in (self.kernel_size, y.shape[2:]))
        return Shifted(by, x, y[0, 0], pooled, whole)

    def _nudges(self) -> list[Nudge]:
        def pooled(row: int, column: int) -> Numbers:
            picture = self.board.copy()
            picture[row, column] = 1.0
            result: Numbers = max_pool2d(picture[None, None], self.kernel_size)[0, 0]
            return result

        side, nudges = len(self.board), list[Nudge]()
        for row in range(side):
            maps = [pooled(row, column) for column in range(side)]
            for column in range(1, side):
                after, same = _cells(maps[column] > 0)[0], bool((maps[column] == maps[column - 1]).all())
                nudges.append(Nudge(len(nudges), (row, column), after, same))
        return nudges


def moved(values: Numbers, by: int) -> Numbers:
    """Move what stands in an array to the right; zeros come in.

    >>> moved(np.array([[1.0, 2.0, 0.0]]), 1)
    array([[0., 1., 2.]])
    """
    result = np.zeros_like(values)
    result[:, by:] = values[:, : values.shape[1] - by]
    return result


def _ink(values: Numbers) -> Numbers:
    """Cut empty rows and columns off."""
    if not values.any():
        return values
    rows, columns = (np.flatnonzero(values.any(axis=axis)) for axis in (1, 0))
    return values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _cells(mask: NDArray[np.bool_]) -> list[Cell]:
    return [(row, column) for row, column in np.argwhere(mask).tolist()]
