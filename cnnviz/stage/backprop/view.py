"""Who gives, what is given, and where it adds up: three columns, the same for every operation that hands out shares."""

from __future__ import annotations

import numpy as np
from manim import Mobject, VMobject

from cnnviz.stage import layout
from cnnviz.stage.backprop.columns import BOTTOM, LABEL_Y, TOP, Side, lay_out
from cnnviz.stage.backprop.field import Field
from cnnviz.stage.backprop.share_column import FORMULA, ShareColumn, texts
from cnnviz.stage.formula import formula
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.flow import Flow
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.scale_bar import ScaleBar, fill_scale
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.text import Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.sharing import Matrix, Share, Sharing
from cnnviz.subjects.tally import written

MOST_VISITS = 100  # shares; beyond it the middle ones are told row by row


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

    Attributes
    ----------
    left, target : Field
    middle : ShareColumn
    titles : list of Line
        Above the three columns.
    giver_frame, window : Rectangle, KernelWindow
        The cell that gives, and the window that moves, on the factors or on the target.
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
        self.sharing, self.theme, self.source = sharing, theme, source
        self.patch_moves = sharing.factors.role == "input"
        left, top = (sharing.factors, sharing.givers) if self.patch_moves else (sharing.givers, sharing.factors)
        target, running = sharing.target, written(sharing, MOST_VISITS)
        sides = Side.of(room or left.values.shape, texts(left)), Side.of(target.values.shape, running)
        at = lay_out(*sides, equal=equal)
        self.has_room = room is not None and at.readable
        if not self.has_room:
            sides = Side.of(left.values.shape, texts(left)), sides[1]
            at = lay_out(*sides, equal=equal)
        y = TOP - sides[0].rows * at.left_cell / 2
        scale = peak if left.role == "input" else float(np.abs(left.values).max())
        self.left = Field(left, scale=scale, cell=at.left_cell, at=(at.left, y), theme=theme)
        y = TOP - len(target.values) * at.right_cell / 2
        scale = float(np.abs(sharing.result).max())
        self.target = Field(target, scale=scale, cell=at.right_cell, at=(at.right, y), theme=theme, running=running)
        patch = self.patch_moves and not self.left.readable
        self.middle = ShareColumn(sharing, top, theme, x=at.middle, peak=peak, patch=patch)
        self.giver_frame = Rectangle(self.giver(sharing[0]), outline=theme.highlight, width=4.0)
        spacing = sharing.patch_spacing if self.patch_moves else sharing.target_spacing
        first = sharing[0]
        self.window = KernelWindow(self.window_cell(first), first.numbers.shape, spacing, theme.kernel)
        self.titles = [
            self._title(left, at.left, self.left.box.top + LABEL_Y - TOP),
            self._title(top, at.middle, LABEL_Y),
            self._title(target, at.right, LABEL_Y),
        ]
        self.static: list[Mobject] = [self.left, self.middle.top, self.target, *self.titles, *self._borders()]
        if not self.target.readable:
            box, signed = self.target.box, bool(target.values.min() < 0)
            bar = fill_scale(theme, scale, role=target.role, signed=signed)
            at_bar = box.center[0], box.bottom - 0.3
            self.static.append(ScaleBar(*bar, at=at_bar, width=max(box.width * 0.5, 1.0), theme=theme))

    def giver(self, share: Share) -> Box:
        """Return the cell that gives."""
        return (self.middle.top if self.patch_moves else self.left).around(share.giver)

    def window_cell(self, share: Share) -> Box:
        """Return the first cell under the moving window."""
        return self.left.cell_box(share.patch_origin) if self.patch_moves else self.target.cell_box(share.landing)

    def landing(self, share: Share) -> Box:
        """Return the rectangle of the target that receives."""
        rows, columns = ((k - 1) * d + 1 for k, d in zip(share.numbers.shape, self.sharing.target_spacing, strict=True))
        return self.target.cell_box(share.landing, rows, columns)

    def flows(self, share: Share) -> list[VMobject]:
        """Return the arrows to the share and from it."""
        rows = len(share.patch) if self.patch_moves else 1
        first = share.patch_origin if self.patch_moves else share.giver
        # The arrows keep above the formula.
        lowest = BOTTOM + FORMULA + 0.2 if self.middle.has_formula else BOTTOM + 0.1
        row = max(self.left.cell_box((first[0], 0), rows).center[1], lowest)
        landing = min(max(self.landing(share).center[1], lowest), self.target.box.top - 0.1)
        (left, right), y, color = self.middle.extent(share), self.middle.y, self.theme.muted
        into = Flow((self.left.box.right + 0.1, row), (left - 0.16, y), color)
        return [into, Flow((right + 0.16, y), (self.target.box.left - 0.1, landing), color)]

    def formula(self) -> list[VMobject]:
        """Return the formula, where there is room for it."""
        if not self.middle.has_formula:
            return []
        x = self.middle.x
        made = formula(self.source, 24, self.theme.muted, at=(x, BOTTOM + FORMULA / 2 - 0.09))
        gap = 2 * min(x - self.left.box.right, self.target.box.left - x) - 0.4
        return [made.scale(min(1.0, gap / made.width))] if gap > 0.8 * made.width else []

    def _title(self, matrix: Matrix, x: float, y: float) -> Line:
        shape = " × ".join(map(str, matrix.size))
        runs = [(matrix.name, self.theme.role(matrix.role)), ("  " + shape, self.theme.muted)]
        return Line(runs, layout.LABEL, at=(x, y))

    def _borders(self) -> list[Rectangle]:
        fields = [field for field in (self.left, self.target) if field.matrix.border.any()]
        return [Rectangle(f.inside(), outline=self.theme.role(f.matrix.role), width=3.0) for f in fields]
