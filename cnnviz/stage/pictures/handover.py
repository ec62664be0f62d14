"""What goes into a layer and what comes out of it, as two blocks of one scale: what came out goes into the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, there_and_back

from cnnviz.stage.glide import NEXT, SOON, Glide, Resettle
from cnnviz.stage.layout import CAPTION, Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import blocks
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.place import arrange
from cnnviz.stage.text import Label, Line, size_within, text_width
from cnnviz.subjects.blueprint import Part
from cnnviz.subjects.station import Station

_WORDS, _ARROW, _AIR = 0.6, 0.9, 0.15  # units: height of the words, width of what stands between, distance of blocks
_SAID = 0.9  # units: what is said of an error
_STAIRS, _NEAR = 3, 0.06  # blocks that begin further to the right in turn; units between two of one column


class Handover(Slot):
    """Two blocks side by side with their shapes.

    ::

        [===]  ->  [==]
        8 × 26     8 × 13

    Parameters
    ----------
    parts : sequence of Part
        What is handed over, one after the other.
    labels : sequence of str
        Their shapes, as they are written.
    width, height : float
        Room in units.
    """

    def __init__(self, parts: Sequence[Part], labels: Sequence[str], width: float, height: float) -> None:
        super().__init__(width, height)
        self.parts, self.labels, self.at = tuple(parts), [*labels], 0
        self.channel = 0  # the place of the channels in a shape, counted from the end where it is negative

    def draw(self, cell: float) -> None:
        """Make the blocks, and find how large they can be; none is shown yet."""
        super().draw(cell)
        self.blocks = blocks([Station((), "", part.shape, 0) for part in self.parts], None, None)
        half = (self.box.width - _ARROW) / 2
        sizes = [block.size(1.0) for block in self.blocks]
        self.side = min(min(half / wide, (self.box.height - _WORDS) / high) for wide, high in sizes)
        wide = max(self.labels, key=lambda text: text_width(text, CAPTION))
        self.type_size = size_within(half, CAPTION, wide, bold=True)
        y = self.box.bottom + (self.box.height + _WORDS) / 2
        x, reach = self.box.center[0], _ARROW / 5
        tip = [(x + reach / 2, y + reach / 2), (x + reach, y), (x + reach / 2, y - reach / 2)]
        self.arrow = Strokes([[(x - reach, y), (x + reach, y)], tip], self.theme.muted, 3.0)
        self.written: dict[int, Line] = {}

    def room(self, place: int) -> Box:
        """Return the room of a block and its shape: 0 is before a layer, 1 is behind it."""
        half = (self.box.width - _ARROW) / 2
        left = self.box.left + place * (half + _ARROW)
        return Box(left, self.box.bottom, left + half, self.box.top)

    def put_block(self, index: int, place: int, below: float = 0.0) -> tuple[Volume, Line]:
        """Stand a block in its place, and write its shape below it; higher where there must be room below that."""
        block, room = self.blocks[index], self.room(place)
        (x, _), (wide, high) = room.center, block.size(self.side)
        least = room.bottom + below + _WORDS + high / 2
        y = min(max(room.bottom + (room.height + _WORDS) / 2, least), room.top - high / 2)
        block.settle(x - wide / 2, y + high / 2, self.side)
        role = "output" if index else "input"
        sizes, ink = self.labels[index].split(" × "), self.theme.text
        runs = [run for size in sizes for run in ((" × ", ink), (size, ink))][1:]
        lit = range(0, len(runs), 2)[self.channel]
        runs[lit] = runs[lit][0], self.theme.role(role)
        at = x, max(room.bottom + 0.2, y - high / 2 - 0.4)
        self.written[index] = Line(runs, self.type_size, at=at, bold=True)
        return block, self.written[index]

    @property
    def below(self) -> Box:
        """The room that is left below what stands."""
        low = min(float(part.get_bottom()[1]) for part in self.content)
        return Box(self.box.left, self.box.bottom, self.box.right, low - _AIR)

    def hand_on(self, scene: Any, seconds: float = 1.0) -> None:
        """Let what came out go into the next layer, and what that makes come out of it."""
        there = self._free(scene)
        index, old = self.at + 1, self.blocks[self.at]
        box = old.box
        _, before = self.put_block(self.at, 0)
        gone = [part for part in there if part not in (old, self.arrow)]
        new = [before, *[self.arrow] * (self.arrow not in there)]
        moves = [FadeOut(*gone, rate_func=SOON), FadeIn(*new, rate_func=NEXT), Resettle(old, box)]
        scene.play(*moves, run_time=0.6 * seconds)
        block, after = self.put_block(index, 1)
        block.match(old)
        scene.add(block)
        scene.play(block.come(), FadeIn(after, rate_func=NEXT), run_time=seconds)
        self.at = index
        self._keep(scene, old, before, self.arrow, block, after)

    def go_back(self, scene: Any, index: int, seconds: float = 0.6) -> None:
        """Show a part and what it was made of."""
        there, self.at = self._free(scene), index
        boxes = [(part, part.box) for part in there if part in self.blocks]
        parts = [*self.put_block(index - 1, 0), self.arrow, *self.put_block(index, 1)]
        gone, new = [part for part in there if part not in parts], [part for part in parts if part not in there]
        moves = [Resettle(part, box) for part, box in boxes if part in parts]
        scene.play(*moves, FadeOut(*gone, rate_func=SOON), FadeIn(*new, rate_func=NEXT), run_time=seconds)
        self._keep(scene, *parts)

    def refuse(self, scene: Any, index: int, given: int) -> None:
        """Let what comes in push against a layer that was made for another depth, and bounce off."""
        theme, gone = self.theme, self._free(scene)
        (before, words), room = self.put_block(index - 1, 0, _SAID), self.room(1)
        wide, high, deep = before.measures
        share = given / self.parts[index - 1].shape[0]
        is_line = len(self.parts[index - 1].shape) == 1
        hole = Volume(None, (wide, high * share if is_line else high, deep if is_line else deep * share))
        (x, _), (wide, high) = room.center, hole.size(self.side)
        hole.settle(x - wide / 2, before.box.center[1] + high / 2, self.side)
        edges = hole.edges().set_stroke(theme.negative, 4.0, 1.0)
        at = x, float(words.get_center()[1])
        number = Label(f"{given:,}", self.type_size, theme.negative, at=at, bold=True)
        come = [part for part in (before, words, edges, number) if part not in gone]
        gone = [part for part in gone if part is not before]
        scene.play(FadeOut(*gone, rate_func=SOON), FadeIn(*come, rate_func=NEXT), run_time=0.6)
        for _ in range(2):
            scene.play(_Push(before, (hole.box.left - before.box.right, 0.0)), run_time=0.8)
        self._keep(scene, before, words, edges, number)

    def line_up(self, scene: Any, heights: Sequence[float] = (), seconds: float = 1.2) -> list[Volume]:
        """Set all blocks, each behind what it is made of; those that stand travel.

        Where heights are given, each block stands at its own, and a line leads to it from the left.
        """
        there = self._free(scene)
        stood = {block: block.box for block in self.blocks if block in there}
        gone = [part for part in there if part not in stood]
        lines = self._at(heights) if heights else []
        if not heights:
            arrange(self.blocks, self.box, gap=_AIR, most=9.0)
        moves = [Resettle(block, box) for block, box in stood.items()]
        new = [FadeIn(part, rate_func=NEXT) for part in (*lines, *self.blocks) if part not in stood]
        scene.play(FadeOut(*gone, rate_func=SOON), *new, *moves, run_time=seconds)
        self._keep(scene, *lines, *self.blocks)
        return self.blocks

    def _at(self, heights: Sequence[float]) -> list[Strokes]:
        """Stand each block at its height, in turns further to the right, as large as there is room."""
        box, sizes = self.box, [block.size(1.0) for block in self.blocks]
        pitch, wide = (heights[0] - heights[-1]) / (len(heights) - 1), box.width / _STAIRS
        cells = [min((_STAIRS * pitch - _NEAR) / high, (wide - _AIR) / across) for across, high in sizes]
        lines = []
        for index, (block, y) in enumerate(zip(self.blocks, heights, strict=True)):
            (across, high), left = block.size(min(cells)), box.left + index % _STAIRS * wide + _AIR
            block.settle(left, y + high / 2, min(cells))
            role = "output" if index else "input"
            lines.append(Strokes([[(box.left - _AIR, y), (left + across / 2, y)]], self.theme.role(role), 2.0))
        return lines

    def _free(self, scene: Any) -> list[Any]:
        """Let what is in it stand on the stage by itself, to be moved."""
        there = [*self.content]
        self.clear()
        scene.add(*there)
        return there

    def _keep(self, scene: Any, *parts: Any) -> None:
        """Take what stands now back in."""
        scene.remove(*parts)
        self.put(*parts)


class _Push(Glide):
    """Go some way and come back."""

    def __init__(self, mobject: Any, by: tuple[float, float], **options: Any) -> None:
        super().__init__(mobject, by, **options)
        self.rate_func = there_and_back
