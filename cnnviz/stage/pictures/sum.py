"""Multiply and sum as a picture with a place: the terms of a window, row by row, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import units
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.sum_panel import SumPanel
from cnnviz.stage.text import text_width
from cnnviz.subjects.number import cell_text, factor_text

_USUAL, _WIDEST = 3.3, 5.4
_EASY, _LEADING = 19, 1.42  # type that is easily read, and the distance of its lines


class Sum(Slot):
    """Writes the steps of a trace out: every product, and the sum.

    Parameters
    ----------
    trace : ConvTrace
    texts : nested sequences of str
        The weights as the kernel writes them.
    width : float, optional
        Room in units; as much as the terms need, within reason, if left out.
    height : float, optional
    roles : (str, str, str)
        Color roles of values, weights and result.
    easy : int
        The type that room is made for where no width and height are given.
    in_line : bool
        Write all of it in one line.
    """

    def __init__(
        self,
        trace: Any,
        texts: Sequence[Sequence[str]],
        *,
        width: float | None = None,
        height: float | None = None,
        roles: tuple[str, str, str] = ("input", "kernel", "output"),
        title: Template = "",
        easy: int = _EASY,
        in_line: bool = False,
    ) -> None:
        room = width or _natural_width(trace, texts, easy), height or _natural_height(len(texts), easy)
        super().__init__(*room, title)
        self.trace, self.weights, self.roles = trace, texts, roles
        self.largest, self.in_line = max(easy, layout.TERM), in_line

    def draw(self, cell: float) -> None:
        """Choose the type in which all terms fit."""
        super().draw(cell)
        box = self.box
        self.panel = SumPanel(
            self.trace,
            self.weights,
            at=(box.center[0], box.top),
            width=box.width,
            height=box.height,
            theme=self.theme,
            roles=self.roles,
            largest=self.largest,
            in_line=self.in_line,
        )

    def write(self, step: Any) -> None:
        """Write a step out, in place of the one before."""
        self.put(*self.panel.terms(step), self.panel.result(step))

    def terms(self, step: Any) -> list[Any]:
        """Make the products of a step, one group for each row of the kernel, to come one by one."""
        return list(self.panel.terms(step))

    def result(self, step: Any) -> Any:
        """Make the sum of a step; its last part is the number."""
        return self.panel.result(step)


def _natural_width(trace: Any, texts: Sequence[Sequence[str]], easy: int) -> float:
    """Return the width in which a row of terms can be read, from the usual one to the widest one."""
    plus, times = text_width("+", easy) * 1.7, text_width("×", easy) * 1.25
    value = max(text_width(cell_text(abs(v)), easy) for v in np.unique(trace.padded))
    weights = [max(text_width(factor_text(row[column]), easy) for row in texts) for column in range(len(texts[0]))]
    return min(max(_USUAL, sum(weights) + len(weights) * (plus + value + times)), _WIDEST)


def _natural_height(rows: int, easy: int) -> float:
    """Return the height in which rows of terms and the sum can be read."""
    return max(1.7, rows * units(easy) * _LEADING + units(layout.RESULT) * 1.4)
