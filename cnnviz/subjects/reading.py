"""One picture through the small network of the lecture: every number on the way, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.engine import softmax
from cnnviz.engine.trace import (
    ConvStep,
    ConvTrace,
    LinearStep,
    LinearTrace,
    PoolStep,
    PoolTrace,
    trace_conv,
    trace_linear,
    trace_pool,
)
from cnnviz.nn import Conv2d, Linear, MaxPool2d, Record, Sequential

Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network makes of one picture.

    Attributes
    ----------
    ink : array, shape (8, 8)
        Whole numbers from 0 to 16.
    label : int or None
        The digit it is, where somebody said so.
    record : Record
        What went into and came out of every layer.
    shares : array, shape (10,)
        The softmax of the scores.

    Examples
    --------
    >>> from cnnviz.data import digits
    >>> from cnnviz.nn import zoo
    >>> reading = read(zoo.tiny_cnn(pretrained=True), digits().of(5)[4], label=5)
    >>> reading.answer, reading.right, reading.maps("relu1").shape
    (5, True, (8, 8, 8))
    """

    ink: Floats
    label: int | None
    record: Record
    shares: Floats

    @property
    def answer(self) -> int:
        """The digit with the largest share."""
        return int(self.shares.argmax())

    @property
    def right(self) -> bool:
        """Whether that is the digit it is."""
        return self.answer == self.label

    @property
    def scores(self) -> Floats:
        """The ten numbers that the dense layer gives."""
        scores: Floats = self.record.output[0]
        return scores

    def maps(self, layer: str) -> Floats:
        """Return what came out of a layer, without the batch axis."""
        maps: Floats = self.record[layer].output[0]
        return maps

    def parts(self) -> Floats:
        """Return what each pooled map adds to each score, shape (10, maps): the partial sums of the dense layer."""
        maps = len(self.maps("pool1"))
        return np.array([step.products.reshape(maps, -1).sum(axis=1) for step in self._dense()])

    def thread(self) -> Thread:
        """Return one number of each layer, each made of the one before: back from the strongest of the second layer."""
        second = self._second().at(_strongest(self.maps("relu2")))
        first, row, column = self._strongest_under(second)
        pool = self.record["pool1"].layer
        assert isinstance(pool, MaxPool2d)
        channel, i, j = second.output_index
        # The windows of the pooling lie side by side: each number is in exactly one of them.
        pooled = trace_pool(self.record["pool1"].input, pool.kernel_size, stride=pool.stride)
        step = pooled.at((channel, i // pooled.stride[0], j // pooled.stride[1]))
        place = int(np.ravel_multi_index(step.output_index, pooled.shape))
        dense = self._dense()
        return Thread(self._first().at((first, row, column)), second, step, place, dense[self.answer], pooled)

    def _first(self) -> ConvTrace:
        return _trace_conv(self.record["conv1"])

    def _second(self) -> ConvTrace:
        return _trace_conv(self.record["conv2"])

    def _dense(self) -> LinearTrace:
        layer = self.record["dense1"].layer
        assert isinstance(layer, Linear)
        weights = layer.parameters()
        return trace_linear(
            self.record["dense1"].input, weights["weight"].array("reading"), weights["bias"].array("reading")
        )

    def _strongest_under(self, step: ConvStep) -> tuple[int, int, int]:
        """Return the cell of the first layer whose number is the largest under a window of the second."""
        inside = np.where(step.is_padding, -np.inf, step.values)
        channel, i, j = _strongest(inside)
        row, column = step.source[i, j].tolist()
        return channel, row, column


@dataclass(frozen=True, eq=False)
class Thread:
    """One number of each layer, each made of the one before."""

    first: ConvStep
    second: ConvStep
    pooled: PoolStep
    place: int
    """The index of the pooled number after flattening."""
    dense: LinearStep
    pooling: PoolTrace


def read(network: Sequential, ink: Floats, label: int | None = None) -> Reading:
    """Let a network read ink from 0 to 16, shape (8, 8); it is given to the network as 0 to 1."""
    x = (np.asarray(ink, dtype=np.float64) / PEAK).astype(_kind(network))
    record = network.forward(x[None, None], True)
    return Reading(np.asarray(ink, dtype=np.float64), label, record, softmax(record.output)[0])


def _kind(network: Sequential) -> np.dtype[np.floating]:
    return next(iter(network.parameters().values())).array("reading").dtype


def _trace_conv(record: Record) -> ConvTrace:
    layer = record.layer
    assert isinstance(layer, Conv2d)
    weights = layer.parameters()
    weight, bias = (weights[name].array("reading") for name in ("weight", "bias"))
    return trace_conv(record.input, weight, bias, stride=layer.stride, padding=layer.padding)


def _strongest(values: Floats) -> tuple[int, int, int]:
    channel, row, column = np.unravel_index(int(np.argmax(values)), values.shape)
    return int(channel), int(row), int(column)
