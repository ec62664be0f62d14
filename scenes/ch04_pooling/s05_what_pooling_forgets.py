"""What max pooling forgets: pictures with one pooled map, and the way back with and without the places."""

from collections.abc import Callable

from manim import UpdateFromAlphaFunc

from cnnviz import subjects
from cnnviz.engine.trace import MaxUnpoolTrace
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.subjects.number import as_in_cell

ALL: Template = "All {total} cells are right again: nothing but the largest was there."
ROOM = 2.1, 0.42  # units, for what is written below a grid
EASY, LARGE = 0.5, 3.0  # units: a cell whose number is easily read, and the largest one
WALL = 3  # pictures in a row


class WhatPoolingForgets(
    Scene,
    subject=subjects.Unpooling,
    gif="unpool",
    takeaway="Pooling forgets where the largest number stood, and all others; remembered places bring back the first.",
    concepts=("max pooling", "unpooling", "arg-max", "information"),
    seconds=41,
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
        self.side = s.kernel_size
        self.pooled = Grid(s.trace.fold()[0], "output", "pooled", **self.look, least=EASY, most=LARGE)
        self.find(s)
        self.bring_back(s)

    def find(self, s: subjects.Unpooling) -> None:
        """Let picture after picture appear, each with its winners marked, beside the one pooled map."""
        pooled = self.pooled
        pooled.zoom = WALL * self.side  # as large as the wall of pictures
        grids = [Grid(picture, "input", **self.look, hidden=True) for picture in s.pictures]
        rows = [Row(*grids[i : i + WALL], gap=0.15) for i in range(0, len(grids), WALL)]
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
        self.gone = [*grids, *(each for mark in marks for each in mark)]

    def marks(self, grid: Grid, cells: list[tuple[int, int]]) -> list[Outline]:
        """Ring the winners of a picture."""
        return [Outline(grid, cell, color=self.theme.highlight, width=3.0) for cell in cells]

    def bring_back(self, s: subjects.Unpooling) -> None:
        """Make the map large again, without the places and with them."""
        pooled, pooled.zoom = self.pooled, float(self.side)
        x = Grid(s.pictures[0], "input", "input", **self.look)
        places = Grid(s.places, "kernel", "places", scale=float(x.values.size), detail="", least=EASY)
        y = self.y = Grid(s.back.fold()[0], "output", "unpooled", hidden=True, **self.look)
        self.note = Slot(*ROOM)
        below = Column(y, self.note, gap=0.0)
        with self.beat("Unpooling makes it large again. Where does each number belong?", focus=[pooled, y]):
            self.rearrange(pooled, below, gone=self.gone)
            self.rest(1.2)
        with self.beat("Without a memory, each goes to the first cell of its window.", focus=y):
            flights = [(pooled.copy_of(step.input_index[1:]), y.cell_box(step.output_index[1:])) for step in s.blind]
            self.fly(*flights, scale=y.side / pooled.side, seconds=1.4)
            y.become(s.blind.fold()[0])
            self.rest(0.6)
            pooled.zoom = 1.0
            self.rearrange(x, Column(pooled, places), below, later=[x, places])
        right, total = len(s.right(s.blind)), x.values.size
        told: Template = "And this was the picture: {right} of {total} cells come out right."
        with self.beat(told, right=right, total=total, focus=[y, x]):
            self.appear(x)
            self.tell_right(s, s.blind)
        step = max(s.back, key=lambda step: step.value)
        cells = (pooled, step.input_index[1:]), (places, step.input_index[1:]), (x, step.output_index[1:])
        marks = [Outline(grid, cell, color=self.theme.highlight) for grid, cell in cells]
        told = "Pooling can remember places: {value} stood in cell {place}, row by row from 0."
        with self.beat(told, value=as_in_cell(step.value), place=step.place, focus=marks):
            self.appear(places, *marks)
            self.play(UpdateFromAlphaFunc(marks[-1], counted_to(step.place, x.columns)), run_time=2.0)
            self.rest(1.6)
        self.remove(*marks)
        with self.beat("With the places, each largest number is back where it stood.", focus=[places, y]):
            self.move_on(s)
            self.tell_right(s, s.back)
        winners = s.winners(x.values)
        self.appear(*(mark for grid in (x, self.y) for mark in self.marks(grid, winners)))
        right = len(s.right(s.back))
        told = "{right} of {total} cells come out right; what was not the largest is lost for good."
        self.close(ALL if right == total else told, right=right, total=total, focus=[y, x])

    def move_on(self, s: subjects.Unpooling) -> None:
        """Let every number that stands in the first cell of its window travel to where it stood."""
        y, pairs = self.y, zip(s.blind, s.back, strict=True)
        ways = [(one.output_index[1:], other.output_index[1:]) for one, other in pairs]
        y.only(y.everywhere())
        flights = [(y.copy_of(old), y.cell_box(new)) for old, new in ways if old != new]
        y.rewrite({old: 0.0 for old, new in ways if old != new})
        self.note.clear()
        if flights:
            self.fly(*flights, seconds=1.4)
        y.become(s.back.fold()[0])

    def tell_right(self, s: subjects.Unpooling, trace: MaxUnpoolTrace) -> None:
        """Count the cells that are right, and let the others step back."""
        right = s.right(trace)
        self.y.only(right)
        text = say("{right} of {total} right", right=len(right), total=self.y.values.size)
        self.note.put_line([(text, self.theme.text)], LABEL)
        rings = self.marks(self.y, right) if len(right) <= len(trace) else []
        if rings:
            self.appear(*rings)
            self.point(*rings)
        self.rest(1.0)
        self.remove(*rings)


def counted_to(place: int, columns: int) -> Callable[[Outline, float], None]:
    """Return the motion of a mark that counts cells row by row, from 0 up to a place."""
    return lambda mark, share: mark.lay(divmod(round(share * place), columns))
