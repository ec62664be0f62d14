"""Networks built again from what `Layer.recipe` said of them: kinds that are known here, and plain numbers."""

from __future__ import annotations

from typing import Any

from cnnviz.errors import CnnvizError, InputError
from cnnviz.nn import (
    activation,
    arithmetic,
    branch,
    capsule,
    conv,
    cutting,
    dense,
    dropout,
    merge,
    norm,
    pointwise,
    pool,
    reduce,
    resize,
    shaping,
)
from cnnviz.nn.graph import Graph
from cnnviz.nn.layer import Layer
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.zoo import lenet

_MODULES = (
    activation,
    arithmetic,
    branch,
    capsule,
    conv,
    cutting,
    dense,
    dropout,
    merge,
    norm,
    pointwise,
    pool,
    reduce,
    resize,
    shaping,
    lenet,
)
KINDS: dict[str, Any] = {
    name: kind
    for module in _MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Layer | merge.Merge) and kind.__module__ == module.__name__
}
"""What a file may ask for, by name."""
MOST_LAYERS = 10_000
_DEEPEST = 100


def build(who: str, recipe: Any) -> Sequential:
    """Build a network; it has no weights yet.

    Raises
    ------
    InputError
        If the recipe is none, asks for an unknown kind, or for what this kind does not take.

    Examples
    --------
    >>> network = Sequential(conv.Conv2d(1, 4, 3), activation.ReLU())
    >>> build("load", network.recipe()).output_shape((1, 8, 8))
    (4, 6, 6)
    """
    builder = _Builder(MOST_LAYERS)
    try:
        network = builder.layer(recipe, 0)
    except CnnvizError as error:
        raise InputError(f"{who}: expected a network that can be built, got one whose {error}") from None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise InputError(f"{who}: expected a description of a network, got something else; save it again") from None
    return network if isinstance(network, Sequential) else Sequential(network)


class _Builder:
    def __init__(self, left: int) -> None:
        self.left = left

    def layer(self, recipe: Any, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            raise ValueError
        options = dict(recipe)
        kind = options.pop("kind")
        if kind in ("Sequential", "Graph", "Parallel", "Residual", "Gated"):
            layers = {str(name): self.layer(inner, depth + 1) for name, inner in options["layers"].items()}
            if kind == "Sequential":
                return Sequential(layers)
            if kind == "Graph":
                return Graph({name: (layer, options["sources"][name]) for name, layer in layers.items()})
            return branch.Parallel(layers) if kind == "Parallel" else KINDS[kind](**layers)
        made: Any = KINDS[kind](**{name: _tuples(value) for name, value in options.items()})
        return made


def _tuples(value: Any) -> Any:
    """Give lists back as tuples, as they were."""
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
