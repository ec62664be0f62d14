"""Layers side by side as boxes with wires: what goes in above, ways one beside the other, what comes out below."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from cnnviz.stage import layout
from cnnviz.stage.color import mix
from cnnviz.stage.language import say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.diagram import word
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.subjects.blueprint import Part

_BAR, _GAP, _AIR = 0.5, 0.3, 0.24  # height of the ends; between boxes across; beside and between boxes, for wires
_MARGIN = 0.12  # beside the text in a box
_WIDE_AIR = 0.46  # where wires cross, or are bands
_BROAD, _FAINT = 0.8, 0.45  # the broadest band, in widths of a box; share of the ground in its color
_SIZES = (layout.CAPTION, layout.LABEL, layout.NOTE + 3, layout.NOTE + 1, layout.SMALLEST + 1, layout.SMALLEST)
_BETWEEN = "   "  # name and maps in one line
_LEADING, _TIGHT = 1.5, 1.45  # of the lines in a box, at most and at least


class Branches(Slot):
    """Branches between two bars; boxes, their counts and what crosses come one by one.

    ::

        [        192 × 28 × 28        ]
           |        |         |
           |    [conv 1 × 1]  |
        [conv]  [conv 3 × 3] [pool]
           |        |         |
        [        256 × 28 × 28        ]

    Parameters
    ----------
    branches : sequence of sequences of Part
        From the left, each from above; their counts are their parameters.
    above, below : str
        What goes in and what comes out.
    width, height : float
        Room in units.
    rows : int
        Room for so many boxes one below the other.
    mixed : sequence of int
        Rows whose boxes also read what the other branches made.
    reads : int, optional
        Maps that go into each branch: wires become bands, as broad as there are maps in them.
    """

    def __init__(
        self,
        branches: Sequence[Sequence[Part]],
        above: str,
        below: str,
        width: float,
        height: float,
        rows: int = 2,
        *,
        mixed: Sequence[int] = (),
        reads: int = 0,
    ) -> None:
        super().__init__(width, height)
        self.mixed, self.reads = tuple(mixed), reads
        self.branches, self.ends, self.rows = [list(branch) for branch in branches], (above, below), rows

    def draw(self, cell: float) -> None:
        """Find the size of type, and draw the upper bar."""
        super().draw(cell)
        parts = [part for branch in self.branches for part in branch]
        texts = [text for part in parts for text in (*self.texts(part), _count(part))]
        joined = [_BETWEEN.join(self.texts(part)) for part in parts]
        whole = [_BETWEEN.join((*self.texts(part), _count(part))) for part in parts]
        ways = [(size, lines, found) for size in _SIZES for lines, found in ((3, texts), (2, joined), (1, whole))]
        airs = (_WIDE_AIR, _AIR) if self.mixed or self.reads else (_AIR,)
        fits = (
            (air, size, lines)
            for air in airs
            for size, lines, found in ways
            if max(text_width(text, size) for text in found) <= self.across - 2 * _MARGIN
            and lines * units(size) * _TIGHT <= (self.box.height - 2 * _BAR - air) / self.rows - air
        )
        self.air, self.type_size, self.lines = next(fits, (_AIR, _SIZES[-1], 3))
        self.append(self.end(0))

    @property
    def across(self) -> float:
        """The width of a box."""
        return (self.box.width - _GAP * (len(self.branches) - 1)) / len(self.branches)

    @staticmethod
    def texts(part: Part) -> tuple[str, str]:
        """Return what stands in a box."""
        return word(part), say("{maps} maps", maps=part.shape[0])

    def end(self, number: int) -> VGroup:
        """Make the bar above (0) or below (1)."""
        box, role = self.box, self.theme.role("output" if number else "input")
        top = box.bottom + _BAR if number else box.top
        bar = Box(box.left, top - _BAR, box.right, top)
        text = Label(self.ends[number], layout.LABEL - 2, role, at=bar.center)
        return VGroup(Rectangle(bar, fill=self.theme.cell, outline=role, width=2.5), text)

    def room(self, column: int, row: int) -> Box:
        """Return where a box is; fewer boxes than rows stand in the middle."""
        count, left = len(self.branches[column]), self.box.left + column * (self.across + _GAP)
        pitch = (self.box.height - 2 * _BAR - self.air) / self.rows
        middle = self.box.center[1] + ((count - 1) / 2 - row) * pitch
        high = min(pitch - self.air, 3.2 * units(self.type_size) * _LEADING)
        return Box(left, middle - high / 2, left + self.across, middle + high / 2)

    def branch(self, column: int) -> VGroup:
        """Make the boxes of a branch, with their wires."""
        boxes = [self.room(column, row) for row in range(len(self.branches[column]))]
        x = boxes[0].center[0]
        ways = [self.box.top - _BAR, *(y for box in boxes for y in (box.top, box.bottom)), self.box.bottom + _BAR]
        spans = list(zip(ways[::2], ways[1::2], strict=True))
        made = VGroup(Strokes([[(x, a), (x, b)] for a, b in spans], self.theme.muted, 2.0))
        if self.reads:
            counts = [self.reads, *(part.shape[0] for part in self.branches[column])]
            made = VGroup(
                *(self._band(x, *span, count, i) for i, (span, count) in enumerate(zip(spans, counts, strict=True)))
            )
        for part, box in zip(self.branches[column], boxes, strict=True):
            role = self.theme.role("kernel" if part.kind == "conv" else "muted")
            made.add(Rectangle(box, fill=self.theme.cell, outline=role, width=2.5))
            named, maps = self.texts(part)
            if self.lines < 3:
                runs = [(named + _BETWEEN, self.theme.text), (maps, self.theme.output)]
                y, left = self._y(box, 0), box.left + _MARGIN
                centered = self.lines == 2
                made.add(
                    Line(runs, self.type_size, at=(x if centered else left, y), align="center" if centered else "left")
                )
                continue
            made.add(Label(named, self.type_size, self.theme.text, at=(x, self._y(box, 0))))
            made.add(Label(maps, self.type_size, self.theme.output, at=(x, self._y(box, 1))))
        return made

    def crossing(self) -> Strokes:
        """Make the wires between branches, where boxes read what others made."""
        wires = [
            [(above.center[0], above.bottom), (below.center[0], below.top)]
            for row in self.mixed
            for column in range(len(self.branches))
            for other in range(len(self.branches))
            if other != column
            for above, below in [(self.room(other, row - 1), self.room(column, row))]
        ]
        return Strokes(wires, self.theme.output, 6.0)

    def counts(self, column: int, *, lit: bool = False) -> VGroup:
        """Make the parameters of each box of a branch."""
        made = VGroup()
        for row, part in enumerate(self.branches[column]):
            box = self.room(column, row)
            ink = self.theme.highlight if lit else self.theme.text if part.parameters else self.theme.muted
            centered, y = self.lines > 1, self._y(box, self.lines - 1)
            at = (box.center[0] if centered else box.right - _MARGIN, y)
            made.add(Label(_count(part), self.type_size, ink, at=at, align="center" if centered else "right"))
        return made

    def _band(self, x: float, top: float, bottom: float, maps: int, row: int) -> Rectangle:
        most = max(self.reads, *(part.shape[0] for branch in self.branches for part in branch))
        half = _BROAD * self.across * maps / most / 2
        ink = self.theme.role("output" if row else "input")
        return Rectangle(Box(x - half, bottom, x + half, top), fill=mix(ink, self.theme.ground, _FAINT))

    def _y(self, box: Box, line: int) -> float:
        return box.top - (line + 0.5) * box.height / self.lines


def _count(part: Part) -> str:
    return f"{part.parameters:,}"
