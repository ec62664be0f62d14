"""The network of a subject: a name of the zoo, one line of notation, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.nn import Sequential, in_one_row, load, zoo


@dataclass(frozen=True, eq=False)
class KnownNetwork:
    """A network, what it is called, and the shape of one example that it reads."""

    name: str
    input: tuple[int, ...]
    network: Sequential
    is_laid: bool = False
    """Whether it reads sequences and was made one for pictures of one row."""

    @property
    def is_row(self) -> bool:
        """Whether it reads one row: a sequence."""
        return len(self.input) == 3 and self.input[1] == 1

    @property
    def reads(self) -> tuple[int, ...]:
        """The shape of one example as its maker knows it."""
        return self.told(self.input)

    def told(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Return a shape inside as its maker knows it: a sequence without the row that it was given."""
        return (shape[0], shape[2]) if self.is_laid and len(shape) == 3 and shape[1] == 1 else shape

    def laid(self) -> KnownNetwork:
        """Return a network for sequences as one for pictures of one row, any other as it is.

        >>> known = NetworkKind().read("network", "1x28x28 > conv 8 k3")
        >>> known.laid() is known
        True
        """
        if len(self.input) != 2:
            return self
        row = in_one_row(self.network)
        return KnownNetwork(self.name, (self.input[0], 1, self.input[1]), row, is_laid=True)


@dataclass(frozen=True)
class NetworkKind:
    """A network: what `cnnviz.nn.load` finds, builds or reads, or one that is there already.

    Examples
    --------
    >>> known = NetworkKind().read("network", "1x28x28 > conv 8 k3 > pool 2")
    >>> known.name, known.input
    ('your network', (1, 28, 28))
    """

    metavar: str = "NAME|LAYERS|FILE"

    def read(self, name: str, value: Any) -> KnownNetwork:
        """Find, build or load it."""
        if isinstance(value, KnownNetwork):
            return value
        if isinstance(value, Sequential):
            network, called = value, "your network"
        elif isinstance(value, str | Path):
            network, called = load(value, who=name), short_name(str(value))
        else:
            raise OptionError(
                f"{name}: expected a network by name, as a line of layers or as a file, got {type(value).__name__}"
            )
        if network.input_shape is None:
            raise OptionError(
                f"{name}: expected a network that says the shape of its input, got none; set its input_shape"
            )
        return KnownNetwork(called, network.input_shape, network)

    def offers(self) -> tuple[str, ...]:
        """Offer the zoo."""
        return zoo.names()


@dataclass(frozen=True)
class PictureNetworkKind(NetworkKind):
    """A network for pictures; one for sequences is one for pictures of one row."""

    def read(self, name: str, value: Any) -> KnownNetwork:
        """Find, build or load it."""
        return super().read(name, value).laid()


def short_name(text: str) -> str:
    """Give a short name to what was typed for a network.

    >>> short_name("nets/Mine.onnx"), short_name("ResNet18"), short_name("1x8x8 > conv 2")
    ('Mine', 'resnet18', 'your network')
    """
    if ">" in text:
        return "your network"
    return Path(text).stem if Path(text).suffix else text.lower().replace("_", "-")
