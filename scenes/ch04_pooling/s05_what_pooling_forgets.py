"""What max pooling forgets: pictures with one pooled map, and the way back with and without the places."""

from cnnviz import subjects
from cnnviz.engine.trace import MaxUnpoolTrace
from cnnviz.stage import Column, Grid, Label, Outline, Row, Scene, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.subjects.number import as_in_cell

ALL: Template = "All {total} cells are right again: nothing but the largest was there."
ROOM = 2.1, 0.42  # units, for what is written below a grid
EASY = 0.5  # units: a cell whose number is easily read


class WhatPoolingForgets(
    Scene,
    subject=subjects.Unpooling,
    gif="unpool",
    takeaway="Pooling forgets where the largest number stood, and all others; remembered places bring back the first.",
    concepts=("max pooling", "unpooling", "arg-max", "information"),
    seconds=38,
):
    """Find pictures with one pooled map, then make that map large again, with and without the places.

    Unpooling puts each number back to its place in the picture, if pooling has remembered it.

    cnnviz gif unpool
    cnnviz gif unpool digit:3
    cnnviz gif unpool photo.jpg --size 9 --kernel-size 3 -o unpool.gif
    """

    title = "What pooling forgets"
    subtitle = "and what places bring back"

    subject: subjects.Unpooling

    def tell(self, s: subjects.Unpooling) -> None:
        """Show all pictures beside their pooled map, then the way back."""
        self.look = {"scale": s.picture.peak, "photo": s.picture.peak}
        self.find(s)
        self.bring_back(s)

    def find(self, s: subjects.Unpooling) -> None:
        """Let picture after picture appear, each with its winners marked, beside the one pooled map."""
        pooled = Grid(s.trace.fold()[0], "output", "pooled", **self.look, zoom=2, least=EASY)
        grids = [Grid(picture, "input", **self.look, hidden=True) for picture in s.pictures]
        rows = [Row(*grids[i : i + 3], gap=0.15) for i in range(0, len(grids), 3)]
        self.arrange(pooled, Column(*rows, gap=0.15))
        count, some = len(s.trace), len(grids)
        with self.beat("Max pooling has left these {count} numbers. What was the picture?", count=count, focus=pooled):
            self.rest(2.4)
        marks = [self.marks(grid, s.winners(picture)) for grid, picture in zip(grids, s.pictures, strict=True)]
        with self.beat("This one? The largest number of each window is what is left.", focus=grids[0]):
            grids[0].show()
            self.appear(*marks[0])
            self.rest(1.0)
        if some > 1:
            with self.beat("Or one of these: in each window, the same numbers in other places.", focus=pooled):
                for number, (grid, mark) in enumerate(zip(grids[1:], marks[1:], strict=True), 2):
                    grid.show()
                    self.appear(*mark, seconds=0.5)
                    self.step(number, some, noun="picture")
                    self.hold(0.15)
                self.rest(0.5)
            told: Template = "{count} pictures, one pooled map: where in its window a number stood is forgotten."
            with self.beat(told, count=some, focus=[pooled, *grids]):
                self.rest(2.0)
        self.vanish(*grids, *(each for mark in marks for each in mark), pooled)

    def marks(self, grid: Grid, cells: list[tuple[int, int]]) -> list[Outline]:
        """Ring the winners of a picture."""
        return [Outline(grid, cell, color=self.theme.highlight, width=3.0) for cell in cells]

    def bring_back(self, s: subjects.Unpooling) -> None:
        """Make the map large again, without the places and with them."""
        pooled = Grid(s.trace.fold()[0], "output", "pooled", **self.look, least=EASY)
        x = Grid(s.pictures[0], "input", "input", **self.look)
        places = Grid(s.places, "kernel", "places", scale=float(x.values.size), detail="", least=EASY)
        y = self.y = Grid(s.back.fold()[0], "output", "unpooled", hidden=True, **self.look)
        self.note = Slot(*ROOM)
        self.fit(x, Column(pooled, places), Column(y, self.note, gap=0.0))
        with self.beat("Unpooling makes it large again. Where does each number belong?", focus=[pooled, y]):
            self.appear(x, pooled, y, self.note)
            self.rest(1.6)
        right, total = len(s.right(s.blind)), x.values.size
        told: Template = "Without a memory, to the first cell of its window: {right} of {total} cells come out right."
        with self.beat(told, right=right, total=total, focus=y):
            self.fill(s, s.blind, pooled)
        y.hide()
        self.note.clear()
        step = max(s.back, key=lambda step: step.value)
        cells = (pooled, step.input_index[1:]), (places, step.input_index[1:]), (x, step.output_index[1:])
        marks = [Outline(grid, cell, color=self.theme.highlight) for grid, cell in cells]
        told = "Pooling can remember places: {value} stood in cell {place}, row by row from 0."
        with self.beat(told, value=as_in_cell(step.value), place=step.place, focus=marks):
            self.appear(places, *marks)
            self.rest(2.2)
        self.remove(*marks)
        with self.beat("With the places, each largest number is back where it stood.", focus=[places, y]):
            self.fill(s, s.back, pooled)
        self.appear(*self.marks(x, s.winners(x.values)))
        right = len(s.right(s.back))
        told = "{right} of {total} cells come out right; what was not the largest is lost for good."
        self.close(ALL if right == total else told, right=right, total=total, focus=[y, x])

    def fill(self, s: subjects.Unpooling, trace: MaxUnpoolTrace, pooled: Grid) -> None:
        """Let every number of the pooled map travel to its cell, and count the cells that are right then."""
        y = self.y
        flights = [(pooled.copy_of(step.input_index[1:]), y.cell_box(step.output_index[1:])) for step in trace]
        self.fly(*flights, scale=y.side / pooled.side, seconds=1.4)
        right = s.right(trace)
        y.become(trace.fold()[0])
        y.only(right)
        text = say("{right} of {total} right", right=len(right), total=y.values.size)
        self.note.put(Label(text, LABEL, self.theme.text, at=(y.box.left, self.note.box.center[1]), align="left"))
        self.rest(1.4)
