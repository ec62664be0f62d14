"""What every picture is: a thing with a title that says how large it is and takes a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Group

from cnnviz.stage import layout
from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.text import Label, Line, text_width
from cnnviz.stage.theme import Theme, at_hand

TITLE_HEIGHT = 0.42  # of a title, its distance to what is below included
NOTE_HEIGHT = 0.38


class Picture(Group):
    """A drawn thing with a title above and a note below it.

    A subclass says in ``size`` how much room it takes and draws itself in ``draw``; both are told the side of a cell.

    Parameters
    ----------
    title, note : str
        Templates, translated; the title's color is the role's.
    role : str
        Color role.
    detail : str
        What stands muted behind the title: a shape, a count.

    Attributes
    ----------
    box : Box
        Where it is, without title and note.
    top : float
        The upper end of its title.
    """

    def __init__(self, title: Template = "", *, detail: str = "", note: Template = "", role: str = "text") -> None:
        super().__init__()
        self.theme: Theme = at_hand()
        self.title, self.detail, self.note, self.role = say(title), detail, say(note), role
        self.box: Box
        self.top: float
        self.heading: Line | None = None

    def size(self, cell: float) -> tuple[float, float]:
        """Return width and height at a cell of so many units a side."""
        raise NotImplementedError

    def draw(self, cell: float) -> None:
        """Draw into ``box``."""
        raise NotImplementedError

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height with title and note."""
        width, height = self.size(cell)
        titled = bool(self.title or self.detail)
        wide = max(
            width, self._title_width() if titled else 0.0, text_width(self.note, layout.NOTE) if self.note else 0
        )
        return wide, height + titled * TITLE_HEIGHT + bool(self.note) * NOTE_HEIGHT

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner, that of the title, at a point."""
        self.remove(*self.submobjects)  # of an arrangement before
        self.top = top
        width, height = self.size(cell)
        if self.title or self.detail:
            self.heading = Line(self._title_runs(), layout.LABEL, at=(left, top - 0.14), align="left")
            self.add(self.heading)
            top -= TITLE_HEIGHT
        self.box = Box(left, top - height, left + width, top)
        self.draw(cell)
        if self.note:
            at = (left, self.box.bottom - 0.24)
            self.add(Label(self.note, layout.NOTE, self.theme.muted, at=at, align="left"))

    def rename(self, title: Template, detail: str = "") -> None:
        """Write another title where it stands, with what is muted behind it."""
        self.title, self.detail = say(title), detail
        if self.heading is not None:
            self.remove(self.heading)
        self.heading = Line(self._title_runs(), layout.LABEL, at=(self.box.left, self.top - 0.14), align="left")
        self.add(self.heading)

    def _title_runs(self) -> list[tuple[str, Any]]:
        runs = [(self.title, self.theme.role(self.role)), (f"  {self.detail}" if self.detail else "", self.theme.muted)]
        return [(text, color) for text, color in runs if text]

    def _title_width(self) -> float:
        return sum(text_width(text, layout.LABEL) for text, _ in self._title_runs())


class Slot(Picture):
    """A named place whose content is replaced as a whole.

    Parameters
    ----------
    width, height : float
        Units.
    """

    def __init__(
        self, width: float, height: float, title: Template = "", *, detail: str = "", role: str = "text"
    ) -> None:
        super().__init__(title, detail=detail, role=role)
        self._size = width, height
        self.content: list[Any] = []

    def size(self, cell: float) -> tuple[float, float]:  # noqa: ARG002  # the room does not depend on cells
        """Return the room that was asked for."""
        return self._size

    def draw(self, cell: float) -> None:
        """Draw nothing yet."""
        self.cell = cell

    def clear(self) -> None:
        """Take out what is in it."""
        self.remove(*self.content)
        self.content = []

    def put(self, *content: Any) -> Any:
        """Put something in, in place of what was there; return the first of it."""
        self.clear()
        return self.append(*content)

    def put_line(self, runs: Sequence[tuple[str, Color]], size: float = layout.LABEL) -> Line:
        """Write runs of (text, color) from its left end, in place of what was there; return the line."""
        line: Line = self.put(Line(runs, size, at=(self.box.left, self.box.center[1]), align="left"))
        return line

    def append(self, *content: Any) -> Any:
        """Put something in beside what is there; return the first of it."""
        self.content += content
        self.add(*content)
        return content[0] if content else None

    def take(self, *content: Any) -> None:
        """Take some of it out."""
        self.remove(*content)
        self.content = [part for part in self.content if part not in content]
