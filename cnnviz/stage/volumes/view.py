"""Volumes in a row, each with its shape, and below it how many values it holds and how many parameters made it."""

from __future__ import annotations

from manim import Group, VGroup

from cnnviz.stage import layout
from cnnviz.stage.layout import Box, pixel, units
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.mobjects.volume import SLOPE, Volume
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.stage.volumes.station import GAP, ROOM, column_width, row_width
from cnnviz.subjects.station import Station
from cnnviz.subjects.volumes import Volumes

# All in pixels of a picture of 1280 x 720.
_LEFT, _RIGHT = 40, 1240
_HEAD, _LEADING = 140, 21
_TOP, _BOTTOM = 170, 388  # of the volumes
_SHAPE = 408
_AXES, _BAR = (496, 582), 44  # lower ends of the two rows of bars, and the longest bar
_BAR_WIDTH, _LINE_WIDTH = 46, 12
_SMALLEST_SIDE = 13


class ShapesView:
    """Where everything of a row of volumes stands.

    Attributes
    ----------
    scale : str
        What the sizes of the boxes mean, in a few words.
    """

    def __init__(self, subject: Volumes, theme: Theme) -> None:
        self.subject, self.theme, self.stations = subject, theme, subject.stations
        self._power = 1.0
        self._measure()
        if min(self._side(size) for s in self.stations for size in s.shape[1:]) < _SMALLEST_SIDE:
            self._power = 0.5
            self._measure()
        self.scale = (
            "all sides on one scale, all depths on another" if self._power == 1.0 else "drawn by their square roots"
        )

    def volume(self, index: int) -> Group:
        """Return the box of a station, or the line of a flattened one, with its name and its shape."""
        station, theme, x = self.stations[index], self.theme, self._x[index]
        wide, high, deep = self._sizes(station)
        role = "input" if index == 0 else "output"
        middle = pixel(x, (_TOP + _BOTTOM) / 2)
        box = Volume(
            units(wide),
            units(high),
            units(deep),
            theme=theme,
            at=middle,
            role=role,
            slices=station.shape[0] if deep else 1,
        )
        group = Group(box)
        picture = self.subject.picture
        if index == 0 and picture is not None:
            values = picture.values
            pixels = photo_pixels(values, picture.peak, values[0] < 0, theme.ground)
            group.add(PixelImage(pixels, box.front), Rectangle(box.front, outline=theme.text, width=1.6))
        heads = station.heads
        for line, text in enumerate(heads):
            y = _HEAD - (len(heads) - 1) * _LEADING / 2 + line * _LEADING
            group.add(Label(text, self._size, theme.text, at=pixel(x, y)))
        return group.add(Label(station.label, self._size, theme.role(role), at=pixel(x, _SHAPE)))

    def bars(self, index: int) -> VGroup:
        """Return the bars of a station, from values and parameters, each with its number."""
        station, theme = self.stations[index], self.theme
        group = VGroup()
        rows = (
            (station.values, max(s.values for s in self.stations), "output" if index else "input", _AXES[0]),
            (station.parameters, max(s.parameters for s in self.stations), "kernel", _AXES[1]),
        )
        for number, peak, role, foot in rows:
            high, x = _BAR * number / max(peak, 1), self._x[index]
            bar = Box.of_pixels(x - _BAR_WIDTH / 2, foot - high, x + _BAR_WIDTH / 2, foot)
            group.add(Rectangle(bar, fill=theme.role(role)))
            color = theme.text if number else theme.muted
            group.add(Label(f"{number:,}", self._size, color, at=pixel(x, foot - high - 13)))
        return group

    def axes(self) -> VGroup:
        """Return the axes of both rows with their names."""
        theme, group = self.theme, VGroup()
        for name, foot in zip(("values", "parameters"), _AXES, strict=True):
            left, right = pixel(_LEFT, foot), pixel(_RIGHT, foot)
            group.add(Strokes([[left, right]], theme.muted, 1.6))
            group.add(Label(name, layout.SMALLEST, theme.muted, at=pixel(_LEFT, foot - _BAR - 13), align="left"))
        return group

    def path(self, index: int) -> tuple[Point, Point]:
        """Return where the data leaves the station before and where it arrives."""
        y = (_TOP + _BOTTOM) / 2
        before, after = (self._extent(self.stations[i])[0] / 2 for i in (index - 1, index))
        return pixel(self._x[index - 1] + before, y), pixel(self._x[index] - after, y)

    def _measure(self) -> None:
        """Choose the largest scale at which the row fits, and spread what is left over."""
        roomy = row_width(self.stations, layout.NOTE) <= 0.9 * ROOM
        self._size = layout.NOTE if roomy else layout.SMALLEST
        texts = [column_width(station, self._size) for station in self.stations]
        for percent in range(100, 0, -2):
            self._zoom = percent / 100
            columns = [max(self._extent(s)[0], text) for s, text in zip(self.stations, texts, strict=True)]
            highest = max(self._extent(s)[1] for s in self.stations)
            free = ROOM - sum(columns) - GAP * (len(columns) - 1)
            if free >= 0 and highest <= _BOTTOM - _TOP:
                break
        step = GAP + free / (len(columns) - 1)
        edge = float(_RIGHT - ROOM)
        self._x = []
        for column in columns:
            self._x.append(edge + column / 2)
            edge += column + step

    def _side(self, size: int) -> float:
        largest = max(size for s in self.stations for size in s.shape[1:])
        return float(_HIGHEST * self._zoom * (size / largest) ** self._power)

    def _sizes(self, station: Station) -> tuple[float, float, float]:
        """Return width, height and depth in pixels."""
        if len(station.shape) == 1:
            longest = max(s.values for s in self.stations if len(s.shape) == 1)
            return _LINE_WIDTH, max(8.0, _HIGHEST * self._zoom * (station.values / longest) ** self._power), 0.0
        deepest = max(s.shape[0] for s in self.stations if len(s.shape) == 3)
        depth = _DEEPEST * self._zoom * (station.shape[0] / deepest) ** self._power
        return self._side(station.shape[2]), self._side(station.shape[1]), depth

    def _extent(self, station: Station) -> tuple[float, float]:
        wide, high, deep = self._sizes(station)
        return wide + deep, high + deep * SLOPE


_HIGHEST, _DEEPEST = 190, 100  # pixels of the largest side and the largest depth, before they are made to fit
