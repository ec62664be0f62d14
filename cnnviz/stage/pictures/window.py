"""The window that a kernel lays on a grid: one frame, or with dilation a frame and its taps."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LineJointType, VGroup, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, polyline
from cnnviz.stage.pictures.grid import Cell, Grid


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
        self.add(self.frame, *self.taps)

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
