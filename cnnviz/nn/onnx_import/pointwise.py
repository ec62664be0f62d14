"""Operators that work on each cell for itself, or with constants."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from cnnviz.nn.activation import (
    ELU,
    GELU,
    LeakyReLU,
    LogSoftmax,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from cnnviz.nn.arithmetic import Arithmetic
from cnnviz.nn.layer import Layer
from cnnviz.nn.onnx_import.file import Array
from cnnviz.nn.onnx_import.node import Node
from cnnviz.nn.pointwise import CELU, SELU, Curve, Hardsigmoid, Hardtanh, PReLU

_Made = list[tuple[str, Layer]]


def _clip(node: Node) -> _Made:
    low, high = (
        node.attributes.get(name, float(node.weights[slot].reshape(())) if slot in node.weights else usual)
        for slot, name, usual in ((1, "min", -math.inf), (2, "max", math.inf))
    )
    if low > high:  # as ONNX has it, all becomes the upper one
        low = high
    if high == math.inf:
        return [("relu", ReLU())] if low == 0 else [("clip", Arithmetic("maximum", value=low))]
    if low == -math.inf:
        return [("clip", Arithmetic("minimum", value=high))]
    return [("relu" if (low, high) == (0, 6) else "clip", Hardtanh(low, high))]


def _softmax(kind: type[Softmax]) -> Callable[[Node], _Made]:
    def make(node: Node) -> _Made:
        rank = len(node.shapes[0]) + 1
        axis = node.attributes.get("axis", -1 if node.version >= 13 else 1) % rank
        if node.version < 13 and math.prod(node.shapes[0][axis:]) != 1:  # all axes from there on together
            raise ValueError("expected one axis of scores, got several together; export it for opset 13 or newer")
        if axis < 1:
            raise ValueError("expected examples apart; take the softmax over another axis")
        return [("softmax", kind(axis))]

    return make


def _prelu(node: Node) -> _Made:
    slope = constant(node, node.weights[1])
    layer = PReLU(slope.shape)
    layer.own["weight"].values = slope
    return [("prelu", layer)]


def _thresholded(node: Node) -> _Made:
    if node.attributes.get("alpha", 1.0) != 0:
        raise ValueError("expected a threshold of 0; leave this part out")
    return [("relu", ReLU())]


def constant(node: Node, value: Array) -> Array:
    """Give the numbers of a constant against one example, without an axis for the examples."""
    if value.dtype.kind != "f":
        raise ValueError("expected a constant of floats; export it anew")
    return np.ascontiguousarray(node.for_one(value, len(node.shapes[0]) + 1))


def _with_constant(op: str, name: str) -> Callable[[Node], _Made]:
    def make(node: Node) -> _Made:
        made: _Made = []
        for slot, given in node.weights.items():
            value = given.astype(np.float32) if given.dtype.kind in "iub" else given
            if value.size == 1 and value.ndim <= len(node.shapes[0]) + 1:
                layer = Arithmetic(op, reverse=slot < node.slots[0], value=float(value.reshape(())))
            else:
                value = constant(node, value)
                layer = Arithmetic(op, value.shape, slot < node.slots[0])
                layer.own["weight"].values = value
            made.append((name, layer))
        return made

    return make


def _pow(node: Node) -> _Made:
    value = node.weights.get(1)
    if value is not None and value.size == 1 and float(value.reshape(())) == 0.5:
        return [("sqrt", Curve("sqrt"))]
    return _with_constant("power", "power")(node)


def _plain(name: str, layer: Callable[[], Layer]) -> Callable[[Node], _Made]:
    return lambda _node: [(name, layer())]


def _curve(name: str) -> Callable[[Node], _Made]:
    return _plain(name, lambda: Curve(name))


POINTWISE: dict[str, Callable[[Node], _Made]] = {
    "Abs": _curve("abs"),
    "Add": _with_constant("add", "add"),
    "Celu": lambda node: [("celu", CELU(node.attributes.get("alpha", 1.0)))],
    "Clip": _clip,
    "Cos": _curve("cos"),
    "Div": _with_constant("divide", "divide"),
    "Elu": lambda node: [("elu", ELU(node.attributes.get("alpha", 1.0)))],
    "Erf": _curve("erf"),
    "Exp": _curve("exp"),
    "Gelu": lambda node: [("gelu", GELU(node.attributes.get("approximate", "none")))],
    "Equal": _with_constant("equal", "equal"),
    "Greater": _with_constant("greater", "greater"),
    "GreaterOrEqual": _with_constant("greater_equal", "greater"),
    "HardSigmoid": lambda node: [
        ("sigmoid", Hardsigmoid(node.attributes.get("alpha", 0.2), node.attributes.get("beta", 0.5)))
    ],
    "HardSwish": _curve("hardswish"),
    "LeakyRelu": lambda node: [("relu", LeakyReLU(node.attributes.get("alpha", 0.01)))],
    "Less": _with_constant("less", "less"),
    "LessOrEqual": _with_constant("less_equal", "less"),
    "Log": _curve("log"),
    "LogSoftmax": _softmax(LogSoftmax),
    "Max": _with_constant("maximum", "maximum"),
    "Min": _with_constant("minimum", "minimum"),
    "Mish": _curve("mish"),
    "Mul": _with_constant("multiply", "scale"),
    "Neg": _curve("neg"),
    "Not": lambda node: [("not", Arithmetic("subtract", reverse=True, value=1.0))],  # noqa: ARG005
    "PRelu": _prelu,
    "Pow": _pow,
    "Reciprocal": _curve("reciprocal"),
    "Relu": _plain("relu", ReLU),
    "Selu": lambda node: [
        (
            "selu",
            SELU(
                node.attributes.get("alpha", 1.67326319217681884765625),
                node.attributes.get("gamma", 1.05070102214813232421875),
            ),
        )
    ],
    "Sigmoid": _plain("sigmoid", Sigmoid),
    "Sin": _curve("sin"),
    "Softmax": _softmax(Softmax),
    "Softplus": _plain("softplus", Softplus),
    "Softsign": _curve("softsign"),
    "Sqrt": _curve("sqrt"),
    "Sub": _with_constant("subtract", "subtract"),
    "Sum": _with_constant("add", "add"),
    "Swish": _plain("silu", SiLU),
    "Tanh": _plain("tanh", Tanh),
    "ThresholdedRelu": _thresholded,
}
