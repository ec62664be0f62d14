"""The cone of one neuron: a cut through a network, row above row, and what of the input reaches the neuron."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from manim import VGroup, VMobject

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.formula import chain, tinted
from cnnviz.stage.layout import LEFT, RIGHT, SMALLEST, Box
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes, polyline
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.field import Sight

TOP, BOTTOM, LABEL_Y = 1.75, -2.3, 2.34
_NAMES = 2.15  # width of the column of names
_ROWS = 6.0  # width of the rows
_FACTS = 1.75  # width of the column of sizes
_PICTURE = 2.9  # height and width of the picture, at most
_STEEPEST = 1.25  # between rows
_THINNEST = 0.06  # cells that are still drawn one by one
_VEIL = 0.17


class Cone:
    """The pictures of a lesson on receptive fields.

    ::

        conv 3 × 3       □□■□□       5
        conv 3 × 3      □□■■■□□      3
        input          □□■■■■■□□

    A row is a cut through a layer along its columns. Each cell stands above the middle of what it sees, and is as wide
    as its way to the next one, so that rows after a stride have wider cells.
    """

    def __init__(self, subject: Sight, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        levels = subject.levels
        self._pitch = min(_STEEPEST, (TOP - BOTTOM) / (len(levels) - 1))
        self._high = min(0.26, 0.46 * self._pitch)
        self._left = LEFT + _NAMES
        self._cell = _ROWS / levels[0].shape[1]
        self._size = max(SMALLEST, min(layout.TERM, 0.62 * self._pitch * layout.PIXELS_PER_UNIT))
        x = (self._left + _ROWS + _FACTS + RIGHT) / 2
        rows, columns = levels[0].shape
        side = min(_PICTURE / rows, _PICTURE / columns)
        top = LABEL_Y - 0.36
        self.box = Box(x - columns * side / 2, top - rows * side, x + columns * side / 2, top)
        self._side = side

    def picture(self) -> list[Any]:
        """Show the input as a picture, with its size."""
        picture, (rows, columns) = self.subject.picture, self.subject.levels[0].shape
        muted = picture.values[0] < 0
        image = PixelImage(photo_pixels(picture.values, picture.peak, muted, self.theme.ground), self.box)
        runs = [("input", self.theme.input), (f"  {rows} × {columns}", self.theme.muted)]
        title = Line(runs, layout.LABEL, at=(self.box.center[0], LABEL_Y))
        return [image, Rectangle(self.box, outline=self.theme.line, width=1.5), title]

    def square(self, level: int) -> VGroup:
        """Frame what the neuron of a level sees of the picture, with a halo to stand out from any picture."""
        rows, columns = self.subject.levels[level].field(self.subject.place(level))
        (high, wide), box, side = self.subject.levels[0].shape, self.box, self._side
        left, right = (box.left + min(max(at, 0), wide) * side for at in (columns.start, columns.stop))
        top, bottom = (box.top - min(max(at, 0), high) * side for at in (rows.start, rows.stop))
        frame = Box(left, bottom, right, top)
        halo = Rectangle(frame, outline=self.theme.ground, width=8.0)
        return VGroup(halo, Rectangle(frame, outline=self.theme.highlight, width=4.0))

    def row(self, level: int) -> list[VMobject]:
        """Draw a row with all its cells, and name it."""
        role = "output" if level else "input"
        color = self.theme.role(role)
        fill, line = self.theme.fill(role, 0.2), self.theme.ground
        cells = range(self.subject.levels[level].shape[1])
        y = self._y(level)
        return [
            self._cells(level, cells, fill, line),
            Label(self._name(level), self._name_size(), color, at=(LEFT, y), align="left"),
        ]

    def facts(self, level: int) -> Line:
        """Write how many cells of the input a cell of a row sees, and after a stride how far apart neighbors look."""
        seen = self.subject.levels[level]
        runs = [(str(seen.size[1]), self.theme.highlight)]
        if seen.jump[1] > 1:
            runs.append((f"  jump {seen.jump[1]}", self.theme.muted))
        return Line(runs, self._size, at=(self._left + _ROWS + 0.22, self._y(level)), align="left")

    def heading(self) -> Label:
        """Say what the numbers beside the rows are."""
        at = (self._left + _ROWS + 0.22, LABEL_Y)
        return Label("sees", layout.LABEL, self.theme.highlight, at=at, align="left")

    def light(self, level: int) -> VGroup:
        """Draw the cone of a level's neuron down to the input, with all cells that reach it."""
        column = self.subject.place(level)[1]
        seen = self.subject.seen(level, column)
        parts = VGroup()
        for lower in range(level, 0, -1):
            parts.add(self._frustum(lower, seen[lower], seen[lower - 1]))
        for row, cells in enumerate(seen[:-1]):
            role = "output" if row else "input"
            parts.add(self._cells(row, cells, self.theme.fill(role, 1.0), self.theme.ground))
        parts.add(self._cells(level, seen[-1], self.theme.highlight, self.theme.ground))
        return parts

    def rule(self) -> list[Any]:
        """Write how a layer widens the field, in letters, below the picture."""
        theme, muted = self.theme, self.theme.muted
        runs = [("r", theme.highlight), (" field   ", muted), ("k", theme.kernel), (" kernel   ", muted)]
        if self._dilated:
            runs += [("d", theme.kernel), (" dilation   ", muted)]
        runs += [("j", theme.input), (" jump", muted)]
        width = sum(text_width(text, layout.NOTE) for text, _ in runs)
        at = (min(self.box.center[0], RIGHT - width / 2), self.box.bottom - 1.6)
        legend = Line(runs, layout.NOTE, at=at)
        return [*self._chain("r_l", *self._terms("r_(l-1)", "k", "d", "j_(l-1)"), y=0.5), legend]

    def put_in(self, level: int) -> list[VGroup]:
        """Write how a layer widened the field, with its numbers."""
        before, here = self.subject.levels[level - 1], self.subject.levels[level]
        numbers = str(before.size[1]), str(here.kernel), str(here.dilation), str(before.jump[1])
        return self._chain(str(here.size[1]), *self._terms(*numbers), y=1.07)

    def _terms(self, field: str, kernel: str, dilation: str, jump: str) -> tuple[str]:
        theme = self.theme
        spread = f" dot {tinted(dilation, theme.kernel)}" if self._dilated else ""
        step = f" dot {tinted(jump, theme.input)}"
        return (f"{tinted(field, theme.highlight)} + ({tinted(kernel, theme.kernel)} - 1){spread}{step}",)

    @property
    def _dilated(self) -> bool:
        return any(level.dilation > 1 for level in self.subject.levels)

    def _chain(self, result: str, *terms: str, y: float) -> list[VGroup]:
        parts = [tinted(result, self.theme.highlight), *terms]
        at = (self.box.center[0], self.box.bottom - y)
        return chain(parts, 27, self.theme, at=at, align="center", width=RIGHT - self._left - _ROWS - _FACTS)

    def _name(self, level: int) -> str:
        return self.subject.levels[level].name

    def _name_size(self) -> float:
        """Return the type size in which every name fits beside its row; long ones are set small before they overlap."""
        widest = max(text_width(level.name, 1.0) for level in self.subject.levels)
        return max(SMALLEST, min(22, self._size, (_NAMES - 0.2) / widest))

    def _y(self, level: int) -> float:
        slack = TOP - BOTTOM - (len(self.subject.levels) - 1) * self._pitch
        return BOTTOM + slack / 2 + level * self._pitch

    def _span(self, level: int, cells: Collection[int]) -> tuple[float, float]:
        """Return where cells of a row begin and end."""
        seen = self.subject.levels[level]
        half = seen.jump[1] / 2
        first, last = (seen.start[1] + cell * seen.jump[1] + seen.size[1] / 2 for cell in (min(cells), max(cells)))
        return self._left + (first - half) * self._cell, self._left + (last + half) * self._cell

    def _cells(self, level: int, cells: Collection[int], fill: Color, line: Color) -> Tiles:
        y, half = self._y(level), self._high / 2
        wide = self.subject.levels[level].jump[1] * self._cell
        groups = [[cell] for cell in sorted(cells)] if wide >= _THINNEST else [list(cells)]
        spans = [self._span(level, group) for group in groups]
        boxes = [Box(left, y - half, right, y + half) for left, right in spans]
        return Tiles(boxes, fill=fill, outline=line if wide >= _THINNEST else None)

    def _frustum(self, level: int, upper: Collection[int], lower: Collection[int]) -> VGroup:
        left, right = self._span(level, upper)
        low_left, low_right = self._span(level - 1, lower)
        top, bottom = self._y(level) - self._high / 2, self._y(level - 1) + self._high / 2
        corners = [(left, top), (right, top), (low_right, bottom), (low_left, bottom), (left, top)]
        color = self.theme.highlight
        body = VMobject(fill_color=color, fill_opacity=_VEIL, stroke_width=0.0)
        body.points = polyline(corners)
        return VGroup(body, Strokes([[corners[0], corners[3]], [corners[1], corners[2]]], color, 1.8, 0.8))
