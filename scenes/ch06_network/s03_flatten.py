"""Flatten, index by index: where a number of a map comes to lie in the line, and what another order breaks."""

from manim import FadeIn

from cnnviz import subjects
from cnnviz.stage import Band, Column, Grid, Ladder, Outline, Row, Slot, Table, say
from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.stories.indexing import Indexing

ACROSS, GAP = 8, 0.12  # maps in a row, and between them
ORDERS: tuple[Template, ...] = ("C × H × W, as in PyTorch", "H × W × C, as in Keras")


class Flatten(
    Indexing,
    subject=subjects.Flatten,
    takeaway="Flatten lays maps in one line and changes no number; weights only fit the order they learned with.",
    concepts=("flatten", "index", "channels first", "channels last"),
    seconds=47,
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
        side, lens = (0.62, 0.62) if is_tall else (0.47, 0.57) if self.frame.is_wide else (0.44, 0.44)
        self.maps = [Grid(each, "output", scale=scale, form="pixels") for each in s.maps]
        title = say("{count} maps of {rows} × {columns}", count=count, rows=rows, columns=columns)
        all_of_them = say("{count} numbers", count=s.maps.size)
        self.head = Slot(3.6, 0.001, title, detail=all_of_them if is_tall else "")
        lines = [[self.maps[at : at + n] for at in range(0, count, n)] for n in (ACROSS, ACROSS // 2)]
        walls = [Column(self.head, Table(*rows, gap=(GAP, GAP)), gap=0.0) for rows in lines]
        self.large = Grid(s.maps[s.place[0]], "output", "map", detail=f"c = {s.place[0]}", scale=scale, side=side)
        self.ladder = Ladder(5.6 * side, 3, title="its index")
        kinds, detail = zip(s.lines, ORDERS, strict=True), "" if is_tall else all_of_them
        self.bands = [Band(line, scale, stage.width, title, detail=detail, lens=lens) for line, title in kinds]
        pair, bands = Row(self.large, self.ladder, gap=0.5), Column(*self.bands, gap=0.12)
        orders = [[Column(Row(wall, pair, gap=0.5), bands, gap=0.1)] for wall in walls]
        self.orders = [*orders, [Column(walls[0], pair, bands, gap=0.3)]]
        self.arrange(walls[0] if self.frame.is_wide else walls[1])
        whole = self.maps[s.place[0]]
        self.rings = [Outline(whole, (0, 0), whole.rows, whole.columns, color=self.theme.highlight)]

    def unfold(self, s: subjects.Flatten) -> None:
        """Let the maps make room for one of them, its index, and both lines."""
        whole, ink = self.maps[s.place[0]], self.theme.highlight
        self.rearrange(*self.roomiest(*self.orders), later=[self.large, self.ladder, *self.bands])
        self.rails = [band.rail() for band in self.bands]
        self.asks = [*map(self.ask_for, self.bands)]
        self.source = Outline(self.large, s.place[1:], color=ink)
        self.rings.append(self.source)
        self.ladder.put(self.ask(self.ladder.box))
        self.source.set_z_index(2)
        above = [self.large, self.ladder, *(band.heading for band in self.bands)]
        for one in above:
            one.set_z_index(1)  # what flies, flies behind them
        self.add(self.large)
        self.play(Resettle(self.large, whole.box, whole.box.top), *map(FadeIn, (*above[1:], *self.rails)), run_time=0.8)
        self.appear(self.source, seconds=0.2)

    def lay(self, s: subjects.Flatten) -> None:
        """Lay all numbers in a line, map by map."""
        told: Template = "A dense layer reads one line. Where in it does this number go, in either order?"
        with self.beat(told) as beat:
            self.appear(*self.rings, seconds=0.3)
            self.point(*self.rings)
            self.unfold(s)
            beat.focus = [self.source]
            for ask in self.asks:
                at = ask.get_center()[:2]
                self.fly((self.large.copy_of(s.place[1:]), Box(*at, *at)), seconds=0.8)
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
