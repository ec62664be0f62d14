"""An activation on stage: the map before, the graph of the function, the map after, side by side."""

from __future__ import annotations

import numpy as np
from manim import Mobject, VGroup

from cnnviz.stage import layout
from cnnviz.stage.activation.graph import FunctionGraph
from cnnviz.stage.activation.maps import BOTTOM, NOTE_ROOM, NumberMaps, PixelMaps, fits
from cnnviz.stage.formula import formula
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.number_grid import Cell
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.stage.text import Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.activation import Activation
from cnnviz.subjects.number import cell_text

_GRAPH = Box(-1.65, 0.05, 1.65, 1.7)
_TERM_Y, _RESULT_Y, _FORMULA_Y, _LABEL_Y = -0.85, -1.4, -2.2, 2.34
_TITLE = 1.2  # half of the title in the middle and some air


class ActivationView:
    """What stands on stage.

    Attributes
    ----------
    maps : NumberMaps or PixelMaps
        The two maps.
    graph : FunctionGraph
        The function over the range of the map; its curve is not on stage from the start.
    frames : (Rectangle, Rectangle)
        Around a number before and after.
    static : list of Mobject
        What stands there from the start.
    """

    def __init__(self, subject: Activation, theme: Theme) -> None:
        self.subject, self.theme = subject, theme
        self.maps = NumberMaps(subject, theme) if fits(subject) else PixelMaps(subject, theme)
        reach = float(np.abs(subject.before).max())
        self.graph = FunctionGraph(lambda x: max(0.0, x), reach, _GRAPH, theme=theme)
        before, after = self.maps.before, self.maps.after
        self.frames = (
            Rectangle(before.cell_box((0, 0)), outline=theme.kernel, width=5.0),
            Rectangle(after.cell_box((0, 0)), outline=theme.text, width=4.0),
        )
        self._note_fits = after.box.bottom > BOTTOM + NOTE_ROOM - 1e-6
        self.static: list[Mobject] = [*self.maps.static, self.graph, *self._titles()]
        if self._note_fits:
            self.static.append(formula("Y_(i,j) = max(0, X_(i,j))", 24, theme.muted, at=(0.0, _FORMULA_Y)))

    def point(self, cell: Cell) -> VGroup:
        """Return the point of a number on the graph."""
        return self.graph.point(float(self.subject.before[cell]))

    def term(self, cell: Cell) -> Line:
        """Return ``max(0, x)`` with the number put in."""
        value = float(self.subject.before[cell])
        color = self.theme.input if value >= 0 else self.theme.negative
        runs = [("max(0, ", self.theme.muted), (cell_text(value), color), (")", self.theme.muted)]
        return Line(runs, layout.TERM, at=(0.0, _TERM_Y))

    def result(self, cell: Cell) -> VGroup:
        """Return ``= y``; the number is the last part."""
        return equals(float(self.subject.after[cell]), layout.RESULT, self.theme, at=(0.0, _RESULT_Y), bold=True)

    def place(self, cell: Cell) -> None:
        """Lay the frames around a number."""
        for frame, shown in zip(self.frames, (self.maps.before, self.maps.after), strict=True):
            frame.reshape(shown.cell_box(cell))

    def tally(self, cut: int) -> Line:
        """Return how many numbers have become 0, below the map or, where there is no room, in the formula's place."""
        box = self.maps.after.box
        runs = [(f"{cut} of {self.subject.before.size}", self.theme.text), (" cut to 0", self.theme.muted)]
        at = (box.center[0], box.bottom - 0.34) if self._note_fits else (0.0, _FORMULA_Y)
        return Line(runs, layout.LABEL, at=at)

    def _titles(self) -> list[Line]:
        theme, shape = self.theme, " × ".join(map(str, self.subject.before.shape))
        x, x_after = self.maps.before.box.center[0], self.maps.after.box.center[0]
        what = f"{self.subject.kernel.title}, {shape}"
        if text_width(f"feature map  {what}", layout.LABEL) > 2 * min(x - layout.LEFT, -_TITLE - x):
            what = shape
        columns = (
            ("feature map", what, theme.input, x),
            ("ReLU", "max(0, x)", theme.kernel, 0.0),
            ("activation", shape, theme.output, x_after),
        )
        return [
            Line([(name, color), ("  " + what, theme.muted)], layout.LABEL, at=(x, _LABEL_Y))
            for name, what, color, x in columns
        ]
