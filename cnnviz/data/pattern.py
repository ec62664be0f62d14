"""Pictures made by rule, and the small tables that a lecture writes on the blackboard."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float64]

TABLES: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "blackboard": ((1, 2, 3, 4, 5), (6, 7, 8, 9, 0), (1, 2, 3, 4, 5), (6, 7, 8, 9, 0), (1, 2, 3, 4, 5)),
    "blackboard-4": ((1, 2, 3, 0), (0, 1, 2, 3), (3, 0, 1, 2), (2, 3, 0, 1)),
    "pooling-a": ((1, 3, 2, 4), (5, 6, 7, 8), (3, 2, 1, 2), (1, 3, 5, 9)),
    "pooling-b": ((1, 3, 2, 1), (4, 2, 6, 4), (1, 8, 3, 7), (5, 3, 2, 1)),
}


def checkerboard(height: int, width: int) -> tuple[Plane, float]:
    """Alternate 1 and 0 from cell to cell, beginning with 1: the fastest change a grid can hold.

    Examples
    --------
    >>> checkerboard(2, 3)[0]
    array([[1., 0., 1.],
           [0., 1., 0.]])
    """
    rows, columns = np.indices((height, width))
    return ((rows + columns + 1) % 2).astype(np.float64), 1.0


def ramp(height: int, width: int) -> tuple[Plane, float]:
    """Count the columns from 0: one step brighter at every cell to the right.

    Examples
    --------
    >>> ramp(2, 4)[0]
    array([[0., 1., 2., 3.],
           [0., 1., 2., 3.]])
    """
    return np.tile(np.arange(width, dtype=np.float64), (height, 1)), float(max(width - 1, 1))


def impulse(height: int, width: int) -> tuple[Plane, float]:
    """Put a single 1 in the middle: what a kernel makes of it is the kernel itself, turned by half a turn.

    Examples
    --------
    >>> impulse(3, 3)[0]
    array([[0., 0., 0.],
           [0., 1., 0.],
           [0., 0., 0.]])
    """
    plane = np.zeros((height, width))
    plane[height // 2, width // 2] = 1.0
    return plane, 1.0


def edge(height: int, width: int) -> tuple[Plane, float]:
    """Set the left half to 0 and the right half to 10: one vertical edge.

    Examples
    --------
    >>> edge(2, 4)[0]
    array([[ 0.,  0., 10., 10.],
           [ 0.,  0., 10., 10.]])
    """
    plane = np.zeros((height, width))
    plane[:, width // 2 :] = 10.0
    return plane, 10.0


RULES: Mapping[str, tuple[Callable[[int, int], tuple[Plane, float]], int]] = {  # each with its side unless told
    "checkerboard": (checkerboard, 8),
    "ramp": (ramp, 8),
    "impulse": (impulse, 7),
    "edge": (edge, 8),
}
