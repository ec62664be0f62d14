"""Who gives, what is given, and where it adds up: three columns, the same for every operation that hands out shares."""

from __future__ import annotations

import numpy as np
from manim import Mobject, VMobject

from cnnviz.stage import layout
from cnnviz.stage.backprop.columns import BOTTOM, LABEL_Y, MIDDLE, TOP, Side, lay_out
from cnnviz.stage.backprop.field import Field
from cnnviz.stage.backprop.sharing import Matrix, Numbers, Share, Sharing
from cnnviz.stage.backprop.tally import written
from cnnviz.stage.color import Color
from cnnviz.stage.formula import formula
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid, grid_texts, smallest_cell
from cnnviz.stage.mobjects.pixel_image import PixelImage, map_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.number import MINUS, cell_text, exact
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme

MOST_VISITS = 150  # shares; beyond it the middle ones are told row by row
_MIDDLE_CELL = 0.5
_HEADING, _SUM, _FORMULA = 0.6, 0.42, 0.74  # heights above and below the share
_MOST_SHARE = 0.7  # of the height of the middle column
_BETWEEN = 0.34  # between patch and share, where both are drawn
_SHADES = 24


class SharesView:
    """The picture of a `Sharing`.

    Whatever moves its place from step to step stands on the left or the right: the factors, if their patch moves, else
    the givers; and the target. What is left stands in the middle, above the share.

    Parameters
    ----------
    sharing : Sharing
    peak : float
        The value of full brightness of the picture.
    source : str
        The formula, in Typst.
    room : (rows, columns), optional
        Cells that the left column should have room for, if all numbers can be read then; see ``has_room``.
    equal : bool
        Keep the cells of both outer columns the same.
    """

    def __init__(
        self,
        sharing: Sharing,
        theme: Theme,
        *,
        peak: float,
        source: str,
        room: tuple[int, int] | None = None,
        equal: bool = False,
    ) -> None:
        self.sharing, self.theme, self.peak, self.source = sharing, theme, peak, source
        self.patch_moves = sharing.givers.name == "dY" and sharing.factors.name == "X"
        left, top = (sharing.factors, sharing.givers) if self.patch_moves else (sharing.givers, sharing.factors)
        target = sharing.target
        texts = written(sharing, MOST_VISITS)
        sides = Side.of(room or left.values.shape, _texts(left)), Side.of(target.values.shape, texts)
        self.columns = lay_out(*sides, equal=equal)
        self.has_room = room is not None and self.columns.readable
        if not self.has_room:
            sides = Side.of(left.values.shape, _texts(left)), sides[1]
            self.columns = lay_out(*sides, equal=equal)
        at = self.columns
        middle = TOP - sides[0].rows * at.left_cell / 2
        self.left = Field(left, scale=self._scale(left), cell=at.left_cell, at=(at.left, middle), theme=theme)
        y = TOP - len(target.values) * at.right_cell / 2
        self.share_scale = float(np.abs(sharing.result).max())
        self.target = Field(
            target, scale=self.share_scale, cell=at.right_cell, at=(at.right, y), theme=theme, running=texts
        )
        self._middle(top)
        self._frames()
        self.titles = [
            self.title(left, at.left, self.left.box.top + LABEL_Y - TOP),
            self.title(top, at.middle, LABEL_Y),
            self.title(target, at.right, LABEL_Y),
        ]
        self.static: list[Mobject] = [self.left, self.top, self.target, *self.titles, *self._borders()]
        if not self.target.readable:
            self.static += self._scale_bar()

    def title(self, matrix: Matrix, x: float, y: float) -> Line:
        """Write what a matrix is called and how large it is."""
        shape = " × ".join(map(str, matrix.size))
        runs = [(matrix.name, self.theme.role(matrix.role)), ("  " + shape, self.theme.muted)]
        return Line(runs, layout.LABEL, at=(x, y))

    def giver(self, share: Share) -> Box:
        """Return the cell that gives."""
        return (self.top if self.patch_moves else self.left).around(share.giver)

    def share(self, share: Share) -> list[Mobject]:
        """Return what a step hands out: a heading, the patch where its field cannot be read, and the share."""
        parts: list[Mobject] = [self._heading(share)]
        if self._patch_x is not None:
            patch = self._small(share.patch, self.sharing.factors.role, self.peak, self._patch_x)
            parts.append(patch)
        parts.append(self._small(share.numbers, self.sharing.target.role, self.share_scale, self._share_x))
        return parts

    def flows(self, share: Share) -> list[VMobject]:
        """Return the arrows to the share and from it."""
        rows = len(share.patch) if self.patch_moves else 1
        first = share.patch_origin if self.patch_moves else share.giver
        lowest = BOTTOM + _FORMULA + 0.2 if self._has_formula else BOTTOM + 0.1  # the arrows keep above the formula
        row = max(self.left.cell_box((first[0], 0), rows).center[1], lowest)
        landing = min(max(self.landing(share).center[1], lowest), self.target.box.top - 0.1)
        left, right = self._extent(share)
        into = Flow((self.left.box.right + 0.1, row), (left - 0.16, self._share_y), self.theme.muted)
        out = Flow((right + 0.16, self._share_y), (self.target.box.left - 0.1, landing), self.theme.muted)
        return [into, out]

    def landing(self, share: Share) -> Box:
        """Return the rectangle of the target that receives."""
        rows, columns = ((k - 1) * d + 1 for k, d in zip(share.numbers.shape, self.sharing.target_spacing, strict=True))
        return self.target.cell_box(share.landing, rows, columns)

    def sum_line(self, before: float, added: float) -> Line:
        """Write how one cell of the target grows."""
        role, muted, negative = self.theme.role(self.sharing.target.role), self.theme.muted, self.theme.negative
        total = before + added
        sign = " = " if exact(total, cell_text(total)) else " ≈ "
        runs: list[tuple[str, Color]] = []
        for value, between in ((before, " + "), (added, sign), (total, "")):
            runs += [(cell_text(value), role if value >= 0 else negative), (between, muted)]
        return Line(runs, layout.TERM, at=(self._share_x, self._share_bottom - 0.27))

    def formula(self) -> list[VMobject]:
        """Return the formula, where there is room for it."""
        if not self._has_formula:
            return []
        at = self.columns.middle, BOTTOM + _FORMULA / 2 - 0.09
        made = formula(self.source, 24, self.theme.muted, at=at)
        gap = 2 * min(at[0] - self.left.box.right, self.target.box.left - at[0]) - 0.4
        return [made.scale(min(1.0, gap / made.width))] if gap > 0.8 * made.width else []

    def _middle(self, top: Matrix) -> None:
        """Find sizes for what stands in the middle: the third matrix, and under it the share."""
        rows, columns = self.sharing[0].numbers.shape
        both = self.patch_moves and not self.left.readable
        count = 2 * columns if both else columns
        widest = (MIDDLE - (_BETWEEN if both else 0)) / count
        texts = _share_texts(self.sharing)
        need_share, need_top = smallest_cell(texts), smallest_cell(_texts(top))
        room = TOP - BOTTOM - _HEADING - _SUM
        top_rows, top_columns = top.values.shape
        most_top, most_share = min(_MIDDLE_CELL, MIDDLE / top_columns), min(_MIDDLE_CELL, widest)
        for height, kept in ((room - _FORMULA, True), (room, False)):
            side = min(height / (rows + top_rows), _MIDDLE_CELL)
            top_side, share_side = min(side, most_top), min(side, most_share)
            self._has_formula = kept
            if share_side >= need_share and top_side >= need_top:
                break
        else:
            # What is handed out matters more than what it is made from.
            if need_share <= min(most_share, _MOST_SHARE * room / rows):
                share_side = max(share_side, need_share)
            top_side = min((room - rows * share_side) / top_rows, most_top)
        x = self.columns.middle
        self.top = Field(
            top,
            scale=self._scale(top),
            cell=top_side,
            at=(x, TOP - top_rows * top_side / 2),
            theme=self.theme,
        )
        self._side = share_side
        self._share_y = self.top.box.bottom - _HEADING - rows * share_side / 2
        self._share_bottom = self._share_y - rows * share_side / 2
        width = columns * share_side
        self._patch_x = x - (width + _BETWEEN) / 2 if both else None
        self._share_x = x + (width + _BETWEEN) / 2 if both else x

    def _heading(self, share: Share) -> Line:
        factors, theme = self.sharing.factors, self.theme
        what = "window" if self.patch_moves else factors.name
        value = cell_text(share.value)
        runs = [(value, theme.role(self.sharing.givers.role)), (" × ", theme.muted), (what, theme.role(factors.role))]
        x = self.columns.middle
        return Line(runs, layout.LABEL, at=(x, self.top.box.bottom - _HEADING / 2 - 0.04))

    def _extent(self, share: Share) -> tuple[float, float]:
        """Left and right end of what stands in the middle, in units."""
        heading = text_width(f"{cell_text(share.value)} × window", layout.LABEL) if self.patch_moves else 0.0
        width = self._side * share.numbers.shape[1]
        x = self.columns.middle
        left = min((self._share_x if self._patch_x is None else self._patch_x) - width / 2, x - heading / 2)
        return left, max(self._share_x + width / 2, x + heading / 2)

    def _small(self, values: Numbers, role: str, scale: float, x: float) -> NumberGrid:
        return NumberGrid(values, role=role, scale=scale, cell=self._side, theme=self.theme, at=(x, self._share_y))

    def _scale(self, matrix: Matrix) -> float:
        return self.peak if matrix.role == "input" else float(np.abs(matrix.values).max())

    def _frames(self) -> None:
        first, theme = self.sharing[0], self.theme
        self.giver_frame = Rectangle(self.giver(first), outline=theme.highlight, width=4.0)
        shape = first.numbers.shape
        self.window = (
            KernelWindow(self.left.cell_box(first.patch_origin), shape, self.sharing.patch_spacing, theme.kernel)
            if self.patch_moves
            else KernelWindow(self.target.cell_box(first.landing), shape, self.sharing.target_spacing, theme.kernel)
        )

    def window_cell(self, share: Share) -> Box:
        """Return the first cell under the moving window."""
        return self.left.cell_box(share.patch_origin) if self.patch_moves else self.target.cell_box(share.landing)

    def _borders(self) -> list[Rectangle]:
        fields = [field for field in (self.left, self.target) if field.matrix.border.any()]
        return [Rectangle(f.inside(), outline=self.theme.role(f.matrix.role), width=3.0) for f in fields]

    def _scale_bar(self) -> list[Mobject]:
        """State what the colors of the target mean."""
        box, role = self.target.box, self.sharing.target.role
        wide, high, y = max(box.width * 0.5, 1.0), 0.13, box.bottom - 0.3
        lowest = -_SHADES if self.sharing.target.values.min() < 0 else 0
        shades = [self.theme.fill(role, i / _SHADES) for i in range(lowest, _SHADES + 1)]
        left = box.center[0] - wide / 2
        bar = PixelImage(map_pixels([shades]), Box(left, y - high / 2, left + wide, y + high / 2))
        largest = cell_text(self.share_scale)
        ends = (MINUS + largest if lowest else "0", left - 0.12, "right"), (largest, left + wide + 0.12, "left")
        return [bar, *(Label(t, layout.NOTE, self.theme.muted, at=(x, y), align=a) for t, x, a in ends)]  # type: ignore[arg-type]


def _texts(matrix: Matrix) -> set[str]:
    return {text for row in matrix.texts or grid_texts(matrix.values) for text in row}


def _share_texts(sharing: Sharing) -> set[str]:
    """Return the texts of the shares, of a hundred of them where there are many more."""
    some = range(0, len(sharing), max(1, len(sharing) // 100))
    return {cell_text(value) for index in some for value in sharing[index].numbers.ravel().tolist()}
