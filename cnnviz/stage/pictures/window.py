"""The window that a kernel lays on a grid: one frame, or with dilation a frame and its taps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import LineJointType, VGroup, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.layout import PIXELS_PER_UNIT, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Point, Rectangle, polyline
from cnnviz.stage.pictures.grid import Cell, Grid
from cnnviz.stage.text import Label, text_width

_TAG, _LOW, _CORNER = 0.29, 0.9, 0.02
"""Type of a tag, in cells; its height, in type sizes; and its distance from the corner of its cell, in cells."""


class Outline(VMobject):
    """The outline of some cells of a grid, in the grid's plane.

    Attributes
    ----------
    grid, cell, rows, columns
        What it stands around; a test compares this with where it is drawn.
    """

    def __init__(
        self, grid: Grid, cell: Cell, rows: int = 1, columns: int = 1, *, color: Color, width: float = 4.0
    ) -> None:
        super().__init__(stroke_color=color, stroke_width=width, fill_opacity=0.0, joint_type=LineJointType.MITER)
        self.grid, self.rows, self.columns = grid, rows, columns
        self.lay(cell)

    def lay(self, cell: Cell) -> Outline:
        """Stand around other cells."""
        self.cell = cell
        self.points = polyline([*self.corners, self.corners[0]])
        return self

    @property
    def corners(self) -> list[Point]:
        """Where its corners belong, as `Grid.corners` gives them."""
        return self.grid.corners(self.cell, self.rows, self.columns)

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        return self.grid.cell_box(self.cell, self.rows, self.columns)


class Tag(VGroup):
    """A weight on a plate in the color of its cell in the kernel, in the lower right corner of a cell below it."""

    def __init__(self, kernel: Grid, weight: Cell, box: Box) -> None:
        super().__init__()
        self.weight, self.text, fill = weight, kernel.texts[weight[0]][weight[1]], kernel.color_of(weight)
        size, gap = tag_size(box.width), _CORNER * box.width
        wide, high = tag_width(self.text, size), _LOW * units(size)
        right, bottom = box.right - gap, box.bottom + gap
        self.box = Box(right - max(wide, high), bottom, right, bottom + high)
        self.add(Rectangle(self.box, fill=fill, outline=kernel.theme.ground, width=1.0))
        self.add(Label(self.text, size, kernel.theme.text_on(fill), at=self.box.center))


def tag_size(side: float) -> float:
    """Return the type size of tags in cells of a side."""
    return max(SMALLEST, _TAG * side * PIXELS_PER_UNIT)


def tag_width(text: str, size: float) -> float:
    """Return the width of a tag with a text, its margins included."""
    return text_width(text, size) + 0.35 * units(size)


class Window(VGroup):
    """A window of ``kernel`` cells, ``dilation`` apart, on a grid, its first cell at ``cell``.

    ::

        ┌─────┐        ┌──────┐
        │ 3x3 │   or   │▫ ▫ ▫ │  where the kernel has holes
        └─────┘        └──────┘
    """

    def __init__(
        self,
        grid: Grid,
        kernel: Sequence[int],
        dilation: Sequence[int] = (1, 1),
        *,
        cell: Cell = (0, 0),
        color: Color | None = None,
        width: float = 5.0,
    ) -> None:
        super().__init__()
        self.grid, self.kernel, self.dilation = grid, tuple(kernel), tuple(dilation)
        self.span = tuple((k - 1) * d + 1 for k, d in zip(kernel, dilation, strict=True))
        ink = color or grid.theme.kernel
        holes = max(dilation) > 1
        self.frame = Outline(grid, cell, *self.span, color=ink, width=1.5 if holes else width)
        self.taps = [Outline(grid, tap, color=ink, width=0.8 * width) for tap in self.cells(cell)] if holes else []
        self.tags: list[Tag] = []
        self.add(self.frame, *self.taps)

    def take_up(self, scene: Any, kernel: Grid, *, seconds: float = 1.0) -> None:
        """Let the weights of a kernel travel onto the cells, to be carried along as tags from now on.

        Nothing happens where there is no room: where a value, in the middle of its cell, and a tag would touch.
        """
        side, size = self.grid.side, tag_size(self.grid.side)
        widest = max(tag_width(text, size) for row in kernel.texts for text in row)
        free = (side - 8 / 11 * units(self.grid.type_size)) / 2 - _CORNER * side
        if not self.grid.has_numbers or free < _LOW * units(size) or widest > (1 - 2 * _CORNER) * side:
            return
        weights = kernel.everywhere()
        tags = [Tag(kernel, w, self.grid.cell_box(at)) for w, at in zip(weights, self.cells(), strict=True)]
        if seconds:
            starts = [tag.copy().move_to((*kernel.cell_box(tag.weight).center, 0)) for tag in tags]
            scene.fly(*(([start], tag.box) for start, tag in zip(starts, tags, strict=True)), seconds=seconds)
        self.tags = tags
        self.add(*tags)

    def put_down(self) -> None:
        """Carry no weights any more."""
        self.remove(*self.tags)
        self.tags = []

    @property
    def cell(self) -> Cell:
        """Where its first cell is."""
        return self.frame.cell

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        return self.frame.box

    def cells(self, first: Cell | None = None) -> list[Cell]:
        """List the cells that it touches, row by row."""
        row, column = self.cell if first is None else first
        (rows, columns), (down, right) = self.kernel, self.dilation
        return [(row + i * down, column + j * right) for i in range(rows) for j in range(columns)]

    def lay(self, cell: Cell) -> Window:
        """Stand at another cell, at once."""
        across, up = self.shift_to(cell)
        VGroup(*self.tags).shift((across, up, 0.0))
        self.frame.lay(cell)
        for tap, at in zip(self.taps, self.cells(cell), strict=bool(self.taps)):
            tap.lay(at)
        return self

    def shift_to(self, cell: Cell) -> Point:
        """Return the shift that brings it to a cell, and note that it is there from now on."""
        before, after = self.grid.corners(self.cell)[3], self.grid.corners(cell)[3]
        self.frame.cell = cell
        for tap, at in zip(self.taps, self.cells(cell), strict=bool(self.taps)):
            tap.cell = at
        return after[0] - before[0], after[1] - before[1]
