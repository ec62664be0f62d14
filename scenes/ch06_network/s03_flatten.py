"""Flatten, index by index: where a number of a map comes to lie in the line, and what another order breaks."""

from typing import Any

from manim import Transform

from cnnviz import subjects
from cnnviz.stage import Band, Bars, Column, Grid, Ladder, Made, Outline, Row, Scene, Slot, Table, say
from cnnviz.stage.formula import tinted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.wall import spread
from cnnviz.stage.space import Plane, Turn

ACROSS, GAP = 8, 0.12  # maps in a row, and between them
ORDERS: tuple[Template, ...] = ("C × H × W, as in PyTorch", "H × W × C, as in Keras")
READ: tuple[Template, ...] = ("reading C × H × W", "reading H × W × C")


class Flatten(
    Scene,
    subject=subjects.Flatten,
    takeaway="Flatten lays maps in one line and changes no number; weights only fit the order they learned with.",
    concepts=("flatten", "index", "channels first", "channels last"),
    seconds=44,
):
    """Follow one number of a map to its place in the line.

    The maps are those that the small network makes of a digit behind its pooling.
    """

    title = "Flatten"
    subtitle = "index by index"

    subject: subjects.Flatten

    def tell(self, s: subjects.Flatten) -> None:
        """Lay the maps in a line, follow a number, then lay them in the other order."""
        self.build(s)
        self.lay(s)
        self.reorder(s)
        self.cross(s)

    def build(self, s: subjects.Flatten) -> None:
        """Set the maps, one of them enlarged, room for the formula, and both lines."""
        (count, rows, columns), stage, scale = s.maps.shape, self.frame.stage, float(s.maps.max())
        fine, side = (0.2, 0.58) if self.frame.is_wide else (0.17, 0.46)
        self.maps = [Grid(each, "output", scale=scale, side=fine, form="pixels") for each in s.maps]
        lines = [self.maps[first : first + ACROSS] for first in range(0, count, ACROSS)]
        self.head = Slot(4.0, 0.0, say("{count} maps of {rows} × {columns}", count=count, rows=rows, columns=columns))
        wall = Column(self.head, Table(*lines, gap=(GAP, GAP)), gap=0.0)
        self.large = Grid(s.maps[s.place[0]], "output", "map", detail=f"{s.place[0]}", scale=scale, side=side)
        self.ladder = Ladder(6.4, 1)
        kinds, detail = zip(s.lines, ORDERS, strict=True), say("{count} numbers", count=s.maps.size)
        self.bands = [Band(line, scale, stage.width, title, detail=detail) for line, title in kinds]
        top: Any = Row(Column(wall, self.ladder, gap=0.15), self.large, gap=1.8 if self.frame.is_wide else 0.4)
        if self.frame.height > self.frame.width:
            top = Column(wall, self.large, self.ladder, gap=0.4)
        self.fit(Column(top, *self.bands, gap=0.15))
        room = Box(stage.left, self.bands[0].top + GAP, stage.right, self.head.box.top)
        self.far, self.near = [grid.plane for grid in self.maps], spread(self.maps, room)
        for grid, plane in zip(self.maps, self.near, strict=True):
            grid.stand(plane)
        self.rails = [band.rail() for band in self.bands]
        self.add(self.head, *self.maps, self.rails[0], self.bands[0].heading)
        self.shown = list[Any]()

    def move_maps(self, planes: list[Plane]) -> None:
        """Come closer, or step back."""
        self.play(Turn(list(zip(self.maps, planes, strict=True))), run_time=0.8)

    def lay(self, s: subjects.Flatten) -> None:
        """Lay all numbers in a line, map by map."""
        with self.beat("A dense layer reads one line. Where in it does each number go?", focus=self.maps[:1]):
            self.rest(2.4)
        told: Template = "Map by map, and each map row by row: {values} numbers in one line."
        with self.beat(told, values=s.maps.size, focus=self.maps[:1]):
            self.carry([[(at, cell) for cell in each.everywhere()] for at, each in enumerate(self.maps)], 0)
        told = "Whole maps lie before it, then whole rows: this number gets index {index}."
        with self.beat(told, index=s.indices[0], focus=self.large):
            self.move_maps(self.far)
            self.add(self.ladder)
            self.appear(self.large)
            self.follow(s, 0)

    def reorder(self, s: subjects.Flatten) -> None:
        """Lay them in the other order: place by place."""
        told: Template = "Others keep maps last: first one place of all maps, then the next place."
        with self.beat(told, focus=self.maps[:1]):
            self.vanish(self.large, *self.shown[:2], self.ladder)
            del self.shown[:2]
            self.move_maps(self.near)
            self.appear(self.rails[1], self.bands[1].heading)
            self.carry([[(at, cell) for at in range(len(self.maps))] for cell in self.maps[0].everywhere()], 1)
        with self.beat("There, the same number gets another index: {index}.", index=s.indices[1], focus=self.large):
            self.move_maps(self.far)
            self.appear(self.large)
            self.follow(s, 1)

    def carry(self, groups: list[list[tuple[int, tuple[int, int]]]], order: int) -> None:
        """Let numbers travel to their places in a line, group by group: the first and the last slowly."""
        index, laid, band = 0, [], self.bands[order]
        for number, group in enumerate(groups, 1):
            inks = [self.maps[at].color_of(cell) for at, cell in group]
            starts = [self.maps[at].cell_box(cell) for at, cell in group]
            flying = [Rectangle(box, fill=ink) for box, ink in zip(starts, inks, strict=True)]
            ends = [Rectangle(band.place(index + i), fill=ink) for i, ink in enumerate(inks)]
            slow = number in (1, 2, len(groups))
            self.play(*map(Transform, flying, ends), run_time=0.9 if slow else 0.2)
            laid, index = [*laid, *flying], index + len(group)
        self.remove(*laid, band.heading, self.rails[order])
        self.add(band)

    def follow(self, s: subjects.Flatten, order: int) -> None:
        """Mark the number, say how its index comes about, and let it fall into its place."""
        band, index, ink = self.bands[order], s.indices[order], self.theme.highlight
        source, whole = Outline(self.large, s.place[1:], color=ink), self.maps[s.place[0]]
        letters, numbers = s.sums[order]
        self.shown += [source, Outline(whole, (0, 0), whole.rows, whole.columns, color=ink)]
        self.appear(*self.shown[-2:], seconds=0.3)
        self.ladder.climb(self, self.ladder.rungs(letters, f"{numbers} = {tinted(str(index), ink)}"))
        self.fly((self.large.copy_of(s.place[1:]), band.place(index)), scale=0.4)
        mark = band.mark(index)
        self.appear(mark, seconds=0.3)
        self.point(source)
        self.shown.append(mark)

    def cross(self, s: subjects.Flatten) -> None:
        """Let the weights of one order read the other."""
        asked, stage, names = s.asked, self.frame.stage, [say(name) for name in READ]
        self.vanish(*self.maps, self.head.heading, self.large, self.ladder, *self.shown)
        room = Box(stage.left, self.bands[0].top + 0.2, stage.right, stage.top)

        def make(box: Box) -> Bars:
            write = f"{{:.0f}} / {asked}".format
            return Bars(names, box, theme=self.theme, peak=asked, write=write, widest=write(asked), size=25)

        self.fit(made := Made(stage.width, min(2.4, room.height - 0.8), make, "digits read right"), room=room)
        bars: Any = made.made
        with self.beat("Now weights that learned with C × H × W read H × W × C. What happens?", focus=bars):
            self.appear(made)
            self.play(bars.grow([s.right[0], 0]), run_time=0.8)
            self.rest(2.2)
        told: Template = "All sizes fit, nothing fails: yet only {wrong} of {asked} digits are read right."
        with self.beat(told, wrong=s.right[1], asked=asked, focus=bars.rectangles[1]):
            self.play(bars.grow(s.right), run_time=1.0)
            bars.show(s.right)
            self.rest(1.0)
        self.close("Flatten changes no number, only its place: weights must know the order.", focus=self.bands)
