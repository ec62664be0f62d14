"""A stop on the way through a network: a block, its name and shape below it, and bars side by side below these."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from cnnviz.data import Picture
from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import NOTE, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.place import Column, Row
from cnnviz.stage.text import Label, text_width
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.station import LAYERS, Station

BLOCK: Template = "block"
KINDS: tuple[tuple[Template, str], ...] = (("numbers", "output"), ("parameters", "kernel"))
"""What the bars of a stop tell, and their roles."""
_ALIKE = 8  # so many times the longest bar of one kind may be as long as that of the other, to share its scale
_LEADING = 1.35  # of name and shape, in type sizes
_LOWEST, _HIGHEST, _WRITTEN = 1.3, 2.6, 0.66  # units: of bars with what is written; of that, for what is written
_BAR, _BESIDE = 0.44, 0.1  # units: width of a bar, distance of two numbers
_GAP, _NARROW = 0.28, 0.17
_LARGER = 1.2  # so many times as large blocks are as good as larger type
_WAYS = [(count, broken) for count in (1, 2, 3, 4) for broken in (False, True)]


class Stop:
    """A block with its words and bars, as one item of an arrangement.

    Parameters
    ----------
    station : Station
    volume : Volume
    high : float
        Room that is kept for bars.
    size : float
        Of the type.
    broken : bool
        Set name and shape in two lines each, and write large numbers short.
    """

    def __init__(self, station: Station, volume: Volume, high: float, size: float, *, broken: bool) -> None:
        self.station, self.volume, self.size, self.tallest = station, volume, size, volume
        self.begins = False
        heads = [_head(*head) for head in station.heads]
        heads = heads if broken else [", ".join(heads)]
        depth, *plane = station.label.split(" × ")
        shape = [f"{depth} ×", " × ".join(plane)] if broken and plane else [station.label]
        self.lines = [*heads, *[""] * (1 + broken - len(heads)), *shape]
        self.heads, self.broken = len(heads), broken
        numbers = (self.written(station.values), self.written(station.parameters))
        self.wide = max(text_width(text, size) for text in (*self.lines, *numbers))
        self.counts = [max(_BAR, text_width(text, size)) for text in numbers]
        if high:
            self.wide = max(self.wide, sum(self.counts) + _BESIDE)
        self.words = Slot(self.wide, (2 + 2 * broken) * units(size) * _LEADING + 0.14)
        self.bars = Slot(self.wide, high)
        self.items = (volume, self.words, self.bars)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height."""
        high = self.tallest.size(cell)[1] + self.words.size(cell)[1] + self.bars.size(cell)[1]
        return max(self.volume.size(cell)[0], self.wide), high

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand in the middle of a column."""
        (wide, _), (width, height), tall = self.extent(cell), self.volume.size(cell), self.tallest.size(cell)[1]
        self.volume.settle(left + (wide - width) / 2, top - (tall - height) / 2, cell)
        for slot in (self.words, self.bars):
            slot.settle(left + (wide - self.wide) / 2, top - tall, cell)
            tall += slot.size(cell)[1]

    def name(self) -> list[Label]:
        """Make the words."""
        theme, box, pitch = at_hand(), self.words.box, units(self.size) * _LEADING
        inks = [theme.text] * self.heads + [theme.role(self.volume.role)] * len(self.lines)
        y = box.top - 0.08 - pitch / 2
        return [
            Label(text, self.size, ink, at=(box.center[0], y - pitch * line))
            for line, (text, ink) in enumerate(zip([text for text in self.lines if text], inks, strict=False))
        ]

    def written(self, number: int) -> str:
        """Write a number as there is room for it."""
        return cell_text(number, 5) if self.broken else f"{number:,}"

    def bar(self, which: int, number: int, share: float, role: str) -> VGroup:
        """Make the bar of values, 0, or that of parameters, 1, with its number."""
        theme, box, foot = at_hand(), self.bars.box, self.bars.box.bottom + 0.1
        first, second = self.counts
        x = box.center[0] + (which * (first + _BESIDE) + self.counts[which] / 2) - (first + _BESIDE + second) / 2
        top, reach = foot + (box.height - _WRITTEN) * share, _BAR / 2 + 0.06
        return VGroup(
            Rectangle(Box(x - _BAR / 2, foot, x + _BAR / 2, top), fill=theme.role(role)),
            Strokes([[(x - reach, foot), (x + reach, foot)]], theme.muted, 1.6),
            Label(self.written(number), self.size, theme.text if number else theme.muted, at=(x, top + 0.15)),
        )

    def head(self, which: int) -> Label:
        """Name the bars of one kind, above those of a line of stops."""
        theme, x = at_hand(), self.bars.box.left
        first, last = (f"{say(KINDS[0][0])}   " if which else "", say(KINDS[which][0]))
        at = x + text_width(first, NOTE + 3), self.bars.box.top - 0.13
        return Label(last, NOTE + 3, theme.role(KINDS[which][1]), at=at, align="left")


def scales(values: Sequence[int], parameters: Sequence[int]) -> tuple[int, int]:
    """Return what the longest bar of each kind stands for: the same, unless one kind could not be seen then.

    >>> scales([3, 16], [0, 18]), scales([3, 16], [0, 1800])
    ((18, 18), (16, 1800))
    """
    peaks = max(values), max(parameters)
    return (max(peaks),) * 2 if max(peaks) < _ALIKE * min(peaks) else peaks


def blocks(
    stations: Sequence[Station], numbers: Sequence[NDArray[np.floating]] | None, picture: Picture | None
) -> list[Volume]:
    """Make the blocks: sides on one scale, depths on another; both by their square roots where they differ much."""
    shapes = [one.shape for one in stations if len(one.shape) == 3]
    sides, deep = [length for shape in shapes for length in shape[1:]] or [1], max((s[0] for s in shapes), default=1)
    side = max(sides)
    power = 1.0 if min(sides) / side > 0.1 else 0.5
    longest = max((one.values for one in stations if len(one.shape) == 1), default=1)
    made = []
    for index, station in enumerate(stations):
        values = None if numbers is None else numbers[index]
        if len(station.shape) == 1:
            measures = 0.1, max(0.3, (station.values / longest) ** 0.5), 0.1
            made.append(Volume(None if values is None else values.reshape(1, -1, 1), measures))
            continue
        depth, rows, columns = station.shape
        high, wide = (max(0.04, (length / side) ** power) for length in (rows, columns))
        measures = wide, high, 0.95 * (depth / deep) ** power
        if index or picture is None or rows == 1:
            made.append(Volume(values, measures, role="output" if index else "input"))
        else:
            look: dict[str, Any] = {"role": "input", "scale": picture.peak, "photo": picture.peak}
            made.append(Volume(picture.values, measures, **look))
    return made


def lined_up(
    scene: Any,
    stations: Sequence[Station],
    blocks: Sequence[Volume],
    *,
    bars: bool = False,
    room: Box | None = None,
    size: float = NOTE + 1,
) -> list[Stop]:
    """Set stops in as many lines as make the blocks largest; of each, say whether it begins one.

    The bars take what height is left. The type is as large as ``size`` where the blocks lose little by it.
    """

    def lines(high: float, count: int, size: float, broken: bool) -> Column:
        stops[:] = [Stop(*pair, high, size, broken=broken) for pair in zip(stations, blocks, strict=True)]
        tallest, most = max(blocks, key=lambda block: block.size(1.0)[1]), ceil(len(stops) / count)
        for index, stop in enumerate(stops):
            stop.tallest, stop.begins = tallest, index % most == 0
        return Column(
            *(Row(*stops[i : i + most], gap=_NARROW if broken else _GAP) for i in range(0, len(stops), most)), gap=0.25
        )

    stops: list[Stop] = []
    low = _LOWEST * bars
    ways = [(count, each, broken) for count, broken in _WAYS for each in (size, NOTE + 1, SMALLEST)]
    best = max(ways, key=lambda way: round(scene.fit(lines(low, *way), room=room, most=9.0) * _worth(*way), 2))
    cell = scene.fit(made := lines(low, *best), room=room, most=9.0)
    if bars:
        spare = (room or scene.frame.stage).height - made.extent(cell)[1]
        scene.fit(lines(min(_HIGHEST, low + spare / best[0]), *best), room=room, most=9.0)
    scene.add(*(slot for stop in stops for slot in (stop.words, stop.bars)))
    return stops


def _worth(count: int, size: float, broken: bool) -> float:  # noqa: ARG001
    """Say what a cell is worth: small type and broken lines only where they gain much."""
    return (1.0 if size == NOTE + 1 else 0.85 if size < NOTE else _LARGER) * (0.8 if broken else 1.0)


def _head(count: int, name: str) -> str:
    if name == LAYERS:
        return say(counted("{count} layer", "{count} layers", count))
    name = say(BLOCK if name == "block" else name)
    return name if count == 1 else f"{count} × {name}"
