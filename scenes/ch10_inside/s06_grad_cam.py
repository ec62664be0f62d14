"""Grad-CAM with its arithmetic: maps, what each is worth to the answer, their sum, and what of it is positive."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Resettle, Row, Scene, Slot, Wall, cell_text
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import CRUMB, LABEL, SMALLEST
from cnnviz.stage.stories.evidence import input_grid, lit, rooms, spread, verdict
from cnnviz.stage.text import size_within

BELOW = 0.36  # units: room for what a map is worth
WALL, SUM = 0.42, 0.255  # of the stage, where three stand in a row: the wall and the sum


class GradCam(
    Scene,
    subject=subjects.GradCam,
    gif="grad-cam",
    takeaway="Maps times what each is worth to the answer, added up: what is positive shows where the evidence is.",
    concepts=("Grad-CAM", "gradient", "attribution"),
    seconds=31,
):
    """Weigh the last maps by their mean gradients, add them up, and lay the heat over the picture.

    cnnviz gif grad-cam
    cnnviz gif grad-cam --image digit:3
    cnnviz gif grad-cam --network my_network.onnx --image cat.jpg
    """

    title = "Grad-CAM"
    subtitle = "where the evidence is"

    subject: subjects.GradCam

    def tell(self, s: subjects.GradCam) -> None:
        """Show maps, weights, sum and heat."""
        self.s = s
        self.build()
        with self.beat("Where in this picture is the evidence for the answer?", focus=self.x):
            self.wall.ask([*s.maps], [(s.layer, self.theme.output)], below=BELOW)
            self.appear(verdict(s, self.answer.box), into=self.answer)
            self.rest(1.8)
        if not s.seen.learned:
            with self.beat("It has not learned yet: this answer is chance.", focus=self.answer):
                self.rest(1.0)
        self.weigh()
        self.add_up()
        if s.heat.any():
            self.lay_over()
            self.close("The part that is kept holds the evidence for the answer.", focus=[self.x])
        else:
            self.close("Nothing is left: averaged so, these maps show no place for this answer.", focus=[self.heat])

    def build(self) -> None:
        """Set the picture, the wall of maps and the heat."""
        s, stage = self.s, self.frame.stage
        self.x = input_grid(s)
        shape, self.wall, side = rooms(stage, s)
        if shape == "row" and self.frame.is_wide:
            self.wall, side = Wall(stage.width * WALL, stage.height), min(side, stage.width * SUM)
        self.answer = Slot({"row": 3.3, "under": 4.6}.get(shape, stage.width * 0.5), 0.5)
        self.look = {"form": "pixels", "side": side / max(s.heat.shape), "strip": True}
        self.scale = float(abs(s.summed).max()) or 1.0
        self.heat = Grid(s.summed, "output", "sum", scale=self.scale, hidden=True, **self.look)
        self.here = Slot(side if shape == "row" else max(side, 3.0), 0.4)
        asked, added = Column(self.x, self.answer, gap=0.15), Column(self.heat, self.here, gap=0.12)
        if shape == "under":
            self.arrange(Column(asked, Row(self.wall, added, gap=0.5), gap=0.2), most=9.0)
        else:
            self.arrange(
                *((asked, self.wall, added) if shape == "row" else (asked, added, self.wall)), gap=0.4, most=9.0
            )

    def weigh(self) -> None:
        """Hang the maps, then write below each what it is worth."""
        s, theme = self.s, self.theme
        fields, scale = {"shown": len(s.maps), "total": s.total}, float(abs(s.maps).max()) or 1.0
        words = [(s.layer, theme.output), ("  " + say("{shown} of {total} maps", **fields), theme.text)]
        with self.beat("{shown} of {total} maps of the last layer: those that count most here.", **fields) as beat:
            self.tiles = self.wall.hang([*s.maps], words, role="output", scale=scale, below=BELOW)
            beat.focus = self.tiles[:2]
            self.rest(1.2)
        self.worths = [cell_text(float(s.weights[index]), 6) for index in s.order]
        size = max(SMALLEST, min(size_within(self.tiles[0].box.width, CRUMB, text) for text in self.worths))
        labels = [
            Label(text, size, theme.gradient, at=(box.center[0], box.bottom - 0.19))
            for box, text in zip((tile.box for tile in self.tiles), self.worths, strict=True)
        ]
        with self.beat("Each is worth its mean gradient: how much the score grows with it.", focus=labels[:3]):
            for label in labels:
                self.appear(label, into=self.wall, seconds=0.25)

    def add_up(self) -> None:
        """Add all weighted maps, and drop what is negative."""
        s, ink = self.s, self.theme.highlight
        marks = [Outline(tile, s.peak, color=ink, width=2.5) for tile in self.tiles]
        mark = Outline(self.heat, s.peak, color=ink)
        with self.beat("Each map times its worth is added to the sum; at one cell the numbers are written.") as beat:
            self.add(mark)
            for number, (tile, part) in enumerate(zip(self.tiles, s.parts, strict=True)):
                self.add(marks[number])
                self.lay_on(part, tile)
                self.heat.become(s.sofar[number])
                self.reckon(f"{cell_text(float(tile.values[s.peak]))} × {self.worths[number]}", s.sofar[number][s.peak])
            beat.focus = [mark]
        if s.total > len(s.maps):
            with self.beat("The {count} other maps times their worth are added, too.", count=s.total - len(s.maps)):
                self.lay_on(s.summed - s.sofar[-1], self.wall)
                self.heat.become(s.summed)
                self.reckon("", s.summed[s.peak])
                self.point(mark)
        self.remove(*marks, mark)
        negative = [cell for cell in self.heat.everywhere() if s.summed[cell] < 0]
        if negative:
            with self.beat("What is negative speaks for other classes, and becomes 0.", focus=self.heat):
                self.heat.only(negative)
                self.point(self.heat, seconds=1.2)
                self.heat.show()
                self.heat.rewrite(dict.fromkeys(negative, 0.0))

    def lay_on(self, values: Any, start: Any, grid: Grid | None = None) -> Grid:
        """Let numbers travel from where something stands onto the sum, or another grid; return what arrived."""
        onto, seconds = grid or self.heat, 0.6 if grid is None else 1.2
        flying = Grid(values, "output", scale=self.scale, **{**self.look, "side": onto.box.width / values.shape[1]})
        flying.settle(onto.box.left, onto.box.top, 1.0)
        self.add(flying)
        self.play(Resettle(flying, start.box), run_time=seconds)
        if grid is None:
            self.remove(flying)
        return flying

    def reckon(self, product: str, sofar: float) -> None:
        """Write what is added at the marked cell, and the sum up to here."""
        runs = [(say("sum") + " ", self.theme.muted), (written(float(sofar)), self.theme.output)]
        for each in ([(f"{product}   ", self.theme.muted), *runs] if product else runs, runs):
            size = size_within(self.here.box.width, LABEL, *(text for text, _ in each))
            if size >= SMALLEST:  # else without the product
                break
        self.here.put_line(each, size)

    def lay_over(self) -> None:
        """Leave lit what lies under the strong half of the heat."""
        s, shape = self.s, self.s.x.shape[2:]
        step = [side / cells for side, cells in zip(shape, s.heat.shape, strict=True)]
        told: Template = "Enlarged over the picture: what has half of the largest, {most}, or more is kept."
        with self.beat(told, most=float(s.summed[s.peak]), focus=self.x):
            over = self.lay_on(s.heat, self.heat, self.x)
            self.x.only(spread(self.x, s, lit(s.heat, shape, step, step)))
            self.vanish(over, seconds=1.0)
