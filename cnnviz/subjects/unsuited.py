"""Where a window is out of place: the columns of a table, the points of a graph, the ends of a long sequence."""

from __future__ import annotations

import numpy as np

from cnnviz.engine import linear, receptive_field
from cnnviz.engine.layer_spec import LayerSpec
from cnnviz.engine.trace import trace_conv
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject

COLUMNS = 6  # of the table
_ROW, _ORDER = (3, 7, 2, 5, 1, 4), (4, 1, 5, 0, 3, 2)
_KERNEL, _DENSE = (1, 2, -1), (1, -1, 2, 1, -2, 4)
_EDGES = ((0, 1), (0, 2), (0, 3), (1, 2), (0, 4), (4, 5))
_POINTS = (2, 5, 1, 3, 4, 7)
_WAYS = "windows of 3", "holes that double", "attention"
_PLACES = ((0.42, 0.45), (0.0, 0.75), (0.45, 1.0), (0.15, 0.0), (0.8, 0.3), (1.0, 0.8))


class Unsuited(Subject):
    """A row of a table in two orders, a graph, and the layers that bring the ends of a sequence together.

    Attributes
    ----------
    rows : list of array, shape (1, 6)
        The row as it is, and with its columns in another order.
    traces : list of ConvTrace
        A kernel of three on both.
    weights : list of array, shape (1, 6)
        Those of a dense layer: one for each column, which moves along with it.
    sums : list of array, shape (1, 1)
        What the dense layer makes of both: a number that none of the window's is.
    links : array, shape (6, 6)
        1 where two points of the graph are neighbors.
    places : tuple of (x, y)
        Where its points are drawn, from 0 to 1.
    points, counts, added : array, shape (6, 1)
        A number for each point, how many neighbors it has, and the sum over these.
    layers : dict of str to int
        How many are needed: windows of three, the same with holes that double, attention.
    reached : dict of str to list of int
        How many words the first word has met, itself included, before the first layer and after each of them.

    Examples
    --------
    >>> s = Unsuited()
    >>> s.counts.ravel().tolist(), s.layers, s.pairs
    ([4.0, 2.0, 2.0, 1.0, 2.0, 1.0], {'windows of 3': 500, 'holes that double': 9, 'attention': 1}, 1000000)
    >>> s.sums[0].item() == s.sums[1].item()
    True
    """

    places = _PLACES
    length = Option(Integer(8, 5_000), 1_000, "Words of the sequence.")

    def prepare(self) -> None:
        """Reorder, add up, and count."""
        row, order = np.array([_ROW], dtype=float), list(_ORDER)
        self.rows, self.order = [row, row[:, order]], order
        kernel, dense = np.array(_KERNEL, dtype=float), np.array([_DENSE], dtype=float)
        self.kernel = kernel[None]
        self.traces = [trace_conv(each[None, None], kernel[None, None, None]) for each in self.rows]
        self.maps = [trace.fold()[0] for trace in self.traces]
        self.weights = [dense, dense[:, order]]
        self.sums = [linear(x, weights) for x, weights in zip(self.rows, self.weights, strict=True)]
        self.links = np.zeros((COLUMNS, COLUMNS))
        for one, other in _EDGES:
            self.links[one, other] = self.links[other, one] = 1
        self.points = np.array(_POINTS, dtype=float)[:, None]
        self.counts, self.added = self.links.sum(axis=1, keepdims=True), self.links @ self.points
        plain, holes = [1] * (self.length // 2 + 1), [2**i for i in range(self.length.bit_length())]
        ways = _reached(plain, self.length), _reached(holes, self.length), [1, self.length]
        self.reached = dict(zip(_WAYS, ways, strict=True))
        self.layers = {way: len(reached) - 1 for way, reached in self.reached.items()}

    @property
    def changed(self) -> int:
        """How many sums of the window are others in the other order."""
        return int((self.maps[0] != self.maps[1]).sum())

    @property
    def pairs(self) -> int:
        """How many pairs of words attention looks at."""
        return self.length**2


def _reached(dilations: list[int], length: int) -> list[int]:
    """Count the words up to which the first one is heard, layer by layer, until one number sees all of them."""
    fields = receptive_field([LayerSpec(kernel_size=3, dilation=dilation) for dilation in dilations])
    sizes = [1, *(int(np.max(field.size)) for field in fields)]
    needed = next(number for number, size in enumerate(sizes) if size >= length)
    return [(size + 1) // 2 for size in sizes[: needed + 1]]
