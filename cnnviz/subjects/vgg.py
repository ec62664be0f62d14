"""VGG, and what several small kernels in a row are worth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import conv2d
from cnnviz.nn import Conv2d
from cnnviz.subjects.architecture import Architecture

SIDE = 3
"""Of the small kernels."""


class Vgg(Architecture):
    """A network, and the last of its longest runs of 3x3 convolutions that keep the count of maps.

    Attributes
    ----------
    run : int
        Convolutions in it; under 2 where there is no such run.
    maps : int
        That go into each of them, and come out.
    sides : list of int
        Cells a side that a cell behind the first, the second, ... sees.
    ways : list of array
        For each of them the ways that lead from each cell seen to that cell.
    placed : list of array
        The same in the middle of the largest square, from the one cell on.
    additions : list of list of (cell, numbers)
        How one is made of the other: each cell in turn adds its ways to all that it sees through another kernel.
    kernels : list of array
        The small kernels and the large one, each weight a 1.
    weights : tuple of int
        Of the small kernels together, and of the large one, for one map in and one out.
    totals : tuple of int
        The same for all maps.

    Examples
    --------
    >>> net = Vgg()
    >>> net.run, net.maps, net.sides, net.weights, net.totals
    (3, 512, [3, 5, 7], (27, 49), (7077888, 12845056))
    >>> net.ways[1][2].tolist()
    [3, 6, 9, 6, 3]
    """

    network = Architecture.network.but("vgg16")

    def prepare(self) -> None:
        """Find the run, and count ways."""
        super().prepare()
        run, best = 0, (0, 0)
        for _, layer, shape in self.layers():
            if isinstance(layer, Conv2d):
                keeps = layer.kernel_size == (SIDE, SIDE) and layer.stride == (1, 1) and layer.groups == 1
                run = run + 1 if keeps and shape[0] == layer.out_channels else 0
                best = max(best, (run, shape[0] if run else 0))
            elif layer.output_shape(shape) != shape:
                run = 0
        self.run, self.maps = best
        self.sides = [1 + (SIDE - 1) * count for count in range(1, self.run + 1)]
        self.ways = [_ways(count) for count in range(1, self.run + 1)]
        self.placed = [_placed(ways, self.sides[-1]) for ways in [np.ones((1, 1)), *self.ways]] if self.run else []
        self.weights = (self.run * SIDE**2, self.sides[-1] ** 2) if self.run else (0, 0)
        self.additions = [_added(ways) for ways in self.placed[:-1]]
        self.kernels = [np.ones((side, side)) for side in [SIDE] * self.run + self.sides[-1:]]
        self.totals = self.weights[0] * self.maps**2, self.weights[1] * self.maps**2


def _ways(count: int) -> NDArray[np.int64]:
    """Count the ways through so many kernels from each cell that is seen."""
    one: NDArray[Any] = np.ones((1, 1, SIDE, SIDE))
    ways: NDArray[Any] = np.ones((1, 1, 1, 1))
    for _ in range(count):
        ways = conv2d(ways, one, padding=SIDE - 1)
    return np.asarray(ways[0, 0], dtype=np.int64)


def _placed(ways: NDArray[Any], side: int) -> NDArray[Any]:
    """Place a square in the middle of a larger one."""
    return np.pad(ways, (side - len(ways)) // 2)


def _added(ways: NDArray[Any]) -> list[tuple[tuple[int, int], dict[tuple[int, int], float]]]:
    """Add the ways of each cell to the cells that it sees; list what these hold then."""
    total, found, near = np.zeros(ways.shape), [], SIDE // 2
    for row, column in zip(*map(list, np.nonzero(ways)), strict=True):
        total[row - near : row + near + 1, column - near : column + near + 1] += ways[row, column]
        seen = [(row + down, column + right) for down, right in np.ndindex(SIDE, SIDE)]
        numbers = {(int(i) - near, int(j) - near): float(total[i - near, j - near]) for i, j in seen}
        found.append(((int(row), int(column)), numbers))
    return found
