"""What is in an ONNX file, and in the file of weights beside it, checked before anything of it is used."""

from __future__ import annotations

import math
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError

LIMIT = 2**30
"""Bytes of the file, and of all weights together."""
MOST_NODES = 10_000

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Model:
    """An ONNX file as far as it is used: the graph, and its numbers as arrays."""

    path: Path
    graph: Any
    opsets: list[Any]
    version: int
    """Of the plain operators."""
    arrays: Mapping[str, Array]


def read_model(who: str, path: Path) -> Model:
    """Read a file and the weights that it names, in itself or beside it.

    Raises
    ------
    InputError
        If it is none, is too large, or points anywhere but to an ordinary file in its own folder.
    """
    model = _parsed(who, path)
    from onnx.defs import onnx_opset_version

    if len(model.graph.node) > MOST_NODES:
        raise InputError(
            f"{who}: expected at most {MOST_NODES:,} operators, got {len(model.graph.node):,}; use a smaller model"
        )
    if model.functions:
        raise InputError(
            f"{who}: expected plain operators, got functions of the file's own in {path.name}; "
            f"save it again after onnx.inliner.inline_local_functions(model)"
        )
    versions = [opset.version for opset in model.opset_import if opset.domain in ("", "ai.onnx")]
    if len(versions) != 1:
        raise InputError(f"{who}: expected one version of ONNX's operators, got {versions}; export the network again")
    newest = onnx_opset_version()
    if versions[0] > newest:
        raise InputError(
            f"{who}: expected operators of ONNX up to version {newest}, got {versions[0]} in {path.name}; "
            f"run pip install --upgrade onnx"
        )
    tensors = Tensors(who, path)
    arrays = {tensor.name: tensors.array(tensor) for tensor in model.graph.initializer}
    if model.graph.sparse_initializer:
        raise InputError(f"{who}: expected dense weights, got sparse ones in {path.name}; convert the model")
    return Model(path, model.graph, list(model.opset_import), versions[0], arrays)


def _parsed(who: str, path: Path) -> Any:
    try:
        import onnx
        from google.protobuf.message import DecodeError
    except ImportError:
        raise InputError(
            f'{who}: expected the package onnx to read {path.name}, found none; run pip install "cnnviz[onnx]"'
        ) from None
    model = onnx.ModelProto()
    try:
        model.ParseFromString(read_bytes(who, path, LIMIT))
    except DecodeError:
        raise InputError(f"{who}: expected an ONNX file, but {path.name} is damaged or something else") from None
    if not model.HasField("graph") or not model.graph.node:
        raise InputError(f"{who}: expected an ONNX file with a network, but {path.name} holds none")
    return model


class Tensors:
    """Take the numbers of tensors, after counting that they are all there and not too many."""

    def __init__(self, who: str, path: Path) -> None:
        self.who = who
        self.folder = path.parent
        self.left = LIMIT

    def array(self, tensor: Any) -> Array:
        """Give the numbers of one tensor."""
        import onnx
        from onnx.helper import tensor_dtype_to_np_dtype

        name = shown(tensor.name, 60)
        kinds = onnx.TensorProto
        if tensor.data_type not in (
            *(kinds.FLOAT, kinds.DOUBLE, kinds.INT64, kinds.INT32, kinds.BOOL),
            *(kinds.INT8, kinds.UINT8, kinds.INT16, kinds.UINT16, kinds.UINT32, kinds.UINT64),
        ):
            known = tensor.data_type in kinds.DataType.values()
            kind = kinds.DataType.Name(tensor.data_type) if known else f"kind {tensor.data_type}"
            raise InputError(
                f"{self.who}: expected weights of type FLOAT or DOUBLE, got {kind} for {name}; convert the model"
            )
        dtype = np.dtype(tensor_dtype_to_np_dtype(tensor.data_type))
        dims = tuple(tensor.dims)
        count = math.prod(dims)
        need = count * dtype.itemsize
        if min(dims, default=0) >= 0 and need > self.left:
            raise InputError(
                f"{self.who}: expected at most {LIMIT / 1e9:.2f} GB of weights, got {_by(dims)} numbers in {name} and "
                f"more before; use a smaller model"
            )
        outside = tensor.data_location == kinds.EXTERNAL
        listed = None if outside or tensor.HasField("raw_data") else self._listed(tensor)
        have = self._beside(tensor, need) if outside else tensor.raw_data if listed is None else b""
        held = len(have) / dtype.itemsize if listed is None else len(listed)
        if min(dims, default=0) < 0 or held != count:
            raise InputError(f"{self.who}: expected {_by(dims)} numbers in {name}, got {held:g}; the file is damaged")
        self.left -= need
        if listed is not None:
            return np.array(listed).astype(dtype).reshape(dims)
        return np.frombuffer(have, dtype.newbyteorder("<")).reshape(dims).astype(dtype, copy=False)

    def attribute(self, node: Any) -> Array:
        """Give the numbers of a Constant."""
        for attribute in node.attribute:
            if attribute.name == "value":
                return self.array(attribute.t)
            if attribute.name in ("value_ints", "value_int"):
                return np.array(attribute.ints if attribute.name == "value_ints" else attribute.i, np.int64)
            if attribute.name in ("value_floats", "value_float"):
                return np.array(attribute.floats if attribute.name == "value_floats" else attribute.f, np.float32)
        raise InputError(f"{self.who}: expected constants of numbers, got {shown(node.name, 60)}; convert the model")

    @staticmethod
    def _listed(tensor: Any) -> Any:
        import onnx

        kinds = onnx.TensorProto
        fields = {kinds.FLOAT: "float_data", kinds.DOUBLE: "double_data", kinds.INT64: "int64_data"}
        wide = {kinds.UINT32: "uint64_data", kinds.UINT64: "uint64_data"}
        return getattr(tensor, {**fields, **wide}.get(tensor.data_type, "int32_data"))

    def _beside(self, tensor: Any, need: int) -> bytes | memoryview[int]:
        """Read the numbers of a tensor from the file it names, which must lie in the same folder, and be ordinary."""
        place = {entry.key: entry.value for entry in tensor.external_data}
        name, location = shown(tensor.name, 60), place.get("location", "")
        target = self.folder / location
        if not location or location != Path(location).name or "\\" in location or "\0" in location:
            raise InputError(
                f"{self.who}: expected weights in the file itself or in one beside it, but {name} points at "
                f"{shown(location, 60)}; put both into one folder and save the model again"
            )
        try:
            info = target.lstat()
            if not stat.S_ISREG(info.st_mode):
                raise InputError(
                    f"{self.who}: expected an ordinary file for the weights {name}, got {shown(location, 60)}, a link, "
                    f"folder or device; put a copy there"
                )
            offset, length = int(place.get("offset", 0)), int(place.get("length", need))
            if offset < 0 or length != need or offset + length > info.st_size:
                raise InputError(
                    f"{self.who}: expected {need:,} bytes at {offset:,} for {name}, got {length:,} of "
                    f"{info.st_size:,} in {shown(location, 60)}; the files do not belong together"
                )
            return np.fromfile(target, np.uint8, count=need, offset=offset).data if need else b""
        except FileNotFoundError:
            raise InputError(
                f"{self.who}: expected the weights of {name} in {shown(location, 60)} beside the model, which does not "
                f"exist; put it there"
            ) from None
        except (OSError, ValueError) as error:
            raise InputError(
                f"{self.who}: expected the weights of {name} in {shown(location, 60)}, which cannot be read ({error}); "
                f"save the model again"
            ) from None


def attributes(nodes: Iterable[Any]) -> dict[str, Any]:
    """Take numbers, words and lists of numbers; what holds a graph or a tensor of its own is left to be missed."""
    import onnx

    kinds = onnx.AttributeProto
    values: dict[int, Any] = {
        kinds.INT: "i",
        kinds.FLOAT: "f",
        kinds.STRING: "s",
        kinds.INTS: "ints",
        kinds.FLOATS: "floats",
    }
    found = {}
    for attribute in nodes:
        if attribute.type in values:
            value = getattr(attribute, values[attribute.type])
            if attribute.type in (kinds.INTS, kinds.FLOATS):
                value = tuple(value)
            found[attribute.name] = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return found


def _by(dims: tuple[int, ...]) -> str:
    return " x ".join(map(str, dims)) or "1"
