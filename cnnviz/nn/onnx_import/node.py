"""Operators that work on the picture, and how they hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cnnviz.data.source import shown
from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import Array

COPIES = ("Identity", "Dropout", "Cast")
"""Operators that change nothing."""


@dataclass(frozen=True)
class Node:
    """An operator that works on the picture: its data inputs, and its weights by the slot where they are given."""

    name: str
    op: str
    inputs: tuple[str, ...]
    weights: Mapping[int, Array]
    attributes: Mapping[str, Any]
    output: str
    shapes: tuple[Shape, ...]
    """Of one example of each input."""
    shape: Shape
    """Of one example of the output."""
    slots: tuple[int, ...] = (0,)
    """Of the data inputs."""
    version: int = 0
    batch: int = 1
    """Examples for which the file's shapes were worked out."""
    index: int = 0
    """Which of the operator's outputs this is."""

    def for_one(self, value: Array, rank: int) -> Array:
        """Give a constant without its axis for the examples, of so many axes in all; all examples must share it."""
        if value.ndim == rank and len(value) > 1 and (value == value[:1]).all():
            value = value[:1]
        if value.ndim > rank or (value.ndim == rank and len(value) != 1):
            raise ValueError("expected one constant for all examples; export it anew")
        return value[0] if value.ndim == rank else value

    @property
    def called(self) -> str:
        """The operator and its name in the file, for messages."""
        return f"{self.op} ({shown(self.name, 40)})" if self.name else self.op


@dataclass(frozen=True)
class Graph:
    """Operators in an order in which they can run, from one input to one output."""

    nodes: tuple[Node, ...]
    input: str
    input_shape: Shape
    output: str
    outputs: tuple[str, ...]
    """All that the file has."""
