"""What ONNX's own package says of an operator: the types of what it gives, and its numbers where all is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.nn.onnx_import.file import Array, attributes

REMEDY = "export the network with model.eval(), or leave this part out"
_SMALL = 1024  # numbers that may say a shape

_SAME = ("GroupNormalization",)  # what gives the shape that it takes, of which ONNX says nothing

KNOWN = frozenset(
    re.findall(
        r"\w+",
        "Abs Add And BatchNormalization Cast CastLike Ceil Clip Concat ConstantOfShape DequantizeLinear Div "
        "Equal Expand Flatten Floor Gather GatherND Greater GreaterOrEqual Identity Less LessOrEqual Max Min "
        "Mod Mul Neg Not Or Pad Pow Range Reciprocal ReduceL1 ReduceL2 ReduceMax ReduceMean ReduceMin ReduceProd "
        "ReduceSum ReduceSumSquare "
        "Reshape Round Shape Sign Size Slice Split Sqrt Squeeze Sub Sum Tile Transpose Unsqueeze Where Xor ",
    )
)
"""Operators that are worked out where all they take is known."""


@dataclass(frozen=True)
class Rules:
    """The rules of one version of ONNX's operators."""

    who: str
    version: int
    opsets: list[Any]

    def infer(self, node: Any, types: Mapping[str, Any], arrays: Mapping[str, Array], called: str) -> Mapping[str, Any]:
        """Say the types of what an operator gives, from types and numbers of what it takes."""
        import onnx

        try:
            schema = onnx.defs.get_schema(node.op_type, self.version, "")
        except onnx.defs.SchemaError:
            raise InputError(f"{self.who}: expected operators of ONNX {self.version}, got {called}; {REMEDY}") from None
        names = [name for name in node.input if name]
        given = {name: types[name] if name in types else type_of(arrays[name]) for name in names}
        small = {
            name: onnx.numpy_helper.from_array(arrays[name])
            for name in names
            if name in arrays and arrays[name].size <= _SMALL
        }
        try:
            found = onnx.shape_inference.infer_node_outputs(schema, node, given, small, opset_imports=self.opsets)
        except Exception as error:  # whatever a damaged file makes the inference stumble over
            raise InputError(f"{self.who}: {called} does not fit what it takes: {_short(error)}; {REMEDY}") from None
        if node.op_type in _SAME and size_of(found.get(node.output[0])) is None:
            return {node.output[0]: given[node.input[0]]}
        return {name: _pooled(node, kind, given) for name, kind in found.items()}

    def evaluate(self, node: Any, arrays: Mapping[str, Array], called: str) -> list[Array]:
        """Work out what an operator gives where all it takes is known."""
        import onnx
        from onnx.reference import ReferenceEvaluator

        values = {name: arrays[name] for name in dict.fromkeys(node.input) if name}
        inputs = [onnx.helper.make_value_info(name, type_of(value)) for name, value in values.items()]
        outputs = [onnx.helper.make_empty_tensor_value_info(name) for name in node.output if name]
        graph = onnx.helper.make_graph([node], "known", inputs, outputs)
        try:
            with np.errstate(all="ignore"):
                made = onnx.helper.make_model(graph, opset_imports=self.opsets)
                return [np.asarray(value) for value in ReferenceEvaluator(made).run(None, values)]
        except Exception as error:  # whatever a damaged file makes the reference stumble over
            raise InputError(f"{self.who}: {called} cannot be worked out: {_short(error)}; {REMEDY}") from None


def type_of(value: Array) -> Any:
    """Say the type of an array."""
    import onnx

    return onnx.helper.make_tensor_type_proto(onnx.helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)


def size_of(kind: Any) -> tuple[int, ...] | None:
    """Read a whole shape; None where any of it is open."""
    if kind is None or not kind.HasField("tensor_type") or not kind.tensor_type.HasField("shape"):
        return None
    dims = kind.tensor_type.shape.dim
    return tuple(dim.dim_value for dim in dims) if all(dim.HasField("dim_value") for dim in dims) else None


def is_number(kind: Any) -> bool:
    """Say whether a value is one that layers can work on; truths are kept as 0 and 1."""
    import onnx

    kinds = onnx.TensorProto
    return kind.tensor_type.elem_type in (kinds.FLOAT, kinds.DOUBLE, kinds.BOOL)


def _pooled(node: Any, kind: Any, given: Mapping[str, Any]) -> Any:
    """Leave out a last window that would begin in the padding, as PyTorch does and what runs ONNX; its rules do not."""
    import onnx

    found = attributes(node.attribute)
    size, shape = size_of(kind), size_of(given[node.input[0]]) if node.input else None
    if size is None or shape is None or not found.get("ceil_mode", 0) or node.op_type not in ("MaxPool", "AveragePool"):
        return kind
    ones = (1,) * len(size)
    before, strides = found.get("pads", (0,) * len(size)), found.get("strides", ones)
    late = [(out - 1) * s >= n + b for out, s, n, b in zip(size[2:], strides, shape[2:], before, strict=False)]
    fewer = (*size[:2], *(out - each for out, each in zip(size[2:], late, strict=False)))
    return onnx.helper.make_tensor_type_proto(kind.tensor_type.elem_type, fewer)


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return shown(text, 160).strip('"') or type(error).__name__
