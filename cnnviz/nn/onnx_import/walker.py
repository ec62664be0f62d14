"""One operator after the other: what it gives becomes known, or it becomes one that works on the picture."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnnviz.data.source import shown
from cnnviz.errors import InputError
from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import MOST_NODES, Array, Model, Tensors, attributes
from cnnviz.nn.onnx_import.node import COPIES, Node
from cnnviz.nn.onnx_import.rules import KNOWN, REMEDY, Rules, is_number, size_of

MOST_CELLS = 2**26
"""Of one example, behind any layer."""
MOST_KNOWN = 2**28
"""Bytes that may be worked out, eight for each number; or four times those of the file's own weights."""

_PLAIN = ("", "ai.onnx")


@dataclass
class Walker:
    """What is known, and what is not, after the operators so far."""

    who: str
    model: Model
    understood: Collection[str]
    arrays: dict[str, Array]
    """What is known."""
    rules: Rules
    types: dict[str, Any] = field(default_factory=dict)
    """What is not."""
    shapes: dict[str, Shape] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    batch: int = 1
    steps: int = 0
    left: float = 0
    """Bytes that may still be worked out."""
    flat: dict[str, str] = field(default_factory=dict)
    """All cells of all examples in one row, by the value that they are of."""

    def __post_init__(self) -> None:
        self.left = max(MOST_KNOWN, 4 * sum(value.nbytes for value in self.arrays.values()))

    def enter(self, value: Any, asked: Shape | None) -> None:
        """Begin with the picture: as many examples as the file has been made for, or one."""
        import onnx

        kind = value.type.tensor_type
        if kind.elem_type not in (onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE):
            raise InputError(f"{self.who}: expected an input of type FLOAT or DOUBLE, got another; convert the model")
        dims = [dim.dim_value if dim.HasField("dim_value") else 0 for dim in kind.shape.dim]
        said = " x ".join(str(dim or "?") for dim in dims) or "nothing"
        if asked is not None:
            if len(asked) + 1 != len(dims):
                one = " x ".join(str(dim or "?") for dim in dims[1:])
                raise InputError(
                    f"{self.who}: expected one example of {one}, as the file says, got {' x '.join(map(str, asked))}; "
                    f"give as many sizes"
                )
            dims[1:] = asked
        if len(dims) < 2 or min(dims[1:]) < 1 or math.prod(dims[1:]) > MOST_CELLS or not 0 <= dims[0] <= 4096:
            raise InputError(
                f"{self.who}: expected an input of a fixed size (N, C, H, W) with at most {MOST_CELLS:,} cells, "
                f"got {said}; export it with one size, or say it, as in --input 3x224x224 or input_shape=(3, 224, 224)"
            )
        self.batch = dims[0] or 1
        self.types[value.name] = onnx.helper.make_tensor_type_proto(kind.elem_type, [self.batch, *dims[1:]])
        self.shapes[value.name] = tuple(dims[1:])

    def step(self, node: Any) -> None:
        """Take one operator: what it gives becomes known, or it becomes one that works on the picture."""
        called = f"{shown(node.op_type, 40)}{f' ({shown(node.name, 40)})' if node.name else ''}"
        self.steps += 1
        if self.steps > MOST_NODES:
            raise InputError(f"{self.who}: expected at most {MOST_NODES:,} operators, got more; use a smaller model")
        if not node.output or node.domain not in _PLAIN:
            raise InputError(f"{self.who}: expected operators of ONNX itself, got {called}; {REMEDY}")
        if node.op_type == "Constant":
            self.arrays[node.output[0]] = Tensors(self.who, self.model.path).attribute(node)
            return
        if node.op_type == "Gather" and node.input[0] in self.flat:
            self._pick(node, called)
            return
        missing = [name for name in node.input if name and name not in self.arrays and name not in self.types]
        if missing:
            raise InputError(
                f"{self.who}: expected operators in order and without circles, got {called} before what it takes, "
                f"{shown(missing[0], 40)}; export the network again"
            )
        known = [name for name in node.input if name in self.arrays]
        if node.op_type == "If":
            self._choose(node, called)
        elif len(known) == len([name for name in node.input if name]) or node.op_type in ("Shape", "Size"):
            self._work_out(node, called)
        elif node.op_type in COPIES:
            self._copy(node, called)
        else:
            self._keep(node, called)

    def _choose(self, node: Any, called: str) -> None:
        """Take the branch that a known condition leads to."""
        condition = self.arrays.get(node.input[0]) if node.input else None
        branches = {attribute.name: attribute.g for attribute in node.attribute}
        if condition is None or condition.size != 1 or set(branches) != {"then_branch", "else_branch"}:
            raise InputError(f"{self.who}: expected one way for every picture, got {called}; {REMEDY}")
        branch = branches["then_branch" if bool(condition.reshape(())) else "else_branch"]
        tensors = Tensors(self.who, self.model.path)
        self.arrays.update({tensor.name: tensors.array(tensor) for tensor in branch.initializer})
        if any(inner.op_type == "If" for inner in branch.node) or len(branch.output) != len(node.output):
            raise InputError(f"{self.who}: expected no choices inside choices, got {called}; {REMEDY}")
        for inner in branch.node:
            self.step(inner)
        for inside, outside in zip(branch.output, node.output, strict=True):
            self.step(type(node)(op_type="Identity", input=[inside.name], output=[outside]))

    def _pick(self, node: Any, called: str) -> None:
        """Take cells picked from one row of all examples, the same of each, as cells of each example."""
        import onnx

        source = self.flat[node.input[0]]
        index, count = self.arrays.get(node.input[1]), math.prod(self.shapes[source])
        steps = None if index is None or index.ndim < 2 else count * np.arange(len(index))
        if index is None or steps is None or len(index) != self.batch or attributes(node.attribute).get("axis", 0) != 0:
            raise InputError(f"{self.who}: expected {called} to pick the same cells of each example; {REMEDY}")
        rows = index.reshape(len(index), -1)
        if (rows != rows[0] + steps[:, None]).any() or not 0 <= rows[0].min() <= rows[0].max() < count:
            raise InputError(f"{self.who}: expected {called} to pick the same cells of each example; {REMEDY}")
        output, kind = node.output[0], self.types[source].tensor_type.elem_type
        self.types[output] = onnx.helper.make_tensor_type_proto(kind, index.shape)
        self.shapes[output] = index.shape[1:]
        given, shape = (self.shapes[source],), index.shape[1:]
        self.nodes.append(Node(node.name, "Gather", (source,), {1: index[0]}, {"axis": "cells"}, output, given, shape))

    def _copy(self, node: Any, called: str) -> None:
        training = self.arrays.get(node.input[2]) if len(node.input) > 2 else None
        if training is not None and bool(np.any(training)):
            raise InputError(
                f"{self.who}: expected a network ready for use, got {called} in training; call model.eval()"
            )
        import onnx

        kind = self._kind(node.input[0]) if node.op_type == "Cast" else None
        if kind not in (None, onnx.TensorProto.BOOL, attributes(node.attribute).get("to")):
            raise InputError(f"{self.who}: expected one type of numbers all the way, got {called}; convert the model")
        self._keep(node, called)

    def _kind(self, name: str) -> int:
        return int(self.types[name].tensor_type.elem_type)

    def _work_out(self, node: Any, called: str) -> None:
        """Work out numbers that depend on no picture."""
        if node.op_type in COPIES[:2]:
            self.arrays[node.output[0]] = self.arrays[node.input[0]]
            return
        if node.op_type not in KNOWN:
            raise InputError(f"{self.who}: expected {called} to depend on the picture, got constants alone; {REMEDY}")
        if node.op_type in ("Shape", "Size") and node.input[0] in self.types:
            dims = [dim.dim_value for dim in self.types[node.input[0]].tensor_type.shape.dim]
            found = attributes(node.attribute)
            part = dims[found.get("start", 0) : found.get("end", len(dims))]
            self.arrays[node.output[0]] = np.array(part if node.op_type == "Shape" else math.prod(dims), np.int64)
            return
        for kind in self.rules.infer(node, self.types, self.arrays, called).values():
            size = size_of(kind)
            self.left -= math.inf if size is None else 8 * math.prod(size)
            if self.left < 0:
                raise InputError(
                    f"{self.who}: expected constants that take little memory, got "
                    f"{' x '.join(map(str, size or '?'))} numbers and more before from {called}; {REMEDY}"
                )
        results = self.rules.evaluate(node, self.arrays, called)
        self.arrays.update(zip([name for name in node.output if name], results, strict=False))

    def _keep(self, node: Any, called: str) -> None:
        """Keep an operator that works on the picture, once for each output that is used."""
        import onnx

        if node.op_type not in self.understood:
            raise InputError(
                f"{self.who}: expected operators that a layer stands for, got {called}; leave this part out, or export "
                f"the network up to there"
            )
        kinds = self.rules.infer(node, self.types, self.arrays, called)
        slots = [(slot, name) for slot, name in enumerate(node.input) if name]
        inputs = [(slot, name) for slot, name in slots if name not in self.arrays]
        for index, output in enumerate(node.output):
            if not output:
                continue
            size = size_of(kinds.get(output))
            if node.op_type == "Reshape" and size == (self.batch * math.prod(self.shapes[node.input[0]]),):
                self.flat[output] = node.input[0]
                return
            if size is None or not size or size[0] != self.batch or min(size) < 1 or not is_number(kinds[output]):
                if index == 0:
                    got = "something else" if size is None else " x ".join(map(str, size)) or "one number"
                    raise InputError(
                        f"{self.who}: expected {called} to give numbers for each of {self.batch} examples, got {got}; "
                        f"keep the examples along the first axis, or leave this part out"
                    )
                continue
            if math.prod(size[1:]) > MOST_CELLS:
                raise InputError(
                    f"{self.who}: expected at most {MOST_CELLS:,} cells behind a layer, got {called} with {size[1:]}; "
                    f"use a smaller input"
                )
            self.types[output] = onnx.helper.make_tensor_type_proto(kinds[output].tensor_type.elem_type, size)
            self.shapes[output] = size[1:]
            self.nodes.append(
                Node(
                    node.name,
                    node.op_type,
                    tuple(name for _, name in inputs),
                    {slot: self.arrays[name] for slot, name in slots if name in self.arrays},
                    attributes(node.attribute),
                    output,
                    tuple(self.shapes[name] for _, name in inputs),
                    size[1:],
                    tuple(slot for slot, _ in inputs),
                    self.model.version,
                    self.batch,
                    index,
                )
            )
