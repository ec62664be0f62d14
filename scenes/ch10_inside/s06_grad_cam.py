"""Grad-CAM with its arithmetic: maps, what each is worth to the answer, their sum, and what of it is positive."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Slot, Wall, cell_text
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.stories.adding_up import BELOW, AddingUp
from cnnviz.stage.stories.evidence import input_grid, lit, spread, verdict

GAP, LINE = 0.5, 0.5  # units: between the picture and the wall, and for a line of words
MOST, WALL = 0.4, 0.52  # of the stage: the picture beside the wall at most, and the wall below the picture


class GradCam(
    AddingUp,
    subject=subjects.GradCam,
    gif="grad-cam",
    takeaway="Maps times what each is worth to the answer, added up: what is positive shows where the evidence is.",
    concepts=("Grad-CAM", "gradient", "attribution"),
    seconds=36,
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
        """Set the picture and the wall of maps; the sum will stand where the picture stands."""
        s, stage = self.s, self.frame.stage
        self.x, is_row = input_grid(s), s.seen.known.is_row
        self.answer, beside = Slot(3.6, LINE), stage.width > stage.height and not is_row
        self.asked = Column(self.x, self.answer, gap=0.1)
        room = Box(stage.left, stage.bottom, stage.left + MOST * stage.width, stage.top) if beside else stage
        self.cell = self.fit(self.asked, room=room, most=9.0)
        wide = stage.width - self.x.box.width - GAP
        self.wall = Wall(wide, stage.height - LINE) if beside else Wall(stage.width, stage.height * WALL)
        foot = Box(stage.left, stage.bottom + LINE, stage.right, stage.top)
        self.is_low = beside and self.asked.extent(self.cell)[1] <= foot.height
        room = foot if self.is_low else stage
        self.cell = self.arrange(self.asked, self.wall, room=room, gap=GAP, most=self.cell)
        self.scale = float(abs(s.summed).max()) or 1.0
        self.heat = Grid(
            s.summed,
            "output",
            "sum",
            scale=self.scale,
            hidden=True,
            zoom=self.x.columns / s.heat.shape[1],
            most=9.0,
            widest={cell_text(float(value)) for value in s.sofar.ravel()},
            **({"form": "pixels", "strip": True} if is_row else {}),
        )
        self.here = Slot(self.answer.box.width, LINE)
        self.line = Slot(stage.right - min(self.x.box.left, self.wall.box.left), LINE)

    def add_up(self) -> None:
        """Add all weighted maps, and drop what is negative."""
        s, ink = self.s, self.theme.highlight
        marks = [Outline(tile, s.peak, color=ink, width=2.5) for tile in self.tiles]
        with self.beat("Each map times its worth is added to the sum; at one cell the numbers are written.") as beat:
            self.heat.settle(self.x.box.left, self.x.top, self.cell)
            top = self.frame.stage.bottom + LINE if self.is_low else self.answer.top
            self.line.settle(min(self.x.box.left, self.wall.box.left), top, self.cell)
            mark = Outline(self.heat, s.peak, color=ink)
            self.vanish(self.x, self.answer)
            self.appear(self.heat, mark)
            self.add(self.line)
            for number, (tile, part) in enumerate(zip(self.tiles, s.parts, strict=True)):
                self.add(marks[number])
                self.multiply(number)
                self.hold(0.3)
                self.lay_on([(part, tile.box)])
                self.heat.become(s.sofar[number])
                self.reckon(number + 1)
                self.remove(marks[number])
                tile.sink()
                self.hold(0.3)
            beat.focus = [mark]
        if s.total > len(s.maps):
            with self.beat("The {count} other maps times their worth are added, too.", count=s.total - len(s.maps)):
                words, look = self.words(len(s.others), s.total), {"scale": float(abs(s.others).max()) or 1.0}
                tiles = self.wall.hang([*s.others], words, role="output", **look)
                self.hold(0.8)
                self.lay_on([(tile.values, tile.box) for tile in tiles])
                self.heat.become(s.summed)
                self.reckon(len(s.maps) + 1)
                self.point(mark)
        self.remove(mark)
        negative = [cell for cell in self.heat.everywhere() if s.summed[cell] < 0]
        if negative:
            with self.beat("What is negative speaks for other classes, and becomes 0.", focus=self.heat):
                self.heat.only(negative)
                self.point(self.heat, seconds=1.2)
                self.heat.show()
                self.heat.rewrite(dict.fromkeys(negative, 0.0))

    def lay_over(self) -> None:
        """Leave lit what lies under the strong half of the heat."""
        s, shape, own = self.s, self.s.x.shape[2:], self.s.heat.shape
        step = [side / cells for side, cells in zip(shape, own, strict=True)]
        told: Template = "Enlarged over the picture: what has half of the largest, {most}, or more is kept."
        with self.beat(told, most=float(s.summed[s.peak]), focus=self.x):
            self.rearrange(Column(self.heat, self.here, gap=0.1), self.asked, gone=[self.wall, self.line], most=9.0)
            self.conclude()
            mark = Outline(self.heat, s.peak, color=self.theme.highlight)
            self.appear(verdict(s, self.answer.box), into=self.answer)
            self.appear(mark)
            self.heat.only(lit(s.heat, own, (1, 1), (1, 1)))
            self.hold(0.8)
            over = self.lay_on([(s.heat, self.heat.box)], self.x)
            self.x.only(spread(self.x, s, lit(s.heat, shape, step, step)))
            self.vanish(*over, seconds=1.0)
