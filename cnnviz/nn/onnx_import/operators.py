"""One operator as one layer, with its weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnviz.data.source import shown
from cnnviz.engine import same_padding
from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn.activation import ReLU, Sigmoid, Softmax, Tanh
from cnnviz.nn.conv import Conv2d, ConvTranspose2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.layer import Layer, Shape
from cnnviz.nn.norm import BatchNorm2d, LocalResponseNorm
from cnnviz.nn.onnx_import.file import Array, Node
from cnnviz.nn.pool import AvgPool2d, GlobalAvgPool2d, MaxPool2d

JOINS = ("Add", "Concat", "Mul", "Sum")
NOTHING = ("Identity", "Dropout")
_Made = tuple[str, Layer]


def layer_of(who: str, node: Node, shape: Shape) -> _Made | None:
    """Return the short name and the layer of an operator for an input of this shape; None if it changes nothing.

    Raises
    ------
    InputError
        If no layer stands for it.
    """
    if node.op in NOTHING:
        return None
    if node.op not in _MAKERS:
        known = ", ".join(sorted({*_MAKERS, *JOINS, *NOTHING}))
        raise InputError(f"{who}: expected operators among {known}, got {shown(node.op, 40)}{_called(node)}")
    if len(node.inputs) != 1:
        raise InputError(f"{who}: expected {node.op} with fixed weights, got {len(node.inputs)} inputs{_called(node)}")
    try:
        made = _MAKERS[node.op](node, shape)
        made[1].output_shape(shape)
    except (KeyError, IndexError, TypeError, ValueError, CnnvizError) as error:
        reason = str(error) if isinstance(error, CnnvizError) else "an argument is missing or of another kind"
        raise InputError(f"{who}: {node.op}{_called(node)} cannot be a layer: {reason}") from None
    return made


def add_bias(layer: Layer, node: Node) -> bool:
    """Give a dense layer without a bias the numbers that the next operator adds; False if that is not what it does."""
    values = next(iter(node.weights.values()), None)
    if not isinstance(layer, Linear) or "bias" in layer.own or values is None or values.size != layer.out_features:
        return False
    own = Linear(layer.in_features, layer.out_features).own["bias"]
    own.values = values.reshape(-1)
    layer.own["bias"] = own
    return True


def _called(node: Node) -> str:
    return f" ({shown(node.name, 40)})" if node.name else ""


def _filled(layer: Layer, **values: Array | None) -> Layer:
    """Put weights into a layer; they must have its shapes."""
    for name, value in values.items():
        if value is None:
            continue
        if value.shape != layer.own[name].shape or value.dtype.kind != "f":
            raise ValueError(name)
        layer.own[name].values = value
    return layer


def _pair(node: Node, name: str, usual: int) -> tuple[int, ...]:
    return tuple(node.attributes.get(name, (usual, usual)))


def _pads(node: Node, shape: Shape, kernel: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return (before, after) for each axis."""
    how = node.attributes.get("auto_pad", "NOTSET")
    if how in ("SAME_UPPER", "SAME_LOWER"):
        extra = "after" if how == "SAME_UPPER" else "before"
        strides, dilations = _pair(node, "strides", 1), _pair(node, "dilations", 1)
        pairs: Any = same_padding(shape[1:], kernel, stride=strides, dilation=dilations, extra=extra)
        return tuple(tuple(pair) for pair in pairs)
    top, left, bottom, right = node.attributes.get("pads", (0, 0, 0, 0)) if how == "NOTSET" else (0, 0, 0, 0)
    return ((top, bottom), (left, right))


def _even(pads: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    if any(before != after for before, after in pads):
        raise ValueError("pads")
    return tuple(before for before, _ in pads)


def _conv(node: Node, shape: Shape) -> _Made:
    weight, bias = node.weights[1], node.weights.get(2)
    groups = node.attributes.get("group", 1)
    kernel = weight.shape[2:]
    pads = _pads(node, shape, kernel)
    layer = Conv2d(
        weight.shape[1] * groups,
        weight.shape[0],
        kernel,
        _pair(node, "strides", 1),
        _even(pads) if all(a == b for a, b in pads) else pads,
        _pair(node, "dilations", 1),
        groups,
        bias is not None,
    )
    return "conv", _filled(layer, weight=weight, bias=bias)


def _conv_transpose(node: Node, shape: Shape) -> _Made:
    weight, bias = node.weights[1], node.weights.get(2)
    if node.attributes.get("auto_pad", "NOTSET") != "NOTSET" or "output_shape" in node.attributes:
        raise ValueError("auto_pad")
    groups = node.attributes.get("group", 1)
    layer = ConvTranspose2d(
        weight.shape[0],
        weight.shape[1] * groups,
        weight.shape[2:],
        _pair(node, "strides", 1),
        _even(_pads(node, shape, weight.shape[2:])),
        _pair(node, "output_padding", 0),
        groups,
        bias is not None,
        _pair(node, "dilations", 1),
    )
    return "deconv", _filled(layer, weight=weight, bias=bias)


def _max_pool(node: Node, shape: Shape) -> _Made:
    kernel = tuple(node.attributes["kernel_shape"])
    pads, steps = _even(_pads(node, shape, kernel)), _pair(node, "strides", 1)
    ceil = bool(node.attributes.get("ceil_mode", 0))
    return "pool", MaxPool2d(kernel, steps, pads, _pair(node, "dilations", 1), ceil)


def _avg_pool(node: Node, shape: Shape) -> _Made:
    kernel = tuple(node.attributes["kernel_shape"])
    if set(_pair(node, "dilations", 1)) != {1}:
        raise ValueError("dilations")
    pads, steps = _even(_pads(node, shape, kernel)), _pair(node, "strides", 1)
    ceil, counted = bool(node.attributes.get("ceil_mode", 0)), bool(node.attributes.get("count_include_pad", 0))
    return "pool", AvgPool2d(kernel, steps, pads, ceil, counted)


def _gemm(node: Node, shape: Shape) -> _Made:  # noqa: ARG001
    attributes = node.attributes
    if attributes.get("transA", 0) or attributes.get("alpha", 1.0) != 1 or attributes.get("beta", 1.0) != 1:
        raise ValueError("transA")
    weight, bias = node.weights[1], node.weights.get(2)
    return _dense(weight if attributes.get("transB", 0) else weight.T, bias)


def _dense(weight: Array, bias: Array | None) -> _Made:
    layer = Linear(weight.shape[1], weight.shape[0], bias is not None)
    return "dense", _filled(layer, weight=np.ascontiguousarray(weight), bias=None if bias is None else bias.reshape(-1))


def _batch_norm(node: Node, shape: Shape) -> _Made:  # noqa: ARG001
    weight, bias, mean, variance = (node.weights[slot] for slot in (1, 2, 3, 4))
    layer = BatchNorm2d(len(weight), eps=node.attributes.get("epsilon", 1e-5))
    return "norm", _filled(layer, weight=weight, bias=bias, running_mean=mean, running_var=variance)


def _lrn(node: Node, shape: Shape) -> _Made:  # noqa: ARG001
    get = node.attributes.get
    layer = LocalResponseNorm(get("size", 0), get("alpha", 1e-4), get("beta", 0.75), get("bias", 1.0))
    return "lrn", layer


def _reshape(node: Node, shape: Shape) -> _Made:
    wanted = node.weights[1].tolist()
    size = int(np.prod(shape))
    if len(wanted) != 2 or wanted[1] not in (-1, size) or wanted[0] not in (-1, 0, 1):
        raise ValueError("shape")
    return "flatten", Flatten()


def _flatten(node: Node, shape: Shape) -> _Made:  # noqa: ARG001
    if node.attributes.get("axis", 1) != 1:
        raise ValueError("axis")
    return "flatten", Flatten()


def _mean(node: Node, shape: Shape) -> _Made:
    axes = node.attributes.get("axes", tuple(node.weights[1].tolist()) if 1 in node.weights else ())
    if len(shape) != 3 or sorted(axis % 4 for axis in axes) != [2, 3] or not node.attributes.get("keepdims", 1):
        raise ValueError("axes")
    return "pool", GlobalAvgPool2d()


def _softmax(node: Node, shape: Shape) -> _Made:
    axis = node.attributes.get("axis", -1)
    return "softmax", Softmax(axis if axis >= 0 else axis + len(shape) + 1)


def _plain(name: str, layer: Callable[[], Layer]) -> Callable[[Node, Shape], _Made]:
    return lambda _node, _shape: (name, layer())


_MAKERS: dict[str, Callable[[Node, Shape], _Made]] = {
    "AveragePool": _avg_pool,
    "BatchNormalization": _batch_norm,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Flatten": _flatten,
    "Gemm": _gemm,
    "GlobalAveragePool": _plain("pool", GlobalAvgPool2d),
    "LRN": _lrn,
    "MatMul": lambda node, _shape: _dense(node.weights[1].T, None),
    "MaxPool": _max_pool,
    "ReduceMean": _mean,
    "Relu": _plain("relu", ReLU),
    "Reshape": _reshape,
    "Sigmoid": _plain("sigmoid", Sigmoid),
    "Softmax": _softmax,
    "Tanh": _plain("tanh", Tanh),
}
