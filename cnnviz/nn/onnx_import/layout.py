"""Channels in front: transpositions between channels last and channels first, taken out where they undo each other.

Files of Keras and TensorFlow put channels last and turn every convolution around. Here a transposition waits: operators
that work on each cell for itself change places with it, with their constants turned, until another one undoes it, or an
operator needs it done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cnnviz.nn.layer import Shape
from cnnviz.nn.onnx_import.file import Array
from cnnviz.nn.onnx_import.node import COPIES, Graph, Node
from cnnviz.nn.onnx_import.pointwise import POINTWISE

_EACH_CELL = frozenset(POINTWISE) - {"Softmax", "LogSoftmax"} | frozenset(COPIES)


@dataclass(frozen=True)
class _Waiting:
    """A value that is another one with its axes in this order, counted with the N in front."""

    source: str
    order: tuple[int, ...]
    shape: Shape
    """Of the source."""


def channels_first(graph: Graph) -> Graph:
    """Take out transpositions that undo each other."""
    layout = _Layout()
    for node in graph.nodes:
        layout.take(node)
    layout.do(graph.output)
    return replace(graph, nodes=tuple(layout.nodes))


class _Layout:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.waiting: dict[str, _Waiting] = {}

    def take(self, node: Node) -> None:
        """Take one operator, after or before what waits."""
        orders = {self._order(name, shape) for name, shape in zip(node.inputs, node.shapes, strict=True)}
        order = next(iter(orders))
        if node.op == "Transpose" and len(orders) == 1:
            dims = tuple(node.attributes.get("perm", range(len(node.shape) + 1)[::-1]))
            if dims[0] == 0:
                self._wait(node, tuple(order[axis - 1] for axis in dims[1:]))
                return
        if node.op in _EACH_CELL and len(orders) == 1 and order != _plain(order) and _turns(node, len(order)):
            self._swap(node, order)
            return
        for name in node.inputs:
            self.do(name)
        self.nodes.append(node)

    def do(self, name: str) -> None:
        """Do what waits for a value."""
        waiting = self.waiting.pop(name, None)
        if waiting is None:
            return
        shape = tuple(waiting.shape[axis - 1] for axis in waiting.order)
        given = {"perm": (0, *waiting.order)}
        self.nodes.append(Node("", "Transpose", (waiting.source,), {}, given, name, (waiting.shape,), shape))

    def _order(self, name: str, shape: Shape) -> tuple[int, ...]:
        waiting = self.waiting.get(name)
        return _plain(shape) if waiting is None else waiting.order

    def _wait(self, node: Node, order: tuple[int, ...]) -> None:
        before = self.waiting.get(node.inputs[0])
        source, shape = (before.source, before.shape) if before else (node.inputs[0], node.shapes[0])
        if order == _plain(order):  # undone: the very same value under another name
            self.nodes.append(replace(node, op="Identity", inputs=(source,), attributes={}, shapes=(shape,)))
        else:
            self.waiting[node.output] = _Waiting(source, order, shape)

    def _swap(self, node: Node, order: tuple[int, ...]) -> None:
        """Let an operator work before what waits, on cells in the order of the source."""
        back = sorted(range(len(order)), key=order.__getitem__)
        turned = tuple(node.shape[axis] for axis in back)
        sources = [self.waiting[name] for name in node.inputs]
        weights = {slot: _turned(node, value, back) for slot, value in node.weights.items()}
        inner = f"{node.output}~"
        self.nodes.append(
            replace(
                node,
                inputs=tuple(each.source for each in sources),
                weights=weights,
                output=inner,
                shapes=tuple(each.shape for each in sources),
                shape=turned,
            )
        )
        self.waiting[node.output] = _Waiting(inner, order, turned)


def _turns(node: Node, axes: int) -> bool:
    """Say whether an operator keeps the axes, and its constants can be turned."""
    fit = all(value.ndim <= axes or len(value) == 1 for value in node.weights.values())
    return fit and len(node.shape) == axes == len(node.shapes[0])


def _turned(node: Node, value: Array, back: Sequence[int]) -> Array:
    if value.size <= 1:
        return value
    own = node.for_one(value, len(back) + 1)
    return own.reshape((1,) * (len(back) - own.ndim) + own.shape).transpose(back)


def _plain(axes: Sequence[int]) -> tuple[int, ...]:
    return tuple(range(1, len(axes) + 1))
