"""What a scene on filters is about: those of a network's first convolution, and what one of them answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine.trace import trace_conv
from cnnviz.errors import OptionError
from cnnviz.nn import Conv2d
from cnnviz.subjects.inside import Inside
from cnnviz.subjects.seen import layers, liveliest

MOST_FILTERS = 12
LARGEST, LONGEST = 11, 64  # cells a side of a filter, and of one row


class FirstFilters(Inside):
    """The filters that look at the picture itself, and the map of the liveliest.

    Attributes
    ----------
    layer : str
        The name of the convolution.
    order : tuple of int
        The filters that are shown, from 0; those first whose maps vary most.
    weights : array, shape (shown, C, k, k)
    maps : array, shape (shown, H, W)
        What each answers.
    x_shape : (int, int)
        Rows and columns of the picture.
    total : int
        How many filters there are.
    trace : ConvTrace
        Of the first of those shown.
    within : array of bool, shape (H, W)
        Which windows lie wholly in the picture; all, if none does.
    cell, step
        Where its answer is strongest among windows that lie wholly in the picture, and that step of the trace.
    answers : array, shape (shown,)
        What each filter answers there.

    Examples
    --------
    >>> subject = FirstFilters()
    >>> subject.layer, subject.weights.shape, subject.total
    ('conv1', (8, 1, 3, 3), 8)
    >>> cell = subject.cell
    >>> bool(np.isclose(subject.step.result, subject.maps[0][cell]))
    True
    """

    def prepare(self) -> None:
        """Find the first convolution, and order its filters."""
        super().prepare()
        found = [(name, one) for name, one in layers(self.seen.record) if isinstance(one.layer, Conv2d)]
        if not found or found[0][1].input.shape[1] != len(self.seen.picture.values):
            raise OptionError(f"network: expected one that begins with a convolution, got {self.network.name}")
        self.layer, record = found[0]
        self.x_shape = record.input.shape[2:]
        layer = record.layer
        assert isinstance(layer, Conv2d)
        most = LONGEST if self.network.is_row else LARGEST
        if max(layer.kernel_size) > most:
            raise OptionError(f"network: expected filters of at most {most} cells a side, got {layer.kernel_size}")
        weights = layer.own["weight"].array("filters").astype(float)
        maps = record.output[0].astype(float)
        order = liveliest(maps)[:MOST_FILTERS]
        self.order = tuple(order.tolist())
        self.weights: NDArray[np.floating] = weights[order]
        self.maps, self.total = maps[order], len(maps)
        bias = layer.own["bias"].array("filters") if layer.bias else None
        first = self.order[0]
        self.trace = trace_conv(
            record.input.astype(float),
            weights[first : first + 1],
            None if bias is None else bias[first : first + 1].astype(float),
            stride=layer.stride,
            padding=layer.padding,
            dilation=layer.dilation,
            padding_mode=layer.padding_mode,
        )
        self.within = self._within()
        row, column = np.unravel_index(int(np.where(self.within, np.abs(self.maps[0]), -1).argmax()), maps[0].shape)
        self.cell = int(row), int(column)
        self.step = self.trace.at((0, *self.cell))
        self.answers: NDArray[np.floating] = self.maps[:, row, column]

    def _within(self) -> NDArray[np.bool_]:
        """Tell which windows lie wholly in the picture; all, if none does."""
        height, width = self.maps[0].shape
        rows = [not self.trace.at((0, i, width // 2)).is_padding.all(axis=1).any() for i in range(height)]
        columns = [not self.trace.at((0, height // 2, j)).is_padding.all(axis=0).any() for j in range(width)]
        within = np.outer(rows, columns)
        return within if within.any() else ~within
