"""A picture, a map of it, and the part that excites the map most: marked, cut out, and hung in a row."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.hierarchy import Excited, Patch

GAP = 0.16


class Cutting(Scene):
    """Places ``x`` and ``y`` of a picture and a map, ``high`` units each, and rows for parts of ``side`` units."""

    x: Grid
    y: Slot
    high: float
    side: float

    def near(self, patch: Patch) -> list[Any]:
        """Show a picture and its map large, and what the strongest number sees."""
        (rows, columns), ink, picture = patch.part, self.theme.kernel, patch.picture
        size = " × ".join(str(len(span)) for span in patch.window)
        x = Grid(picture[0], "input", "picture", photo=1.0, colors=picture, form="pixels", note=size)
        zoom = max(picture.shape[1:]) / max(patch.map.shape)
        y = Grid(patch.map, "output", "map", scale=patch.value, form="pixels", zoom=zoom, most=9.0)
        self.fit(x, y, gap=1.2)
        part = Outline(x, (rows.start, columns.start), len(rows), len(columns), color=ink)
        cell = Outline(y, patch.cell, color=ink)
        self.appear(x, y)
        for mark in (beam := [cell, Beam(part, cell, ink), part]):
            self.appear(mark, seconds=0.4)
        return [x, y, *beam]

    def face(self, patch: Patch) -> None:
        """Show a picture and its map, and mark the strongest number and what it sees."""
        (rows, columns), side, ink = patch.part, self.high / max(patch.map.shape), self.theme.kernel
        self.x.repaint(patch.picture)
        y = Grid(patch.map, "output", "map", scale=patch.value, form="pixels", side=side)
        y.settle(self.y.box.left, self.y.box.top, 1.0)
        self.y.put(y)
        part = Outline(self.x, (rows.start, columns.start), len(rows), len(columns), color=ink)
        self.marks = [part, Outline(y, patch.cell, color=ink)]

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

    def hang(self, row: Slot, excited: Excited, *before: tuple[str, str]) -> list[Grid]:
        """Write which map this is, and how strong, and set empty places for its patches."""
        number, value = say("map {number}", number=excited.number), written(excited.patches[0].value)
        runs = [(text, self.theme.role(role)) for text, role in (*before, (number, "output"), ("  " + value, "muted"))]
        side = self.side / max(excited.patches[0].values.shape[1:])
        found = [self.patch(patch, side, hidden=True) for patch in excited.patches]
        Row(*found, gap=GAP).settle(row.box.left, row.box.bottom + self.side, 1.0)
        row.put(Line(runs, LABEL, at=(row.box.left, row.box.top - 0.12), align="left"), *found)
        return found
