"""A picture, a map of it, and the part that excites the map most: marked, cut out, and hung in a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, ReplacementTransform

from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, SMALLEST
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, Line, size_within
from cnnviz.subjects.hierarchy import Excited, Level, Patch

GAP, HEAD, APART = 0.16, 0.36, 0.36


class Cutting(Scene):
    """Places ``x`` and ``y`` of a picture and a map, ``high`` units each, and rows for parts of ``side`` units."""

    x: Grid
    y: Slot
    high: float
    side: float
    marks: list[Any]

    def near(self, patch: Patch, tile: Grid, gone: Sequence[Any]) -> list[Any]:
        """Let a picture on the wall grow, set its map beside it, and show what the strongest number sees."""
        (rows, columns), ink, picture = patch.part, self.theme.kernel, patch.picture
        size = " × ".join(str(len(span)) for span in patch.window)
        x = Grid(picture[0], "input", "picture", photo=1.0, colors=picture, form="pixels", note=size)
        zoom = max(picture.shape[1:]) / max(patch.map.shape)
        y = Grid(patch.map, "output", "map", scale=patch.value, form="pixels", zoom=zoom, most=9.0)
        self.fit(x, y, gap=1.2)
        part = Outline(x, (rows.start, columns.start), len(rows), len(columns), color=ink)
        cell = Outline(y, patch.cell, color=ink)
        self.carry((tile, x), gone=gone)
        self.appear(y)
        for mark in (beam := [cell, Beam(part, cell, ink), part]):
            self.appear(mark, seconds=0.4)
        return [x, y, *beam]

    def withdraw(self, patch: Patch, near: Sequence[Any], *new: Any) -> None:
        """Let a large picture and its map go to their places, with their marks; what is new fades in meanwhile."""
        x, y, cell, beam, part = near
        words = [word for grid in (x, y) for word in grid.submobjects if isinstance(word, Label | Line)]
        x.remove(*words)
        y.remove(*words)
        self.add(*words)
        self.vanish(beam, *words)
        self.face(patch)
        turns = [ReplacementTransform(*pair) for pair in zip((part, cell), self.marks, strict=True)]
        self.remove(part, cell)
        self.carry((x, self.x), (y, self.y.content[0]), turns=turns, new=new)
        self.remove(self.y.content[0])
        self.add(self.y, *self.marks)

    def carry(
        self, *pairs: tuple[Grid, Grid], turns: Sequence[Any] = (), new: Sequence[Any] = (), gone: Sequence[Any] = ()
    ) -> None:
        """Let pictures without titles travel to where others stand, grow to their size, and give way to them."""
        moves = [a.animate.scale(b.box.width / a.box.width).move_to((*b.box.center, 0)) for a, b in pairs]
        self.play(*moves, *turns, *map(FadeIn, new), *map(FadeOut, gone), run_time=1.0)
        self.remove(*(grid for grid, _ in pairs))
        self.add(*(grid for _, grid in pairs), *self.marks)

    def face(self, patch: Patch) -> None:
        """Set a picture and its map, and make marks of the strongest number and of what it sees."""
        (rows, columns), side, ink = patch.part, self.high / max(patch.map.shape), self.theme.kernel
        self.x.repaint(patch.picture)
        y = Grid(patch.map, "output", "map", scale=patch.value, form="pixels", side=side)
        y.settle(self.y.box.left, self.y.box.top, 1.0)
        self.y.put(y)
        part = Outline(self.x, (rows.start, columns.start), len(rows), len(columns), color=ink)
        self.marks = [part, Outline(y, patch.cell, color=ink)]

    def turn(self, patch: Patch) -> None:
        """Let the marks go over to another picture and another map: so many pixels are seen now."""
        before = self.marks[:2]
        self.remove(*self.marks)
        self.face(patch)
        self.play(*(ReplacementTransform(*pair) for pair in zip(before, self.marks, strict=True)), run_time=0.8)

    def cut(self, patch: Patch, target: Grid, seconds: float) -> None:
        """Mark the best part of a picture, and let it travel to its place."""
        self.remove(*self.marks)
        self.face(patch)
        self.add(*self.marks)
        self.hold(0.5 * seconds)
        copy, corner = self.patch(patch, self.x.side), self.x.cell_box(patch.corner)
        copy.settle(corner.left, corner.top, 1.0)
        self.fly(([copy], target.box), scale=target.side / copy.side, seconds=seconds)
        target.show()
        self.marks.append(Outline(target, (0, 0), target.rows, target.columns, color=self.theme.kernel))
        self.add(self.marks[-1])

    def patch(self, patch: Patch, side: float = 0.0, **look: Any) -> Grid:
        """Draw what a cell sees."""
        values = patch.values
        look = {"photo": 1.0, "colors": values, "form": "pixels", "padding": patch.padding, "side": side, **look}
        return Grid(values[0], "input", **look)

    def hang(self, row: Slot, level: Level) -> list[Grid]:
        """Write which layer and map this is, and how strong, and set empty places for its patches."""
        excited, size = level.maps[0], "  {} × {}  ".format(*level.field)
        number, value = say("map {number}", number=excited.number), written(excited.patches[0].value)
        self._head(row, (level.name, "output"), (size, "kernel"), (number, "output"), (f"  {value}", "muted"))
        found = [self._empty(patch) for patch in excited.patches]
        Row(*found, gap=GAP).settle(row.box.left, row.box.top - HEAD, 1.0)
        row.append(*found)
        return found

    def name(self, row: Slot, level: Level) -> None:
        """Write a layer's name and what it sees before its turn has come."""
        self._head(row, (level.name + "  {} × {}".format(*level.field), "muted"))

    def beside(self, row: Slot, one: Excited, aside: float) -> Grid:
        """Set an empty place for the best patch of another map, so far to the right in the row."""
        left, top, number = row.box.left + aside, row.box.top, say("map {number}", number=one.number)
        grid, size = self._empty(one.patches[0]), max(SMALLEST, size_within(self.side + APART - 0.12, LABEL, number))
        grid.settle(left, top - HEAD, 1.0)
        self.appear(Label(number, size, self.theme.output, at=(left, top - 0.12), align="left"), grid, into=row)
        return grid

    def _head(self, row: Slot, *runs: tuple[str, str]) -> None:
        inks = [(text, self.theme.role(role)) for text, role in runs]
        row.put(Line(inks, LABEL, at=(row.box.left, row.box.top - 0.12), align="left"))

    def _empty(self, patch: Patch) -> Grid:
        return self.patch(patch, self.side / max(patch.values.shape[1:]), hidden=True)
