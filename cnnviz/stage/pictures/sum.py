"""Multiply and sum as a picture with a place: the terms of a window, row by row, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.conv.sum_panel import SumPanel
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import Slot


class Sum(Slot):
    """Writes the steps of a trace out: every product, and the sum.

    Parameters
    ----------
    trace : ConvTrace
    texts : nested sequences of str
        The weights as the kernel writes them.
    width, height : float
        Room in units.
    roles : (str, str, str)
        Color roles of values, weights and result.
    """

    def __init__(
        self,
        trace: Any,
        texts: Sequence[Sequence[str]],
        *,
        width: float = 3.5,
        height: float = 2.3,
        roles: tuple[str, str, str] = ("input", "kernel", "output"),
        title: Template = "",
    ) -> None:
        super().__init__(width, height, title)
        self.trace, self.weights, self.roles = trace, texts, roles

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
