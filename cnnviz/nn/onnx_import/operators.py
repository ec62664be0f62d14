"""One operator as one or more layers, with its weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn.arithmetic import Fixed
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Linear
from cnnviz.nn.layer import Layer
from cnnviz.nn.merge import Concat, Elementwise, MatMul, Merge, Where
from cnnviz.nn.onnx_import.moving import MOVING
from cnnviz.nn.onnx_import.node import COPIES, Node
from cnnviz.nn.onnx_import.pointwise import POINTWISE
from cnnviz.nn.onnx_import.sliding import SLIDING

Made = list[tuple[str, Layer]]
"""Layers with the words that their names begin with."""

MAKERS: dict[str, Callable[[Node], Made]] = {**SLIDING, **POINTWISE, **MOVING}
MERGES: dict[str, Callable[[Node], tuple[str, Merge]]] = {
    "Add": lambda node: ("add", Elementwise("add")),  # noqa: ARG005
    "And": lambda node: ("and", Elementwise("multiply")),  # noqa: ARG005
    "Concat": lambda node: ("concat", Concat(node.attributes.get("axis", 1) % (len(node.shape) + 1))),
    "Div": lambda node: ("divide", Elementwise("divide")),  # noqa: ARG005
    "Equal": lambda node: ("equal", Elementwise("equal")),  # noqa: ARG005
    "Greater": lambda node: ("greater", Elementwise("greater")),  # noqa: ARG005
    "GreaterOrEqual": lambda node: ("greater", Elementwise("greater_equal")),  # noqa: ARG005
    "Less": lambda node: ("less", Elementwise("less")),  # noqa: ARG005
    "LessOrEqual": lambda node: ("less", Elementwise("less_equal")),  # noqa: ARG005
    "MatMul": lambda node: ("matmul", MatMul()),  # noqa: ARG005
    "Max": lambda node: ("maximum", Elementwise("maximum")),  # noqa: ARG005
    "Min": lambda node: ("minimum", Elementwise("minimum")),  # noqa: ARG005
    "Mul": lambda node: ("multiply", Elementwise("multiply")),  # noqa: ARG005
    "Or": lambda node: ("or", Elementwise("maximum")),  # noqa: ARG005
    "Pow": lambda node: ("power", Elementwise("power")),  # noqa: ARG005
    "Sub": lambda node: ("subtract", Elementwise("subtract")),  # noqa: ARG005
    "Sum": lambda node: ("add", Elementwise("add")),  # noqa: ARG005
    "Where": lambda node: ("where", Where()),  # noqa: ARG005
}
"""Operators that may take several values of the picture."""

UNDERSTOOD = frozenset((*MAKERS, *MERGES, *COPIES))


def joins(node: Node) -> bool:
    """Say whether an operator takes several values, or one and constants that no layer stands for."""
    if node.op in ("Concat", "Sum", "Max", "Min") and len(node.inputs) == 1 and not node.weights:
        return False
    return len(node.inputs) > 1 or node.op not in (*MAKERS, *COPIES)


def layers_of(who: str, node: Node) -> Made:
    """Return the layers of an operator with one data input; none if it changes nothing.

    Raises
    ------
    InputError
        If no layer stands for it.
    """
    if node.op not in MAKERS or (node.op in MERGES and not node.weights):
        return []  # a copy, or what several values would meet in, of one
    if node.index and node.op != "Split":
        raise InputError(f"{who}: expected one output of {node.called}, got a further one in use; leave it out")
    try:
        made = MAKERS[node.op](node)
        shape = node.shapes[0]
        for _, layer in made:
            shape = layer.output_shape(shape)
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, CnnvizError) as error:
        raise InputError(f"{who}: {node.called} cannot be a layer: {_reason(error)}") from None
    if shape != node.shape:
        raise InputError(f"{who}: {node.called} cannot be a layer: expected {node.shape}, got {shape}; export it anew")
    return made


def merge_of(who: str, node: Node) -> tuple[str, Merge]:
    """Return what becomes of several values that meet in an operator.

    Raises
    ------
    InputError
        If nothing here stands for it.
    """
    if node.op not in MERGES:
        raise InputError(
            f"{who}: expected one value of the picture, and constants, got {node.called} of {len(node.inputs)}; "
            f"leave this part out"
        )
    try:
        name, merge = MERGES[node.op](node)
        given = dict(zip(node.slots, node.shapes, strict=True))
        given.update({slot: fixed.shape for slot, fixed in constants(node).items()})
        shape = merge.output_shape([given[slot] for slot in sorted(given)])
    except (CnnvizError, ValueError) as error:
        raise InputError(f"{who}: {node.called} cannot join what it takes: {error}") from None
    if shape != node.shape:
        raise InputError(f"{who}: {node.called} cannot join what it takes: expected {node.shape}, got {shape}")
    return name, merge


def constants(node: Node) -> dict[int, Fixed]:
    """Give the constants that meet values of the picture in an operator, by slot."""
    made = {}
    for slot, value in node.weights.items():
        own = node.for_one(value, len(node.shape) + 1)
        shape = (1,) * (len(node.shape) - own.ndim) + own.shape
        made[slot] = Fixed(shape)
        made[slot].own["weight"].values = own.reshape(shape).astype(np.float64 if own.dtype == "f8" else np.float32)
    return made


def add_bias(layer: Layer, node: Node) -> bool:
    """Give a layer without a bias the numbers that the next operator adds; False if that is not what it does."""
    values = next(iter(node.weights.values()), None)
    if node.op != "Add" or not isinstance(layer, Linear | Conv2d) or layer.bias or values is None:
        return False
    axis = len(node.shape) - 1 if isinstance(layer, Linear) else 0
    ending = (layer.own["weight"].shape[0], *(1 for _ in node.shape[axis + 1 :]))
    if values.shape[values.ndim - len(ending) :] != ending or values.size != ending[0]:
        return False
    layer.add_bias()
    layer.own["bias"].values = values.reshape(-1)
    return True


def _reason(error: Exception) -> str:
    if isinstance(error, CnnvizError):
        return str(error)
    said = str(error) if isinstance(error, ValueError) and error.args else ""
    return said or "an argument is missing or of another kind; export it anew"
