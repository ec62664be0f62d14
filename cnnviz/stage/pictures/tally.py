"""What was counted in every repetition: a line for each of them, a square for each thing counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.spread import UNKNOWN
from cnnviz.stage.text import Line, size_within, text_width

_FULL, _AWAY = 0.86, 0.3  # a square, of its place; units: from the title to the number


class Tally(Slot):
    """Squares in lines, one line for each repetition, with their number above; a "?" until they are counted.

    ::

        CNN     26 of 1,775
        ■ ■ ■ ■ ■
        ■ ■ ■ ■

    Parameters
    ----------
    counts : sequence of int
        Of each repetition.
    told : str
        A template with the field ``count``: what is written above.
    width, height : float
        Room in units, without the title.
    most : int
        Squares that a line has room for.
    before : Tally, optional
        Of the same repetitions, earlier: what is more than in that one is lit, and the sum is written.
    """

    def __init__(
        self,
        counts: Sequence[int],
        told: Template,
        width: float,
        height: float,
        title: Template,
        *,
        most: int,
        role: str = "output",
        before: Tally | None = None,
        **fields: Any,
    ) -> None:
        super().__init__(width, height, title, role=role)
        self.counts, self.told, self.fields, self.most, self.before = tuple(counts), told, fields, most, before
        self.known, self.laid = 0, False

    def draw(self, cell: float) -> None:
        """Draw the lines, and what is known already."""
        super().draw(cell)
        box, theme, across, down = self.box, self.theme, self._size[0] / self.most, self._size[1] / len(self.counts)
        self.side, self.pitch = _FULL * min(across, down), (across, down)
        rails = [self.place(line, 0) for line in range(len(self.counts))]
        self.put(Tiles([Box(rail.left, rail.bottom, box.right, rail.top) for rail in rails], fill=theme.rail))
        self.number = self.append(self._number((UNKNOWN, "muted")))
        if self.laid:
            self.append(self.earlier())
        for line in range(self.known):
            self._fill(line)

    def place(self, line: int, at: int) -> Box:
        """Return where a square is, or will be."""
        left = self.box.left + at * self.pitch[0]
        middle = self.box.top - (line + 0.5) * self.pitch[1]
        return Box(left, middle - self.side / 2, left + self.side, middle + self.side / 2)

    def earlier(self) -> Tiles:
        """Make the outlines of what was counted before."""
        assert self.before is not None
        places = [self.place(line, at) for line, count in enumerate(self.before.counts) for at in range(count)]
        return Tiles(places, outline=self.theme.role(self.role), width=2.0)

    def lay(self, scene: Any, seconds: float = 1.0) -> None:
        """Bring the outlines of what was counted before from there."""
        assert self.before is not None
        outlines = self.earlier()
        (left, top), (x, y) = (self.box.left, self.box.top), (self.before.box.left, self.before.box.top)
        outlines.shift((x - left, y - top, 0.0))
        scene.play(outlines.animate.shift((left - x, top - y, 0.0)), run_time=seconds)
        scene.remove(outlines)
        self.append(outlines)
        self.laid = True

    def count(self, scene: Any, seconds: float) -> None:
        """Count, repetition by repetition."""
        for line in range(len(self.counts)):
            self._fill(line)
            self.known = line + 1
            scene.hold(seconds / len(self.counts))

    def _fill(self, line: int) -> None:
        count = self.counts[line]
        old = min(count, self.before.counts[line]) if self.before else count
        places = [self.place(line, at) for at in range(count)]
        inks = self.theme.role(self.role), self.theme.glow
        self.append(*(Tiles(each, fill=ink) for each, ink in zip((places[:old], places[old:]), inks, strict=True)))
        self.take(self.number)
        count, before = sum(self.counts[: line + 1]), sum(self.before.counts) if self.before else 0
        if not self.before or line + 1 < len(self.counts):
            self.number = self.append(self._number((say(self.told, count=count, **self.fields), "text")))
            return
        more = f" {'+' if count >= before else '−'} {abs(count - before)}"
        self.number = self.append(self._number((f"{before}", self.role), (more, "highlight"), (f" = {count}", "text")))

    def _number(self, *runs: tuple[str, str]) -> Line:
        room = self._size[0] - text_width(self.title, LABEL) - _AWAY
        at = self.box.right, self.box.top + TITLE_HEIGHT - 0.14
        size = size_within(room, LABEL, *(text for text, _ in runs))
        return Line([(text, self.theme.role(role)) for text, role in runs], size, at=at, align="right")
