"""Lines of code beside a diagram: each stands at the height of what it makes."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.stage import layout
from cnnviz.stage.layout import Box, units
from cnnviz.stage.pictures.diagram import HEAD, MOST, MOST_TALL, Diagram
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.text import Label, Line, text_width, wrap
from cnnviz.subjects.blueprint import Part

_ROLES = {"name": "text", "in": "input", "out": "output", "kernel": "kernel"}
_INDENT, _FILLED = 1.6, 0.66  # in type sizes; the most that letters fill of a line's height
_AWAY, _SHARE = 0.4, 0.45  # between code and diagram; the most of the width for code
_MESSAGE, _LEADING = 20, 1.4  # type size of an error, distance of its lines in type sizes
Call = Sequence[tuple[str, str]]
Bracket = tuple[str, str]


def listing(
    brackets: Bracket,
    calls: Sequence[Call],
    parts: Sequence[Part],
    room: Box,
    *,
    texts: Sequence[str],
    labels: Sequence[str] = (),
) -> tuple[Code, Diagram, Row | Column]:
    """Make code and, line by line beside it, the diagram of what it makes; below it where lines are too long."""
    lines, widest = len(calls) + 1, max(text_width(text + ",", layout.LABEL) for text in texts)
    widest += _INDENT * units(layout.LABEL)
    beside = widest * layout.SMALLEST / layout.LABEL <= _SHARE * room.width
    wide = min(widest, _SHARE * room.width if beside else room.width)
    left = room.width - _AWAY - wide if beside else room.width
    high = room.height - HEAD - (0.0 if beside else HEAD + _AWAY)
    tall = beside and room.height > room.width
    pitch = min(MOST_TALL if tall else MOST, high / (lines if beside else lines + len(parts)))
    code = Code(brackets, calls, wide, pitch, size=layout.LABEL * wide / widest)
    diagram = Diagram(parts, left, HEAD + pitch * len(parts), labels=labels, tall=tall)
    return code, diagram, Row(code, diagram, gap=_AWAY) if beside else Column(code, diagram, gap=_AWAY)


class Code(Slot):
    """A call for each line, what opens it at the height of a diagram's head, and what closes it behind the last.

    ::

        net = nn.Sequential(
            nn.Conv2d(1, 8, kernel_size=3),
            nn.ReLU(),
        )

    Lines are muted until they are lit; then their numbers have the colors of what they count.

    Parameters
    ----------
    brackets : (str, str)
        What opens the list of lines and what closes it.
    calls : sequence of sequence of (str, str)
        Pieces of each line, and what each is.
    width : float
        Room in units.
    pitch : float
        Distance of two lines, as in the diagram.
    size : float
        Type size, at most.
    """

    def __init__(
        self, brackets: Bracket, calls: Sequence[Call], width: float, pitch: float, *, size: float = layout.LABEL
    ) -> None:
        super().__init__(width, HEAD + pitch * (len(calls) + 1))
        self.brackets, self.calls, self.pitch, self.message = brackets, list(calls), pitch, ""
        self.type_size = max(layout.SMALLEST, min(size, pitch * layout.PIXELS_PER_UNIT * _FILLED))

    def draw(self, cell: float) -> None:
        """Write all lines, muted."""
        super().draw(cell)
        top, bottom = self.box.top - 0.5 * HEAD, self.box.bottom + 0.5 * self.pitch
        left, muted = self.box.left, self.theme.muted
        self.lines = [self._line(index, call, ()) for index, call in enumerate(self.calls)]
        ends = [
            Line([(text, muted)], self.type_size, at=(left, y), align="left")
            for text, y in zip(self.brackets, (top, bottom), strict=True)
        ]
        self.append(*ends, *self.lines)

    def row(self, index: int) -> Box:
        """Return the whole line."""
        bottom = self.box.top - HEAD - (index + 1) * self.pitch
        return Box(self.box.left - 0.1, bottom, self.box.right, bottom + self.pitch)

    def place(self, index: int, kind: str) -> Box:
        """Return where the first piece of a kind stands in a line."""
        number = [meaning for _, meaning in self.calls[index]].index(kind)
        points = self.lines[index][number].points
        (left, bottom), (right, top) = points[:, :2].min(axis=0).tolist(), points[:, :2].max(axis=0).tolist()
        return Box(left, bottom, right, top)

    def light(self, index: int) -> Line:
        """Give a line its colors, and return it."""
        return self.rewrite(index, self.calls[index])

    def rewrite(self, index: int, call: Call, wrong: Sequence[str] = ()) -> Line:
        """Write another line in place of one, the pieces of some kinds as wrong, and return it."""
        old, new = self.lines[index], self._line(index, call, wrong, lit=True)
        self.take(old)
        self.lines[index] = new
        self.append(new)
        return new

    def complain(self, message: str, room: Box) -> list[Label]:
        """Make the lines of what the language says of an error."""
        self.message, em = message, units(_MESSAGE)
        lines = wrap(message, _MESSAGE, room.width, round(room.height / em / _LEADING))
        return [
            Label(text, _MESSAGE, self.theme.negative, at=(room.left, room.top - (i + 1) * _LEADING * em), align="left")
            for i, text in enumerate(lines)
        ]

    @property
    def text(self) -> str:
        """All that is written, in no language of people."""
        lines = [self.brackets[0], *("".join(text for text, _ in call) for call in self.calls), self.brackets[1]]
        return "\n".join([*lines, self.message])

    def _line(self, index: int, call: Call, wrong: Sequence[str], *, lit: bool = False) -> Line:
        theme = self.theme
        at = self.box.left + _INDENT * units(self.type_size), self.box.top - HEAD - (index + 0.5) * self.pitch
        roles = [_ROLES.get(kind, "muted") if lit else "muted" for _, kind in call]
        runs = [
            (text, theme.negative if kind in wrong else theme.role(role))
            for (text, kind), role in zip(call, roles, strict=True)
        ]
        comma = [(",", theme.muted)] if call[-1][1] == "name" else []  # none behind a comment
        return Line([*runs, *comma], self.type_size, at=at, align="left")
