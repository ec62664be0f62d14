"""What a scene on the layers of a network is about: which parts of which pictures excite their maps most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import AtMost, Picture, digits_split, scattered_split
from cnnviz.data.textures import textures_split
from cnnviz.errors import OptionError
from cnnviz.subjects.few import evenly
from cnnviz.subjects.inside import LayerNames, clipped, layer_named, window_of
from cnnviz.subjects.network import KnownNetwork, NetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, Source, loaded
from cnnviz.subjects.seen import check_pictures, fed, layers, see

Floats = NDArray[np.floating]
Cell = tuple[int, int]
LEVELS, MAPS, BEST = 3, 3, 6  # layers, maps of each, and pictures of each that are shown
EDGE = 0.5  # share of the differences in a patch that lie along one direction, from which it is an edge
_MOST, _AT_ONCE = 2**22, 2**17  # numbers of all pictures, and of those that are sent through at once
_ACROSS = 8  # parts along the longer side of a photograph
_PHOTOS = ("photo:china", "photo:flower", "photo:grace_hopper")


@dataclass(frozen=True, eq=False)
class Patch:
    """The part of a picture that excites a map most.

    Attributes
    ----------
    picture : array, shape (C, H, W)
        From 0 to 1.
    label : int, or None
        What the picture is, where that is known.
    map : array, shape (h, w)
        All that the map answers to it.
    cell, value
        Where it answers most strongly, and that number.
    window : (range, range)
        The rows and columns that this cell sees; in the padding they are below 0 or beyond the picture.
    """

    picture: Floats
    label: int | None
    map: Floats
    cell: Cell
    value: float
    window: tuple[range, range]

    @property
    def corner(self) -> Cell:
        """The first cell of the window."""
        return self.window[0].start, self.window[1].start

    @property
    def part(self) -> tuple[range, range]:
        """The rows and columns of the picture itself."""
        return clipped(self.window, self.picture.shape[1:])

    @property
    def values(self) -> Floats:
        """What is there, 0 in the padding; shape (C, rows, columns)."""
        shown = np.zeros((len(self.picture), *map(len, self.window)))
        shown[:, ~self.padding] = self.picture[np.ix_(range(len(self.picture)), *self.part)].reshape(len(shown), -1)
        return shown

    @property
    def padding(self) -> NDArray[np.bool_]:
        """Where the network has padded."""
        rows, columns = (
            np.array([not 0 <= at < n for at in w]) for w, n in zip(self.window, self.picture.shape[1:], strict=True)
        )
        return np.asarray(rows[:, None] | columns[None])


@dataclass(frozen=True, eq=False)
class Excited:
    """A map, counted from 1, and the pictures that excite it most, one patch each."""

    number: int
    patches: tuple[Patch, ...]

    @property
    def kinds(self) -> tuple[int, ...]:
        """What the pictures are, each once."""
        return tuple(sorted({patch.label for patch in self.patches if patch.label is not None}))

    @property
    def is_corner(self) -> bool:
        """Whether one corner is darker than all else in each patch, and the mean patch bright nearly everywhere."""
        each = np.array([patch.values.mean(axis=0) for patch in self.patches])
        mean = each.mean(axis=0)
        darkest = np.unravel_index(int(mean.argmin()), mean.shape)
        alone = [(one > one[darkest]).sum() == one.size - 1 for one in each]
        at_corner = all(at in (0, size - 1) for at, size in zip(darkest, mean.shape, strict=True))
        bright = float((mean > mean.max() / 2).mean())
        return self.is_edge and at_corner and all(alone) and 2 / 3 <= bright < 1

    @property
    def is_edge(self) -> bool:
        """Whether the mean patch is bright on one side and dark on the other."""
        mean = np.mean([patch.values.mean(axis=0) for patch in self.patches], axis=0)
        rows, columns = np.indices(mean.shape).reshape(2, -1)
        slope = np.stack([np.ones(mean.size), rows, columns], axis=1)
        spread, flat = float(((mean - mean.mean()) ** 2).sum()), mean.ravel()
        left = flat - slope @ np.linalg.lstsq(slope, flat, rcond=None)[0]
        return spread > 0 and 1 - float((left**2).sum()) / spread >= EDGE


@dataclass(frozen=True)
class Level:
    """A layer: its maps that answer most strongly, of how many, and how much of a picture their cells see."""

    name: str
    total: int
    field: Cell
    maps: tuple[Excited, ...]


class Hierarchy(Subject):
    """The parts of pictures that excite the layers of a network most.

    Attributes
    ----------
    crowd : str
        What pictures are asked: digits, textures, parts of photographs.
    pictures : array, shape (N, C, H, W)
        From 0 to 1.
    levels : tuple of Level

    Examples
    --------
    >>> subject = Hierarchy()
    >>> len(subject.pictures), [(level.name, level.field) for level in subject.levels]
    (355, [('relu1', (3, 3)), ('relu2', (5, 5)), ('relu3', (10, 10))])
    >>> [len(level.maps[0].kinds) for level in subject.levels]
    [4, 1, 1]
    """

    network = Option(NetworkKind(), "scattered-cnn", "A network by name, file, or as one line as for cnnviz shapes.")
    image = Option(PictureKind(), None, "A picture of your own, whose parts are asked; many pictures if left out.")
    layers = Option(LayerNames(), None, "Which layers to show, three at most; of the convolutions if left out.")

    def prepare(self) -> None:
        """Send all pictures through, and keep the strongest answers."""
        check_pictures(self.network)
        self.crowd, pictures, labels = _asked(self.network, self.image)
        count = min(len(pictures), max(BEST, _MOST // prod(self.network.input)))
        self.pictures, self.labels = pictures[:count], labels[:count]
        self.seen = see(self.network, Picture(self.pictures[0].astype(float), 1.0, self.crowd))
        names = self.seen.stages if self.layers is None else [layer_named(self.seen, one) for one in self.layers]
        if not names:
            raise OptionError("layers: expected a network with maps, got none of 3 × 3 cells or more; name some layers")
        self.levels = tuple(self._level(name, maps) for name, maps in self._maps(evenly(list(names), LEVELS)))

    def called(self, label: int) -> str:
        """Name what a picture is."""
        return self.seen.called(label)

    def _maps(self, names: list[str]) -> Iterator[tuple[str, Floats]]:
        step = max(1, _AT_ONCE // prod(self.network.input))
        found: dict[str, list[Floats]] = {name: [] for name in names}
        for at in range(0, len(self.pictures), step):
            record = self.seen.network.forward(fed(self.seen.network, self.pictures[at : at + step]), True)
            for name, one in layers(record):
                if name in found:
                    found[name].append(one.output)
        yield from ((name, np.concatenate(parts)) for name, parts in found.items())

    def _level(self, name: str, maps: Floats) -> Level:
        strongest = maps.max(axis=(2, 3))
        order = np.argsort(-strongest.max(axis=0), kind="stable")[:MAPS]
        excited = tuple(Excited(int(i) + 1, self._patches(name, maps[:, i])) for i in order)
        rows, columns = excited[0].patches[0].window
        return Level(name, maps.shape[1], (len(rows), len(columns)), excited)

    def _patches(self, name: str, maps: Floats) -> tuple[Patch, ...]:
        size = self.pictures.shape[2:]
        best = np.argsort(-maps.max(axis=(1, 2)), kind="stable")[:BEST]
        patches = []
        for at in best:
            row, column = map(int, np.unravel_index(int(maps[at].argmax()), maps[at].shape))
            window = window_of(self.seen.network, name, (row, column))
            if window is None or any(len(w) > n for w, n in zip(window, size, strict=True)):
                window = range(size[0]), range(size[1])
            values = maps[at].astype(float)
            patches.append(
                Patch(self.pictures[at], self.labels[at], values, (row, column), float(values[row, column]), window)
            )
        return tuple(patches)


def _asked(known: KnownNetwork, image: Source | None) -> tuple[str, Floats, list[int | None]]:
    """Choose the pictures: those that fit what the network learned, parts of photographs, parts of one's own."""
    channels, *size = known.input
    if image is not None:
        parts = _parts(image, known.input)
        return "parts", parts, [None] * len(parts)
    if channels == 3 or min(size) < 8:
        parts = np.concatenate([_parts(name, known.input) for name in _PHOTOS])
        return "parts", parts, [None] * len(parts)
    if known.name == "texture-cnn":
        test = textures_split().test
        return "textures", test.images, [*test.labels.tolist()]
    if known.name == "scattered-cnn":
        test = scattered_split(size[0]).test
        return "digits", test.images, [*test.labels.tolist()]
    test = digits_split().test
    times = min(size) // 8
    spare = [(n - 8 * times) for n in size]
    around = [(n // 2, n - n // 2) for n in spare]
    large = test.images.repeat(times, axis=2).repeat(times, axis=3)
    return "digits", np.pad(large, [(0, 0), (0, 0), *around]), [*test.labels.tolist()]


def _parts(image: Source, shape: tuple[int, ...]) -> Floats:
    """Cut a picture into parts of the size that a network reads; one that is too small is enlarged."""
    channels, rows, columns = shape
    kind = "gray" if channels == 1 else "rgb"
    picture = loaded(image, size=AtMost(_ACROSS * max(rows, columns)), channels=kind)
    high, wide = picture.values.shape[1:]
    if high < rows or wide < columns:
        picture = loaded(image, size=(rows, columns), channels=kind)
        high, wide = rows, columns
    corners = [(i, j) for i in range(0, high - rows + 1, rows) for j in range(0, wide - columns + 1, columns)]
    return np.stack([picture.values[:, i : i + rows, j : j + columns] for i, j in corners]) / picture.peak
