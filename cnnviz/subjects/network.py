"""The network of a subject: a name of the zoo, one line of notation, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.nn import Sequential, parse_network, zoo
from cnnviz.nn.onnx_import import read_onnx


@dataclass(frozen=True, eq=False)
class KnownNetwork:
    """A network, what it is called, and the shape of one example that it reads."""

    name: str
    input: tuple[int, ...]
    network: Sequential


@dataclass(frozen=True)
class NetworkKind:
    """A network: a name such as ``vgg16``, one line as for ``cnnviz shapes``, or an ``.onnx`` file.

    Examples
    --------
    >>> known = NetworkKind().read("network", "1x28x28 > conv 8 k3 > pool 2")
    >>> known.name, known.input
    ('your network', (1, 28, 28))
    """

    metavar: str = "NAME|LAYERS|FILE"

    def read(self, name: str, value: Any) -> KnownNetwork:
        """Find, parse or load it."""
        if isinstance(value, KnownNetwork):
            return value
        if not isinstance(value, str | Path):
            raise OptionError(
                f"{name}: expected a network by name, as a line of layers or as a file, got {type(value).__name__}"
            )
        text = str(value)
        if text.endswith(".onnx"):
            network, shape = read_onnx(text, who=name)
            return KnownNetwork(Path(text).stem, shape, network)
        if ">" in text:
            return KnownNetwork("your network", *parse_network(text))
        entry = zoo.find(name, text)
        return KnownNetwork(text.lower().replace("_", "-"), entry.input, entry.build())

    def offers(self) -> tuple[str, ...]:
        """Offer the zoo."""
        return zoo.names()
