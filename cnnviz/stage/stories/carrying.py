"""A network whose filters are carried over to another task, locked or learning, or thrown away."""

from __future__ import annotations

from collections.abc import Sequence

from manim import FadeIn, FadeOut, Group, VGroup

from cnnviz.stage import layout
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Align, Label, size_within
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.transfer import Transfer

_NEAR, _FOOT = 0.14, 0.4  # between its sheets; below it
_LOCK, _ARCH = 0.2, 0.6  # width of a lock; height of its shackle, and width, in widths of the lock


class Way(Group):
    """A network with its first weights; below its filters and its last layer stands how many learn, or a lock."""

    def __init__(self, s: Transfer, way: str, kept: Template) -> None:
        super().__init__()
        self.theme, self.counts = at_hand(), s.trained(way).ravel().astype(int).tolist()
        sheets = [Grid(each, "kernel", zoom=1 / len(each), form="pixels") for each in s.weights(way)]
        self.parts = [sheets[:2], sheets[2:]]
        self.foot, self.head = Slot(0.0, _FOOT), Slot(0.0, 0.0, way, detail=say(kept), role="kernel")
        digit = Grid(s.digit, "input", scale=1.0, zoom=1 / len(s.digit), form="pixels")
        self.body = Row(digit, *sheets, gap=2 * _NEAR)
        self.column = Column(self.head, self.body, self.foot, gap=0.0)

    def extent(self, cell: float) -> tuple[float, float]:
        """Return width and height with name and counts."""
        return self.column.extent(cell)

    def settle(self, left: float, top: float, cell: float) -> None:
        """Stand with the upper left corner at a point."""
        self.column.settle(left, top, cell)
        self.remove(*self.submobjects)
        self.add(self.head, *self.body.items, self.foot)

    def give(self) -> dict[Grid, Grid]:
        """Give away its weights: return for each sheet what travels on instead of it."""
        sheets = [*self.parts[0], *self.parts[1]]
        self.remove(*sheets)
        return {Grid(old.values, "kernel", form="pixels"): old for old in sheets}

    def edges(self, sheets: Sequence[Grid]) -> list[Outline]:
        """Outline sheets: what learns, and what is locked."""
        inks = [self.theme.highlight if count else self.theme.muted for count in self.counts]
        inks = [inks[0]] * (len(sheets) - 1) + inks[1:]
        return [Outline(g, (0, 0), g.rows, g.columns, color=ink) for g, ink in zip(sheets, inks, strict=True)]

    def told(self, part: int) -> VGroup:
        """Write below the filters, 0, or the last layer, 1, how many learn, or lock them."""
        grids, count = self.parts[part], self.counts[part]
        left, y, ink = grids[0].box.left, self.foot.box.center[1], self.theme.highlight if count else self.theme.muted
        around = self.edges([*self.parts[0], *self.parts[1]])[2 * part : 2 + part]
        if count:
            room = self.parts[1][0].box.right - self.parts[0][0].box.left - _NEAR
            side: Align = "right" if part else "left"
            at, text = (getattr(grids[0].box, side), y), say("{count} learn", count=count)
            size = size_within(room / 2, layout.TERM, text)
            return VGroup(*around, Label(text, size, ink, at=at, align=side))
        text = Label(say("locked"), layout.TERM, ink, at=(left + _LOCK + _NEAR, y), align="left")
        return VGroup(*around, *self.lock(left, y), text)

    def lock(self, left: float, y: float) -> tuple[Rectangle, Strokes]:
        """Draw a lock, its body at the height of a line of text."""
        x, half, high = left + _LOCK / 2, _ARCH * _LOCK / 2, y + _ARCH * _LOCK
        arch = [(x - half, y), (x - half, high), (x + half, high), (x + half, y)]
        body = Rectangle(Box(left, y - _ARCH * _LOCK, left + _LOCK, y), fill=self.theme.text)
        return body, Strokes([arch], self.theme.text, 3.0)


def arrive(scene: Scene, ways: Sequence[Way], digit: Grid, gone: Sequence[Grid]) -> None:
    """Let a digit travel to each network in place of what is gone; weights fade in behind it."""
    digits = [way.body.items[0] for way in ways]
    rest = [part for way in ways for part in way.submobjects if part not in digits]
    moves = [Resettle(each, digit.box, digit.top) for each in digits]
    new = [FadeIn(part, rate_func=LATE) for part in rest if part.get_family()[1:]]
    scene.play(*moves, *new, *(FadeOut(each, rate_func=SOON) for each in gone), run_time=1.0)
    scene.remove(*digits, *rest)
    scene.add(*ways)
