"""What is in an ONNX file, checked before anything of it is used."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.nn.layer import Shape

LIMIT = 256 * 2**20
MOST_NODES = 10_000
MOST_CELLS = 2**26  # of one example

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Node:
    """An operator: its data inputs, and its weights by the slot where they are given."""

    name: str
    op: str
    inputs: tuple[str, ...]
    weights: Mapping[int, Array]
    attributes: Mapping[str, Any]
    output: str


@dataclass(frozen=True)
class Graph:
    """Operators in an order in which they can run, from one input to one output."""

    nodes: tuple[Node, ...]
    input: str
    input_shape: Shape
    output: str


def read_graph(who: str, path: Path) -> Graph:
    """Read a file; weights are those that stand in it.

    Raises
    ------
    InputError
        If it is none, is too large, or points at other files.
    """
    model = _parsed(who, path)
    graph = model.graph
    arrays = {tensor.name: _array(who, tensor) for tensor in graph.initializer}
    if len(graph.node) > MOST_NODES:
        raise InputError(
            f"{who}: expected at most {MOST_NODES:,} operators, got {len(graph.node):,}; use a smaller model"
        )
    given = [value for value in graph.input if value.name not in arrays]
    if len(given) != 1 or len(graph.output) != 1:
        raise InputError(
            f"{who}: expected one input and one output, got {len(given)} and {len(graph.output)}; "
            f"export the network from the picture to the scores"
        )
    nodes = []
    for node in graph.node:
        if node.op_type == "Constant":
            arrays[node.output[0]] = _constant(who, node)
            continue
        slots = [(slot, name) for slot, name in enumerate(node.input) if name]
        weights = {slot: arrays[name] for slot, name in slots if name in arrays}
        inputs = tuple(name for _, name in slots if name not in arrays)
        nodes.append(Node(node.name, node.op_type, inputs, weights, _attributes(who, node), node.output[0]))
    return Graph(tuple(nodes), given[0].name, _shape(who, given[0]), graph.output[0].name)


def _parsed(who: str, path: Path) -> Any:
    try:
        import onnx
        from google.protobuf.message import DecodeError
    except ImportError:
        raise InputError(
            f'{who}: expected the package onnx to read {path.name}, found none; run pip install "cnnviz[onnx]"'
        ) from None
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError(
                f"{who}: expected at most {LIMIT:,} bytes, got {size:,} in {path.name}; use a smaller model"
            )
        model = onnx.ModelProto()
        model.ParseFromString(path.read_bytes())
    except OSError as error:
        raise InputError(f"{who}: {path}: {error.strerror}; name a file that can be read") from None
    except DecodeError:
        raise InputError(f"{who}: expected an ONNX file, but {path.name} is damaged or something else") from None
    if not model.HasField("graph") or not model.graph.node:
        raise InputError(f"{who}: expected an ONNX file with a network, but {path.name} holds none")
    return model


def _array(who: str, tensor: Any) -> Array:
    """Take the numbers of a tensor, after counting that they are all there."""
    import onnx

    name = shown(tensor.name, 60)
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        raise InputError(f"{who}: expected weights in the file itself, but {name} points at another; save them inside")
    kinds: dict[int, tuple[np.dtype[Any], Any]] = {
        onnx.TensorProto.FLOAT: (np.dtype("<f4"), tensor.float_data),
        onnx.TensorProto.DOUBLE: (np.dtype("<f8"), tensor.double_data),
        onnx.TensorProto.INT64: (np.dtype("<i8"), tensor.int64_data),
    }
    if tensor.data_type not in kinds:
        kind = onnx.TensorProto.DataType.Name(tensor.data_type)
        raise InputError(f"{who}: expected weights of type FLOAT or DOUBLE, got {kind} for {name}; convert the model")
    dtype, listed = kinds[tensor.data_type]
    dims = tuple(tensor.dims)
    have = len(tensor.raw_data) / dtype.itemsize if tensor.HasField("raw_data") else len(listed)
    if min(dims, default=0) < 0 or math.prod(dims) != have:
        raise InputError(f"{who}: expected {_by(dims)} numbers in {name}, got {have:g}; the file is damaged")
    flat: Array = np.frombuffer(tensor.raw_data, dtype) if tensor.HasField("raw_data") else np.array(listed, dtype)
    return flat.reshape(dims).astype(dtype.newbyteorder("="))


def _constant(who: str, node: Any) -> Array:
    for attribute in node.attribute:
        if attribute.name == "value":
            return _array(who, attribute.t)
        if attribute.name in ("value_ints", "value_int"):
            return np.array(attribute.ints if attribute.name == "value_ints" else attribute.i, np.int64)
        if attribute.name in ("value_floats", "value_float"):
            return np.array(attribute.floats if attribute.name == "value_floats" else attribute.f, np.float32)
    raise InputError(f"{who}: expected constants of numbers, got {shown(node.name, 60)}; convert the model")


def _attributes(who: str, node: Any) -> dict[str, Any]:
    """Take numbers, words and lists of numbers; what holds a graph or a tensor of its own is left to be missed."""
    import onnx

    if not node.output:
        raise InputError(f"{who}: expected operators with an output, got {shown(node.name, 60)} without")
    kinds = onnx.AttributeProto
    values: dict[int, Any] = {
        kinds.INT: "i",
        kinds.FLOAT: "f",
        kinds.STRING: "s",
        kinds.INTS: "ints",
        kinds.FLOATS: "floats",
    }
    found = {}
    for attribute in node.attribute:
        if attribute.type in values:
            value = getattr(attribute, values[attribute.type])
            if attribute.type in (kinds.INTS, kinds.FLOATS):
                value = tuple(value)
            found[attribute.name] = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return found


def _shape(who: str, value: Any) -> Shape:
    """Read the declared (C, H, W); the number of examples may be open."""
    dims = [dim.dim_value if dim.HasField("dim_value") else 0 for dim in value.type.tensor_type.shape.dim]
    if len(dims) < 2 or min(dims[1:]) < 1 or math.prod(dims[1:]) > MOST_CELLS:
        said = " x ".join(str(dim or "?") for dim in dims) or "nothing"
        raise InputError(f"{who}: expected an input of a fixed size (N, C, H, W), got {said}; export it with one size")
    return tuple(dims[1:])


def _by(dims: tuple[int, ...]) -> str:
    return " x ".join(map(str, dims)) or "1"
