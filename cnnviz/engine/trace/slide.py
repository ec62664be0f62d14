"""Where a sliding window goes: its corner, the cells under it, and the input cell that each of them copies."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from typing import Self, TypedDict

import numpy as np

from cnnviz.engine.geometry import Geometry
from cnnviz.engine.trace.step import Array, Cell, frozen

__all__ = ["Slide", "View", "give_back"]


class View(TypedDict):
    """What a step says about the window it looks through.

    ``padded_origin`` and ``input_origin`` are the window's first cell in either coordinates, the latter negative inside
    the padding. ``window`` is a tuple of slices that cuts it out of a padded channel, dilation included. ``is_padding``
    (*kernel) tells which of its cells lie outside the input, ``source`` (*kernel, ndim) which input cell each copies,
    -1 where it is a zero.
    """

    padded_origin: Cell
    input_origin: Cell
    window: tuple[slice, ...]
    is_padding: Array
    source: Array


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A window of ``kernel`` cells that goes over a padded input, axis by axis.

    Two coordinates are in use. *Padded* ones count from the corner of the padded input. *Input* ones count from the
    corner of the input itself, so that a cell of the padding before it has a negative one.

    Attributes
    ----------
    size, kernel, stride, dilation, positions : tuple of int
        Per spatial axis: cells of the input, cells of the window, its step, the distance of its cells, and how many
        places it takes.
    padding : tuple of (int, int)
        Cells added before and after each axis.
    padding_mode : str
        What the added cells hold: ``zeros``, or copies of the input (``replicate``, ``reflect``, ``circular``).
    """

    size: Cell
    kernel: Cell
    stride: Cell
    dilation: Cell
    padding: tuple[tuple[int, int], ...]
    positions: Cell
    padding_mode: str = "zeros"

    @classmethod
    def of(cls, geometry: Geometry, padding: tuple[tuple[int, int], ...] | None = None) -> Self:
        """Take the checked options of an operation; ``padding`` is without the overrun of ``ceil_mode``."""
        return cls(
            size=geometry.size,
            kernel=geometry.kernel,
            stride=geometry.stride,
            dilation=geometry.dilation,
            padding=geometry.pairs if padding is None else padding,
            positions=geometry.out,
            padding_mode=geometry.mode,
        )

    @cached_property
    def overrun(self) -> Cell:
        """Per axis, how many cells the last window reaches beyond the padding (only with ``ceil_mode``)."""
        reach = zip(self.positions, self.kernel, self.stride, self.dilation, self.size, self.padding, strict=True)
        return tuple(max(0, (p - 1) * s + d * (k - 1) + 1 - (n + b + a)) if p else 0 for p, k, s, d, n, (b, a) in reach)

    @cached_property
    def padded_size(self) -> Cell:
        """Cells per axis with the padding and the overrun."""
        sides = zip(self.size, self.padding, self.overrun, strict=True)
        return tuple(n + before + after + over for n, (before, after), over in sides)

    @cached_property
    def sources(self) -> tuple[Array, ...]:
        """Per axis, the input coordinate that each padded coordinate copies; -1 where it copies none."""
        axes = zip(self.size, self.padding, self.padded_size, strict=True)
        return tuple(_copied(np.arange(m) - before, n, self.padding_mode) for n, (before, _), m in axes)

    @cached_property
    def inside(self) -> tuple[Array, ...]:
        """Per axis, whether each padded coordinate lies on the input itself."""
        axes = zip(self.size, self.padding, self.padded_size, strict=True)
        return tuple((np.arange(m) >= before) & (np.arange(m) < before + n) for n, (before, _), m in axes)

    def pad(self, image: Array, fill: float) -> Array:
        """Return ``image`` (channels, *size) with its padding: copies where the mode copies, else ``fill``."""
        padded = np.full((len(image), *self.padded_size), fill, dtype=image.dtype)
        copies = [np.flatnonzero(axis >= 0) for axis in self.sources]
        origins = [axis[cells] for axis, cells in zip(self.sources, copies, strict=True)]
        channels = np.arange(len(image))
        padded[np.ix_(channels, *copies)] = image[np.ix_(channels, *origins)]
        return frozen(padded)

    def padded_origin(self, position: Cell) -> Cell:
        """Return the window's first cell in padded coordinates."""
        return tuple(p * s for p, s in zip(position, self.stride, strict=True))

    def input_origin(self, position: Cell) -> Cell:
        """Return the window's first cell in input coordinates; negative inside the padding before the input."""
        return tuple(o - before for o, (before, _) in zip(self.padded_origin(position), self.padding, strict=True))

    def window(self, position: Cell) -> tuple[slice, ...]:
        """Return the slices that cut the window out of a padded array."""
        axes = zip(self.padded_origin(position), self.kernel, self.dilation, strict=True)
        return tuple(slice(o, o + (k - 1) * d + 1, d) for o, k, d in axes)

    def met_by(self, tap: Cell) -> tuple[slice, ...]:
        """Return the slices that cut out the padded cells which one cell of the window meets on its way."""
        axes = zip(tap, self.dilation, self.stride, self.positions, strict=True)
        return tuple(slice(t * d, t * d + (n - 1) * s + 1, s) for t, d, s, n in axes)

    def view(self, position: Cell) -> View:
        """Describe the window at one position."""
        window = self.window(position)
        return {
            "padded_origin": self.padded_origin(position),
            "input_origin": self.input_origin(position),
            "window": window,
            "is_padding": self.is_padding(window),
            "source": self.source(window),
        }

    def whole(self) -> tuple[slice, ...]:
        """Return the slices that take in the whole padded array."""
        return tuple(slice(None) for _ in self.size)

    def source(self, window: tuple[slice, ...]) -> Array:
        """Return (*cells, ndim): the input coordinates that each cell of the window copies; -1 for none."""
        axes = [axis[cut] for axis, cut in zip(self.sources, window, strict=True)]
        grid = np.empty((*map(len, axes), len(axes)), dtype=np.intp)
        for number, axis in enumerate(_standing(axes)):
            grid[..., number] = axis
        grid[(grid < 0).any(axis=-1)] = -1
        return frozen(grid)

    def is_padding(self, window: tuple[slice, ...]) -> Array:
        """Return (*cells): whether each cell of the window lies outside the input itself."""
        axes = [~axis[cut] for axis, cut in zip(self.inside, window, strict=True)]
        return frozen(reduce(np.logical_or, _standing(axes)))

    def is_overrun(self, window: tuple[slice, ...]) -> Array:
        """Return (*cells): whether each cell of the window lies beyond even the padding."""
        axes = zip(self.padded_size, self.overrun, window, strict=True)
        beyond = [(np.arange(m) >= m - over)[cut] for m, over, cut in axes]
        return frozen(reduce(np.logical_or, _standing(beyond)))

    def reaching(self, cell: Cell) -> Iterator[tuple[Cell, Cell]]:
        """Yield ``(position, tap)`` for each window position whose cell ``tap`` copies this input cell.

        An input cell that the padding copies is reached through its copies too.
        """
        per_axis = []
        axes = zip(cell, self.sources, self.positions, self.kernel, self.stride, self.dilation, strict=True)
        for coordinate, source, places, taps, s, d in axes:
            copies = np.flatnonzero(source == coordinate)
            hits = ((divmod(int(copy) - tap * d, s), tap) for copy in copies for tap in range(taps))
            per_axis.append(sorted((p, tap) for (p, rest), tap in hits if rest == 0 and 0 <= p < places))
        for pairs in product(*per_axis):
            yield tuple(p for p, _ in pairs), tuple(tap for _, tap in pairs)


def _standing(axes: list[Array]) -> list[Array]:
    """Turn each array along its own axis, so that together they broadcast to a grid."""
    return [axis.reshape(-1, *(1,) * (len(axes) - 1 - number)) for number, axis in enumerate(axes)]


def _copied(coordinate: Array, n: int, mode: str) -> Array:
    """Fold coordinates that may lie outside ``0 .. n-1`` back onto the axis, as the padding mode does."""
    if mode == "replicate":
        return frozen(coordinate.clip(0, n - 1))
    if mode == "circular":
        return frozen(coordinate % n)
    if mode == "reflect":
        # The mirror stands on the border cell, so that cell itself is not repeated.
        around = coordinate % max(2 * (n - 1), 1)
        return frozen(np.minimum(around, 2 * (n - 1) - around))
    return frozen(np.where((coordinate >= 0) & (coordinate < n), coordinate, -1))


def give_back(field: Array, source: Array, shares: Array) -> None:
    """Add each share to the cell of ``field`` it is for; several may be for one cell, and a source of -1 is none."""
    real = (source >= 0).all(axis=-1)
    np.add.at(field, tuple(source[real].T), shares[real])
