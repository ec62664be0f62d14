"""What a lesson on receptive fields is about: the layers of a network that look through windows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Picture
from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.errors import InputError, OptionError
from cnnviz.nn import AvgPool2d, Conv2d, Layer, MaxPool2d, Sequential
from cnnviz.nn.field import Field as Sees
from cnnviz.subjects.few import evenly
from cnnviz.subjects.network import KnownNetwork, PictureNetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import LARGEST_SIDE, PictureKind, subject_picture
from cnnviz.subjects.seen import read_by, shown_by

MOST_LAYERS, LONGEST_SIDE = 100, 512
_FEW = 3  # cells along a window that look down one by one
MOST_SHOWN = 6  # layers above the input that are drawn
KINDS: dict[type[Layer], str] = {Conv2d: "conv", MaxPool2d: "max pool", AvgPool2d: "avg pool"}
WHO = "receptive-field"
LECTURE = (
    "1x28x28 > conv 8 k3 > conv 8 k3 > conv 8 k3",
    "1x28x28 > conv 32 k3 > pool 2 > conv 64 k3 > pool 2 > conv 64 k3",
)
"""Windows that only slide, and windows with pooling between."""


@dataclass(frozen=True)
class Level:
    """The input, or a layer with windows: its cells, what each sees of the input, and where the first begins.

    Sizes are pairs, rows before columns.
    """

    name: str
    shape: tuple[int, int]
    size: tuple[int, int]
    jump: tuple[int, int]
    start: tuple[int, int]
    window: LayerSpec
    """Of the layer alone."""

    @property
    def kernel(self) -> int:
        """Cells of the window along a row."""
        return _pair(self.window.kernel_size)[1]

    @property
    def stride(self) -> int:
        """How far the window moves along a row."""
        return self.kernel if self.window.stride is None else _pair(self.window.stride)[1]

    @property
    def dilation(self) -> int:
        """The distance of the window's cells along a row."""
        return _pair(self.window.dilation)[1]

    def field(self, cell: tuple[int, int]) -> tuple[range, range]:
        """Return the rows and the columns of the input that a cell sees, those in the padding included."""
        rows, columns = (
            range(start + at * jump, start + at * jump + size)
            for at, size, jump, start in zip(cell, self.size, self.jump, self.start, strict=True)
        )
        return rows, columns


@dataclass(frozen=True)
class Sight:
    """A picture and the levels of a network, the input first.

    Examples
    --------
    >>> subject = Field("1x28x28 > conv 32 k3 > relu > pool 2 > conv 64 k3 > flatten > dense 10").sights[0]
    >>> [(level.name, level.size[1], level.jump[1]) for level in subject.levels]
    [('input', 1, 1), ('conv 3 × 3', 3, 1), ('max pool 2 × 2', 4, 2), ('conv 3 × 3', 8, 2)]
    >>> [sorted(cells) for cells in subject.seen(2, 5, axis=1)]
    [[10, 11, 12, 13], [10, 11], [5]]
    """

    picture: Picture
    levels: tuple[Level, ...]

    @property
    def is_row(self) -> bool:
        """Whether the picture is a sequence."""
        return self.levels[0].shape[0] == 1

    @property
    def shown(self) -> tuple[int, ...]:
        """The levels that are drawn: all of few; of many those after which neighbors are further apart, and the last.

        >>> Field("1x40x40" + " > conv 2 > conv 2 > pool 2" * 3).sights[0].shown
        (0, 3, 6, 9)
        """
        last = len(self.levels) - 1
        if last <= MOST_SHOWN:
            return tuple(range(last + 1))
        chosen = [index for index in range(1, last) if self.levels[index].stride > 1] + [last]
        if not 2 < len(chosen) <= MOST_SHOWN:
            pool = chosen if len(chosen) > 2 else range(1, last + 1)
            chosen = evenly(pool, MOST_SHOWN)
        return (0, *chosen)

    def skips(self, index: int) -> bool:
        """Tell whether levels are left out below one that is drawn, by its place among those."""
        return index > 0 and self.shown[index] - self.shown[index - 1] > 1

    @property
    def neuron(self) -> tuple[int, int]:
        """The cell in the middle of the last level."""
        rows, columns = self.levels[-1].shape
        return rows // 2, columns // 2

    def place(self, level: int) -> tuple[int, int]:
        """Return a cell of a level that is in the middle of what the deep neuron sees there."""
        return self._middle(level, 0), self._middle(level, 1)

    def seen(self, level: int, cell: int, axis: int) -> list[frozenset[int]]:
        """Say for each level up to this one which of its rows or columns a cell sees, as far as they are there."""
        sets = [frozenset({cell})]
        for upper, lower in zip(self.levels[level:0:-1], self.levels[level - 1 :: -1], strict=False):
            (alone,) = receptive_field([upper.window])
            jump, start = _pair(alone.jump)[axis], _pair(alone.start)[axis]
            taps, apart = _pair(upper.window.kernel_size)[axis], _pair(upper.window.dilation)[axis]
            reach = [tap * apart + start for tap in range(taps)]
            cells = {one * jump + offset for one in sets[-1] for offset in reach}
            sets.append(frozenset(one for one in cells if 0 <= one < lower.shape[axis]))
        return sets[::-1]

    def spans(self, level: int) -> list[tuple[frozenset[int], frozenset[int]]]:
        """Say for each level up to this one which rows and columns the neuron in the middle is made of."""
        rows, columns = (self.seen(level, cell, axis) for axis, cell in enumerate(self.place(level)))
        return list(zip(rows, columns, strict=True))

    def looks(self, index: int) -> list[list[tuple[frozenset[int], frozenset[int]]]]:
        """Say what each cell in the window of the middle neuron sees, of a large window those in its corners.

        ``index`` is the place of the neuron's level among those that are drawn. There are none where levels are left
        out below it.

        >>> sight = Field("1x9x9 > conv 1 k3 > conv 1 k2").sights[0]
        >>> [[sorted(rows) for rows, _ in look] for look in sight.looks(2)][::3]
        [[[3, 4, 5], [3]], [[4, 5, 6], [4]]]
        """
        if self.skips(index):
            return []
        level = self.shown[index - 1]
        rows, columns = (
            sorted(cells) if len(cells) <= _FEW else [min(cells), max(cells)]
            for cells in self.spans(self.shown[index])[level]
        )
        ways = ((self.seen(level, row, 0), self.seen(level, column, 1)) for row in rows for column in columns)
        return [[(down[each], across[each]) for each in self.shown[:index]] for down, across in ways]

    def offset(self, level: int) -> tuple[float, float]:
        """Return how far down and right the middle of a level is from that of the input, in cells of the input.

        >>> Field("1x9x9 > pool 2").sights[0].offset(1)
        (-0.5, -0.5)
        """
        down, across = (
            start + (cells - 1) / 2 * jump + size / 2 - whole / 2
            for start, cells, jump, size, whole in zip(
                *(getattr(self.levels[level], name) for name in ("start", "shape", "jump", "size")),
                self.levels[0].shape,
                strict=True,
            )
        )
        return down, across

    def values(self, level: int) -> NDArray[np.floating]:
        """Return what a level's sheet shows: the picture in the input's cells, ones for a layer."""
        rows, columns = self.levels[level].shape
        if level:
            return np.ones((rows, columns))
        gray = self.picture.values[0]
        i, j = (np.arange(side) * have // side for side, have in zip((rows, columns), gray.shape, strict=True))
        shown: NDArray[np.floating] = gray[np.ix_(i, j)]
        return shown

    def _middle(self, level: int, axis: int) -> int:
        specs = [upper.window for upper in self.levels[level + 1 :]]
        cell = self.neuron[axis]
        if not specs:
            return cell
        last = receptive_field(specs)[-1]
        size, jump, start = (_pair(value)[axis] for value in (last.size, last.jump, last.start))
        middle = start + cell * jump + (size - 1) // 2
        return min(max(middle, 0), self.levels[level].shape[axis] - 1)


class Field(Subject):
    """What the lesson goes through: the network of a user, or those of the lecture.

    Examples
    --------
    >>> [[level.size[1] for level in sight.levels] for sight in Field().sights]
    [[1, 3, 5, 7], [1, 3, 4, 8, 10, 18]]
    """

    network = Option(
        PictureNetworkKind(),
        None,
        "A network by name, file, or as one line as for cnnviz shapes; two small ones one after the other if left out.",
    )
    image = Option(PictureKind(), "photo:grace_hopper", "The picture that the neuron looks at.")

    def prepare(self) -> None:
        """Follow the receptive field, and load a picture of the input's size; what works cell by cell is left out."""
        kind = PictureNetworkKind()
        networks = [kind.read("network", text) for text in LECTURE] if self.network is None else [self.network]
        self.sights = tuple(self._sight(network) for network in networks)

    def _sight(self, network: KnownNetwork) -> Sight:
        levels = _levels(network)
        if network.is_row:
            return Sight(read_by(network, shown_by(self, network)), levels)
        rows, columns = levels[0].shape
        share = min(1.0, LARGEST_SIDE / max(rows, columns))
        size = max(1, round(rows * share)), max(1, round(columns * share))
        return Sight(subject_picture(self.image, size), levels)


def _levels(known: KnownNetwork) -> tuple[Level, ...]:
    shape, network = known.input, known.network
    if len(shape) != 3:
        got = f"{shape[0]} features" if len(shape) == 1 else " x ".join(map(str, shape))
        raise InputError(
            f"{WHO}: expected a network that begins with a picture, such as 1x28x28, got {got}; "
            f"only a picture has windows"
        )
    if max(shape[1:]) > LONGEST_SIDE:
        raise OptionError(
            f"{WHO}: expected an input of at most {LONGEST_SIDE} cells a side for an animation, "
            f"got {shape[1]} x {shape[2]}; write a smaller one"
        )
    names, specs, shapes = ["input"], [LayerSpec()], [_pair(shape[1:])]
    for name, layer in _unrolled(network):
        shape = layer.output_shape(shape)
        inner = layer.layer_specs()
        whole = Sees().after(inner)
        if whole.size == math.inf:
            break
        if any(spec.transposed or spec.branches for spec in whole.specs):  # nothing that one window could stand for
            raise OptionError(f"{WHO}: expected convolutions and poolings, got {name}; leave it out")
        window = inner[0] if len(inner) == 1 and not inner[0].branches else (*whole.specs, LayerSpec())[0]
        if window != LayerSpec():
            names.append(_name(layer, window))
            specs.append(window)
            shapes.append(_pair(shape[1:]))
    if not 2 <= len(specs) <= MOST_LAYERS + 1:
        raise OptionError(
            f"{WHO}: expected one to {MOST_LAYERS} convolutions and poolings for an animation, got {len(specs) - 1}; "
            f"write {'some of them' if len(specs) > 2 else 'one, as in 1x28x28 > conv 8 k3'}"
        )
    fields = receptive_field(specs)
    return tuple(
        Level(name, size, _pair(seen.size), _pair(seen.jump), _pair(seen.start), spec)
        for name, size, seen, spec in zip(names, shapes, fields, specs, strict=True)
    )


def _unrolled(network: Layer, path: str = "") -> Iterator[tuple[str, Layer]]:
    """Give the layers one after the other; what forks stays one."""
    for own, layer in network.children().items():
        name = f"{path}.{own}" if path else own
        if isinstance(layer, Sequential):
            yield from _unrolled(layer, name)
        else:
            yield name, layer


def _name(layer: Layer, spec: LayerSpec) -> str:
    """Write what a layer is: ``conv 3 × 3``, with a stride or a dilation where it has one of its own."""
    kind = next((word for known, word in KINDS.items() if isinstance(layer, known)), "block")
    kernel = _pair(spec.kernel_size)
    stride = kernel if spec.stride is None else _pair(spec.stride)
    words = [f"{kind} {kernel[0]} × {kernel[1]}"]
    if stride != (kernel if "pool" in kind else (1, 1)):
        words.append(f"stride {stride[1]}")
    if _pair(spec.dilation) != (1, 1):
        words.append(f"dilation {_pair(spec.dilation)[1]}")
    return ", ".join(words)


def _pair(value: object) -> tuple[int, int]:
    """Write a number for both axes as two."""
    if isinstance(value, Sequence):
        rows, columns = value
        return int(rows), int(columns)
    return int(value), int(value)  # type: ignore[call-overload]  # whole numbers here: no layer is transposed
