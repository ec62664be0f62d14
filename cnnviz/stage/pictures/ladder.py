"""A formula as a ladder: in letters, with the numbers put in, and what it becomes, one rung below the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import UP, VGroup

from cnnviz.stage.formula import chain
from cnnviz.stage.language import Template
from cnnviz.stage.layout import units
from cnnviz.stage.pictures.picture import Slot

_LEADING = 1.9  # distance of two rungs, in type sizes; fractions take more
_GAP = 0.12


class Ladder(Slot):
    """Rungs of a formula, each to appear by itself; all in one size of type.

    Parameters
    ----------
    width : float
        Room in units; the type shrinks where a rung is wider.
    rungs : int
        Room for so many of them.
    size : float
        Type in pixels at 720p.
    """

    def __init__(
        self, width: float, rungs: float = 3, *, size: float = 27, title: Template = "", role: str = "text"
    ) -> None:
        super().__init__(width, rungs * units(size) * _LEADING, title, role=role)
        self.type_size = size

    def rungs(self, first: str, *others: str, heads: Sequence[str] = ()) -> list[VGroup]:
        """Set ``first = others[0]``, then below it ``= others[1]`` and so on; return the rungs, not yet shown.

        With ``heads`` the rungs below are equations of their own, ``heads[0] = others[1]`` and so on.

        Parameters
        ----------
        first, *others : str
            Typst's math; numbers put in by the program, never a user's text.
        """
        self.clear()
        x, y, pitch = self.box.left, self.box.top, units(self.type_size) * _LEADING
        head = chain([first, *others[:1]], self.type_size, self.theme, at=(x, y), width=self.box.width)
        indent = head[1].get_left()[0] - x if len(head) > 1 else 0.0
        lines = [head]
        for number, rung in enumerate(others[1:]):
            left = "" if not heads else heads[number]
            at = (x if heads else x + indent, y)
            lines.append(chain([left, rung], self.type_size, self.theme, at=at, width=self.box.right - at[0]))
        rungs = [VGroup(*line) for line in lines]
        for rung in rungs:
            room = max(pitch, rung.height + _GAP)
            rung.shift((y - room / 2 - rung.get_y()) * UP)
            y -= room
        return rungs

    def climb(self, scene: Any, rungs: Sequence[VGroup], *, pause: float = 0.5) -> None:
        """Let rungs appear one after the other."""
        for rung in rungs:
            scene.appear(rung, into=self)
            scene.hold(pause)
