"""A graph as layers: chains, blocks between a fork and where its paths meet again, and wired ones for all else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn.activation import Sigmoid, SiLU
from cnnviz.nn.branch import Gated, Parallel, Residual
from cnnviz.nn.graph import Graph as Wired
from cnnviz.nn.layer import Layer
from cnnviz.nn.merge import Elementwise, Merge
from cnnviz.nn.onnx_import.node import Graph, Node
from cnnviz.nn.onnx_import.operators import add_bias, constants, joins, layers_of, merge_of
from cnnviz.nn.onnx_import.response import response_norm
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.shaping import Same

_DEEPEST = 50  # blocks inside blocks


def fold(who: str, graph: Graph) -> Sequential:
    """Turn a graph into layers.

    Raises
    ------
    InputError
        If no layer stands for an operator.
    """
    layers = _Folding(who).chain(graph.nodes, graph.input, 0)
    if not layers:
        raise InputError(f"{who}: expected at least one layer, got none; export a network")
    network = Sequential(layers)
    try:
        network.output_shape(graph.input_shape)
    except CnnvizError as error:
        raise InputError(f"{who}: the layers do not fit each other: {error}") from None
    return network


@dataclass
class _Folding:
    who: str
    numbers: Counter[str] = field(default_factory=Counter)

    def chain(self, nodes: Sequence[Node], start: str, depth: int) -> dict[str, Layer]:
        """Turn operators between a value and the last of them into layers one after the other."""
        layers: dict[str, Layer] = {}
        last: Node | None = None
        for region in _regions(nodes, start):
            only = region[0] if len(region) == 1 else None
            if only is None or joins(only):
                block = self._block(region, start, depth)
                layers[self._name(block[0])] = block[1]
            elif not (last is not None and layers and add_bias(layers[next(reversed(layers))], only)):
                layers.update((self._name(word), layer) for word, layer in layers_of(self.who, only))
            last, start = only, region[-1].output
        return layers

    def _block(self, region: Sequence[Node], start: str, depth: int) -> tuple[str, Layer]:
        """Turn operators that fork at a value and meet in the last of them into one layer."""
        *inner, join = region
        paths = _paths(inner, join, start)
        if paths is not None and depth < _DEEPEST and not join.weights:
            if join.op == "Concat" and join.attributes.get("axis", 1) % (len(join.shape) + 1) == 1:
                merge_of(self.who, join)
                branches = {f"branch{i + 1}": self._path(path, start, depth) for i, path in enumerate(paths)}
                return "parallel", Parallel(branches)
            if len(paths) == 2 and any(paths):
                longer = sorted(paths, key=len, reverse=True)
                alike = join.shapes[0] == join.shapes[1]
                if join.op in ("Add", "Sum") and alike:
                    shortcut = self._path(longer[1], start, depth) if longer[1] else None
                    return "block", Residual(self._path(longer[0], start, depth), shortcut)
                if join.op == "Mul" and not longer[1] and join.shapes[paths.index([])] == join.shape:
                    return self._gate(self.chain(longer[0], start, depth + 1), join.shapes)
        wired = self._wired(region, start)
        known = response_norm(region, wired)
        return ("graph", wired) if known is None else ("lrn", known)

    def _gate(self, layers: dict[str, Layer], shapes: Sequence[tuple[int, ...]]) -> tuple[str, Layer]:
        only = list(layers.values())
        if len(only) == 1 and isinstance(only[0], Sigmoid):
            return "silu", SiLU()
        if len(shapes[0]) != len(shapes[1]):
            return "graph", self._spread(layers)
        return "gate", Gated(_sequence(layers))

    def _spread(self, layers: dict[str, Layer]) -> Layer:
        return Wired({"gate": (_sequence(layers), [""]), "multiply": (Elementwise("multiply"), ["", "gate"])})

    def _path(self, nodes: Sequence[Node], start: str, depth: int) -> Layer:
        return _sequence(self.chain(nodes, start, depth + 1))

    def _wired(self, region: Sequence[Node], start: str) -> Layer:
        """Wire operators as the file does."""
        steps: dict[str, tuple[Layer | Merge, list[str]]] = {}
        sources = {start: ""}
        for node in region:
            given = [sources[name] for name in node.inputs]
            if joins(node):
                word, merge = merge_of(self.who, node)
                operands = dict(zip(node.slots, given, strict=True))
                for slot, fixed in constants(node).items():
                    operands[slot] = name = self._name("fixed")
                    steps[name] = (fixed, [""])
                given = [operands[slot] for slot in sorted(operands)]
                sources[node.output] = name = self._name(word)
                steps[name] = (merge, given)
                continue
            before = given[0]
            for word, layer in layers_of(self.who, node):
                name = self._name(word)
                steps[name] = (layer, [before])
                before = name
            sources[node.output] = before
        if sources[region[-1].output] != next(reversed(steps), ""):  # what ends the region changed nothing
            steps["end"] = (Same(), [sources[region[-1].output]])
        return Wired(steps)

    def _name(self, kind: str) -> str:
        self.numbers[kind] += 1
        return f"{kind}{self.numbers[kind]}"


def _regions(nodes: Sequence[Node], start: str) -> list[list[Node]]:
    """Cut operators wherever all that comes later takes one value alone, the last one."""
    last_use = {name: place for place, node in enumerate(nodes) for name in node.inputs}
    regions: list[list[Node]] = []
    region: list[Node] = []
    alive = {start}
    for place, node in enumerate(nodes):
        region.append(node)
        alive.add(node.output)
        alive -= {name for name in node.inputs if last_use[name] <= place}
        if alive == {node.output}:
            regions.append(region)
            region = []
    return regions + ([region] if region else [])


def _paths(inner: Sequence[Node], join: Node, start: str) -> list[list[Node]] | None:
    """Part operators into the paths that end in each input of the last; None where paths share some."""
    if len(set(join.inputs)) != len(join.inputs):
        return None
    makers = {node.output: place for place, node in enumerate(inner)}
    owner: dict[int, int] = {}
    for path, end in enumerate(join.inputs):
        todo = [end]
        while todo:
            name = todo.pop()
            if name == start:
                continue
            place = makers[name]
            if owner.setdefault(place, path) != path:
                return None
            if not inner[place].inputs:
                return None
            todo.extend(source for source in inner[place].inputs if owner.get(makers.get(source, -1)) != path)
    return [[inner[place] for place in sorted(owner) if owner[place] == path] for path in range(len(join.inputs))]


def _sequence(layers: Mapping[str, Layer]) -> Layer:
    """Put a path into one layer; an empty one passes its input on."""
    return Sequential(layers) if layers else Sequential({"same": Same()})
