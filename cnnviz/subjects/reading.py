"""One number of each layer on the way to the answer, with the window that it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvTrace, LinearStep, PoolTrace, trace_conv, trace_linear, trace_pool
from cnnviz.nn import AvgPool2d, BatchNorm2d, Conv2d, Flatten, Layer, Linear, MaxPool2d, Record
from cnnviz.subjects.station import named

Floats = NDArray[np.floating]
Cell = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Look:
    """One number of a layer, and what becomes of it before the next layer with windows.

    Attributes
    ----------
    layer : str
    trace : ConvTrace or PoolTrace
    cell : (channel, row, column)
        Where the number is.
    maps : array, shape (C, H, W)
        All that the layer hands on, after its activation.
    squashed : str
        What the activation is called; empty where there is none.
    """

    layer: str
    trace: ConvTrace | PoolTrace
    cell: Cell
    maps: Floats
    squashed: str = ""

    @property
    def outcome(self) -> float:
        """The number that is handed on."""
        return float(self.maps[self.cell])


@dataclass(frozen=True, eq=False)
class Thread:
    """What one follows through a network: at most two convolutions, a pooling, the line, and the last dense layer.

    Each number is made of the one before where the layers follow on each other; else it is the strongest of its layer.

    Attributes
    ----------
    flattened : (array of shape (C, H, W), cell) or None
        The maps that become a line, and the cell of theirs that is followed.
    dense : LinearStep or None
        The score of the answer.
    """

    convs: tuple[Look, ...]
    pool: Look | None
    flattened: tuple[Floats, Cell] | None
    dense: LinearStep | None


def follow(record: Record, answer: int | None) -> Thread:
    """Follow one number through what a network made of a picture, from the strongest of its second convolution.

    >>> from cnnviz.nn import zoo
    >>> record = zoo.tiny_cnn(pretrained=True).forward(np.ones((1, 1, 8, 8), np.float32), True)
    >>> thread = follow(record, 1)
    >>> [look.layer for look in thread.convs], thread.pool.layer, thread.flattened[0].shape
    (['conv1', 'conv2'], 'pool1', (16, 4, 4))
    """
    steps = list(record.inside)
    found = [i for i, one in enumerate(steps) if type(one.layer) is Conv2d][:2]
    looks: list[Look] = []
    for place in reversed(found):
        inside = None
        if looks and steps[found[1]].input is steps[_settled(steps, place)].output:
            inside = _strongest_under(looks[0])
        looks.insert(0, _conv(steps, place, inside))
    pools = [i for i, one in enumerate(steps) if isinstance(one.layer, MaxPool2d | AvgPool2d)]
    after = [i for i in pools if found and i > found[-1]] or pools
    pool = _pool(steps[after[0]], looks[-1] if looks else None) if after else None
    return Thread(tuple(looks), pool, _flattened(steps, pool), _dense(steps, answer))


def _conv(steps: list[Record], place: int, cell: Cell | None) -> Look:
    layer, last = steps[place].layer, steps[_settled(steps, place)]
    assert isinstance(layer, Conv2d)
    own = {name: one.array("reading") for name, one in layer.parameters().items()}
    trace = trace_conv(
        steps[place].input,
        own["weight"],
        own.get("bias"),
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
        groups=layer.groups,
        padding_mode=layer.padding_mode,
    )
    maps = last.output[0]
    names = [type(one.layer) for one in steps[place + 1 : _settled(steps, place) + 1]]
    squashed = ", ".join("batch norm" if name is BatchNorm2d else name.__name__ for name in names)
    return Look(steps[place].name, trace, cell or _strongest(maps), maps, squashed)


def _pool(step: Record, before: Look | None) -> Look:
    layer = step.layer
    assert isinstance(layer, MaxPool2d | AvgPool2d)
    how = {"count_include_pad": layer.count_include_pad} if isinstance(layer, AvgPool2d) else {}
    trace = trace_pool(
        step.input,
        layer.kernel_size,
        kind="max" if isinstance(layer, MaxPool2d) else "avg",
        stride=layer.stride,
        padding=layer.padding,
        dilation=layer.dilation,
        ceil_mode=layer.ceil_mode,
        **how,
    )
    maps: Floats = step.output[0]
    cell: Cell | None = None
    if before is not None and np.shares_memory(step.input, before.maps):
        for index, _ in trace.over(before.cell):
            cell = _three(index)
            break
    return Look(step.name, trace, cell or _strongest(maps), maps)


def _flattened(steps: list[Record], pool: Look | None) -> tuple[Floats, Cell] | None:
    flat = [one for one in steps if isinstance(one.layer, Flatten) and one.input.ndim == 4]
    if not flat:
        return None
    maps = flat[-1].input[0]
    followed = pool is not None and np.shares_memory(maps, pool.maps)
    return maps, pool.cell if pool is not None and followed else _strongest(maps)


def _dense(steps: list[Record], answer: int | None) -> LinearStep | None:
    last = [i for i, one in enumerate(steps) if isinstance(one.layer, Linear) and one.input.ndim == 2][-1:]
    if answer is None or not last or _settled(steps, last[0]) < len(steps) - 1:
        return None
    layer, x = steps[last[0]].layer, steps[last[0]].input
    assert isinstance(layer, Linear)
    own = {name: one.array("reading") for name, one in layer.parameters().items()}
    return trace_linear(x, own["weight"], own.get("bias"))[answer]


def _settled(steps: list[Record], place: int) -> int:
    """Return the last of the layers that only change the values of this one."""
    while place + 1 < len(steps):
        one = steps[place + 1]
        if not isinstance(one.layer, Layer) or named(one.layer, one.input.shape[1:], one.output.shape[1:])[1]:
            break
        place += 1
    return place


def _strongest_under(look: Look) -> Cell:
    """Return the cell of the maps before whose number is the largest under a window."""
    assert isinstance(look.trace, ConvTrace)
    step = look.trace.at(look.cell)
    values = np.where(step.is_padding, -np.inf, step.values)
    channel, i, j = _strongest(values)
    row, column = step.source[i, j].tolist()
    return step.input_channels[channel], row, column


def _strongest(values: Floats) -> Cell:
    return _three(np.unravel_index(int(np.argmax(values)), values.shape))


def _three(cell: Sequence[Any]) -> Cell:
    channel, row, column = cell
    return int(channel), int(row), int(column)
