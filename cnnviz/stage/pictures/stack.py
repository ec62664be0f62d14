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
    """Grids of one shape in space, the last one nearest to the eye.

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
    ) -> None:
        super().__init__(title, detail=detail, note=note, role=role)
        self.sheets, self.view, self.gap, self.folded = list(sheets), view, gap, folded

    def size(self, cell: float) -> tuple[float, float]:
        """Return the room that the fanned sheets take."""
        box = self._hull(cell, (0.0, 0.0))
        return box.width, box.height

    def draw(self, cell: float) -> None:
        """Draw the sheets, the nearest one last."""
        hull = self._hull(cell, (0.0, 0.0))
        self.middle = self.box.center[0] - hull.center[0], self.box.center[1] - hull.center[1]
        width, height = self.sheets[0].size(cell)
        self._width = width
        for sheet, plane in zip(self.sheets, self.planes(self.view), strict=True):
            sheet.settle(self.middle[0] - width / 2, self.middle[1] + height / 2, cell)
            sheet.stand(Plane(self.box.center) if self.folded else plane)
            self.add(sheet)

    def planes(self, view: View, gap: float | None = None) -> list[Plane]:
        """Return where the sheets stand, seen from somewhere."""
        step = self._width * (self.gap if gap is None else gap)
        first = -(len(self.sheets) - 1) / 2
        return [view.plane(self.middle, (first + index) * step) for index in range(len(self.sheets))]

    def fan(self, **options: float) -> Turn:
        """Turn the sheets and draw them apart, as an animation."""
        return Turn(list(zip(self.sheets, self.planes(self.view), strict=True)), **options)

    def fold(self, **options: float) -> Turn:
        """Lay the sheets flat, one exactly before the other, as an animation."""
        return Turn([(sheet, FRONT.plane(self.box.center)) for sheet in self.sheets], **options)

    def names(self, texts: Sequence[Template]) -> VGroup:
        """Make a name for each sheet, below it, in the color of its role."""
        labels = VGroup()
        for sheet, text in zip(self.sheets, texts, strict=True):
            low, right = sheet.corners((0, 0), sheet.rows, sheet.columns)[:2]
            at = ((low[0] + right[0]) / 2 + 0.06, (low[1] + right[1]) / 2 - 0.27)
            labels.add(Label(say(text), NOTE, self.theme.role(sheet.role), at=at))
        return labels

    def _hull(self, cell: float, middle: Point) -> Box:
        width, height = self.sheets[0].size(cell)
        first = -(len(self.sheets) - 1) / 2
        points = []
        for index in range(len(self.sheets)):
            plane = self.view.plane(middle, (first + index) * width * self.gap)
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
    """

    def __init__(self, stack: Stack, kernel: Sequence[int], *, cell: Cell = (0, 0), color: Color | None = None) -> None:
        super().__init__()
        ink = color or stack.theme.kernel
        self.windows = [Window(sheet, kernel, cell=cell, color=ink) for sheet in stack.sheets]
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
