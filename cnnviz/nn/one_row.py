"""A network for sequences as one for pictures of one row: the same weights and numbers, with an axis more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np

from cnnviz._checks import Floats
from cnnviz.engine import LayerSpec
from cnnviz.engine.padding import Padding, padding_pairs
from cnnviz.errors import OptionError
from cnnviz.nn import activation, pointwise
from cnnviz.nn.branch import Branches
from cnnviz.nn.conv import Conv1d, Conv2d, ConvTranspose1d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.dropout import Dropout
from cnnviz.nn.graph import Graph, Wire
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.merge import Concat, Elementwise, Merge, Where
from cnnviz.nn.norm import BatchNorm2d, GroupNorm
from cnnviz.nn.parameter import Parameter
from cnnviz.nn.pool import AvgPool1d, AvgPool2d, GlobalAvgPool2d, MaxPool1d, MaxPool2d
from cnnviz.nn.record import Gradients, Record, Run
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.shaping import Same

_ANY = (Flatten, Linear, Dropout, BatchNorm2d, GroupNorm, GlobalAvgPool2d, Same)
"""Layers that do the same whatever axes there are between channels and cells."""
_CELLWISE = {kind for module in (activation, pointwise) for kind in vars(module).values() if isinstance(kind, type)}
_CELLWISE -= {activation.Softmax, activation.LogSoftmax, pointwise.PReLU}


def in_one_row(network: Sequential) -> Sequential:
    """Give every sequence ``(C, L)`` on the way through a network a row: ``(C, 1, L)``.

    A convolution along time is one of pictures with a kernel of one row, a pooling is one with a window of one row.
    Weights are shared, names stay, and every number is the same.

    Parameters
    ----------
    network
        One that says its ``input_shape``, of two axes.

    Raises
    ------
    OptionError
        If it reads something else than sequences.

    Examples
    --------
    >>> from cnnviz.nn import Flatten, MaxPool1d
    >>> network = Sequential({"conv": Conv1d(2, 4, 5), "pool": MaxPool1d(2), "flat": Flatten(), "dense": Linear(16, 3)})
    >>> network.input_shape = (2, 12)
    >>> row = in_one_row(network)
    >>> row.input_shape, row["conv"].describe(), row["pool"].output_shape((4, 1, 8))
    ((2, 1, 12), 'Conv2d 4 1x5', (4, 1, 4))
    >>> network.initialize(0)
    >>> x = np.linspace(-1, 1, 24, dtype=np.float32).reshape(1, 2, 12)
    >>> bool((in_one_row(network).forward(x[:, :, None]) == network.forward(x)).all())
    True
    """
    shape = network.input_shape
    if shape is None or len(shape) != 2:
        raise OptionError(f"in_one_row: expected a network that reads sequences (C, L), got an input of {shape}")
    row = _lifted(network, shape)
    assert isinstance(row, Sequential)
    row.input_shape = _with_row(shape)
    return row


def _with_row(shape: Shape) -> Shape:
    return (shape[0], 1, shape[1]) if len(shape) == 2 else tuple(shape)


def _lifted(layer: Layer, shape: Shape) -> Layer:
    """Return what does with a row what a layer does with a sequence of this shape."""
    made = copy(layer)
    if isinstance(layer, Sequential) and isinstance(made, Sequential):
        made.layers = {}
        for name, each in layer.layers.items():
            made.layers[name], shape = _lifted(each, shape), each.output_shape(shape)
        return made
    if isinstance(made, Branches):
        made.branches = {name: _lifted(each, shape) for name, each in made.branches.items()}
        return made
    if isinstance(layer, Graph) and isinstance(made, Graph):
        made.steps = _lifted_steps(layer, shape)
        return made
    if 2 not in (len(shape), len(layer.output_shape(shape))) or isinstance(layer, _ANY) or type(layer) in _CELLWISE:
        return layer
    if isinstance(layer, Conv1d | ConvTranspose1d):
        return _convolution(layer)
    if isinstance(layer, MaxPool1d):
        return MaxPool2d(*_window(layer), ceil_mode=layer.ceil_mode)
    if isinstance(layer, AvgPool1d):
        return AvgPool2d(*_window(layer)[:3], layer.ceil_mode, layer.count_include_pad, (1, *layer.dilation))
    return AlongSequence(layer, shape)


def _convolution(layer: Conv1d | ConvTranspose1d) -> Layer:
    size, stride, padding, dilation = _window(layer)
    look: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": layer.groups}
    made: Layer
    if isinstance(layer, Conv1d):
        look |= {"bias": layer.bias, "padding_mode": layer.padding_mode}
        made = Conv2d(layer.in_channels, layer.out_channels, size, **look)
    else:
        more = layer.output_padding
        look |= {"bias": layer.bias, "output_padding": (0, more) if isinstance(more, int) else (0, *more)}
        made = ConvTranspose2d(layer.in_channels, layer.out_channels, size, **look)
    weight = layer.own["weight"]
    values = None if weight.values is None else weight.values[:, :, None]
    (out, into, cells) = weight.shape
    made.own = {**layer.own, "weight": Parameter(shape=(out, into, 1, cells), fans=weight.fans, values=values)}
    return made


def _window(layer: Any) -> tuple[Any, Any, Padding, Any]:
    """Return size, stride, padding and dilation of a window of one row."""
    pairs = padding_pairs("in_one_row", layer.padding, layer.kernel_size, layer.stride, layer.dilation)
    ((before, after),) = pairs
    padding: Padding = (0, before) if before == after else ((0, 0), (before, after))
    return (1, *layer.kernel_size), (1, *layer.stride), padding, (1, *layer.dilation)


def _lifted_steps(graph: Graph, shape: Shape) -> dict[str, Wire]:
    shapes = {"": tuple(shape)}
    steps: dict[str, Wire] = {}
    for name, (layer, sources) in graph.steps.items():
        given = [shapes[source] for source in sources]
        if isinstance(layer, Merge):
            shapes[name] = layer.output_shape(given)
            steps[name] = _lifted_merge(layer, given, shapes[name]), sources
        else:
            shapes[name] = layer.output_shape(given[0])
            steps[name] = _lifted(layer, given[0]), sources
    return steps


def _lifted_merge(merge: Merge, shapes: Sequence[Shape], out: Shape) -> Merge:
    if isinstance(merge, Concat) and len(out) == 2:
        return Concat(3 if merge.dim == 2 else merge.dim)
    plain = isinstance(merge, Elementwise | Where) and max(map(len, shapes)) <= 2
    return merge if plain or 2 not in (len(out), *map(len, shapes)) else MergedSequences(merge, shapes)


def _spec_with_row(spec: LayerSpec) -> LayerSpec:
    """Say of windows along one axis where they lie in a picture of one row."""
    wide: dict[str, Any] = {
        name: (rest, *value)
        for name, rest in (("kernel_size", 1), ("stride", 1), ("dilation", 1), ("padding", (0, 0)))
        if isinstance(value := getattr(spec, name), Sequence) and not isinstance(value, str) and len(value) == 1
    }
    return replace(spec, **wide)


class AlongSequence(Layer):
    """Do with a row what a layer does with the sequence that it is."""

    def __init__(self, layer: Layer, shape: Shape) -> None:
        super().__init__()
        self.layer, self.shape, self.own = layer, tuple(shape), layer.own

    def output_shape(self, shape: Shape) -> Shape:
        """Say the shape that comes out."""
        return _with_row(self.layer.output_shape(self._flat(shape)))

    def macs(self, shape: Shape) -> int:
        """Count the multiply-and-add steps."""
        return self.layer.macs(self._flat(shape))

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say where its windows lie."""
        return tuple(_spec_with_row(spec) for spec in self.layer.layer_specs())

    def describe(self) -> str:
        """Say what it is."""
        return self.layer.describe()

    def recipe(self) -> dict[str, Any]:
        """Say how it is made."""
        return self.layer.recipe()

    def apply(self, x: Floats, run: Run) -> tuple[Floats, tuple[Record, ...], Any]:
        """Compute the output."""
        record = self.layer.step("", x.reshape(len(x), *self._flat(x.shape[1:])), run)
        y = record.output
        return y.reshape(len(y), *_with_row(y.shape[1:])), (), record if run.keep else None

    def vjp(self, dy: Floats, record: Record) -> tuple[Floats, Mapping[str, Floats | None], tuple[Gradients, ...]]:
        """Bring a gradient back."""
        within = record.saved
        dx, own, _ = self.layer.vjp(dy.reshape(within.output.shape), within)
        return dx.reshape(record.input.shape), own, ()

    def _flat(self, shape: Shape) -> Shape:
        return (shape[0], shape[2]) if len(self.shape) == 2 else tuple(shape)


class MergedSequences(Merge):
    """Let rows meet as the sequences that they are."""

    def __init__(self, merge: Merge, shapes: Sequence[Shape]) -> None:
        self.merge, self.shapes = merge, [tuple(shape) for shape in shapes]

    def output_shape(self, shapes: Sequence[Shape]) -> Shape:  # noqa: ARG002
        """Say the shape that comes out."""
        return _with_row(self.merge.output_shape(self.shapes))

    def describe(self) -> str:
        """Say what it is."""
        return self.merge.describe()

    def macs(self, shapes: Sequence[Shape]) -> int:  # noqa: ARG002
        """Count the multiply-and-add steps for one example."""
        return self.merge.macs(self.shapes)

    def layer_specs(self) -> tuple[LayerSpec, ...]:
        """Say what more a cell sees than all the cells that meet in it."""
        return self.merge.layer_specs()

    def join(self, values: Sequence[Floats]) -> Floats:
        """Compute the output."""
        y = self.merge.join(self._flat(values))
        return y.reshape(len(y), *_with_row(y.shape[1:]))

    def share(self, dy: Floats, values: Sequence[Floats]) -> Sequence[Floats]:
        """Bring a gradient back to each value."""
        flat = self._flat(values)
        shares = self.merge.share(dy.reshape(self.merge.join(flat).shape), flat)
        return [np.asarray(share).reshape(value.shape) for share, value in zip(shares, values, strict=True)]

    def _flat(self, values: Sequence[Floats]) -> list[Floats]:
        return [value.reshape(len(value), *shape) for value, shape in zip(values, self.shapes, strict=True)]
