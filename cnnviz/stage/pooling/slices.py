"""The middle of a color pooling's picture: one window in each slice, and the pixel that their answers make."""

from __future__ import annotations

from manim import VGroup

from cnnviz.engine.trace import PoolStep, PoolTrace
from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pooling.panel import WindowPanel
from cnnviz.stage.text import Label
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text

_BETWEEN, _LETTER, _LEAST, _SWATCH = 0.2, 0.36, 1.1, 0.5


class SlicesPanel:
    """Three windows side by side, red, green and blue, each pooled on its own; parameters as for `WindowPanel`.

    It has what a lesson needs of a `WindowPanel`. Steps are those of the first slice; the other two follow.
    """

    travels = False

    def __init__(
        self, trace: PoolTrace, peak: float, *, at: tuple[float, float], cell: float, width: float, theme: Theme
    ) -> None:
        self.trace, self.peak, self.theme = trace, peak, theme
        self.cell, self.width = cell, width
        self.x, self.top = at
        rows, columns = trace.kernel_size
        apart = max(columns * cell, _LEAST if not cell else 0.0) + _BETWEEN
        top = self.top - (_LETTER if cell else 0.0)
        self.slices = [
            WindowPanel(trace, peak, at=(self.x + (i - 1) * apart, top), cell=cell, width=width, theme=theme)
            for i in range(len(trace.input))
        ]
        self.box = Box(self.slices[0].box.left, top - rows * cell, self.slices[-1].box.right, top)
        self.numbers_y = self.box.bottom - 0.32
        self.line_y = self.numbers_y - 0.44
        self.result_y = self.line_y - 0.56

    def values(self, step: PoolStep) -> VGroup:
        """Return the numbers of the three windows as they lie in the input."""
        return VGroup(*(panel.values(own) for panel, own in self._each(step)), *self._letters())

    def decided(self, step: PoolStep) -> VGroup:
        """Return the three windows after the decision, each with its answer below; shares would be too small."""
        answers = [
            Label(cell_text(own.result), layout.TERM, self.theme.output, at=(panel.x, self.numbers_y))
            for panel, own in self._each(step)
        ]
        windows = [p.winner_with_rings(own) if own.argmaxes else p.values(own) for p, own in self._each(step)]
        return VGroup(*(windows if self.cell else []), *self._letters(), *answers)

    def line(self, step: PoolStep) -> Label:  # noqa: ARG002
        """Say what becomes of the three answers."""
        return Label("three numbers, one pixel", layout.TERM, self.theme.muted, at=(self.x, self.line_y))

    def result(self, step: PoolStep) -> VGroup:
        """Return ``=`` and the pixel, which is the last part."""
        half = _SWATCH / 2
        place = Box(self.x + 0.12 - half + 0.2, self.result_y - half, self.x + 0.12 + half + 0.2, self.result_y + half)
        sign = Label("=", layout.RESULT, self.theme.muted, at=(self.x - 0.32, self.result_y), bold=True)
        return VGroup(sign, Rectangle(place, fill=self.color(step), outline=self.theme.muted, width=1.5))

    def color(self, step: PoolStep) -> Color:
        """Return the color of the pixel."""
        levels = (min(max(own.result / self.peak, 0.0), 1.0) for _, own in self._each(step))
        return "#" + "".join(f"{round(255 * level):02x}" for level in levels)

    def without_window(self, trace: PoolTrace, at: tuple[float, float]) -> SlicesPanel:
        """Return a panel for another trace that writes no windows."""
        return SlicesPanel(trace, self.peak, at=at, cell=0.0, width=self.width, theme=self.theme)

    def _letters(self) -> list[Label]:
        y = self.top - 0.1 if self.cell else self.numbers_y + 0.4
        return [Label(c, 20, self.theme.muted, at=(p.x, y)) for c, p in zip("RGB", self.slices, strict=True)]

    def _each(self, step: PoolStep) -> list[tuple[WindowPanel, PoolStep]]:
        place = step.output_index[1:]
        return [(panel, self.trace.at((slice_, *place))) for slice_, panel in enumerate(self.slices)]
