"""What happened in a network: every number on the way forward, every gradient on the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np

from cnnviz._checks import Floats
from cnnviz.errors import OptionError

Node = TypeVar("Node", "Record", "Gradients")


class Reversible(Protocol):
    """What a record is of: something that brings gradients back through it, as every layer does."""

    def backward(self, dy: Floats, record: Record, /) -> Gradients:
        """Bring the gradient of the output back."""
        ...


class Run:
    """How one pass forward is made; ``tell`` is told the name of each layer before it computes."""

    def __init__(
        self, *, training: bool = False, seed: int = 0, keep: bool = False, tell: Callable[[str], None] | None = None
    ) -> None:
        self.training = training
        self.keep = keep
        self.tell = tell
        self._seed = seed
        self._generator: np.random.Generator | None = None

    def next_seed(self) -> int:
        """Draw a seed for a layer that needs chance, another one each time."""
        if self._generator is None:
            self._generator = np.random.default_rng(self._seed)
        return int(self._generator.integers(2**62))


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What went into a layer and what came out, and the same for the layers inside it.

    ``record["conv1"]`` is the record of a layer by its name, ``record["block.conv1"]`` of one further inside; iterating
    goes through the layers inside in the order they ran.
    """

    name: str
    layer: Reversible
    input: Floats
    output: Floats
    inside: tuple[Record, ...] = ()
    saved: Any = None
    """What else the layer needs on the way back."""

    def __iter__(self) -> Iterator[Record]:
        return iter(self.inside)

    def __getitem__(self, name: str) -> Record:
        return _find(self, name)


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """The gradient of one number with respect to what went into a layer, its parameters and what came out.

    ``gradients["conv1"]`` is that of a layer by its name, as for `Record`.
    """

    name: str
    output: Floats
    input: Floats
    own: Mapping[str, Floats] = field(default_factory=dict)
    """By the name of the parameter of this layer itself."""
    inside: tuple[Gradients, ...] = ()

    def __iter__(self) -> Iterator[Gradients]:
        return iter(self.inside)

    def __getitem__(self, name: str) -> Gradients:
        return _find(self, name)

    def parameters(self, path: str = "") -> dict[str, Floats]:
        """Collect the gradients of all parameters by their full names, such as ``block.conv1.weight``."""
        found = {path + name: value for name, value in self.own.items()}
        for child in self.inside:
            found.update(child.parameters(f"{path}{child.name}."))
        return found


def _find(node: Node, name: str) -> Node:
    first, _, rest = name.partition(".")
    for child in node.inside:
        if child.name == first:
            return _find(child, rest) if rest else child
    known = ", ".join(child.name for child in node.inside) or "none"
    raise OptionError(f"{node.name or 'network'}: expected the name of a layer ({known}), got {name!r}; choose one")
