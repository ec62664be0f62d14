"""A face with its parts in the wrong places: what filters and a pooling make of it, and what was measured."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import global_max_pool, relu
from cnnviz.engine.trace import trace_conv
from cnnviz.nn.experiments.capsules import DEEP, GLOBAL
from cnnviz.nn.experiments.faces import SHAPES, WHOLE, drawn
from cnnviz.subjects.judged import Judged
from cnnviz.subjects.kinds import Choice, Many
from cnnviz.subjects.number import MINUS
from cnnviz.subjects.option import Option

PARTS = ("eye", "nose", "mouth")


class Picasso(Judged):
    """A face and the same face rearranged, each under three filters that look for parts.

    Attributes
    ----------
    pictures : list of array, shape (16, 16)
        The face, and the other one.
    filters : list of array
        One for each part: it answers 1 where the part stands, and less everywhere else.
    texts : list of list of list of str
        These weights as fractions.
    traces : list of list of trace
        Of each filter over each picture.
    maps : list of list of array
        What comes out, behind ReLU.
    pooled : list of array, shape (1, 3)
        The largest number of each map.
    best : list of (row, column)
        Where the first filter answers most strongly in the face.
    same : bool
        Whether the two lists are equal.

    Examples
    --------
    >>> s = Picasso()
    >>> [pooled.tolist() for pooled in s.pooled], s.same
    ([[[1.0, 1.0, 1.0]], [[1.0, 1.0, 1.0]]], True)
    """

    parts = Option(
        Many(Choice(*PARTS), least=4, most=4),
        ("eye", "mouth", "eye", "nose"),
        "What stands where the left eye, the right eye, the nose and the mouth belong.",
    )
    contenders = (GLOBAL, DEEP)

    def prepare(self) -> None:
        """Draw, filter, pool, and read what was measured."""
        super().prepare()
        self.pictures = [drawn(WHOLE), drawn([PARTS.index(part) for part in self.parts])]
        self.filters = [_filter(shape) for shape in SHAPES]
        self.texts = [[[_fraction(weight) for weight in row] for row in w.tolist()] for w in self.filters]
        self.traces = [[trace_conv(x[None, None], w[None, None]) for w in self.filters] for x in self.pictures]
        folded = [[relu(trace.fold()[None]) for trace in row] for row in self.traces]
        self.maps = [[y[0, 0] for y in row] for row in folded]
        self.pooled = [np.array([[global_max_pool(y).item() for y in row]]) for row in folded]
        first = self.maps[0][0]
        self.best = [(int(i), int(j)) for i, j in np.argwhere(first == first.max())]
        self.same = bool(np.allclose(self.pooled[0], self.pooled[1]))


def _fraction(weight: float) -> str:
    return f"{Fraction(weight).limit_denominator(9)}".replace("-", MINUS)


def _filter(rows: tuple[str, ...]) -> NDArray[np.float64]:
    """Return weights whose sum over the part is 1: ink counts for it where it has some, against it where not."""
    shape = np.array([[float(cell) for cell in row] for row in rows])
    shape = np.pad(shape, [((3 - n) // 2 if n < 3 else 0,) * 2 for n in shape.shape])
    return np.asarray((2 * shape - 1) / shape.sum(), np.float64)
