"""Lines of arithmetic, written out in full, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.stage import layout
from cnnviz.stage.language import Template
from cnnviz.stage.layout import units
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
    widest : str
        The widest line there will be.
    """

    def __init__(
        self, width: float, lines: int, *, widest: str = "", size: float = layout.LABEL, title: Template = ""
    ) -> None:
        fit = width / max(text_width(widest, size), 1e-9)
        self.type_size = max(layout.SMALLEST, size * min(1.0, fit))
        super().__init__(width, lines * units(self.type_size) * _LEADING, title)

    def line(self, number: int, runs: Sequence[tuple[str, str]]) -> Line:
        """Make a line of texts, each in the color of a role; the first line is number 0."""
        y = self.box.top - (number + 0.5) * units(self.type_size) * _LEADING
        colored = [(text, self.theme.role(role)) for text, role in runs]
        return Line(colored, self.type_size, at=(self.box.left, y), align="left")
