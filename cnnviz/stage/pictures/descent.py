"""How far down balls came, one for each setting: every ball lies on a column as high as what it has still to lose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Mobject, VGroup, smooth

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.text import Label, Piece, Words, size_within
from cnnviz.subjects.number import cell_text

_BALL, _FILL, _AIR = 0.13, 0.72, 0.06  # radius; of a pitch, for a column; between a ball and its number
_ROOM, _STRENGTH = 0.84, 0.62  # of a pitch, for texts; of the columns' fill


class Descent(Slot):
    """Balls above the settings that they went down with.

    ::

        SGD                     0.058 ± 0.008
        2.27
         o    1.37
        [ ]    o    0.42
        [ ]   [ ]    o
        0.001 0.01  0.03

    Parameters
    ----------
    title : str
        Who went down.
    settings : sequence of str
        Below the columns.
    losses : sequence of float
        Where the balls end.
    top : float
        The loss at the upper end of the axis; there they begin.
    role : str
        Color of title and balls.
    """

    def __init__(
        self, title: Template, settings: Sequence[str], losses: Sequence[float], top: float, role: str, **size: float
    ) -> None:
        super().__init__(size["width"], size["height"], title, role=role)
        self.settings, self.losses, self.high = list(settings), list(losses), top
        self.texts = [cell_text(loss) for loss in self.losses]

    def draw(self, cell: float) -> None:
        """Draw the ground and the settings; balls come with `gather`."""
        super().draw(cell)
        self.pitch = self.box.width / len(self.losses)
        longest = max(*self.settings, *self.texts, key=len)
        self.type_size = size_within(_ROOM * self.pitch, layout.LABEL, longest)
        below = 1.5 * units(self.type_size)
        self.plane = Box(
            self.box.left, self.box.bottom + below, self.box.right, self.box.top - 0.7 * below - 2 * _BALL - _AIR
        )
        named = [Piece(text, (self.x(i), self.box.bottom + 0.4 * below)) for i, text in enumerate(self.settings)]
        fill, nothing = self.theme.fill("gradient", _STRENGTH), Box(0.0, 0.0, 0.0, 0.0)
        self.columns = VGroup(*(Rectangle(nothing, fill=fill) for _ in self.losses))
        self.balls = VGroup(*(Disks([], _BALL, fill=self.theme.role(self.role)) for _ in self.losses))
        low, (left, right) = self.plane.bottom, (self.plane.left, self.plane.right)
        ground = Strokes([[(left, low), (right, low)]], self.theme.muted, 1.6)
        self.stand([self.end(i, self.high) for i in range(len(self.losses))], 0.0)
        self.put(ground, Words(named, self.type_size, self.theme.kernel), self.columns, self.balls)

    def x(self, column: int) -> float:
        """Return the middle of a column."""
        return self.box.left + (column + 0.5) * self.pitch

    def end(self, column: int, loss: float) -> Point:
        """Return the middle of a ball that lies on a column."""
        return self.x(column), self.plane.bottom + self.plane.height * loss / self.high + _BALL

    def stand(self, spots: Sequence[Point], columns: float = 1.0) -> None:
        """Let the balls be somewhere, on columns of a share of what lies below them."""
        self.spots, half, low = list(spots), _FILL * self.pitch / 2, self.plane.bottom
        for ball, column, (x, y) in zip(self.balls, self.columns, self.spots, strict=True):
            ball.points = Disks([(x, y)], _BALL, fill=self.theme.text).points
            column.reshape(Box(x - half, low, x + half, max(low, low + columns * (y - _BALL - low))))

    def gather(self, start: Point, **options: Any) -> Animation:
        """Return the animation that brings all balls from a point to the upper end."""
        ends, self.spots = self.spots, [start] * len(self.losses)
        return _Roll(self, ends, (0.0, 0.0), **options)

    def fall(self, **options: Any) -> Animation:
        """Return the animation that lets them sink to where they end, with the columns below them."""
        ends = [self.end(i, loss) for i, loss in enumerate(self.losses)]
        return _Roll(self, ends, (1.0, 1.0), **options)

    def write(self) -> Words:
        """Write what every ball has still to lose above it; return it."""
        high = _BALL + _AIR + 0.5 * units(self.type_size)
        told = [Piece(text, (x, y + high)) for text, (x, y) in zip(self.texts, self.spots, strict=True)]
        words: Words = self.append(Words(told, self.type_size, self.theme.text))
        return words

    def column(self, number: int) -> Box:
        """Return all of a column, with its number and its setting."""
        x, half = self.x(number), self.pitch / 2
        y = self.spots[number][1] + _BALL + 2 * _AIR + units(self.type_size)
        return Box(x - half, self.box.bottom, x + half, y)

    def mark(self, number: int, color: Any) -> Rectangle:
        """Make an outline of a column."""
        return Rectangle(self.column(number), outline=color, width=4.0)

    def remark(self, text: str) -> Label:
        """Make a text in the line of the title, at its right end."""
        at = self.box.right, self.box.top + TITLE_HEIGHT - 0.14
        return Label(text, layout.LABEL, self.theme.highlight, at=at, align="right")


class _Roll(Animation):
    """Move balls without copying."""

    def __init__(self, picture: Descent, ends: Sequence[Point], columns: tuple[float, float], **options: Any) -> None:
        self.starts, self.ends, self.columns = np.array(picture.spots), np.array(ends), columns
        super().__init__(picture, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        spots = self.starts + (self.ends - self.starts) * share
        columns = self.columns[0] + (self.columns[1] - self.columns[0]) * share
        self.mobject.stand([(x, y) for x, y in spots.tolist()], columns)
