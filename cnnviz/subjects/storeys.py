"""The storeys of a network that is drawn as a tower: what the layers make that multiply, on the longest way through."""

from __future__ import annotations

from cnnviz.nn import Layer
from cnnviz.nn.branch import Branches
from cnnviz.nn.graph import Graph
from cnnviz.subjects.network import KnownNetwork

Shape = tuple[int, ...]


def storeys(known: KnownNetwork) -> list[tuple[int, int]]:
    """List the maps of each of these layers, and how many rows they have; a dense layer's numbers have one.

    Examples
    --------
    >>> from cnnviz.subjects.network import NetworkKind
    >>> storeys(NetworkKind().read("network", "lenet5"))
    [(6, 28), (16, 10), (120, 1), (84, 1), (10, 1)]
    """
    return [(shape[0], shape[1] if len(shape) > 1 else 1) for shape in _way(known.network, known.input)]


def _way(layer: Layer, shape: Shape) -> list[Shape]:
    """List what the layers that multiply make on the longest way through."""
    children = layer.children()
    if not children or isinstance(layer, Graph):
        return [layer.output_shape(shape)] * (layer.macs(shape) > 0)
    if isinstance(layer, Branches):
        return max((_way(branch, shape) for branch in children.values()), key=len)
    made = []
    for child in children.values():
        made += _way(child, shape)
        shape = child.output_shape(shape)
    return made
