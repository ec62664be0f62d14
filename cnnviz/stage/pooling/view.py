"""A pooling on stage: the padded input, the window enlarged and the pooled map, side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from cnnviz.engine.trace import PoolStep, PoolTrace
from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.formula import formula
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.shapes import Point, Rectangle
from cnnviz.stage.pooling.panel import WindowPanel, winning_tap
from cnnviz.stage.pooling.slices import SlicesPanel
from cnnviz.stage.text import Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.pooling import Pooling

TOP, BOTTOM, LABEL_Y = 1.98, -2.5, 2.34
GAP = 0.45  # between columns, at least
FORMULA_Y = -2.12
NAMES = {"max": "max-pooled", "avg": "averaged"}


class PoolView(ABC):
    """What a lesson needs of a picture of a pooling, whatever it looks like.

    Attributes
    ----------
    static : list of Mobject
        What stands there from the start.
    window, target : KernelWindow, Rectangle
        The frame on the input and the one on the pooled map.
    panel : WindowPanel or SlicesPanel
        The window enlarged, in the middle.
    of_the_window : list of Mobject
        What of ``static`` speaks of the window: its title and the formula.
    """

    def __init__(self, subject: Pooling, theme: Theme) -> None:
        self.subject, self.trace, self.theme = subject, subject.trace, theme
        self.map: NDArray[np.floating] = self.trace.fold()[0]
        self.peak = subject.picture.peak
        self.static: list[Mobject] = []
        self.window: KernelWindow
        self.target: Rectangle
        self.panel: WindowPanel | SlicesPanel
        self.of_the_window: list[Mobject] = []

    @abstractmethod
    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the padded input is."""

    @abstractmethod
    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the pooled map is."""

    @abstractmethod
    def map_box(self) -> Box:
        """Return where the pooled map is."""

    @abstractmethod
    def lifting(self, step: PoolStep) -> NumberGrid | None:
        """Return the window's numbers where they lie in the input, to be carried to the panel; None where too small."""

    @abstractmethod
    def marks(self, step: PoolStep) -> Sequence[Mobject]:
        """Return what points out the window's largest numbers in the input."""

    @abstractmethod
    def flows(self, step: PoolStep) -> Sequence[VMobject]:
        """Return the lines from the window to the panel and from the result to the map."""

    @abstractmethod
    def fill(self, steps: Sequence[PoolStep]) -> Sequence[Mobject]:
        """Write the results of steps into the pooled map; return what has to be added to the scene for it."""

    def sift(self, step: PoolStep, *, decided: bool) -> None:  # noqa: B027
        """Let the numbers step back that no window has let through so far."""

    def window_shift(self, step: PoolStep) -> Point:
        """Return how far the window moves to reach a step."""
        row, column = step.padded_origin
        return self.window.shift_to(self.input_cell((row, column)))

    def landing(self, step: PoolStep) -> Box:
        """Return where a step lands in the pooled map."""
        row, column = step.output_index[1:]
        return self.output_cell((row, column))

    def tile(self, step: PoolStep) -> NumberGrid:
        """Return the winner of a step as a cell, where it stands in the panel."""
        box, cell = self.panel.box, self.panel.cell
        row, column = winning_tap(step)
        return self._cell(step.result, cell, (box.left + (column + 0.5) * cell, box.top - (row + 0.5) * cell))

    def _cell(self, value: float, side: float, at: Point) -> NumberGrid:
        return NumberGrid(np.array([[value]]), role="output", scale=self.peak, cell=side, theme=self.theme, at=at)

    def _formula(self) -> list[VMobject]:
        if self.panel.result_y < FORMULA_Y + 0.72:
            return []
        return [formula(pooling(self.trace), 24, self.theme.muted, at=(self.panel.x, FORMULA_Y))]

    def arrow_out(self, step: PoolStep) -> Flow:
        """Return the arrow from the result to its place in the map."""
        number = self.panel.result(step).get_right()[0] + 0.15
        landing, box = self.landing(step), self.map_box()
        end = (box.left - 0.1, landing.center[1])
        beside = max(self.panel.x + self.panel.width / 2, self.panel.box.right) + 0.1  # right of what stands above
        return Flow((number, self.panel.result_y), end, self.theme.muted, bend=max(number, min(beside, end[0] - 0.45)))

    def window_title(self, trace: PoolTrace) -> Line:
        """Return what stands above the window."""
        return self._title("window", window_text(trace), self.theme.kernel, self.panel.x)

    def _titles(self, x_input: float, x_output: float) -> list[Line]:
        theme, trace = self.theme, self.trace
        self.of_the_window = [self.window_title(trace), *self._formula()]
        return [
            self._title("input", shape_text(trace.input.shape), theme.input, x_input),
            self._title(NAMES[trace.kind], shape_text(trace.output_shape), theme.output, x_output),
            *self.of_the_window,
        ]

    def _title(self, name: str, what: str, color: Color, x: float) -> Line:
        return Line([(name, color), ("  " + what, self.theme.muted)], layout.LABEL, at=(x, LABEL_Y))

    def _border(self) -> list[Rectangle]:
        """Frame the picture inside its padding, if there is any."""
        if not self.trace.is_padding.any():
            return []
        (above, _), (before, _) = self.trace.padding
        rows, columns = self.trace.input.shape[1:]
        first = self.input_cell((above, before))
        box = Box(first.left, first.top - rows * first.height, first.left + columns * first.width, first.top)
        return [Rectangle(box, outline=self.theme.input, width=3.0)]

    def _frames(self) -> None:
        first = self.input_cell((0, 0))
        self.window = KernelWindow(first, self.trace.kernel_size, (1, 1), self.theme.kernel)
        self.target = Rectangle(self.output_cell((0, 0)), outline=self.theme.text, width=4.0)


def pooling(trace: PoolTrace) -> str:
    """Write a pooling as Typst.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnviz.engine.trace import trace_pool
    >>> pooling(trace_pool(np.ones((1, 1, 4, 4)), 2))
    'Y_(i,j) = max_(m,n) X_(2 i+m, 2 j+n)'
    >>> pooling(trace_pool(np.ones((1, 1, 4, 4)), (2, 3), kind="avg", stride=1))
    'Y_(i,j) = 1/6 sum_(m,n) X_(i+m, j+n)'
    """
    rows, columns = trace.kernel_size
    act = "max_(m,n)" if trace.kind == "max" else f"1/{rows * columns} sum_(m,n)"
    down, across = (name if s == 1 else f"{s} {name}" for s, name in zip(trace.stride, "ij", strict=True))
    return f"Y_(i,j) = {act} X_({down}+m, {across}+n)"


def window_text(trace: PoolTrace) -> str:
    """Write the window's size, and its step where that is not the size.

    Examples
    --------
    >>> import numpy as np
    >>> from cnnviz.engine.trace import trace_pool
    >>> window_text(trace_pool(np.ones((1, 1, 4, 4)), 3, stride=1)), window_text(trace_pool(np.ones((1, 1, 4, 4)), 2))
    ('3 × 3, stride 1', '2 × 2')
    """
    size = _times(trace.kernel_size)
    if trace.stride == trace.kernel_size:
        return size
    step = str(trace.stride[0]) if len(set(trace.stride)) == 1 else _times(trace.stride)
    return f"{size}, stride {step}"


def shape_text(shape: Sequence[int]) -> str:
    """Write the shape of a map; the slices only where there are several.

    Examples
    --------
    >>> shape_text((1, 43, 64)), shape_text((3, 43, 64))
    ('43 × 64', '3 × 43 × 64')
    """
    return _times(shape if shape[0] > 1 else shape[1:])


def _times(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape))
