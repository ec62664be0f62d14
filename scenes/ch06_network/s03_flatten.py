"""Flatten, index by index: where a number of a map comes to lie in the line, and what another order breaks."""

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.stage import Band, Bars, Column, Grid, Ladder, Made, Outline, Reckoning, Row, Slot, Table, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.indexing import Indexing

ACROSS, GAP = 8, 0.12  # maps in a row, and between them
ORDERS: tuple[Template, ...] = ("C × H × W, as in PyTorch", "H × W × C, as in Keras")
READ, LINES = ("C × H × W", "H × W × C"), 5  # of what a weight meets


class Flatten(
    Indexing,
    subject=subjects.Flatten,
    takeaway="Flatten lays maps in one line and changes no number; weights only fit the order they learned with.",
    concepts=("flatten", "index", "channels first", "channels last"),
    seconds=45,
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
        side, lens = (0.58, 0.58) if is_tall else (0.47, 0.57) if self.frame.is_wide else (0.44, 0.44)
        self.maps = [Grid(each, "output", scale=scale, form="pixels") for each in s.maps]
        title = say("{count} maps of {rows} × {columns}", count=count, rows=rows, columns=columns)
        all_of_them = say("{count} numbers", count=s.maps.size)
        self.head = Slot(3.6, 0.0, title, detail=all_of_them if is_tall else "")
        lines = [[self.maps[at : at + n] for at in range(0, count, n)] for n in (ACROSS, ACROSS // 2)]
        walls = [Column(self.head, Table(*rows, gap=(GAP, GAP)), gap=0.0) for rows in lines]
        self.large = Grid(s.maps[s.place[0]], "output", "map", detail=f"c = {s.place[0]}", scale=scale, side=side)
        self.ladder = Ladder(5.6 * side, 3, title="its index")
        kinds, detail = zip(s.lines, ORDERS, strict=True), "" if is_tall else all_of_them
        self.bands = [Band(line, scale, stage.width, title, detail=detail, lens=lens) for line, title in kinds]
        pair, bands = Row(self.large, self.ladder, gap=0.5), Column(*self.bands, gap=0.12)
        orders = [[Column(Row(wall, pair, gap=0.5), bands, gap=0.1)] for wall in walls]
        self.fit(*self.roomiest(*orders, [Column(walls[0], pair, bands, gap=0.3)]))
        self.rails = [band.rail() for band in self.bands]
        self.asks = [*map(self.ask_for, self.bands)]
        ink, whole = self.theme.highlight, self.maps[s.place[0]]
        self.source = Outline(self.large, s.place[1:], color=ink)
        self.rings = [Outline(whole, (0, 0), whole.rows, whole.columns, color=ink), self.source]
        self.ladder.put(self.ask(self.ladder.box))
        self.add(self.head, *self.maps, *self.rails, *self.rings)
        self.source.set_z_index(2)
        for above in (self.large, self.ladder, *(band.heading for band in self.bands)):
            above.set_z_index(1)  # what flies, flies behind them
            self.add(above)

    def lay(self, s: subjects.Flatten) -> None:
        """Lay all numbers in a line, map by map."""
        told: Template = "A dense layer reads one line. Where in it does this number go, in either order?"
        with self.beat(told, focus=self.source):
            self.point(self.source)
            for ask in self.asks:
                at = ask.get_center()[:2]
                self.fly((self.large.copy_of(s.place[1:]), Box(*at, *at)), scale=0.5)
                self.appear(ask, seconds=0.3)
        told = "Map by map, and each map row by row: {values} numbers in one line."
        with self.beat(told, values=s.maps.size, focus=self.maps[:1]):
            self.carry(s, [[(at, cell) for cell in each.everywhere()] for at, each in enumerate(self.maps)], 0)
        with self.beat("Whole maps lie before it, then whole rows: how many numbers?", focus=self.large):
            self.pass_by(s, 0)
        with self.beat("As many as lie before it: this number gets index {index}.", index=s.indices[0]) as beat:
            beat.focus = [self.source]
            self.arrive(s, 0)

    def reorder(self, s: subjects.Flatten) -> None:
        """Lay them in the other order: place by place."""
        told: Template = "Others keep maps last: first one place of all maps, then the next place."
        with self.beat(told, focus=self.maps[:1]):
            self.vanish(self.ladder)
            self.appear(self.ask(self.ladder.box), into=self.ladder, seconds=0.3)
            cells = self.maps[0].everywhere()
            self.carry(s, [[(at, cell) for at in range(len(self.maps))] for cell in cells], 1)
            self.pass_by(s, 1)
        with self.beat("There, the same number gets another index: {index}.", index=s.indices[1]) as beat:
            beat.focus = [self.source]
            self.arrive(s, 1)

    def cross(self, s: subjects.Flatten) -> None:
        """Let a weight that learned one order meet the number of the other."""
        at, (weight, *met), first = s.indices[0], s.factors, self.bands[0].place(s.indices[0])
        ink, second = self.theme.kernel, self.bands[1].place(at)
        self.vanish(self.ladder, self.ladder.heading)
        self.remove(self.ladder)
        room = self.ladder.box
        sums = Reckoning(room.width, LINES, widest=f"{weight} · {max(met, key=len)} ≈ 0.00", size=NOTE + 4)
        sums.settle(room.left, self.large.top, 0.0)
        self.add(sums)
        told: Template = "Place {index} has a weight, learned with C × H × W: this number meets it."
        with self.beat(told, index=at) as beat:
            mark = Rectangle(first, outline=ink, width=5.0)
            self.appear(mark, seconds=0.3)
            sums.reckon(self, 0, (f"{say('weight {index}', index=at)}:  ", "muted"), (weight, "kernel"))
            beat.focus = [self.meet(sums, 1, first, READ[0], met[0], weight, s.met[0] * s.weight)]
        told = "In the other order, place {index} holds another number; the weight stays."
        if s.indices[1] == at:
            told = "In the other order, place {index} happens to hold the same; others do not."
        with self.beat(told, index=at) as beat:
            way = Strokes(self.past(self.bands[1].heading, first, second), ink, 3.0)
            self.appear(way, Rectangle(second, outline=ink, width=5.0), seconds=0.6)
            beat.focus = [self.meet(sums, 3, second, READ[1], met[1], weight, s.met[1] * s.weight)]
        self.judge(s)

    def judge(self, s: subjects.Flatten) -> None:
        """Say how many digits are read right in each order."""
        asked, last = s.asked, self.maps[-1].box
        wide = max(each.box.right for each in self.maps)
        if self.large.top > last.bottom:  # beside it
            wide = max(wide, self.large.box.left - 2 * GAP)
        room = Box(self.maps[0].box.left, last.bottom, wide, self.maps[0].box.top)
        write = f"{{:.0f}} / {asked}".format
        look: Any = {"theme": self.theme, "peak": asked, "write": write, "widest": write(asked), "size": 25}
        made = Made(room.width, room.height, lambda box: Bars(READ, box, **look), "digits read right")
        made.settle(room.left, room.top + TITLE_HEIGHT, 0.0)
        bars: Any = made.made
        told: Template = "All sizes fit, nothing fails: yet only {wrong} of {asked} digits are read right."
        self.play(FadeOut(self.head, *self.maps, self.rings[0]), FadeIn(made), run_time=0.8)
        with self.beat(told, wrong=s.right[1], asked=asked, focus=bars.rectangles[1]):
            self.play(bars.grow(s.right), run_time=1.0)
            bars.show(s.right)
            self.rest(1.0)
        self.close("Flatten changes no number, only its place: weights must know the order.", focus=self.bands)
