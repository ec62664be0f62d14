"""How what one neuron sees grows on a photo, layer by layer, and where its neighbor looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template, counted, say
from cnnviz.stage.layout import LABEL, RESULT, SMALLEST, Box, units
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.course import Course
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories.field_words import added, reached
from cnnviz.stage.text import Label, Line, size_within
from cnnviz.stage.theme import WHITE
from cnnviz.subjects.jumps import Jumps

FLAT: Template = "all strides 1"
_ROLES, _AIR = ("highlight", "muted"), 1.2  # of the lines; how much higher than their end the axis goes
_HALO = 9.0


class Seeing(Scene, subject=Jumps):
    """Goes through a network on a photo."""

    subject: Jumps

    def travel(self, s: Jumps, row: Box, gone: Sequence[Any]) -> None:
        """Let a row open to the whole photo; show what middle neurons see of it, beside it how that grows."""
        stage, levels = self.frame.stage, s.sight.levels
        photo = Grid(s.sight.values(0), "input", "photo", photo=s.sight.picture.peak, form="pixels")
        wide, high = (0.48, 0.55) if self.frame.width >= self.frame.height else (1.0, 0.26)
        lines = {s.name: s.fields, str(FLAT): s.flat}
        look: dict[str, Any] = {"along": say("layer"), "above": True, "high": _AIR * max(s.fields)}
        room = wide * stage.width, high * stage.height
        course = Course(lines, room[0], room[1], "cells that one neuron sees", roles=_ROLES, **look)
        longest = max((level.name for level in levels), key=len)
        widest = [say("layer {level}, {name}: ", level=99, name=longest), "196 + 1 × 16 = 212"]
        sums = Reckoning(wide * stage.width, 2, widest=widest, size=RESULT if wide < 1 else LABEL)
        with self.beat("On a photo, {network}: how much does one neuron see?", network=s.name, focus=photo):
            strip = Slot(row.width, row.height)
            strip.settle(row.left, row.top, 1.0)
            self.add(strip)
            self.rearrange(photo, Column(course, sums), instead={photo: strip}, gone=gone)
            self.rest(1.0)
        frame, halo = (
            Outline(photo, *s.seen(0), color=color, width=width)
            for color, width in ((self.theme.highlight, 4.0), (self.theme.ground, _HALO))
        )
        dots = Tiles([])
        with self.beat("The frame is what one neuron sees; dots are middles of all fields, a jump apart.") as beat:
            for level in range(1, len(levels)):
                self.step(level, len(levels) - 1, noun="layer")
                self.remove(halo, frame, dots)
                spots: Any = s.dots(level)  # between cells, too
                dots = Tiles([photo.cell_box(*spot) for spot in spots], fill=self.theme.input)
                self.add(dots, halo, frame)
                course.tell(level)
                sums.put(*self.sum(sums, level))
                self.play(course.go(level), *(self.grow(each, s, level) for each in (halo, frame)), run_time=0.3)
                self.hold(0.6 if level == 1 else 0.1)
            beat.focus = [frame]
            self.rest(0.8)
        self.beside(photo, s, sums)
        told = reached(s.fields[-1], s.flat[-1], photo.columns)
        self.close(told, size=s.fields[-1], side=photo.columns, flat=s.flat[-1], focus=[frame, course.box])

    def grow(self, outline: Outline, s: Jumps, level: int) -> Resettle:
        """Let an outline grow to what a neuron of a level sees."""
        before, (cell, outline.rows, outline.columns) = outline.box, s.seen(level)
        return Resettle(outline.lay(cell), before)

    def beside(self, photo: Grid, s: Jumps, sums: Reckoning) -> None:
        """Show what the neighbor sees of the photo, and a bar as long as the jump between both."""
        (row, column), rows, columns = s.seen(len(s.fields) - 1)
        jump, whole = s.sight.levels[-1].jump[1], s.fields[-1]
        if whole != columns:
            return  # a field that reaches over the photo has no edge on it
        ink, on = WHITE, min(columns, photo.columns - column - jump)
        other = Outline(photo, (row, column), rows, columns, color=ink)
        with self.beat("Its neighbor looks {count} on.", count=counted("{count} cell", "{count} cells", jump)) as beat:
            self.add(other)
            sums.put(*self.product(sums))
            before = other.box
            other.columns = on
            self.play(Resettle(other.lay((row, column + jump)), before), run_time=0.8)
            high = units(LABEL) * 1.4
            left, right, top = photo.cell_box((row, column)).left, other.box.left, photo.cell_box((row, column)).top
            box = Box(left, top - 2 * high, right, top - high)
            size = max(SMALLEST, size_within(0.9 * box.width, LABEL, str(jump)))
            text = Label(str(jump), size, self.theme.text_on(self.theme.input), at=box.center)
            bar = VGroup(Rectangle(box, fill=self.theme.input), text)
            self.appear(bar)
            beat.focus = [other]
            self.rest(1.0)

    def product(self, sums: Reckoning) -> list[Line]:
        """Write what the last layer makes of the jump."""
        levels = self.subject.sight.levels
        before, jump = levels[-2].jump[1], levels[-1].jump[1]
        name = say("layer {level}, {name}: ", level=len(levels) - 1, name=levels[-1].name)
        runs = [(f"{say('jump')} {before}", "input"), (f" × {jump // before} = ", "muted"), (f"{jump}", "input")]
        return [sums.line(0, [(name, "muted")]), sums.line(1, runs)]

    def sum(self, sums: Reckoning, level: int) -> list[Line]:
        """Write what the cells of a level of the network see."""
        below, here = self.subject.sight.levels[level - 1], self.subject.sight.levels[level]
        name = say("layer {level}, {name}: ", level=level, name=here.name)
        runs = [*added(below, here), (f"{here.size[1]:,}", "highlight")]
        return [sums.line(0, [(name, "muted")]), sums.line(1, runs)]
