"""Lines of arithmetic, written out in full, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box, units
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Line, text_width

_LEADING = 1.75  # distance of two lines, in type sizes


class Reckoning(Slot):
    """Lines in several colors; all in one size of type.

    ::

        3 × 25 + 1 = 76
        6 × 76 + 9 × 101 + 151 = 1,516

    Parameters
    ----------
    width : float
        Room in units; the type shrinks where ``widest`` is wider.
    lines : int
        Room for so many of them.
    widest : str or sequence of str
        The widest line there will be, or several that may be it.
    """

    def __init__(
        self,
        width: float,
        lines: int,
        *,
        widest: str | Sequence[str] = "",
        size: float = layout.LABEL,
        title: Template = "",
    ) -> None:
        texts = [widest] if isinstance(widest, str) else widest
        fit = width / max(1e-9, *(text_width(text, size) for text in texts))
        self.type_size = max(layout.SMALLEST, size * min(1.0, fit))
        super().__init__(width, lines * units(self.type_size) * _LEADING, title)

    def line(self, number: int, runs: Sequence[tuple[str, str]]) -> Line:
        """Make a line of texts, each in the color of a role; the first line is number 0."""
        y = self.box.top - (number + 0.5) * units(self.type_size) * _LEADING
        colored = [(text, self.theme.role(role)) for text, role in runs]
        return Line(colored, self.type_size, at=(self.box.left, y), align="left")

    def reckon(self, scene: Any, number: int, *runs: tuple[str, str]) -> Line:
        """Let a line appear on the stage, and return it."""
        scene.appear(line := self.line(number, runs), into=self, seconds=0.3)
        return line

    def below(self, number: int) -> Box:
        """Return the room from a line on downward."""
        box = self.box
        return Box(box.left, box.bottom, box.right, box.top - number * units(self.type_size) * _LEADING)
