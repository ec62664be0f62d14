"""How numbers go on, as lines in one pair of axes, with what each line has come to written in a corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from manim import Animation, VGroup

from cnnviz.stage import layout
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.curves import Curves
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Align, Label, Line, text_width
from cnnviz.subjects.number import cell_text, share_text

_SOLID, _DASHED = "––– ", "– – "
_LEADING, _AWAY = 1.3, 0.12  # from number to number, in sizes of type; beside a number


class Course(Slot):
    r"""Lines that are drawn as their numbers come in; the first one is solid, the others are dashed.

    ::

        loss
        1 |\     ––– training 0.01
          | \  – – validation 0.06
        0 +------------------ epoch

    Parameters
    ----------
    lines : mapping of str to sequence of float
        Numbers by the name of the line, which is translated.
    width, height : float
        Room in units, without the title.
    roles : sequence of str
        Color role of each line.
    share : bool
        Whether the numbers are shares of a whole, in percent: the axis then goes to 100 %, and what the lines have come
        to stands in the lower corner, not in the upper one.
    above : bool
        Let the numbers stand above the axes, for lines that go into every corner.
    size : float
        Of the type of the numbers, in pixels at 720p.
    **axes
        Those of `Curves`.

    Attributes
    ----------
    curves : Curves
        Once it has its place.
    at : int
        The place whose numbers are written; none are before `show` or `tell`.
    """

    def __init__(
        self,
        lines: Mapping[str, Sequence[float]],
        width: float,
        height: float,
        title: Template = "",
        *,
        roles: Sequence[str],
        share: bool = False,
        above: bool = False,
        size: float = layout.NOTE,
        **axes: Any,
    ) -> None:
        super().__init__(width, height, title)
        self.lines, self.roles, self.share = (
            {name: list(map(float, line)) for name, line in lines.items()},
            roles,
            share,
        )
        self.type_size, self.pitch = size, units(_LEADING * size)
        self.above = len(self.lines) * self.pitch if above else 0.0
        self.axes = {"high": 1.0, "write": percent, **axes} if share else axes
        self.at = 0
        self._texts: list[Line] = []

    def draw(self, cell: float) -> None:
        """Draw the axes, and the beginning of each line."""
        super().draw(cell)
        box = Box(self.box.left, self.box.bottom, self.box.right, self.box.top - self.above)
        self.curves = Curves(self.lines, box, theme=self.theme, roles=self.roles, legend=False, **self.axes)
        self.put(self.curves)
        self._texts = []

    def show(self, at: int) -> None:
        """Draw the lines as far as a place, and write their numbers there, at once."""
        self.curves.show(at)
        self.tell(at)

    def tell(self, at: int) -> None:
        """Write the numbers of a place, and leave the lines as they are."""
        self.at = at
        self.remove(*self._texts)
        self.content = [part for part in self.content if part not in self._texts]
        self._texts = self._numbers()
        self.append(*self._texts)

    def go(self, upto: int, **options: Any) -> Animation:
        """Return the animation that draws the lines on to a place; `show` writes its numbers afterwards."""
        return self.curves.draw(upto, **options)

    def mark(self, at: int, name: Template = "") -> VGroup:
        """Make a line through the axes at a place, as far as the numbers in the corner, with a name beside it."""
        plane, taken = self.curves.plane, 0.0 if self.above else len(self.lines) * self.pitch
        low, high = plane.bottom + taken * self.share, plane.top - taken * (not self.share)
        x, color = self.curves.point(next(iter(self.lines)), at)[0], self.theme.highlight
        away = _AWAY if x < plane.center[0] else -_AWAY
        align: Align = "left" if away > 0 else "right"
        text = Label(say(name), layout.NOTE, color, at=(x + away, self._free(at, low, high)), align=align)
        return VGroup(Strokes([[(x, low), (x, high)]], color, 2.0), *([text] if name else []))

    def _free(self, at: int, low: float, high: float) -> float:
        """Return the middle of the largest gap that the lines leave at a place."""
        ends = sorted([low, high, *(min(max(self.curves.point(name, at)[1], low), high) for name in self.lines)])
        return max(((b - a, (a + b) / 2) for a, b in pairwise(ends)))[1]

    def _numbers(self) -> list[Line]:
        plane = self.curves.plane
        write = share_text if self.share else self.axes.get("write", cell_text)
        texts = [write(numbers[self.at]) for numbers in self.lines.values()]
        top = plane.bottom + len(texts) * self.pitch if self.share and not self.above else plane.top + self.above
        left = plane.right - max(text_width(text, self.type_size) for text in texts) - _AWAY
        lines = []
        for number, (name, text, role) in enumerate(zip(self.lines, texts, self.roles, strict=True)):
            color, y = self.theme.role(role), top - (number + 0.5) * self.pitch
            sample = _SOLID if number == 0 else _DASHED
            lines.append(Line([(text, color)], self.type_size, at=(plane.right, y), align="right"))
            lines.append(Line([(sample + say(name), color)], self.type_size, at=(left, y), align="right"))
        return lines


def percent(share: float) -> str:
    """Write a share in whole percent."""
    return f"{100 * share:.0f} %"
