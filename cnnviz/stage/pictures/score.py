"""What one contender reached, large beside the picture it speaks of: the number, and a bar with a dot for each seed."""

from __future__ import annotations

from collections.abc import Callable

from manim import VGroup

from cnnviz.nn.experiments import Point
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, NOTE, RESULT, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.spread import UNKNOWN, Spread
from cnnviz.stage.text import Label, Piece, Words, size_within

_ENDS = (0.0, 0.5, 1.0)
_AIR, _BELOW = 0.2, 0.36  # units: from the sides to the ends of the bar, and for its marks
_ROOM, _THICK = 1.9, 0.5  # units: the height from which it is also said what is counted; of the bar, at most
_FILL, _OUT = 0.45, 0.07  # how strong the bar is behind the dots


class Score(Spread):
    """A spread of one contender from 0 to 100 %, named above; its number stands above its bar, large.

    ::

        windows of 5 × 5
        called a face
        20.1 ± 9.3 %
        [###·:·|··          ]
        0 %     50 %    100 %

    Parameters
    ----------
    name : str
        Of the contender, as it is written.
    point : Point
        What was measured.
    counts : str
        What is counted, where there is room for it.
    """

    def __init__(
        self, name: str, point: Point, width: float, height: float, counts: Template, *, said: Callable[[Point], str]
    ) -> None:
        super().__init__({name: point}, width, height, said=said, over=_ENDS)
        self._size, self.counts = (width, height), say(counts)

    def draw(self, cell: float) -> None:
        """Draw the empty bar, and ask for the number."""
        Slot.draw(self, cell)
        (name, point), box = next(iter(self.measured.items())), self.box
        self._pitch, size = box.height, size_within(box.width, LABEL, name)
        words = [Label(name, size, self.theme.text, at=(box.left, box.top - units(0.5 * LABEL)), align="left")]
        top = box.top - TITLE_HEIGHT
        if box.height >= _ROOM:
            small = size_within(box.width, NOTE, self.counts)
            words += [Label(self.counts, small, self.theme.muted, at=(box.left, top - units(0.5 * NOTE)), align="left")]
            top -= units(1.4 * NOTE)
        room = top - box.bottom - _BELOW
        self.half = min(_THICK, 0.4 * room) / 2
        self.type_size = int(size_within(box.width, min(RESULT, 0.42 * room / units(1.0)), self.said(point)))
        self.plane = Box(
            box.left + _AIR, box.bottom + _BELOW, box.right - 2 * _AIR, box.bottom + _BELOW + 2.4 * self.half
        )
        self.number = box.left, (self.plane.top + top) / 2
        low, high = self.y(name) - self.half, self.y(name) + self.half
        rules = [[(self.x(at), self.plane.bottom), (self.x(at), self.plane.top)] for at in _ENDS]
        marks = [Piece(f"{100 * at:.0f} %", (self.x(at), box.bottom + 0.45 * _BELOW)) for at in _ENDS]
        self.lines: dict[str, VGroup] = {}
        self.asked = {name: Label(UNKNOWN, self.type_size, self.theme.muted, at=self.number, align="left")}
        self.put(
            Tiles([Box(self.plane.left, low, self.plane.right, high)], fill=self.theme.rail),
            Strokes(rules, self.theme.line, 1.2),
            Words(marks, SMALLEST + 1, self.theme.muted),
            *words,
            *self.asked.values(),
        )

    def y(self, name: str) -> float:  # noqa: ARG002  # there is only one
        """Return the middle of the bar."""
        return self.plane.center[1]

    def line(self, name: str, *, lit: bool = False) -> VGroup:
        """Make the bar, how far it spreads, its dots, its mean, and both numbers."""
        band, dots, mean, text = super().line(name, lit=lit).submobjects
        y, half, end = self.y(name), self.half, self.x(self.measured[name].mean)
        bar = Tiles(
            [Box(self.plane.left, y - half, end, y + half)], fill=self.theme.role(self.dots[name]), opacity=_FILL
        )
        color = self.theme.highlight if lit else self.theme.text
        text = Label(self.said(self.measured[name]), self.type_size, color, at=self.number, align="left")
        return VGroup(bar, band, dots, mean, text)

    def row(self, name: str) -> Box:  # noqa: ARG002
        """Return all of it."""
        box, out = self.box, _OUT
        return Box(box.left - out, box.bottom - out, box.right + out, box.top + out)
