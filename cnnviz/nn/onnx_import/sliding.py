"""Operators with windows or weights: convolutions, poolings, dense layers, normalizations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnviz.engine import same_padding
from cnnviz.nn.conv import Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from cnnviz.nn.cutting import Pad
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d, GroupNorm, LayerNorm, LocalResponseNorm
from cnnviz.nn.onnx_import.file import Array
from cnnviz.nn.onnx_import.node import Node
from cnnviz.nn.pool import (
    AvgPool1d,
    AvgPool2d,
    AvgPool3d,
    GlobalAvgPool2d,
    GlobalMaxPool2d,
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
)

_Made = list[tuple[str, Layer]]
_Pairs = tuple[tuple[int, int], ...]

CONVS = {1: Conv1d, 2: Conv2d, 3: Conv3d}
TRANSPOSED = {1: ConvTranspose1d, 2: ConvTranspose2d, 3: ConvTranspose3d}
MAX_POOLS = {1: MaxPool1d, 2: MaxPool2d, 3: MaxPool3d}
AVG_POOLS = {1: AvgPool1d, 2: AvgPool2d, 3: AvgPool3d}


def filled(layer: Layer, **values: Array | None) -> Layer:
    """Put weights into a layer; they must have its shapes."""
    for name, value in values.items():
        if value is None:
            continue
        if value.shape != layer.own[name].shape or value.dtype.kind != "f":
            raise ValueError(
                f"expected {name} of shape {layer.own[name].shape}, got {value.shape}; the file is damaged"
            )
        layer.own[name].values = value
    return layer


def _axes(node: Node) -> int:
    axes = len(node.shapes[0]) - 1
    if not 1 <= axes <= 3:
        raise ValueError(f"expected maps with one to three axes, got {axes}; reshape them first")
    return axes


def _each(node: Node, name: str, usual: int) -> tuple[int, ...]:
    return tuple(node.attributes.get(name, (usual,) * _axes(node)))


def _pairs(node: Node, kernel: tuple[int, ...]) -> _Pairs:
    """Return (before, after) for each axis."""
    how = node.attributes.get("auto_pad", "NOTSET")
    if how in ("SAME_UPPER", "SAME_LOWER"):
        extra = "after" if how == "SAME_UPPER" else "before"
        strides, dilations = _each(node, "strides", 1), _each(node, "dilations", 1)
        pairs: Any = same_padding(node.shapes[0][1:], kernel, stride=strides, dilation=dilations, extra=extra)
        return tuple(tuple(pair) for pair in pairs)
    axes = _axes(node)
    pads = node.attributes.get("pads", (0,) * 2 * axes) if how in ("NOTSET", "") else (0,) * 2 * axes
    return tuple(zip(pads[:axes], pads[axes:], strict=True))


def _conv(node: Node) -> _Made:
    weight, bias = node.weights[1], node.weights.get(2)
    groups = node.attributes.get("group", 1)
    kernel = weight.shape[2:]
    pairs = _pairs(node, kernel)
    even = all(before == after for before, after in pairs)
    layer = CONVS[_axes(node)](
        weight.shape[1] * groups,
        weight.shape[0],
        kernel,
        _each(node, "strides", 1),
        tuple(before for before, _ in pairs) if even else pairs,
        _each(node, "dilations", 1),
        groups,
        bias is not None,
    )
    return [("conv", filled(layer, weight=weight, bias=bias))]


def _conv_transpose(node: Node) -> _Made:
    weight, bias = node.weights[1], node.weights.get(2)
    groups, kernel = node.attributes.get("group", 1), weight.shape[2:]
    strides, dilations = _each(node, "strides", 1), _each(node, "dilations", 1)
    extra = _each(node, "output_padding", 0)
    how = node.attributes.get("auto_pad", "NOTSET")
    asked = node.attributes.get("output_shape")
    # What is written before anything is cut off.
    full = [
        (size - 1) * s + d * (k - 1) + 1 + e
        for size, k, s, d, e in zip(node.shapes[0][1:], kernel, strides, dilations, extra, strict=True)
    ]
    if asked is not None or how in ("SAME_UPPER", "SAME_LOWER"):
        wanted = asked or tuple(size * s for size, s in zip(node.shapes[0][1:], strides, strict=True))
        over = [max(0, have - want) for have, want in zip(full, wanted[-len(full) :], strict=True)]
        less = [(each // 2, each - each // 2) for each in over]
        pairs: _Pairs = tuple(less if how == "SAME_UPPER" else [(after, before) for before, after in less])
    else:
        pairs = _pairs(node, kernel)
    even = all(before == after for before, after in pairs)
    layer = TRANSPOSED[_axes(node)](
        weight.shape[0],
        weight.shape[1] * groups,
        kernel,
        strides,
        tuple(before for before, _ in pairs) if even else 0,
        extra,
        groups,
        bias is not None,
        dilations,
    )
    made: _Made = [("deconv", filled(layer, weight=weight, bias=bias))]
    if not even:
        made.append(("crop", Pad(((0, 0), *((-before, -after) for before, after in pairs)))))
    return made


def _max_pool(node: Node) -> _Made:
    kernel = tuple(node.attributes["kernel_shape"])
    ceil = bool(node.attributes.get("ceil_mode", 0))
    pool = MAX_POOLS[_axes(node)]
    steps, dilation = _each(node, "strides", 1), _each(node, "dilations", 1)
    return [("pool", pool(kernel, steps, _pairs(node, kernel), dilation, ceil))]


def _avg_pool(node: Node) -> _Made:
    kernel = tuple(node.attributes["kernel_shape"])
    ceil, counted = bool(node.attributes.get("ceil_mode", 0)), bool(node.attributes.get("count_include_pad", 0))
    pool = AVG_POOLS[_axes(node)]
    steps, dilation = _each(node, "strides", 1), _each(node, "dilations", 1)
    return [("pool", pool(kernel, steps, _pairs(node, kernel), ceil, counted, dilation))]


def _gemm(node: Node) -> _Made:
    given = node.attributes
    if given.get("transA", 0) or node.slots[0] != 0:
        raise ValueError("expected the picture first and not turned; export it anew")
    weight, bias = node.weights[1], node.weights.get(2)
    weight = weight if given.get("transB", 0) else weight.T
    alpha, beta = given.get("alpha", 1.0), given.get("beta", 1.0)
    if bias is not None:
        bias = np.broadcast_to(bias, (1, weight.shape[0])) if bias.ndim < 2 or len(bias) == 1 else bias
        bias = bias.astype(weight.dtype) * weight.dtype.type(beta)
    return _dense(weight if alpha == 1 else weight * weight.dtype.type(alpha), bias)


def _dense(weight: Array, bias: Array | None) -> _Made:
    layer = Linear(weight.shape[1], weight.shape[0], bias is not None)
    own = None if bias is None else bias.reshape(-1)
    return [("dense", filled(layer, weight=np.ascontiguousarray(weight), bias=own))]


def _matmul(node: Node) -> _Made:
    if node.slots[0] != 0 or node.weights[1].ndim != 2:
        raise ValueError("expected the picture times a table of weights; export it anew")
    return _dense(node.weights[1].T, None)


def _batch_norm(node: Node) -> _Made:
    if node.attributes.get("training_mode", 0):
        raise ValueError("expected a network ready for use, got one in training; call model.eval() first")
    weight, bias, mean, variance = (node.weights[slot] for slot in (1, 2, 3, 4))
    layer = BatchNorm2d(len(weight), eps=node.attributes.get("epsilon", 1e-5))
    return [("norm", filled(layer, weight=weight, bias=bias, running_mean=mean, running_var=variance))]


def _instance_norm(node: Node) -> _Made:
    channels = node.shapes[0][0]
    layer = GroupNorm(channels, channels, node.attributes.get("epsilon", 1e-5))
    return [("norm", filled(layer, weight=node.weights[1], bias=node.weights[2]))]


def _group_norm(node: Node) -> _Made:
    channels, groups = node.shapes[0][0], node.attributes["num_groups"]
    layer = GroupNorm(groups, channels, node.attributes.get("epsilon", 1e-5))
    weight, bias = node.weights[1], node.weights[2]
    if len(weight) == groups != channels:  # until opset 21, one for each group
        weight, bias = (np.repeat(values, channels // groups) for values in (weight, bias))
    return [("norm", filled(layer, weight=weight, bias=bias))]


def _layer_norm(node: Node) -> _Made:
    axis = node.attributes.get("axis", -1)
    rank = len(node.shapes[0]) + 1
    sizes = node.shapes[0][axis % rank - 1 :]
    if axis % rank < 1:
        raise ValueError("expected examples apart; export it anew")
    layer = LayerNorm(sizes, node.attributes.get("epsilon", 1e-5))
    weight = np.broadcast_to(node.weights[1], sizes)
    bias = np.broadcast_to(node.weights[2], sizes) if 2 in node.weights else np.zeros(sizes, weight.dtype)
    return [("norm", filled(layer, weight=weight, bias=bias))]


def _lrn(node: Node) -> _Made:
    get = node.attributes.get
    size = get("size", 0)
    if size % 2 == 0:
        raise ValueError(f"expected an odd window of channels, got {size}; there is no middle to normalize")
    return [("lrn", LocalResponseNorm(size, get("alpha", 1e-4), get("beta", 0.75), get("bias", 1.0)))]


def _flatten(node: Node) -> _Made:
    if len(node.shape) != 1:
        raise ValueError("expected examples apart; flatten from axis 1")
    return [] if len(node.shapes[0]) == 1 else [("flatten", Flatten())]


SLIDING: dict[str, Callable[[Node], _Made]] = {
    "AveragePool": _avg_pool,
    "BatchNormalization": _batch_norm,
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "Flatten": _flatten,
    "Gemm": _gemm,
    "GlobalAveragePool": lambda node: [("pool", GlobalAvgPool2d())],  # noqa: ARG005
    "GlobalMaxPool": lambda node: [("pool", GlobalMaxPool2d())],  # noqa: ARG005
    "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm,
    "LRN": _lrn,
    "LayerNormalization": _layer_norm,
    "MatMul": _matmul,
    "MaxPool": _max_pool,
}
