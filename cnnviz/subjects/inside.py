"""What scenes that look inside a network are about: a network, a picture, and what becomes of it there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import LayerSpec, receptive_field
from cnnviz.errors import OptionError
from cnnviz.nn import Layer, Sequential
from cnnviz.subjects.network import PictureNetworkKind
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind
from cnnviz.subjects.seen import Seen, layers, liveliest, see, shown_by

MOST_MAPS, FINEST, LONGEST = 12, 56, 256  # maps of a layer that are shown, cells a side of each, and of a row
Cell = tuple[int, int]


class Inside(Subject):
    """A network and a picture that it has read.

    Examples
    --------
    >>> Inside().seen.answer
    5
    """

    network = Option(PictureNetworkKind(), "tiny-cnn", "A network by name, file, or as one line as for cnnviz shapes.")
    image = Option(PictureKind(), "digit:5", "The picture; it gets the size that the network reads.")

    def prepare(self) -> None:
        """Send the picture through."""
        self.seen = see(self.network, shown_by(self, self.network))


@dataclass(frozen=True)
class LayerNames:
    """Layers by name, or by number as ``cnnviz summary`` lists them, the first behind the input being 1."""

    metavar: str = "NAME[,NAME...]"

    def read(self, name: str, value: Any) -> tuple[str, ...]:
        """Take a text apart; what the network has is known later."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        if isinstance(value, list | tuple):
            return tuple(str(part) for part in value)
        raise OptionError(f"{name}: expected names of layers with commas between, got {value!r}")

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: they depend on the network."""
        return ()


@dataclass(frozen=True, eq=False)
class Stage:
    """The maps of a layer, those first in which most happens.

    Attributes
    ----------
    name : str
        Of the layer.
    total : int
        How many maps it has.
    size : (int, int)
        Rows and columns of each.
    chosen : tuple of int
        Which are shown, counted from 1.
    maps : array, shape (shown, h, w)
        These; of large ones evenly chosen cells.
    cell, value
        Where the first of them is largest, in its own rows and columns, and that number.
    sees : (range, range), or None
        The rows and columns of the picture that this cell sees; None if all.
    """

    name: str
    total: int
    size: Cell
    chosen: tuple[int, ...]
    maps: NDArray[np.floating]
    cell: Cell
    value: float
    sees: tuple[range, range] | None

    @property
    def thin_cell(self) -> Cell:
        """The shown cell that stands for the largest."""
        row, column = (
            at * have // full for at, have, full in zip(self.cell, self.maps.shape[1:], self.size, strict=True)
        )
        return row, column


class Maps(Inside):
    """The maps of some layers.

    Examples
    --------
    >>> [(stage.name, stage.total, stage.size) for stage in Maps().stages]
    [('relu1', 8, (8, 8)), ('relu2', 16, (8, 8))]
    >>> stage = Maps(layers="conv1").stages[0]
    >>> bool(stage.value == Maps().seen.maps("conv1")[stage.chosen[0] - 1][stage.cell])
    True
    """

    layers = Option(LayerNames(), None, "Whose maps to show; what is made of the convolutions if left out.")

    def prepare(self) -> None:
        """Choose the layers and the maps."""
        super().prepare()
        names = self.seen.stages if self.layers is None else tuple(layer_named(self.seen, one) for one in self.layers)
        if not names:
            raise OptionError("layers: expected a network with maps, got none of 3 × 3 cells or more; name some layers")
        self.stages = tuple(self._stage(name) for name in names)

    def under(self, stage: Stage, cell: Cell, before: Stage | None = None) -> tuple[range, range] | None:
        """Return what of the picture, or of the shown maps before, a shown cell of a layer's maps sees; None if all."""
        place = [at * full // have for at, have, full in zip(cell, stage.maps.shape[1:], stage.size, strict=True)]
        at, network = (place[0], place[1]), self.seen.network
        if before is None:
            return seen_by(network, stage.name, at, self.network.input[1:])
        window = window_of(network, stage.name, at, before.name)
        if window is None:
            return None
        thin = [
            range(side.start * have // full, max(side.start * have // full + 1, side.stop * have // full))
            for side, have, full in zip(clipped(window, before.size), before.maps.shape[1:], before.size, strict=True)
        ]
        return thin[0], thin[1]

    def _stage(self, name: str) -> Stage:
        maps = self.seen.maps(name).astype(float)
        order = liveliest(maps)[:MOST_MAPS]
        first = maps[order[0]]
        row, column = np.unravel_index(int(first.argmax()), first.shape)
        cell = int(row), int(column)
        thin = maps[order][:, _evenly(first.shape[0])][
            :, :, _evenly(first.shape[1], LONGEST if len(first) == 1 else FINEST)
        ]
        sees = seen_by(self.seen.network, name, cell, self.network.input[1:])
        chosen = tuple(int(i) + 1 for i in order)
        return Stage(name, len(maps), (len(first), len(first[0])), chosen, thin, cell, float(first[cell]), sees)


def layer_named(seen: Seen, text: str) -> str:
    """Return the name of a layer with maps that was asked for by name or by number.

    >>> layer_named(Inside().seen, "2")
    'relu1'

    Raises
    ------
    OptionError
        If there is no such layer.
    """
    rows = [row.name for row in seen.network.summary(seen.known.input)]
    name = rows[int(text) - 1] if text.isdigit() and 0 < int(text) <= len(rows) else text
    found = {name for name, one in layers(seen.record) if one.output.ndim == 4}
    if name not in found:
        raise OptionError(
            f"layers: expected layers with maps ({', '.join(sorted(found)[:6])}, ...), got {text!r}; "
            f"cnnviz summary lists them"
        )
    return name


def seen_by(network: Layer, name: str, cell: Cell, size: tuple[int, ...]) -> tuple[range, range] | None:
    """Return the rows and columns of a picture that a cell of a layer sees; None if it sees all.

    >>> from cnnviz.nn import parse_network
    >>> network = parse_network("1x9x9 > conv 2 k3 > pool 2 > conv 2 k2")[1]
    >>> seen_by(network, "conv2", (1, 0), (9, 9))
    (range(2, 8), range(0, 6))
    """
    window = window_of(network, name, cell)
    if window is None:
        return None
    rows, columns = clipped(window, size)
    return None if (len(rows), len(columns)) == size else (rows, columns)


def clipped(window: tuple[range, range], size: Sequence[int]) -> tuple[range, range]:
    """Return what of a window lies in a picture of this size."""
    rows, columns = (range(max(0, w.start), min(n, w.stop)) for w, n in zip(window, size, strict=True))
    return rows, columns


def window_of(network: Layer, name: str, cell: Cell, before: str = "") -> tuple[range, range] | None:
    """Return the rows and columns that a cell of a layer sees, padding included; None if it sees all.

    It looks at the picture, or at the maps of a layer ``before``.

    >>> from cnnviz.nn import parse_network
    >>> window_of(parse_network("1x9x9 > conv 2 k3 p1")[1], "conv1", (0, 4))
    (range(-1, 2), range(3, 6))
    """
    passed = len(_before(network, before.split("."))) if before else 0
    last = receptive_field([LayerSpec(), *_before(network, name.split("."))[passed:]])[-1]
    if last.size == math.inf:
        return None
    ranges = []
    for axis, at in enumerate(cell):
        reach, jump, start = (
            value[axis] if isinstance(value, tuple) else value for value in (last.size, last.jump, last.start)
        )
        begin = start + at * jump
        ranges.append(range(math.floor(begin), math.ceil(begin + reach)))
    return ranges[0], ranges[1]


def _before(network: Layer, path: list[str]) -> list[Any]:
    """List what lies before the end of a layer; a part of a fork counts as the whole fork."""
    specs: list[Any] = []
    for own, layer in network.children().items():
        last = own == path[0]
        if last and len(path) > 1 and isinstance(layer, Sequential):
            return specs + _before(layer, path[1:])
        specs += layer.layer_specs()
        if last:
            break
    return specs


def _evenly(length: int, most: int = FINEST) -> NDArray[np.intp]:
    shown = min(length, most)
    return (np.arange(shown) * length // shown).astype(np.intp)
