"""Two networks counted layer by layer, and what one convolution would cost as a dense layer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from cnnviz.engine import parameter_count, receptive_field
from cnnviz.engine.receptive_field import Size
from cnnviz.nn import Conv2d, Layer, Linear
from cnnviz.subjects.blueprint import Part, parts_of
from cnnviz.subjects.compared import TITLES
from cnnviz.subjects.kinds import Many
from cnnviz.subjects.network import KnownNetwork, NetworkKind
from cnnviz.subjects.option import Option, Subject

NAMES = {"dense": "Dense network", "cnn": "CNN", **TITLES}
MOST = 8  # parts of each
SAME = ("First network", "Second network")
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """A network as its summary has it.

    Attributes
    ----------
    name : str
        What it is called.
    parts : tuple of Part
        The first is what goes in.
    factors : tuple of tuple of int
        What is multiplied for the weights of a part, then its biases; empty where there is more than one layer.
    """

    name: str
    parts: tuple[Part, ...]
    factors: tuple[tuple[int, ...], ...]

    @property
    def parameters(self) -> list[int]:
        """Numbers to learn, part by part."""
        return [part.parameters for part in self.parts]

    @property
    def macs(self) -> list[int]:
        """Multiply-and-add steps for one example, part by part."""
        return [part.macs for part in self.parts]

    @property
    def costly(self) -> list[int]:
        """The parts that have parameters."""
        return [index for index, part in enumerate(self.parts) if part.parameters]

    def sum_of(self, index: int) -> str:
        """Write how the parameters of a part come about: ``784 × 128 + 128``."""
        if not self.factors[index]:
            return ""
        product = self.factors[index][:-1]
        more = self.parameters[index] - prod(product)  # biases, and what a norm behind it learns
        return " × ".join(f"{factor:,}" for factor in product) + (f" + {more:,}" if more else "")


@dataclass(frozen=True)
class Fair:
    """One convolution, and layers of other kinds between maps of the same shapes.

    Attributes
    ----------
    part : int
        Which part of its network it is.
    before, after : tuple of int
        The shapes (C, H, W).
    counts : (int, int, int)
        Parameters of a dense layer, of one with its own weights at each place, and of the convolution.
    kernel : (int, int)
        Rows and columns.
    start, jump, field : (int, int)
        The first row and column that the first place sees, how far it is to those of the next, and how many they are.
    """

    part: int
    before: Shape
    after: Shape
    counts: tuple[int, int, int]
    kernel: tuple[int, ...] = (3, 3)
    start: tuple[int, ...] = (0, 0)
    jump: tuple[int, ...] = (1, 1)
    field: tuple[int, ...] = (3, 3)

    @property
    def products(self) -> list[str]:
        """How the counts come about: what each number, or each filter, has, times how many there are of them.

        >>> Fair(3, (32, 13, 13), (64, 11, 11), (41887296, 2238016, 18496)).products
        ['5,409 × 64 × 11 × 11', '289 × 64 × 11 × 11', '289 × 64']
        """
        many = self.after, self.after, self.after[:1]
        return [" × ".join([f"{each:,}", *map(str, shape)]) for each, shape in zip(self._each, many, strict=True)]

    @property
    def weights(self) -> list[str]:
        """How many weights each of them has, and its bias.

        >>> Fair(3, (32, 13, 13), (64, 11, 11), (41887296, 2238016, 18496)).weights
        ['32 × 13 × 13 + 1 = 5,409', '32 × 3 × 3 + 1 = 289', '32 × 3 × 3 + 1 = 289']
        """
        seen = self.before, (self.before[0], *self.kernel), (self.before[0], *self.kernel)
        return [
            " × ".join(map(str, shape)) + (f" + {each - prod(shape)}" if each > prod(shape) else "") + f" = {each:,}"
            for shape, each in zip(seen, self._each, strict=True)
        ]

    def window(self, place: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the first row and column that a place sees, without padding, and how many of each.

        >>> Fair(3, (32, 13, 13), (64, 11, 11), (41887296, 2238016, 18496)).window((5, 5))
        ((5, 5), (3, 3))
        """
        ends = []
        for at, start, jump, size, most in zip(place, self.start, self.jump, self.field, self.before[1:], strict=True):
            first = start + at * jump
            ends.append((max(first, 0), min(first + size, most)))
        (top, low), (left, right) = ends
        return (top, left), (max(low - top, 1), max(right - left, 1))

    @property
    def _each(self) -> list[int]:
        many = prod(self.after), prod(self.after), self.after[0]
        return [count // units for count, units in zip(self.counts, many, strict=True)]


class Summaries(Subject):
    """Two networks side by side.

    Attributes
    ----------
    is_usual : bool
        Whether these are the dense network and the CNN of the lecture.
    read : (Read, Read)
    totals, macs : (int, int)
        Parameters and multiply-and-add steps of each.
    fair : Fair or None
        Of the second network the convolution that would cost most as a dense layer; None if it has none.

    Examples
    --------
    >>> both = Summaries()
    >>> both.totals, both.read[0].sum_of(1)
    ((109386, 93322), '784 × 128 + 128')
    >>> both.fair.counts
    (41887296, 2238016, 18496)
    """

    networks = Option(Many(NetworkKind(), least=2, most=2, separator=";"), ("dense", "cnn"), "Two networks.")

    def prepare(self) -> None:
        """Read both."""
        names = tuple(known.name for known in self.networks)
        self.is_usual = names == type(self).options["networks"].default
        called = SAME if names[0] == names[1] else [NAMES.get(name, name) for name in names]
        self.read = tuple(_read(*pair) for pair in zip(called, self.networks, strict=True))
        self.totals = _two(sum(each.parameters) for each in self.read)
        self.macs = _two(sum(each.macs) for each in self.read)
        self.fair = _fair(self.networks[1], self.read[1].parts)

    @property
    def arithmetic(self) -> list[str]:
        """The lines of arithmetic that there are to write, about as wide as they will be."""
        pairs = [self.totals, self.macs]
        sums = [f"{net.sum_of(i)} = {net.parameters[i]:,}" for net in self.read for i in net.costly]
        quotients = [(max(pair), min(pair)) for pair in pairs]
        return sums + [f"{more:,} / {less:,} ≈ {times(more, less):,.1f}" for more, less in quotients]

    @staticmethod
    def compare(counts: Sequence[int]) -> tuple[int, float]:
        """Return which of two counts is larger, and how many times the other one it is.

        >>> Summaries.compare((50, 200))
        (1, 4.0)
        """
        more = int(counts[1] > counts[0])
        return more, times(counts[more], counts[1 - more])


def times(more: int, less: int) -> float:
    """Return how many times as many; of thousands, the nearest whole number.

    >>> times(3, 2), times(41887296, 18496)
    (1.5, 2265)
    """
    ratio = more / max(less, 1)
    return round(ratio) if ratio >= 1000 else ratio


def _two(counts: Iterator[int]) -> tuple[int, int]:
    first, second = counts
    return first, second


def _read(name: str, known: KnownNetwork) -> Read:
    parts, layers = parts_of(known, "networks", MOST), known.network.children()
    alone = [layers.get(part.layer) if part.times == 1 else None for part in parts]
    return Read(name, parts, tuple(_factors(layer) for layer in alone))


def _factors(layer: Layer | None) -> tuple[int, ...]:
    """Return the factors of the weights, and how many biases there are."""
    if not isinstance(layer, Linear | Conv2d):
        return ()
    units, inputs, *kernel = layer.parameters()["weight"].shape
    return *kernel, inputs, units, layer.parameter_count - prod(kernel) * inputs * units


def _fair(known: KnownNetwork, parts: Sequence[Part]) -> Fair | None:
    found, shape = [], known.input
    places = {part.layer: index for index, part in enumerate(parts) if part.times == 1}
    for name, layer in known.network.children().items():
        before, shape = shape, layer.output_shape(shape)
        if isinstance(layer, Conv2d) and layer.groups == 1 and name in places:
            local = parameter_count(before[0], shape[0], layer.kernel_size, positions=shape[1:])
            counts = parameter_count(prod(before), prod(shape)), local, layer.parameter_count
            seen = receptive_field(layer.layer_specs())[-1]
            field = map(_pair, (seen.start, seen.jump, seen.size))
            found.append(Fair(places[name], before, shape, counts, layer.kernel_size, *field))
    return max(found, key=lambda fair: fair.counts[0], default=None)


def _pair(size: Size) -> tuple[int, int]:
    rows, columns = size if isinstance(size, tuple) else (size, size)
    return int(rows), int(columns)
