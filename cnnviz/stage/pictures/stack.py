"""Sheets in space, one behind the other: they stand flat on each other, or turn and fan out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from manim import DashedLine, VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE, Box
from cnnviz.stage.mobjects.shapes import Point
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.pictures.picture import Picture
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.space import FRONT, Plane, Turn, View
from cnnviz.stage.text import Label


class Stack(Picture):
    """Grids in space, the last one nearest to the eye.

    ::

        ▱         seen from the side, so that a sheet, its cells and
          ▱       its digits are one affine picture
            ▱

    Parameters
    ----------
    sheets : sequence of Grid
        From the back to the front; they have no titles of their own.
    view : View
        Where one looks from once they are fanned out.
    gap : float
        Distance of two sheets, in widths of a sheet.
    folded : bool
        Start flat, one exactly before the other; `fan` opens them.
    offsets : sequence of (x, y), optional
        How far the middle of each sheet is from the common axis, in cells of the arrangement.
    spare : (width, height)
        Room that is kept to the right of it and below, in units, for names.
    """

    def __init__(
        self,
        sheets: Sequence[Grid],
        title: Template = "",
        *,
        detail: str = "",
        note: Template = "",
        role: str = "input",
        view: View = View(),  # noqa: B008  # it is frozen
        gap: float = 1.13,
        folded: bool = False,
        offsets: Sequence[Point] = (),
        spare: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        super().__init__(title, detail=detail, note=note, role=role)
        self.sheets, self.view, self.gap, self.folded = list(sheets), view, gap, folded
        for sheet in self.sheets:
            sheet.slant = view.project(0.0, 1.0, 0.0)[1]
        self.offsets, self.spare = list(offsets) or [(0.0, 0.0)] * len(self.sheets), spare

    def size(self, cell: float) -> tuple[float, float]:
        """Return the room that the fanned sheets take."""
        box = self._hull(cell)
        return box.width + self.spare[0], box.height + self.spare[1]

    def draw(self, cell: float) -> None:
        """Draw the sheets, the nearest one last."""
        hull, box = self._hull(cell), self.box
        self.box = box = Box(box.left, box.bottom + self.spare[1], box.right - self.spare[0], box.top)
        self.middle = box.center[0] - hull.center[0], box.center[1] - hull.center[1]
        self.cell = cell
        for sheet, plane in zip(self.sheets, self.planes(self.view), strict=True):
            width, height = sheet.size(cell)
            sheet.settle(self.middle[0] - width / 2, self.middle[1] + height / 2, cell)
            sheet.stand(plane)
            self.add(sheet)
        if self.folded:
            for sheet, plane in zip(self.sheets, self._flat_planes(), strict=True):
                sheet.stand(plane)

    def planes(self, view: View, gap: float | None = None) -> list[Plane]:
        """Return where the sheets stand, seen from somewhere."""
        return self._planes(view, self.cell, self.gap if gap is None else gap, self.middle)

    def fan(self, **options: float) -> Turn:
        """Turn the sheets and draw them apart, as an animation."""
        return Turn(list(zip(self.sheets, self.planes(self.view), strict=True)), **options)

    def fold(self, **options: float) -> Turn:
        """Lay the sheets flat, one exactly before the other, as an animation."""
        return Turn(list(zip(self.sheets, self._flat_planes(), strict=True)), **options)

    def within(self, room: Box, **options: float) -> Turn:
        """Let the fanned sheets take all of a room, in the middle of it, as an animation."""
        box = self._hull(self.cell)
        scale = min(room.width / box.width, room.height / box.height)
        planes = self._planes(self.view, scale * self.cell, self.gap, (0.0, 0.0))
        away = room.center[0] - scale * box.center[0], room.center[1] - scale * box.center[1]

        def moved(plane: Plane) -> Plane:
            (x, y), (a, b), (c, d) = plane.center, plane.across, plane.up
            return Plane((x + away[0], y + away[1]), (scale * a, scale * b), (scale * c, scale * d))

        return Turn(list(zip(self.sheets, map(moved, planes), strict=True)), **options)

    def names(self, texts: Sequence[Template]) -> VGroup:
        """Make a name for each sheet, below it, in the color of its role."""
        labels = VGroup()
        for sheet, text in zip(self.sheets, texts, strict=True):
            low, right = sheet.corners((0, 0), sheet.rows, sheet.columns)[:2]
            at = ((low[0] + right[0]) / 2 + 0.06, (low[1] + right[1]) / 2 - 0.27)
            labels.add(Label(say(text), NOTE, self.theme.role(sheet.role), at=at))
        return labels

    def _planes(self, view: View, cell: float, gap: float, middle: Point) -> list[Plane]:
        step = gap * max(sheet.size(cell)[0] for sheet in self.sheets)
        first = -(len(self.sheets) - 1) / 2
        return [
            view.plane(middle, (first + index) * step, (x * cell, y * cell))
            for index, (x, y) in enumerate(self.offsets)
        ]

    def _flat_planes(self) -> list[Plane]:
        return self._planes(FRONT, self.cell, 0.0, self.box.center)

    def _hull(self, cell: float) -> Box:
        points = []
        for sheet, plane in zip(self.sheets, self._planes(self.view, cell, self.gap, (0.0, 0.0)), strict=True):
            width, height = sheet.size(cell)
            points += [plane.point((x * width / 2, y * height / 2), (0.0, 0.0)) for x in (-1, 1) for y in (-1, 1)]
        xs, ys = zip(*points, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


class Tunnel(VGroup):
    """One window on every sheet of a stack, joined by dashed edges: the kernel as a little box.

    Parameters
    ----------
    stack : Stack
    kernel : (rows, columns)
    cell : (row, column)
        Where its first cell is.
    sheets : slice
        Those that it goes through, from the back.
    """

    def __init__(
        self,
        stack: Stack,
        kernel: Sequence[int],
        *,
        cell: Cell = (0, 0),
        color: Color | None = None,
        sheets: slice = slice(None),
    ) -> None:
        super().__init__()
        ink = color or stack.theme.kernel
        self.windows = [Window(sheet, kernel, cell=cell, color=ink) for sheet in stack.sheets[sheets]]
        corners = [window.grid.corners(cell, *window.span) for window in self.windows]
        edges = [
            DashedLine((*a, 0), (*b, 0), dash_length=0.09, stroke_width=2.0, color=ink)
            for near, far in pairwise(corners)
            for a, b in zip(near, far, strict=True)
        ]
        self.add(VGroup(*edges), *self.windows)

    @property
    def frame(self) -> Window:
        """The nearest of its windows."""
        return self.windows[-1]

    def shift_to(self, cell: Cell) -> Point:
        """Return the shift that brings it to a cell, and note that it is there from now on."""
        return [window.shift_to(cell) for window in self.windows][-1]
