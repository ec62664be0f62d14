"""Rows of numbers as the engine and the scenes want them, and steps of a trace as lines of a solution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.quizzes.saying import Figures

Batch = npt.NDArray[np.float64]


def batch(rows: Any) -> Batch:
    """Make ``(1, C, H, W)`` of rows or of slices of rows.

    Examples
    --------
    >>> batch([[1, 2], [3, 4]]).shape, batch([[[1, 2]], [[3, 4]]]).shape
    ((1, 1, 2, 2), (1, 2, 1, 2))
    """
    values = np.array(rows, dtype=np.float64)
    return values.reshape(1, *(1,) * (3 - values.ndim), *values.shape)


def typed(rows: Any) -> str:
    """Write numbers in rows as a user types a kernel or a small picture.

    Examples
    --------
    >>> typed([[1, 0], [0.5, -1]])
    '1,0;0.5,-1'
    """
    return ";".join(",".join(f"{float(cell):g}" for cell in row) for row in rows)


def worked(steps: Iterable[object], name: str = "Y", *, leave_out: int = 1) -> list[Figures]:
    """Write steps of a trace as lines, without the first indices of their cells, which say nothing here.

    Examples
    --------
    >>> worked(["Y[0, 1, 2] = 1×3 = 3"])
    ['Y[1, 2] = 1×3 = 3']
    """
    lines = (re.sub(rf"^\w*\[(?:[0-9]+, ){{{leave_out}}}", f"{name}[", str(step)) for step in steps)
    return [Figures(line.replace(" = 0 = 0", " = 0")) for line in lines]


def cell(array: Any, place: Sequence[int]) -> float:
    """Take one number out of an array of any depth."""
    return float(np.asarray(array)[tuple(place)])
