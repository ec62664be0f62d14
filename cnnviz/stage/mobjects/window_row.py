"""One row of an input with all its windows laid beneath it, each above the output cell it makes."""

from __future__ import annotations

from manim import VGroup

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.theme import Theme
from cnnviz.subjects.output_size import OutputSize

_LARGEST = 0.55  # side of a cell
_DEEPEST = 1.1  # of the stair of windows
_STEP = 0.26  # of the stair, at most
_GAP = 0.17


class WindowRow(VGroup):
    """A row of cells as `OutputSize` counts them: padding, input, padding; windows and outputs come with ``lay``.

    ::

        □■■■■■□      input, with a cell of padding on each side
        ▪▪▪          windows, in as many rows as keeps them apart
          ▪▪▪
            ▪▪▪
         ■ ■ ■       one output for each, under its middle

    Parameters
    ----------
    size : OutputSize
    at : (x, y)
        Middle of the whole picture.
    width : float
        Room in units.

    Attributes
    ----------
    frame : Rectangle
        The outline of a window on the cells, on the first one until `look_at` moves it; not part of the group.
    """

    def __init__(self, size: OutputSize, *, at: tuple[float, float], width: float, theme: Theme) -> None:
        super().__init__()
        self.size, self.theme = size, theme
        before, after = size.padding
        cells = before + size.width + after
        self.side = min(_LARGEST, width / cells)
        self.span = size.dilation * (size.kernel - 1) + 1
        # Windows in one row of the stair keep a step between them, so that none touches the next.
        self.levels = min(size.out, -(-(self.span + 1) // size.stride))
        self._rise = min(_STEP, _DEEPEST / self.levels)
        height = 2 * self.side + 2 * _GAP + self.levels * self._rise
        self.left, self.top = at[0] - cells * self.side / 2, at[1] + height / 2
        outside = [self.cell(i) for i in (*range(before), *range(before + size.width, cells))]
        inside = [self.cell(before + i) for i in range(size.width)]
        self.add(Tiles(outside, outline=theme.input, width=1.6))
        self.add(Tiles(inside, fill=theme.fill("input", 0.62), outline=theme.ground))
        self.frame = Rectangle(self.cell(0, self.span), outline=theme.kernel, width=4.5)

    def cell(self, index: int, count: int = 1) -> Box:
        """Return where a cell of the padded row is, or several from there on."""
        left = self.left + index * self.side
        return Box(left, self.top - self.side, left + count * self.side, self.top)

    def window(self, index: int) -> VGroup:
        """Make a window: a bar with a square for each weight, which a dilated kernel has only here and there."""
        first, y = index * self.size.stride, self._level(index)
        high = min(self._rise * 0.62, 0.15)
        taps = [self.cell(first + k * self.size.dilation) for k in range(self.size.kernel)]
        gap = min(0.2 * self.side, 0.05)
        squares = [Box(box.left + gap, y - high / 2, box.right - gap, y + high / 2) for box in taps]
        bar = Strokes([[(squares[0].left, y), (squares[-1].right, y)]], self.theme.kernel, 1.6)
        return VGroup(bar, Tiles(squares, fill=self.theme.kernel))

    def output(self, index: int) -> Box:
        """Return where the output cell of a window is: under the window's middle, as large as an input cell."""
        middle = self.left + (index * self.size.stride + self.span / 2) * self.side
        top = self._level(self.levels - 1) - self._rise / 2 - _GAP
        return Box(middle - self.side / 2, top - self.side, middle + self.side / 2, top)

    def lay(self, index: int) -> VGroup:
        """Make a window with its output cell."""
        output = Tiles([self.output(index)], fill=self.theme.fill("output", 0.8), outline=self.theme.ground)
        return VGroup(self.window(index), output)

    def look_at(self, index: int) -> None:
        """Move the frame to a window."""
        self.frame.reshape(self.cell(index * self.size.stride, self.span))

    def left_over(self) -> VGroup:
        """Make the marks on the cells at the end that no window reaches; empty where there are none."""
        count = self.size.left_over
        if not count:
            return VGroup()
        cells = self.size.width + sum(self.size.padding)
        boxes = [self.cell(i) for i in range(cells - count, cells)]
        inset = self.side * 0.28
        crosses = []
        for box in boxes:
            left, right, low, high = box.left + inset, box.right - inset, box.bottom + inset, box.top - inset
            crosses += [[(left, low), (right, high)], [(left, high), (right, low)]]
        sunk = Tiles(boxes, fill=self.theme.cell, outline=self.theme.line)
        return VGroup(sunk, Strokes(crosses, self.theme.muted, 2.4))

    def _level(self, index: int) -> float:
        return self.top - self.side - _GAP - (index % self.levels + 0.5) * self._rise
