"""The middle of a pooling's picture: one window enlarged, what becomes of its numbers, and the one that goes on."""

from __future__ import annotations

import numpy as np
from manim import VGroup
from numpy.typing import NDArray

from cnnviz.engine.trace import PoolStep, PoolTrace
from cnnviz.stage import layout
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.number_grid import grid_texts
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.sifted_grid import SiftedGrid
from cnnviz.stage.pooling.narration import RESULT_DIGITS
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, exact


class WindowPanel:
    """Writes the steps of a pooling: the window as a grid, the sum or the choice in one line, the result.

    Parameters
    ----------
    trace : PoolTrace
        Two-dimensional.
    peak : float
        The value of the strongest fill.
    at : (x, y)
        Middle of the upper edge.
    cell : float
        Side of a cell of the enlarged window, in units.
    width : float
        Room for the line below it.

    Attributes
    ----------
    travels : bool
        Whether the answer is one of the window's cells, which can travel as it is.
    """

    def __init__(
        self, trace: PoolTrace, peak: float, *, at: tuple[float, float], cell: float, width: float, theme: Theme
    ) -> None:
        self.trace, self.peak, self.theme = trace, peak, theme
        self.cell, self.width, self.travels = cell, width, trace.kind == "max"
        self.x, self.top = at
        rows, columns = trace.kernel_size
        left = self.x - columns * cell / 2
        self.box = Box(left, self.top - rows * cell, left + columns * cell, self.top)
        self.line_y = self.box.bottom - 0.36
        self.result_y = self.line_y - 0.56

    def values(self, step: PoolStep) -> SiftedGrid:
        """Return the numbers of the window as they lie in the input."""
        texts = outside_texts(step.values, uncounted(step))
        return self._grid(step.values, "input", self.peak, step.is_padding, texts)

    def winner_with_rings(self, step: PoolStep) -> VGroup:
        """Return the numbers of a maximum's window: those muted that do not go on, the largest ones framed."""
        grid = self.values(step)
        grid.sift(set(grid.fills) - {winning_tap(step)})
        return VGroup(grid, *rings(step, self.box, self.cell, self.theme))

    def shares(self, step: PoolStep) -> SiftedGrid:
        """Return what each number of an average's window hands over."""
        shares = step.values * step.share
        # A share has the strength that its number has in the input, or nobody would see it.
        return self._grid(
            shares, "output", self.peak / step.share.size, step.is_padding, outside_texts(shares, uncounted(step))
        )

    def decided(self, step: PoolStep) -> VGroup:
        """Return the window after the decision, whatever the kind, with its rings."""
        if self.trace.kind == "avg":
            return self.shares(step)
        return self.winner_with_rings(step)

    def without_window(self, trace: PoolTrace, at: tuple[float, float]) -> WindowPanel:
        """Return a panel for another trace that writes no window."""
        return WindowPanel(trace, self.peak, at=at, cell=0.0, width=self.width, theme=self.theme)

    def line(self, step: PoolStep) -> Label:
        """Return the sum or the choice, written out where it fits."""
        theme = self.theme
        numbers = [cell_text(value) for value in step.values[~step.is_padding].tolist()]
        counted = int((step.share != 0).sum()) if step.divisor else len(numbers)
        if step.divisor is None:
            texts = [f"max({', '.join(numbers)})", f"largest of {len(numbers)} numbers", f"largest of {len(numbers)}"]
        else:
            total = cell_text(float(step.values[~step.is_padding].sum()), RESULT_DIGITS)
            numbers += ["0"] * (counted - len(numbers))
            texts = [f"({' + '.join(numbers)}) / {step.divisor}", f"{total} / {step.divisor}"]
        fitting = [text for text in texts if text_width(text, layout.TERM) <= self.width]
        return Label((fitting or texts[-1:])[0], layout.TERM, theme.text, at=(self.x, self.line_y))

    def result(self, step: PoolStep) -> Line:
        """Return ``= result``, with an ``≈`` where the text is rounded; the number is the last part."""
        text = cell_text(step.result, RESULT_DIGITS)
        sign = "= " if exact(step.result, text) else "≈ "
        runs = [(sign, self.theme.muted), (text, self.theme.output)]
        return Line(runs, layout.RESULT, at=(self.x, self.result_y), bold=True)

    def _grid(
        self,
        values: NDArray[np.floating],
        role: str,
        scale: float,
        padding: NDArray[np.bool_],
        texts: list[list[str]],
    ) -> SiftedGrid:
        return SiftedGrid(
            np.where(np.isfinite(values), values, np.nan),
            role=role,
            scale=scale,
            cell=self.cell,
            theme=self.theme,
            at=self.box.center,
            texts=texts,
            padding=padding,
        )


def rings(step: PoolStep, box: Box, cell: float, theme: Theme) -> list[Rectangle]:
    """Return a frame around each of a window's largest numbers, for a window that is drawn in ``box``."""
    places = [tap for tap in np.ndindex(*step.values.shape) if tuple(step.source[tap]) in step.argmaxes]
    first = winning_tap(step)
    made = []
    for row, column in places:
        left, top = box.left + column * cell, box.top - row * cell
        width = 5.0 if (row, column) == first else 2.0
        made.append(Rectangle(Box(left, top - cell, left + cell, top), outline=theme.highlight, width=width))
    return made


def winning_tap(step: PoolStep) -> tuple[int, int]:
    """Return the place of the arg-max in its window."""
    row, column = (int(i) for i in np.argwhere((step.source == step.argmax).all(axis=-1))[0])
    return row, column


def uncounted(step: PoolStep) -> NDArray[np.bool_]:
    """Tell which cells of a window hold nothing that an average counts: those beyond the padding."""
    return (step.share == 0) if step.divisor is not None else np.zeros(step.share.shape, dtype=bool)


def outside_texts(values: NDArray[np.floating], empty: NDArray[np.bool_]) -> list[list[str]]:
    """Write cells, and nothing where they are ``empty``."""
    texts = grid_texts(values)
    return [["" if no else text for text, no in zip(*row, strict=True)] for row in zip(texts, empty, strict=True)]
