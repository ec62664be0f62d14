"""Pictures that a question and a scene know by the same name, so that both show the very same numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnnviz.data import digits
from cnnviz.data.pattern import TABLES
from cnnviz.quizzes.draw import Draw

EXAMPLES = 100
"""Handwritten digits of each kind to draw from."""


def table(name: str) -> npt.NDArray[np.float64]:
    """Give a table of the blackboard.

    Examples
    --------
    >>> table("blackboard-4")[0]
    array([1., 2., 3., 0.])
    """
    return np.array(TABLES[name], dtype=np.float64)


def digit(draw: Draw) -> tuple[str, npt.NDArray[np.float64]]:
    """Draw a handwritten digit of 8 × 8 cells, with its name.

    Examples
    --------
    >>> name, picture = digit(Draw("example", level=1))
    >>> name.startswith("digit:"), picture.shape
    (True, (8, 8))
    """
    label, example = draw.integer(0, 9), draw.integer(0, EXAMPLES - 1)
    return f"digit:{label}#{example}", digits().of(label)[example].astype(np.float64)
