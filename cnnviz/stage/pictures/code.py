"""Lines of code, as in an editor: numbered, lit one by one, each with what it makes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, VGroup

from cnnviz.stage import layout
from cnnviz.stage.language import say
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, Line, text_width, wrap

_ROLES = {"name": "text", "in": "input", "out": "output", "kernel": "kernel"}
_NUMBER, _INDENT, _AIR, _EDGE = 1.9, 1.4, 1.2, 0.8  # in type sizes: line numbers, indent, between columns, at the sides
_MOST, _FILLED = 0.5, 0.75  # units, of two lines; the most that letters fill of a line's height
_MESSAGE, _LEADING = 25, 1.4  # type size of an error, distance of its lines in type sizes
Call = Sequence[tuple[str, str]]
Bracket = tuple[str, str]


class Code(Slot):
    """A call for each line, and behind it the shape of what it makes and how many numbers it learns.

    ::

        1  net = nn.Sequential(                              parameters
        2      # (N, 1, 28, 28)             # 1 × 28 × 28
        3      nn.Conv2d(1, 8, 3),          # 8 × 26 × 26            80
        4  )

    Lines are muted until they are lit; then their numbers have the colors of what they count.

    Parameters
    ----------
    brackets : (str, str)
        What opens the list of lines and what closes it.
    calls : sequence of sequence of (str, str)
        Pieces of each line, and what each is.
    width, height : float
        Room in units, at most.
    texts, shapes : sequence of str
        All lines and shapes there will be.
    total : int
        Numbers that all lines learn.
    stack : bool
        Write what a line makes below it where it is too long.
    """

    def __init__(
        self,
        brackets: Bracket,
        calls: Sequence[Call],
        width: float,
        height: float,
        *,
        texts: Sequence[str],
        shapes: Sequence[str],
        total: int,
        stack: bool = False,
    ) -> None:
        self.pitch = min(_MOST * (1 + stack), height / (len(calls) + 2))
        self.brackets, self.calls, self.total, self.message = brackets, list(calls), total, ""
        self.former = ""  # what was written before it was translated

        def columns(size: float) -> list[float]:
            em = units(size)
            wide = [max(text_width(text + ",", size, code=True) for text in texts) + (_NUMBER + _INDENT) * em]
            wide.append(max(text_width(f"# {text}", size, code=True) for text in shapes))
            return [*wide, max(text_width(say("parameters"), size), text_width(f"{total:,}", size))]

        def whole(size: float) -> float:
            line, shape, count = columns(size)
            behind = shape + count + _AIR * units(size)
            aside = max(line, _NUMBER * units(size) + behind) if self.stacked else line + _AIR * units(size) + behind
            return aside + 2 * _EDGE * units(size)

        self.stacked = False
        self.stacked = stack and whole(layout.SMALLEST) > width
        high = self.pitch * layout.PIXELS_PER_UNIT * _FILLED / (1 + self.stacked)
        self.type_size = max(layout.SMALLEST, min(layout.LABEL, high, width / whole(1.0)))
        self.columns = columns(self.type_size)
        super().__init__(whole(self.type_size), self.pitch * (len(calls) + 2))

    def draw(self, cell: float) -> None:
        """Write all lines, muted."""
        super().draw(cell)
        em = units(self.type_size)
        self.code_at = self.box.left + (_EDGE + _NUMBER) * em
        self.shape_at = self.box.left + _EDGE * em + self.columns[0] + _AIR * em
        if self.stacked:
            self.shape_at = self.code_at + _INDENT * em
        self.count_at = self.box.right - _EDGE * em
        self.low = self.pitch / 4 if self.stacked else 0.0  # of what stands behind a line, below its middle
        count = len(self.calls)
        self.lines = [self._line(index, call, ()) for index, call in enumerate(self.calls)]
        self.notes: dict[int, VGroup] = {}
        self.ends = self._ends()
        numbers = [
            Label(
                f"{row + 2}",
                self.type_size,
                self.theme.muted,
                at=(self.code_at - 0.7 * em, self.y(row)),
                align="right",
                code=True,
            )
            for row in range(-1, count + 1)
        ]
        self.put(Rectangle(self.box, outline=self.theme.line, width=2.0), *numbers, *self.ends, *self.lines)

    def y(self, index: int) -> float:
        """Return the middle of a line; that of the opening bracket is line -1."""
        return self.box.top - (index + 1.5) * self.pitch

    def row(self, index: int) -> Box:
        """Return the whole line."""
        y = self.y(index)
        return Box(self.box.left, y - self.pitch / 2, self.box.right, y + self.pitch / 2)

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

    def made(self, index: int, shape: str, count: int) -> VGroup:
        """Make what stands behind a line: the shape of what it makes, and how many numbers it learns."""
        role, size, y = "output" if index else "input", self.type_size, self.y(index) - self.low
        runs = [("# ", self.theme.muted), (shape, self.theme.role(role))]
        made = VGroup(Line(runs, size, at=(self.shape_at, y), align="left", code=True))
        if index:
            ink = self.theme.kernel if count else self.theme.muted
            made.add(Label(f"{count:,}", size, ink, at=(self.count_at, y), align="right", tabular=True))
        self.notes[index] = made
        return made

    def translate(
        self, scene: Any, brackets: Bracket, calls: Sequence[Call], shapes: Sequence[str], counts: Sequence[int]
    ) -> None:
        """Write the same in another language, line by line."""
        self.former = self.text
        old, self.brackets, self.calls = self.ends, brackets, list(calls)
        self.ends = self._ends()
        self._swap(scene, old, self.ends)
        for index, call in enumerate(calls):
            gone = [self.lines[index], self.notes[index]]
            self.lines[index] = self._line(index, call, (), lit=True)
            self._swap(scene, gone, [self.lines[index], self.made(index, shapes[index], counts[index])])

    def _swap(self, scene: Any, old: Sequence[Any], new: Sequence[Any]) -> None:
        self.take(*old)
        scene.play(FadeOut(*old), FadeIn(*new), run_time=0.25)
        scene.remove(*old, *new)
        self.append(*new)

    def _ends(self) -> list[Line]:
        rows = -1, len(self.calls)
        return [
            Line([(text, self.theme.muted)], self.type_size, at=(self.code_at, self.y(row)), align="left", code=True)
            for text, row in zip(self.brackets, rows, strict=True)
        ]

    def sum(self) -> VGroup:
        """Make the sum of all numbers below their column."""
        y = self.y(len(self.calls))
        made = VGroup(
            Label(f"{self.total:,}", self.type_size, self.theme.kernel, at=(self.count_at, y), align="right", bold=True)
        )
        return made.add(
            Label("=", self.type_size, self.theme.muted, at=(self.count_at - self.columns[2], y), align="left")
        )

    def head(self) -> Label:
        """Name the column of numbers."""
        at = self.count_at, self.y(-1)
        return Label(say("parameters"), self.type_size, self.theme.kernel, at=at, align="right")

    def complain(self, message: str, room: Box) -> list[Label]:
        """Make the lines of what the language says of an error, as large as there is room."""
        self.message = message
        for size in range(_MESSAGE, layout.SMALLEST - 1, -1):
            em, most = units(size), max(1, int(room.height / units(size) / _LEADING))
            lines = wrap(message, size, room.width, most)
            if max(text_width(text, size) for text in lines) <= room.width:
                break
        return [
            Label(text, size, self.theme.negative, at=(room.left, room.top - (i + 0.5) * _LEADING * em), align="left")
            for i, text in enumerate(lines)
        ]

    @property
    def text(self) -> str:
        """All that is or was written, in no language of people."""
        lines = [self.brackets[0], *("".join(text for text, _ in call) for call in self.calls), self.brackets[1]]
        return "\n".join([self.former, *lines, self.message])

    def _line(self, index: int, call: Call, wrong: Sequence[str], *, lit: bool = False) -> Line:
        theme = self.theme
        at = self.code_at + _INDENT * units(self.type_size), self.y(index) + self.low
        roles = [_ROLES.get(kind, "muted") if lit else "muted" for _, kind in call]
        runs = [
            (text, theme.negative if kind in wrong else theme.role(role))
            for (text, kind), role in zip(call, roles, strict=True)
        ]
        comma = [(",", theme.muted)] if call[-1][1] == "name" else []  # none behind a comment
        return Line([*runs, *comma], self.type_size, at=at, align="left", code=True)
