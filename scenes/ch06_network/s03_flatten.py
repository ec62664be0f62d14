"""Flatten, index by index: where a number of a map comes to lie in the line, and what another order breaks."""

from typing import Any

from manim import Transform

from cnnviz import subjects
from cnnviz.stage import Band, Bars, Column, Grid, Label, Ladder, Made, Outline, Row, Scene, Slot, Table, say
from cnnviz.stage.formula import tinted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import RESULT, Box
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.picture import TITLE_HEIGHT

ACROSS, GAP = 8, 0.12  # maps in a row, and between them
ORDERS: tuple[Template, ...] = ("C × H × W, as in PyTorch", "H × W × C, as in Keras")
READ = "C × H × W", "H × W × C"


class Flatten(
    Scene,
    subject=subjects.Flatten,
    takeaway="Flatten lays maps in one line and changes no number; weights only fit the order they learned with.",
    concepts=("flatten", "index", "channels first", "channels last"),
    seconds=43,
):
    """Follow one number of a map to its place in the line.

    The maps are those that the small network makes of a digit behind its pooling.
    """

    title = "Flatten"
    subtitle = "index by index"

    subject: subjects.Flatten

    def tell(self, s: subjects.Flatten) -> None:
        """Lay the maps in a line, follow a number, then lay them in the other order."""
        for act in (self.build, self.lay, self.reorder, self.cross):
            act(s)

    def build(self, s: subjects.Flatten) -> None:
        """Set the maps, one of them enlarged, room for the formula, and both lines, still empty."""
        (count, rows, columns), stage, scale = s.maps.shape, self.frame.stage, float(s.maps.max())
        is_tall = self.frame.height > self.frame.width
        side = 0.58 if is_tall else 0.52 if self.frame.is_wide else 0.44
        self.maps = [Grid(each, "output", scale=scale, form="pixels") for each in s.maps]
        title = say("{count} maps of {rows} × {columns}", count=count, rows=rows, columns=columns)
        all_of_them = say("{count} numbers", count=s.maps.size)
        self.head = Slot(3.6, 0.0, title, detail=all_of_them if is_tall else "")
        lines = [[self.maps[at : at + n] for at in range(0, count, n)] for n in (ACROSS, ACROSS // 2)]
        walls = [Column(self.head, Table(*rows, gap=(GAP, GAP)), gap=0.0) for rows in lines]
        self.large = Grid(s.maps[s.place[0]], "output", "map", detail=f"{s.place[0]}", scale=scale, side=side)
        self.ladder = Ladder(5.6 * side, 3, title="its index")
        kinds, detail = zip(s.lines, ORDERS, strict=True), "" if is_tall else all_of_them
        self.bands = [Band(line, scale, stage.width, title, detail=detail, lens=side) for line, title in kinds]
        pair, bands = Row(self.large, self.ladder, gap=0.5), Column(*self.bands, gap=0.08)
        orders = [[Column(Row(wall, pair, gap=0.5), bands, gap=0.1)] for wall in walls]
        self.fit(*self.roomiest(*orders, [Column(walls[0], pair, bands, gap=0.3)]))
        self.rails = [band.rail() for band in self.bands]
        self.asks = [self.ask(band.stripes) for band in self.bands]
        ink, whole = self.theme.highlight, self.maps[s.place[0]]
        self.source = Outline(self.large, s.place[1:], color=ink)
        self.rings = [Outline(whole, (0, 0), whole.rows, whole.columns, color=ink), self.source]
        self.ladder.put(self.ask(self.ladder.box))
        self.add(self.head, *self.maps, self.large, self.ladder, *self.rails, *self.rings)
        self.add(*[band.heading for band in self.bands])

    def ask(self, room: Box) -> Label:
        """Ask what belongs here."""
        return Label("?", RESULT, self.theme.highlight, at=room.center, bold=True)

    def lay(self, s: subjects.Flatten) -> None:
        """Lay all numbers in a line, map by map."""
        told: Template = "A dense layer reads one line. Where in it does this number go, in either order?"
        with self.beat(told, focus=self.source):
            self.point(self.source)
            for band, ask in zip(self.bands, self.asks, strict=True):
                self.fly((self.large.copy_of(s.place[1:]), band.stripes), scale=0.5)
                self.appear(ask, seconds=0.3)
        told = "Map by map, and each map row by row: {values} numbers in one line."
        with self.beat(told, values=s.maps.size, focus=self.maps[:1]):
            self.carry(s, [[(at, cell) for cell in each.everywhere()] for at, each in enumerate(self.maps)], 0)
        told = "Whole maps lie before it, then whole rows: this number gets index {index}."
        with self.beat(told, index=s.indices[0], focus=self.large):
            self.follow(s, 0)

    def reorder(self, s: subjects.Flatten) -> None:
        """Lay them in the other order: place by place."""
        told: Template = "Others keep maps last: first one place of all maps, then the next place."
        with self.beat(told, focus=self.maps[:1]):
            self.vanish(self.ladder)
            self.appear(self.ask(self.ladder.box), into=self.ladder, seconds=0.3)
            cells = self.maps[0].everywhere()
            self.carry(s, [[(at, cell) for at in range(len(self.maps))] for cell in cells], 1)
        with self.beat("There, the same number gets another index: {index}.", index=s.indices[1], focus=self.large):
            self.follow(s, 1)

    def carry(self, s: subjects.Flatten, groups: list[list[tuple[int, tuple[int, int]]]], order: int) -> None:
        """Let numbers travel to their places in a line, group by group: the first, its own and the last slowly."""
        index, laid, band = 0, [], self.bands[order]
        self.remove(self.asks[order])
        for number, group in enumerate(groups, 1):
            inks = [self.maps[at].color_of(cell) for at, cell in group]
            starts = [self.maps[at].cell_box(cell) for at, cell in group]
            flying = [Rectangle(box, fill=ink) for box, ink in zip(starts, inks, strict=True)]
            ends = [Rectangle(band.place(index + i), fill=ink) for i, ink in enumerate(inks)]
            slow = number in (1, 2, len(groups)) or (s.place[0], s.place[1:]) in group
            self.play(*map(Transform, flying, ends), run_time=0.9 if slow else 0.2)
            laid, index = [*laid, *flying], index + len(group)
        self.remove(*laid, band.heading, self.rails[order])
        self.add(band)

    def follow(self, s: subjects.Flatten, order: int) -> None:
        """Say how the index comes about, go past what lies before the number, and put a lens over it."""
        band, index, ink, before = self.bands[order], s.indices[order], self.theme.highlight, 0
        rungs = self.ladder.rungs("", *s.sums[order], tinted(str(index), ink))
        self.ladder.climb(self, rungs[:2], pause=0.1)
        self.add(way := Rectangle(band.way(0), fill=ink))
        for passed in s.passed[order]:
            before += passed
            self.play(Transform(way, Rectangle(band.way(before), fill=ink)), run_time=0.7)
        self.ladder.climb(self, rungs[2:], pause=0.1)
        self.fly((self.large.copy_of(s.place[1:]), band.place(index)), scale=0.4)
        self.appear(band.lens(index)[1], seconds=0.4)

    def cross(self, s: subjects.Flatten) -> None:
        """Let the weights of one order read the other."""
        asked = s.asked
        self.vanish(self.large, self.ladder, self.ladder.heading, *self.rings)
        self.remove(self.ladder)
        room = Box(self.large.box.left, self.bands[0].top + GAP, self.frame.stage.right, self.large.top)
        write = f"{{:.0f}} / {asked}".format
        look: Any = {"theme": self.theme, "peak": asked, "write": write, "widest": write(asked), "size": 25}
        made = Made(room.width, room.height - TITLE_HEIGHT, lambda box: Bars(READ, box, **look), "digits read right")
        made.settle(room.left, room.top, 0.0)
        bars: Any = made.made
        with self.beat("Now weights that learned with C × H × W read H × W × C. What happens?", focus=bars):
            self.appear(made)
            self.play(bars.grow([s.right[0], 0]), run_time=0.8)
            bars.show([s.right[0], 0], upto=1)
            self.appear(ask := self.ask(bars.bar_box(1, asked)))
            self.rest(2.2)
        told: Template = "All sizes fit, nothing fails: yet only {wrong} of {asked} digits are read right."
        with self.beat(told, wrong=s.right[1], asked=asked, focus=bars.rectangles[1]):
            self.remove(ask)
            self.play(bars.grow(s.right), run_time=1.0)
            bars.show(s.right)
            self.rest(1.0)
        self.close("Flatten changes no number, only its place: weights must know the order.", focus=self.bands)
