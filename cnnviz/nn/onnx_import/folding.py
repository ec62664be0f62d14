"""A graph as layers inside layers: chains, and between a fork and where its paths meet again, blocks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from cnnviz._checks import Floats
from cnnviz.data.source import shown
from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn.activation import Sigmoid, SiLU
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.layer import Layer, Plain, Pulled, Shape
from cnnviz.nn.onnx_import.file import MOST_CELLS, Graph, Node
from cnnviz.nn.onnx_import.operators import JOINS, add_bias, layer_of
from cnnviz.nn.sequential import Sequential

_DEEPEST = 50  # forks inside forks


def fold(who: str, graph: Graph) -> Sequential:
    """Turn a graph into layers.

    Raises
    ------
    InputError
        If its paths do not meet again in the order in which they parted, or an operator is unknown.
    """
    folding = _Folding(who, graph)
    layers, last, _, met = folding.chain(graph.input, graph.input_shape, 0)
    if met is not None or last != graph.output:
        raise InputError(f"{who}: expected one way from input to output, got another graph; {_REMEDY}")
    if not layers:
        raise InputError(f"{who}: expected at least one layer, got none; export a network")
    network = Sequential(layers)
    network.output_shape(graph.input_shape)
    return network


_REMEDY = "sums, products and concatenations must join what parted before them"
_Path = tuple[dict[str, Layer], str, "Node | None"]
_Chain = tuple[dict[str, Layer], str, Shape, "Node | None"]


@dataclass
class _Folding:
    who: str
    graph: Graph
    users: dict[str, list[Node]] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for node in self.graph.nodes:
            for name in node.inputs:
                self.users.setdefault(name, []).append(node)

    def chain(self, value: str, shape: Shape, depth: int, first: Node | None = None) -> _Chain:
        """Follow a value until it meets others or ends: its layers, the last value, its shape, where it meets them."""
        layers: dict[str, Layer] = {}
        node, seen = first, {value}
        while True:
            if node is None:
                users = self.users.get(value, [])
                if not users:
                    return layers, value, shape, None
                if len(users) > 1:
                    if value == self.graph.output or depth >= _DEEPEST:
                        raise InputError(
                            f"{self.who}: expected paths that meet again, got {shown(value, 40)}; {_REMEDY}"
                        )
                    value, shape = self._block(layers, users, value, shape, depth)
                    continue
                node = users[0]
            if node.op in JOINS and len(node.inputs) > 1:
                return layers, value, shape, node
            shape = self._append(layers, node, shape)
            value, node = node.output, None
            if value in seen:
                raise InputError(f"{self.who}: expected a graph without circles, got one at {shown(value, 40)}")
            seen.add(value)

    def _append(self, layers: dict[str, Layer], node: Node, shape: Shape) -> Shape:
        """Add the layer of an operator with one input."""
        if node.op == "Add" and layers and add_bias(layers[next(reversed(layers))], node):
            return shape
        made = layer_of(self.who, node, shape)
        if made is None:
            return shape
        layers[self._name(made[0])] = made[1]
        out = made[1].output_shape(shape)
        if math.prod(out) > MOST_CELLS:
            raise InputError(
                f"{self.who}: expected at most {MOST_CELLS:,} cells behind a layer, got {node.op} with {out}"
            )
        return out

    def _block(
        self, layers: dict[str, Layer], users: list[Node], value: str, shape: Shape, depth: int
    ) -> tuple[str, Shape]:
        """Follow all paths from a fork; join those that meet, and go on, until one is left."""
        paths = []
        for user in users:
            inner, end, _, met = self.chain(value, shape, depth + 1, first=user)
            paths.append((inner, end, met))
        while True:
            join = self._meeting(value, paths)
            ends = {end: inner for inner, end, met in paths if met is join}
            kind, block = self._joined(join, [ends[end] for end in join.inputs])
            name = self._name(kind)
            try:
                out = block.output_shape(shape)
            except CnnvizError as error:
                raise InputError(f"{self.who}: {join.op} cannot be a layer: {error}") from None
            paths = [path for path in paths if path[2] is not join]
            if not paths:
                layers[name] = block
                return join.output, out
            inner, end, _, met = self.chain(join.output, out, depth + 1)
            paths.append(({name: block, **inner}, end, met))

    def _meeting(self, value: str, paths: list[_Path]) -> Node:
        """Find where paths meet and none from elsewhere."""
        for _, _, met in paths:
            if met is not None and sorted(met.inputs) == sorted(end for _, end, other in paths if other is met):
                return met
        raise InputError(f"{self.who}: expected paths that meet again, got {shown(value, 40)}; {_REMEDY}")

    def _joined(self, join: Node, paths: list[dict[str, Layer]]) -> tuple[str, Layer]:
        longer = sorted((path for path in paths if path), key=len, reverse=True)
        if join.op == "Concat" and join.attributes.get("axis", 1) in (1, -3):
            return "parallel", Parallel({f"branch{i + 1}": _sequence(path) for i, path in enumerate(paths)})
        if join.op in ("Add", "Sum") and len(paths) == 2 and longer:
            return "block", Residual(_sequence(longer[0]), _sequence(longer[1]) if len(longer) == 2 else None)
        if join.op == "Mul" and len(paths) == 2 and len(longer) == 1:
            only = list(longer[0].values())
            return (
                ("silu", SiLU())
                if len(only) == 1 and isinstance(only[0], Sigmoid)
                else ("gate", Gated(_sequence(longer[0])))
            )
        raise InputError(
            f"{self.who}: expected sums of two paths, gates or stacked channels, got {join.op} of {len(paths)}"
        )

    def _name(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{kind}{self.numbers[kind]}"


def _sequence(layers: Mapping[str, Layer]) -> Layer:
    """Put a path into one layer; an empty one passes its input on."""
    return Sequential(layers) if layers else Sequential({"same": Same()})


class Same(Plain):
    """Pass on what comes in."""

    def compute(self, x: Floats) -> Floats:
        """Return the input."""
        return x

    def pull(self, dy: Floats, x: Floats) -> Pulled:  # noqa: ARG002
        """Return the gradient."""
        return dy, {}
