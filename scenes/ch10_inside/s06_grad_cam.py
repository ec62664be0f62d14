"""Grad-CAM with its arithmetic: maps, what each is worth to the answer, their sum, and what of it is positive."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Row, Scene, Slot, cell_text
from cnnviz.stage.language import say
from cnnviz.stage.layout import CRUMB, SMALLEST
from cnnviz.stage.stories.evidence import input_grid, lit, rooms, spread, unveil, verdict
from cnnviz.stage.text import size_within

BELOW = 0.36  # units: room for what a map is worth


class GradCam(
    Scene,
    subject=subjects.GradCam,
    gif="grad-cam",
    takeaway="Maps times what each is worth to the answer, added up: what is positive shows where the evidence is.",
    concepts=("Grad-CAM", "gradient", "attribution"),
    seconds=26,
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
        self.answer = Slot({"row": 3.3, "under": 4.6}.get(shape, stage.width * 0.5), 0.5)
        cell = side / max(s.heat.shape)
        scale = float(abs(s.summed).max()) or 1.0
        self.heat = Grid(s.summed, "output", "sum", scale=scale, form="pixels", side=cell, hidden=True, strip=True)
        asked = Column(self.x, self.answer, gap=0.15)
        if shape == "under":
            self.fit(Column(asked, Row(self.wall, self.heat, gap=0.5), gap=0.2), most=9.0)
        else:
            self.fit(
                *((asked, self.wall, self.heat) if shape == "row" else (asked, self.heat, self.wall)), gap=0.4, most=9.0
            )
        self.add(self.x, self.answer, self.wall, self.heat)

    def weigh(self) -> None:
        """Hang the maps, then write below each what it is worth."""
        s, theme = self.s, self.theme
        shown = len(s.maps)
        counts = say("{shown} of {total} maps", shown=shown, total=s.total)
        words = [(s.layer, theme.output), (f"  {counts}", theme.text)]
        scale = float(abs(s.maps).max()) or 1.0
        with self.beat(
            "{shown} of {total} maps of the last layer: those that count most here.", shown=shown, total=s.total
        ) as beat:
            self.tiles = self.wall.hang([*s.maps], words, role="output", scale=scale, below=BELOW)
            beat.focus = self.tiles[:2]
            self.rest(1.4)
        texts = [cell_text(float(s.weights[index]), 6) for index in s.order]
        size = max(SMALLEST, min(size_within(self.tiles[0].box.width, CRUMB, text) for text in texts))
        labels = [
            Label(text, size, theme.gradient, at=(box.center[0], box.bottom - 0.19))
            for box, text in zip((tile.box for tile in self.tiles), texts, strict=True)
        ]
        with self.beat("Each is worth its mean gradient: how much the score grows with it.", focus=labels[:3]):
            for label in labels:
                self.appear(label, into=self.wall, seconds=0.25)
            self.rest(1.0)

    def add_up(self) -> None:
        """Add all weighted maps, and drop what is negative."""
        s = self.s
        with self.beat("All {total} maps times their worth, added up cell by cell.", total=s.total, focus=self.heat):
            unveil(self, self.heat, 2.0)
            self.rest(1.2)
        negative = [(i, j) for i, j in self.heat.everywhere() if s.summed[i, j] < 0]
        if negative:
            with self.beat("What is negative speaks for other classes, and becomes 0.", focus=self.heat):
                self.heat.rewrite(dict.fromkeys(negative, 0.0))
                self.rest(1.4)

    def lay_over(self) -> None:
        """Leave lit what lies under the strong half of the heat."""
        s, shape = self.s, self.s.x.shape[2:]
        step = [side / cells for side, cells in zip(shape, s.heat.shape, strict=True)]
        with self.beat("Enlarged: the picture is kept where this is at least half of its largest.", focus=self.x):
            self.x.only(spread(self.x, s, lit(s.heat, shape, step, step)))
            self.rest(1.6)
