"""Layers side by side as lanes: maps are blocks as long as they are many, and kernels run through all they read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, VGroup

from cnnviz.stage import layout
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.layout import Box, units
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.lane_block import VIEW, Block
from cnnviz.stage.pictures.lane_plan import AIR, BAR, FOOT, GAP, LEADING, SLICE, THIN, Lane, LanePlan
from cnnviz.stage.text import Label, size_within, text_width
from cnnviz.subjects.blueprint import Part

_GLASS, _ROD = (0.34, 0.42, 0.2), (0.95, 0.8, 0.6)  # strengths of the roof, the front and the left side
_NEAR = 0.86  # of the width, for the maps seen from near


class Lanes(LanePlan):
    """Lanes one below the other; what they read, their kernels and what these make come one by one.

    ::

        [192 maps ====]-->[16]-->[32]   3,088 + 12,832   ###
        [192 maps ====]--------->[64]   12,352           ##

    Lengths are true to the counts of maps, sides to their rows, and a kernel is as thick as it has rows.

    Parameters
    ----------
    lanes : sequence of sequences of Part
        Their kernels from the left; each makes the maps that the next one reads.
    reads : (maps, rows, columns)
        That go into each.
    width, height : float
        Room in units.
    later : sequence of sequences of Part
        The lanes that they will become.
    mixed : sequence of int
        Places of kernels that read the maps of all lanes.
    peak : int
        Parameters of a lane whose bar has all of the room; without one there are no bars.
    foot : bool
        Keep a line of room below all lanes.
    called : sequence of str
        A name for each lane, which is framed then; what the lanes read stands there from the start.
    """

    def draw(self, cell: float) -> None:
        """Find the places; only what has a name is drawn yet."""
        super().draw(cell)
        self.blocks: dict[tuple[int, int], Block] = {}
        self.rods: dict[tuple[int, int], Block] = {}
        self.words: dict[tuple[int, int], VGroup] = {}
        self.wires: dict[int, list[Strokes]] = {}
        self.bars: dict[int, tuple[Rectangle, Label]] = {}
        if self.called:
            self.put(self._frames(), *(part for lane in range(len(self.lanes)) for part in self.block(lane, 0)))

    # Things

    def _frames(self) -> VGroup:
        """Frame every lane, with its name."""
        made = VGroup()
        for lane, name in enumerate(self.called):
            row = self.row(lane)
            box = Box(row.left, row.bottom + AIR / 2, self.right, row.top - AIR / 2)
            off = AIR / 2 + units(layout.NOTE) / 2
            at = box.right - AIR, box.bottom + off if self.lines > 1 else box.top - off
            made.add(Rectangle(box, outline=self.theme.muted, width=2.0))
            made.add(Label(name, layout.NOTE, self.theme.muted, at=at, align="right"))
        return made

    def block(self, lane: int, column: int) -> list[Any]:
        """Make the maps in a column, after the way to them."""
        parts = self.lanes[lane]
        shape = self._shape(parts, column)
        assert shape is not None
        role = "output" if column else "input"
        made = self.blocks[lane, column] = self._block((self._x(column), self._y(lane)), shape, role)
        before = [self.blocks[lane, at] for at in range(column) if (lane, at) in self.blocks]
        wire = [Strokes([[before[-1].ends[1], made.ends[0]]], self.theme.muted, 3.0)] if before else []
        self.wires.setdefault(lane, []).extend(wire)
        return [*wire, made]

    def _block(self, center: Point, shape: tuple[int, ...], role: str) -> Block:
        side, fill, ink = self._side(shape), self.theme.fill, self.theme.role(role)
        fills = [fill(role, strength) for strength in _GLASS]
        slices = self._slices(shape)
        return Block(center, side, side, shape[0] * self.each, fills, outline=ink, slices=slices)

    def rod(self, lane: int, place: int) -> Block:
        """Make a kernel, through all the maps of its own lane that it reads."""
        part, parts = self.lanes[lane][place], self.lanes[lane]
        shape = self._shape(parts, place)
        assert shape is not None
        side = max(THIN, self._side(shape) * _rows(part) / shape[-1])
        role = "kernel" if part.kind == "conv" else "muted"
        ink = self.theme.role(role)
        fills = [self.theme.fill("kernel", each) for each in _ROD] if part.kind == "conv" else [ink] * 3
        center = self._x(place), self._y(lane)
        self.rods[lane, place] = Block(center, side, side, shape[0] * self.each, fills)
        return self.rods[lane, place]

    def near(self, lanes: Sequence[int]) -> tuple[Block, list[Block], list[Block], VGroup]:
        """Make what all lanes read once, as large as there is room, and the first kernels of some through it.

        Kernels are made twice, as thin as a slice in front and through all maps; their names stand beside the front.
        """
        (a, b), (c, d) = VIEW.project(1.0, 1.0, 0.0), VIEW.project(0.0, 0.0, -1.0)
        below = units(layout.CAPTION) * LEADING
        wide, high = _NEAR * self.box.width, self.box.height - below  # of side * (a, b) + deep * (-c, d)
        side = (high * -c - wide * d) / (b * -c - a * d)
        deep = (wide - side * a) / -c
        x, y = self.box.center[0] - (1 - _NEAR) / 2 * self.box.width, self.box.center[1] + below / 2
        ink, look = [self.theme.fill("input", each) for each in _GLASS], self.theme.role("input")
        block = Block((x, y), side, side, deep, ink, outline=look, slices=self._slices(self.reads))
        slices, rods, names = [], [], VGroup()
        for place, lane in enumerate(lanes):
            part = self.lanes[lane][0]
            thick, up = side * _rows(part) / self.reads[-1], ((len(lanes) - 1) / 2 - place) * side / len(lanes)
            fills = [self.theme.fill("kernel", each) for each in _ROD]
            middle = x, y + VIEW.project(0.0, up, 0.0)[1]
            thin = deep * min(1.0, SLICE / self.reads[0])
            near = VIEW.project(0.0, 0.0, (deep - thin) / 2)
            slices.append(Block((middle[0] + near[0], middle[1] + near[1]), thick, thick, thin, fills))
            rods.append(Block(middle, thick, thick, deep, fills))
            at = block.box.right + AIR, rods[-1].ends[1][1]
            names.add(Label(part.size, layout.CAPTION, self.theme.kernel, at=at, align="left"))
        maps, many = self.reads[0], self._slices(self.reads)
        text = f"{many} × {SLICE} = {self._count(maps)}" if many else self._count(maps)
        at = block.box.left, self.box.bottom + below / 2
        names.add(Label(text, layout.CAPTION, self.theme.input, at=at, align="left"))
        return block, slices, rods, names

    def part(self, scene: Any, block: Block, rods: Sequence[Block], lanes: Sequence[int], seconds: float = 1.4) -> None:
        """Let every lane take its own copy of the maps seen from near, with its own kernel."""
        every = range(len(self.lanes))
        blocks = [self.block(lane, 0)[-1] for lane in every]
        own = [self.rod(lane, 0) for lane in every]
        moves = [Resettle(each, block.box) for each in blocks]
        moves += [Resettle(own[lane], rod.box) for lane, rod in zip(lanes, rods, strict=True)]
        rest = [FadeIn(own[lane], rate_func=LATE) for lane in every if lane not in lanes]
        scene.remove(block, *rods)
        scene.add(*blocks, *(own[lane] for lane in lanes))
        scene.play(*moves, *rest, run_time=seconds)
        scene.remove(*blocks, *own)
        self.append(*blocks, *own)

    def crossing(self, place: int, role: str = "highlight") -> Strokes:
        """Make the ways on which kernels read, or would read, what the other lanes make."""
        every = range(len(self.lanes))
        ways = [
            [self.blocks[other, place].ends[1], self.blocks[lane, place + 1].ends[0]]
            for lane in every
            for other in every
            if other != lane
        ]
        return Strokes(ways, self.theme.role(role), 5.0 if role == "highlight" else 3.0)

    def read(self, lane: int) -> VGroup:
        """Make the count of maps that a lane reads, until its first kernel is told."""
        return self._lines(lane, 0, [self._count(self.reads[0])], (self.theme.input,))

    def told(self, lane: int, place: int) -> VGroup:
        """Make what a kernel costs, below what it reads."""
        part = self.lanes[lane][place]
        inks = (self.theme.kernel if part.kind == "conv" else self.theme.muted, self.theme.text)
        made = self.words[lane, place] = self._lines(lane, place, self._told(self.lanes[lane], place, part), inks)
        return made

    def made(self, lane: int) -> VGroup:
        """Make the count of maps that come out of a lane."""
        texts = [self._made(self.lanes[lane])]
        made = self.words[lane, self.columns] = self._lines(lane, self.columns, texts, (self.theme.output,))
        return made

    def bar(self, lane: int) -> tuple[Rectangle, Label]:
        """Make the bar of the parameters of a lane, and their number."""
        count, size, text = sum(part.parameters for part in self.lanes[lane]), layout.LABEL, _sum(self.lanes[lane])
        high, row = units(size) * LEADING, self.row(lane)
        if self.wide:
            left, right = self.right + GAP, self.box.right
            y, at = self._y(lane) - high / 2, (left, self._y(lane) + high / 2)
        else:
            left, y = self.box.left + AIR, row.bottom + AIR + BAR / 2
            right = self.box.right - max(text_width(_sum(lane), size) for lane in (*self.lanes, *self.later)) - AIR
            at = right + AIR, y
        wide = max(THIN, (right - left) * count / self.peak)
        box = Box(left, y - BAR / 2, left + wide, y + BAR / 2)
        bar = Rectangle(box, fill=self.theme.kernel)
        bar.box = box
        self.bars[lane] = bar, Label(text, size, self.theme.text, at=at, align="left")
        return self.bars[lane]

    def below(self, text: str, role: str, *, column: int = -1, size: float = layout.LABEL, bold: bool = False) -> Label:
        """Make a line at the foot: below a column, or at the left end of the bars."""
        y, left = self.box.bottom + FOOT / 2, self.box.left + AIR
        if column >= 0:
            left, right = self.spans[column]
            size = max(layout.SMALLEST, size_within(right - left - AIR, size, text, bold=bold))
            return Label(text, size, self.theme.role(role), at=(self._x(column), y), bold=bold)
        if self.wide and self.peak:
            left = self.right + GAP
            size = size_within(self.box.right - left, size, text, bold=bold)
        return Label(text, size, self.theme.role(role), at=(left, y), align="left", bold=bold)

    def _lines(self, lane: int, column: int, texts: Sequence[str], inks: Sequence[str]) -> VGroup:
        top, pitch = self._y(lane) - self.tall / 2, units(self.type_size) * LEADING
        return VGroup(
            *(
                Label(text, self.type_size, ink, at=(self._x(column), top - self.pad / 2 - (line + 0.5) * pitch))
                for line, (text, ink) in enumerate(zip(texts, inks, strict=False))
                if text
            )
        )

    def _ghost(self, old: Box, new: Box, count: int) -> VGroup:
        """Make what a bar was longer before, with the number that it had."""
        made = VGroup(Rectangle(old, outline=self.theme.muted, width=2.0)) if old.right > new.right else VGroup()
        text, size = f"{count:,}", layout.NOTE + 3
        if old.right - new.right > text_width(text, size) + 2 * AIR:
            at = old.right - AIR, old.center[1]
            made.add(Label(text, size, self.theme.muted, at=at, align="right"))
        return made

    # Motion

    def lengthen(self, scene: Any, parts: Sequence[Any], beside: Sequence[Any] = (), seconds: float = 0.8) -> None:
        """Let blocks and kernels grow from the left, slice by slice, and let all else fade in ``beside`` them."""
        blocks = [part for part in parts if isinstance(part, Block)]
        others = [part for part in parts if part not in blocks]
        starts = [Box(each.box.left, each.box.bottom, each.box.left + THIN, each.box.top) for each in blocks]
        scene.add(*others, *blocks)
        moves = [Resettle(each, start) for each, start in zip(blocks, starts, strict=True)]
        scene.play(*moves, *map(FadeIn, (*others, *beside)), run_time=seconds)
        scene.remove(*parts, *beside)
        self.append(*parts, *beside)

    def visit(self, scene: Any, place: int, seconds: float = 1.2) -> None:
        """Let the kernels of a place go to the maps of the next lane, where they would read on, and be gone."""
        own = [self.rods[lane, place] for lane in range(len(self.lanes))]
        guests = [self.rod(lane, place) for lane in range(len(self.lanes))]
        for lane, rod in enumerate(own):
            self.rods[lane, place] = rod
        scene.add(*guests)
        scene.play(
            *(Resettle(guest, rod.box) for guest, rod in zip(guests, own[1:] + own[:1], strict=True)), run_time=seconds
        )
        scene.remove(*guests)

    def turn(
        self, scene: Any, lane: int, seconds: float = 1.2, *, gone: Sequence[Any] = (), come: Sequence[Any] = ()
    ) -> None:
        """Let a lane become what it will be: a kernel that stays goes to the maps that it reads from now on.

        Other parts may be ``gone`` with it, and others ``come``.
        """
        before, after = self.lanes[lane], self.later[lane]
        if before == after:
            return
        was = {_name(part): self.rods.pop((lane, place)) for place, part in enumerate(before)}
        away: list[Any] = [
            self.words.pop((lane, column)) for column in range(self.columns + 1) if (lane, column) in self.words
        ]
        away += self.wires.pop(lane, [])
        (old_bar, old_number), out = self.bars[lane], self.blocks.pop((lane, self.columns))
        away += [old_number, *gone]
        self.take(*away, out, *was.values(), old_bar)
        self.lanes[lane] = after
        moves: list[Any] = []
        new: list[Any] = []
        order: list[Any] = []
        for column in (*range(1, len(after)), self.columns):
            order += self.block(lane, column)
        grown = self.blocks[lane, self.columns]
        moves.append(Resettle(grown, out.box))
        for place, part in enumerate(after):
            rod = self.rod(lane, place)
            order.append(rod)
            old = was.pop(_name(part), None)
            (moves if old else new).append(Resettle(rod, old.box) if old else rod)
        bar, number = self.bar(lane)
        moves.append(Resettle(bar, old_bar.box))
        ghost = self._ghost(old_bar.box, bar.box, sum(part.parameters for part in before))
        new += [part for part in order if part is not grown and part not in self.rods.values()]
        new += [number, *come, self.made(lane), *(self.told(lane, place) for place in range(len(after)))]
        scene.add(ghost, *order, bar)
        away += was.values()
        goes = [FadeOut(each, rate_func=SOON) for each in away]
        scene.play(*moves, *(FadeIn(each, rate_func=LATE) for each in new), *goes, run_time=seconds)
        kept = [ghost, *order, bar, *(part for part in new if part not in order)]
        scene.remove(*kept)
        self.append(*kept)


def _sum(lane: Lane) -> str:
    return " + ".join(f"{part.parameters:,}" for part in lane if part.parameters) or "0"


def _rows(part: Part) -> int:
    return int(part.size.split(" × ")[0]) if part.size else 1


def _name(part: Part) -> tuple[str, str]:
    return part.kind, part.size
