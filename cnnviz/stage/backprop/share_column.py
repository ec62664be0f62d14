"""The middle column: the matrix that stays, and under it what a step hands out."""

from __future__ import annotations

import numpy as np
from manim import Mobject

from cnnviz.stage import layout
from cnnviz.stage.backprop.columns import BOTTOM, MIDDLE, TOP
from cnnviz.stage.backprop.field import Field
from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.text import Line, text_width
from cnnviz.stage.theme import Theme
from cnnviz.subjects.number import cell_text, exact
from cnnviz.subjects.sharing import Matrix, Numbers, Share, Sharing

FORMULA = 0.74  # height of the formula below the share
_CELL = 0.5  # side, at most, unless numbers need more
_HEADING, _SUM = 0.6, 0.42  # heights above and below the share
_MOST_SHARE = 0.7  # of the height of the column
_BETWEEN = 0.34  # between patch and share, where both are drawn


class ShareColumn:
    """Sizes and places of the middle column, and the mobjects of each step.

    Parameters
    ----------
    sharing : Sharing
    top : Matrix
        The matrix that stands above the share.
    x : float
        Middle of the column.
    peak : float
        The value of full brightness of the picture.
    patch : bool
        Draw the patch beside the share, for it cannot be read where it lies.

    Attributes
    ----------
    top : Field
    has_formula : bool
        Whether there is room for a formula below.
    y : float
        Middle of the share.
    """

    def __init__(self, sharing: Sharing, top: Matrix, theme: Theme, *, x: float, peak: float, patch: bool) -> None:
        self.sharing, self.theme, self.x, self._peak = sharing, theme, x, peak
        self._what = "window" if top is sharing.givers else sharing.factors.name
        self._scale = float(np.abs(sharing.result).max())
        rows, columns = sharing[0].numbers.shape
        room = (MIDDLE - _BETWEEN) / 2 if patch else MIDDLE
        top_side, self._side = self._sides(top, room)
        scale = peak if top.role == "input" else float(np.abs(top.values).max())
        self.top = Field(top, scale=scale, cell=top_side, at=(x, TOP - len(top.values) * top_side / 2), theme=theme)
        self.y = self.top.box.bottom - _HEADING - rows * self._side / 2
        self._bottom = self.y - rows * self._side / 2
        aside = (columns * self._side + _BETWEEN) / 2
        self._patch_x = x - aside if patch else None
        self._share_x = x + aside if patch else x

    def share(self, share: Share) -> list[Mobject]:
        """Return what a step hands out: a heading, the patch where its field cannot be read, and the share."""
        parts: list[Mobject] = [self._heading(share)]
        if self._patch_x is not None:
            parts.append(self._small(share.patch, self.sharing.factors.role, self._peak, self._patch_x))
        parts.append(self._small(share.numbers, self.sharing.target.role, self._scale, self._share_x))
        return parts

    def extent(self, share: Share) -> tuple[float, float]:
        """Left and right end of what a step hands out, in units."""
        heading = text_width(f"{cell_text(share.value)} × {self._what}", layout.LABEL)
        width = self._side * share.numbers.shape[1]
        left = min((self._share_x if self._patch_x is None else self._patch_x) - width / 2, self.x - heading / 2)
        return left, max(self._share_x + width / 2, self.x + heading / 2)

    def sum_line(self, before: float, added: float) -> Line:
        """Write how one cell of the target grows."""
        role, muted, negative = self.theme.role(self.sharing.target.role), self.theme.muted, self.theme.negative
        total = before + added
        sign = " = " if exact(total, cell_text(total)) else " ≈ "
        runs: list[tuple[str, Color]] = []
        for value, between in ((before, " + "), (added, sign), (total, "")):
            runs += [(cell_text(value), role if value >= 0 else negative), (between, muted)]
        return Line(runs, layout.TERM, at=(self._share_x, self._bottom - 0.27))

    def _sides(self, top: Matrix, width: float) -> tuple[float, float]:
        """Return the cells of the upper matrix and of the share, and decide on the formula."""
        rows, columns = self.sharing[0].numbers.shape
        top_rows, top_columns = top.values.shape
        room = TOP - BOTTOM - _HEADING - _SUM
        need_top, need = smallest_cell(texts(top)), smallest_cell(_texts_of_shares(self.sharing))
        most_top = min(max(_CELL, need_top), MIDDLE / top_columns)
        most = min(max(_CELL, need), width / columns)
        for height, self.has_formula in ((room - FORMULA, True), (room, False)):
            both = height / (rows + top_rows)
            if min(both, most) >= need and min(both, most_top) >= need_top:
                return min(both, most_top), min(both, most)
        # What is handed out matters more than what it is made from.
        side = min(both, most)
        if need <= min(most, _MOST_SHARE * room / rows):
            side = max(side, need)
        return min((room - rows * side) / top_rows, most_top), side

    def _heading(self, share: Share) -> Line:
        sharing, theme = self.sharing, self.theme
        value = (cell_text(share.value), theme.role(sharing.givers.role))
        runs = [value, (" × ", theme.muted), (self._what, theme.role(sharing.factors.role))]
        return Line(runs, layout.LABEL, at=(self.x, self.top.box.bottom - _HEADING / 2 - 0.04))

    def _small(self, values: Numbers, role: str, scale: float, x: float) -> NumberGrid:
        return NumberGrid(values, role=role, scale=scale, cell=self._side, theme=self.theme, at=(x, self.y))


def texts(matrix: Matrix) -> set[str]:
    """Return every text of a matrix."""
    return {text for row in matrix.texts or grid_texts(matrix.values) for text in row}


def _texts_of_shares(sharing: Sharing) -> set[str]:
    """Return the texts of the shares, of a hundred of them where there are many more."""
    some = range(0, len(sharing), max(1, len(sharing) // 100))
    return {cell_text(value) for index in some for value in sharing[index].numbers.ravel().tolist()}
