"""Global pooling: the whole map is one window, and one number is left."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, Transform

from cnnviz.stage import layout
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pooling import narration
from cnnviz.stage.pooling.lesson import PoolingLesson
from cnnviz.stage.pooling.slices import SlicesPanel
from cnnviz.stage.pooling.view import PoolView, shape_text
from cnnviz.stage.text import Line, text_width

_SIDE, _GAP = 0.8, 0.2


class WholeView:
    """The one number, beside the picture of the pooling that came before.

    Attributes
    ----------
    window : Box
        The whole input, without its padding.
    panel : WindowPanel or SlicesPanel
        In the middle, without the window itself.
    place : Box
        Where the number goes: below the pooled map.
    """

    def __init__(self, view: PoolView) -> None:
        self.view, self.theme = view, view.theme
        self.step = view.subject.whole[0]
        (above, _), (before, _) = view.trace.padding
        rows, columns = view.trace.input.shape[1:]
        first = view.input_cell((above, before))
        self.window = Box(first.left, first.top - rows * first.height, first.left + columns * first.width, first.top)
        at = (view.panel.x, view.panel.box.center[1] + 0.6)
        self.panel = view.panel.without_window(view.subject.whole, at)
        self.name = f"global {narration.KINDS[view.trace.kind]}"
        width = _SIDE + _GAP + text_width(self.name, layout.LABEL)
        left = min(view.map_box().center[0] - width / 2, layout.RIGHT - width)
        top = view.map_box().bottom - 0.4
        self.place = Box(left, top - _SIDE, left + _SIDE, top)

    def cell(self) -> NumberGrid | Rectangle:
        """Return the number as a cell in its place, of a color picture the pixel."""
        if isinstance(self.panel, SlicesPanel):
            return Rectangle(self.place, fill=self.panel.color(self.step))
        value = np.array([[self.step.result]])
        return NumberGrid(
            value, role="output", scale=self.view.peak, cell=_SIDE, theme=self.theme, at=self.place.center
        )

    def titles(self) -> list[Line]:
        """Return what stands beside the number."""
        x, y = self.place.right + _GAP, self.place.center[1]
        return [
            Line(
                [(f"global {narration.KINDS[self.view.trace.kind]}", self.theme.output)],
                layout.LABEL,
                at=(x, y + 0.19),
                align="left",
            ),
            Line(
                [(shape_text(self.view.subject.whole.output_shape), self.theme.muted)],
                layout.LABEL,
                at=(x, y - 0.19),
                align="left",
            ),
        ]

    def arrow(self) -> Flow:
        """Return the arrow from the result in the panel to its place."""
        number = self.panel.result(self.step).get_right()[0] + 0.15
        return Flow((number, self.panel.result_y), (self.place.left - 0.1, self.place.center[1]), self.theme.muted)


class GlobalPoolingLesson(PoolingLesson):
    """A pooling that ends with the whole map as one window."""

    below = 1.5

    def finish(self) -> None:
        """Lay a window over the whole map, let its mean land below the pooled map, and close."""
        view, theme = self.view, self.theme
        whole = WholeView(view)
        self.say(narration.ask_whole(self.subject))
        self.clear_writing()
        self.remove(view.target, *view.of_the_window)
        self.play(Transform(view.window[0], Rectangle(whole.window, outline=theme.kernel, width=5.0)), run_time=0.9)
        self.add(view.window_title(self.subject.whole))
        line, result = whole.panel.line(whole.step), whole.panel.result(whole.step)
        above = [whole.panel.decided(whole.step)] if isinstance(whole.panel, SlicesPanel) else []
        self.play(FadeIn(*above, line), run_time=0.4)
        self.hold(0.4)
        self.play(FadeIn(result, scale=0.8), run_time=0.4)
        self.hold(0.4)
        self.send(result[-1].copy(), whole.place, 0.9)
        self.add(whole.cell(), Rectangle(whole.place, outline=theme.text, width=4.0), whole.arrow())
        self.play(*map(FadeIn, whole.titles()), run_time=0.4)
        self.say(narration.whole(self.subject))
        self.hold(0.5)
        self.close(narration.takeaway_whole(self.subject))
