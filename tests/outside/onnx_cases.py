"""The backend cases that the onnx package brings along, and which of them touch an operation of ours."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.loader import load_model_tests

KINDS = ("node", "pytorch-converted", "pytorch-operator", "simple")


@dataclass(frozen=True)
class Case:
    kind: str
    name: str
    model: onnx.ModelProto
    data: tuple
    """(inputs, expected outputs), as often as the case was recorded."""
    rtol: float
    atol: float

    @property
    def operators(self) -> frozenset[str]:
        return frozenset(node.op_type for node in nodes(self.model.graph))


def nodes(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    """Every node of a graph and of the graphs inside its loops and branches."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from nodes(attribute.g)


@cache
def cases(kind: str) -> tuple[Case, ...]:
    """Every case of a kind; those of single nodes are computed by the package while it loads, which takes seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package divides by zero on purpose
        found = load_model_tests(kind=kind)
    return tuple(sorted((_read(kind, case) for case in found), key=lambda case: case.name))


def _read(kind: str, case) -> Case:
    if case.model is not None:
        return Case(kind, case.name, case.model, tuple(case.data_sets), case.rtol, case.atol)
    folder = Path(case.model_dir)
    model = onnx.load(folder / "model.onnx")
    data = tuple(
        (_tensors(one, "input", model.graph.input), _tensors(one, "output", model.graph.output))
        for one in sorted(folder.glob("test_data_set_*"))
    )
    return Case(kind, case.name, model, data, case.rtol, case.atol)


def _tensors(folder: Path, role: str, declared) -> list[np.ndarray]:
    files = [folder / f"{role}_{i}.pb" for i in range(len(list(folder.glob(f"{role}_*.pb"))))]
    return [_tensor(file, value.type) for file, value in zip(files, declared, strict=False)]


def _tensor(file: Path, kind: onnx.TypeProto):
    if not kind.HasField("tensor_type"):
        return None  # a sequence or a map: no operation of ours takes one
    return numpy_helper.to_array(onnx.TensorProto.FromString(file.read_bytes()))
