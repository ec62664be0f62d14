"""What the layers of a network hold, piled up in one bar: each layer's part as long as its share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import DL, UR, Animation, Create, FadeIn, Mobject, Transform, VGroup, linear, smooth

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, NOTE, Box, units
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.diagram import word
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.place import Row, arrange
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.blueprint import Part

_BAR, _WORDS, _WORK = 0.5, 0.64, 0.4  # units: heights of the lines of it
_AIR, _BETWEEN, _SLIT, _APART = (
    0.12,
    0.25,
    0.03,
    0.04,
)  # around bars; between two names; between two parts of a bar; two blocks, in widths
_THIN = 0.012  # units: width of a part, at least
_BESIDE, _TICK, _SEEN = 0.12, 0.09, 0.06  # units: of a bar and its number; height of a tick, and ticks apart at least


class Pile(Slot):
    """The blocks of a network, and below them their parameters in one bar, and their work in another one.

    ::

        CNN   []   [=]   [=]   [=]   =   -
        .####################################......
        320  18,496    36,928      36,928
        =============================  2,794,240 multiply-adds

    Parameters
    ----------
    name : str
    parts : sequence of Part
    blocks : sequence of Volume
        One for each part.
    width, height : float
        Room in units.
    most : (int, int)
        Parameters and multiply-and-add steps that take all of the width.
    named : float
        Room for the name, in units.
    """

    def __init__(
        self,
        name: Template,
        parts: Sequence[Part],
        blocks: Sequence[Volume],
        width: float,
        height: float,
        most: tuple[int, int],
        named: float = 0.0,
    ) -> None:
        super().__init__(width, height)
        self.name, self.parts, self.blocks, self.most = say(name), tuple(parts), [*blocks], most
        self.named = named or text_width(self.name, LABEL, bold=True)
        self.dropped: list[int] = []
        self.works, self.marked = False, -1
        self.step, self.often = 0.0, 0  # of the ticks
        self.works_below = False  # whether there is room for the work

    @property
    def parameters(self) -> list[int]:
        """Numbers to learn, part by part."""
        return [part.parameters for part in self.parts]

    def draw(self, cell: float) -> None:
        """Draw the name, the blocks, and the empty bar."""
        super().draw(cell)
        box = self.box
        low = box.bottom + (_WORK + _AIR) * self.works_below + _WORDS
        self.bar = Box(box.left, low, box.right, low + _BAR)
        middle = (self.bar.top + box.top) / 2
        name = Label(self.name, LABEL, self.theme.text, at=(box.left, middle), align="left", bold=True)
        self.put(Rectangle(self.bar, fill=self.theme.rail), name)
        left = box.left + self.named + _BETWEEN
        room = Box(left, self.bar.top + _AIR, box.right, box.top)
        arrange([Row(*self.blocks, gap=_APART * room.width)], room, most=9.0)
        self.boxes = _piled(self.parameters, self.most[0], self.bar)
        self.words = self._words()
        self.append(*self.blocks)
        for index in self.dropped:
            self.append(*self._piece(index))
        if self.works:
            self.append(*self._work())
        if self.step:
            self.append(self._ticks())
        if self.marked >= 0:
            self.append(*self._mark(self.marked))

    def claim(self, height: float, *, works: bool) -> None:
        """Take another height from the next arrangement on, with room for the work or without."""
        self._size, self.works_below = (self._size[0], height), works

    def ask(self) -> Label:
        """Ask how far the bar will go."""
        return Label("?", LABEL, self.theme.highlight, at=self.bar.center, bold=True)

    def drop(self, scene: Any, index: int, seconds: float) -> None:
        """Let the numbers of a part fall out of its block onto the pile."""
        bar, *words = self._piece(index)
        piece = Rectangle(self.blocks[index].box, fill=self.theme.kernel)
        scene.play(Transform(piece, bar), *map(FadeIn, words), run_time=seconds)
        scene.remove(piece, *words)
        self.append(bar, *words)
        self.dropped.append(index)

    def work(self, scene: Any, seconds: float) -> Any:
        """Let the bar of multiply-and-add steps grow, with their number; return it."""
        rail, bar, number = self._work()
        start = Rectangle(
            Box(self.box.left, self.box.bottom, self.box.left + _THIN, self.box.bottom + _WORK),
            fill=self.theme.gradient,
        )
        self.append(rail)
        scene.play(Transform(start, bar), run_time=seconds)
        scene.remove(start)
        self.append(bar)
        scene.appear(number, into=self, seconds=0.3)
        self.works = True
        return number

    def lay_on(self, scene: Any, other: Pile, seconds: float = 1.2) -> Rectangle:
        """Let a frame as long as the whole bar travel onto the bar of another network; return it."""
        start = Box(self.bar.left, self.bar.bottom, self.boxes[-1].right, self.bar.top)
        end = Box(other.bar.left, other.bar.bottom, other.bar.left + start.width, other.bar.top)
        frame = Rectangle(start, outline=self.theme.text, width=5.0)
        scene.play(Transform(frame, Rectangle(end, outline=self.theme.text, width=5.0)), run_time=seconds)
        return frame

    def measure(self, scene: Any, other: Pile, seconds: float = 1.0) -> None:
        """Mark off along the bar of work how often the work of another network goes into it, if one can see that."""
        own, its = (sum(part.macs for part in each.parts) for each in (self, other))
        step = self.box.width * its / self.most[1]
        if step < _SEEN or own == its:
            return
        self.step, self.often = step, own // its
        scene.play(Create(ticks := self._ticks(), rate_func=linear), run_time=seconds)
        scene.remove(ticks)
        self.append(ticks)

    def _ticks(self) -> Strokes:
        left, low = self.box.left, self.box.bottom
        marks = [
            [(left + self.step * at, low), (left + self.step * at, low + _TICK)] for at in range(1, self.often + 1)
        ]
        return Strokes(marks, self.theme.text_on(self.theme.gradient), 2.5)

    def mark(self, index: int) -> list[Rectangle]:
        """Make frames around a part of the bar and its block, that stay."""
        self.marked = index
        self.append(*(made := self._mark(index)))
        return made

    def _piece(self, index: int) -> list[Any]:
        """Draw a part of the bar, and its words where there is room."""
        return [Rectangle(self.boxes[index], fill=self.theme.kernel), *filter(None, [self.words.get(index)])]

    def _work(self) -> list[Any]:
        """Draw the work: how far it might go, how far it goes, and how much it is."""
        theme, box, total = self.theme, self.box, sum(part.macs for part in self.parts)
        room = Box(box.left, box.bottom, box.right, box.bottom + _WORK)
        end = box.left + max(_THIN, box.width * total / self.most[1])
        text = f"{total:,} {say('multiply-adds')}"
        inside = end + 2 * _BESIDE + text_width(text, NOTE + 1) > box.right
        ink = theme.text_on(theme.gradient) if inside else theme.text
        at = end - _BESIDE if inside else end + _BESIDE, room.center[1] + _TICK / 2 * inside
        number = Label(text, NOTE + 1, ink, at=at, align="right" if inside else "left")
        bar = Rectangle(Box(box.left, room.bottom, end, room.top), fill=theme.gradient)
        return [Rectangle(room, fill=theme.rail), bar, number]

    def _mark(self, index: int) -> list[Rectangle]:
        ink, boxes = self.theme.highlight, [self.boxes[index], self.blocks[index].box]
        if index in self.words:
            told = self.words[index][1:]
            (left, low), (right, high) = told.get_corner(DL)[:2], told.get_corner(UR)[:2]
            boxes.append(Box(left - _SEEN, low - _SEEN, right + _SEEN, high + _SEEN))
        return [Rectangle(box, outline=ink, width=6.0) for box in boxes]

    def _words(self) -> dict[int, VGroup]:
        """Write the name and the number of each part below it, as near as there is room."""
        theme, room, size = self.theme, self.bar, NOTE
        named = {
            index: (word(part), f"{part.parameters:,}") for index, part in enumerate(self.parts) if part.parameters
        }
        wide = {index: max(text_width(text, size) for text in texts) + _BETWEEN for index, texts in named.items()}
        if sum(wide.values()) > room.width:
            named = {index: ("", texts[1]) for index, texts in named.items()}
            wide = {index: text_width(texts[1], size) + _BETWEEN for index, texts in named.items()}
        while sum(wide.values()) > room.width:
            least = min(wide, key=lambda index: self.parts[index].parameters)
            del wide[least], named[least]
        lefts, x = {}, room.left
        for index, each in wide.items():
            x = lefts[index] = max(x, self.boxes[index].center[0] - each / 2)
            x += each
        x = room.right + _BETWEEN
        for index, each in reversed(wide.items()):
            x = lefts[index] = min(lefts[index], x - each)
        made = {}
        for index, texts in named.items():
            x, y = lefts[index] + (wide[index] - _BETWEEN) / 2, room.bottom - 0.7 * _AIR
            inks, pitch = (theme.muted, theme.text), units(size) * 1.25
            lines = [
                Label(text, size, ink, at=(x, y - pitch * (line + 0.5)))
                for line, (text, ink) in enumerate(zip(texts, inks, strict=True))
                if text
            ]
            way = [(self.boxes[index].center[0], room.bottom), (x, y)]
            made[index] = VGroup(Strokes([way], theme.muted, 1.4), *lines)
        return made


class Redrawn(Animation):
    """Let a pile that has been drawn anew travel there from how it was drawn before, point by point."""

    def __init__(self, pile: Pile, before: Sequence[Any], **options: Any) -> None:
        parts = [part for part in pile.get_family() if part.has_points()]
        pairs = zip(parts, before, strict=True)
        self.ways = [(part, old, part.points.copy()) for part, old in pairs if old.shape == part.points.shape]
        super().__init__(pile, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the pile itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where it is after a share ``alpha`` of the way."""
        share = self.rate_func(alpha)
        for part, old, new in self.ways:
            part.points = old + (new - old) * share


def _piled(counts: Sequence[int], most: int, room: Box) -> list[Box]:
    """Return the parts of a bar, one behind the other."""
    boxes, x = [], room.left
    for count in counts:
        wide = room.width * count / most
        slit = _SLIT if wide > 4 * _SLIT else 0.0
        boxes.append(Box(x, room.bottom, x + max(wide - slit, _THIN if count else 0.0), room.top))
        x += wide
    return boxes
