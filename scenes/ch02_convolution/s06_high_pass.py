"""The high-pass sum: four times the center minus its neighbors, on patches of a picture and on all of it."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Row, Scene, Slot, Window
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels

GIVEN: Template = "The center adds {plus}, its neighbors take {minus} away: {sum} is left."
EVEN: Template = "An even patch of the picture: what the center adds, the neighbors take away."
UNEVEN: Template = "An uneven one: here the neighbors take less away than the center adds."
NAMES: tuple[Template, ...] = ("an example", "even", "uneven")
SIDES = 0.84, 0.76, 0.68, 0.6, 0.52, 0.46  # of the patches' cells, in units
WIDE = 2.6  # units: the least width of the picture beside them


class HighPass(
    Scene,
    subject=subjects.HighPass,
    takeaway="A high-pass keeps what differs from its surroundings and drops what is even.",
    concepts=("high-pass", "edge detection", "kernel"),
    seconds=31,
    gif="high-pass",
):
    """A patch of 220 among four neighbors, an even patch of a picture, an uneven one, and all of it."""

    title = "High-pass"
    subtitle = "what differs from its surroundings"

    subject: subjects.HighPass

    def tell(self, s: subjects.HighPass) -> None:
        """Work out the sum on a patch, then on two that are lifted out of the picture, then everywhere."""
        self.s, peak, pixels = s, s.picture.peak, s.picture.values[0]
        self.x = Grid(pixels, "input", "picture", scale=peak, photo=peak, form="pixels")
        self.kernel = Grid(s.weights.values, "kernel", "kernel", detail="", texts=s.weights.labels, side=0.5)
        largest = float(abs(s.map).max()) or 1.0
        self.y = Grid(abs(s.map), "output", "how much is left", photo=largest / 2, form="pixels", hidden=True)
        self.arrange(*self.roomiest([self.x, self.kernel], [Column(self.x, self.kernel)]))
        with self.beat("Four times the center, minus its neighbors: what is left of a picture?", focus=self.kernel):
            self.rest(2.2)
            self.set_columns()
            self.appear(self.patches[0])
            self.work(0)
        (plus, minus), total = s.parts[0], s.steps[0].result
        with self.beat(GIVEN, plus=plus, minus=minus, sum=total, focus=[*self.lines[0].content, self.answers[0]]):
            self.point(self.answers[0])
        with self.beat(EVEN, focus=self.answers[1]):
            self.lift(1)
            self.work(1)
        if s.uneven.result > 0:
            with self.beat(UNEVEN, focus=self.answers[2]):
                self.lift(2)
                self.work(2)
        self.everywhere()
        self.close("What is even gives 0; what differs from its surroundings stays.", focus=[self.y])

    def set_columns(self) -> None:
        """Set the picture beside patches with their sums."""
        s, strongest = self.s, max(abs(step.result) for step in self.s.steps)
        for side in SIDES:
            look: dict[str, Any] = {"detail": "", "side": side}
            self.patches = [
                Grid(step.values[0], "input", name, scale=255, **look)
                for step, name in zip(s.steps, NAMES, strict=True)
            ]
            self.lines = [Slot(3 * side, 0.45) for _ in s.steps]
            self.answers = [Grid(total, "output", scale=strongest, hidden=True, **look) for total in s.sums]
            three = zip(self.patches, self.lines, self.answers, strict=True)
            columns = Row(*(Column(*each, gap=0.15) for each in three), gap=0.45)
            left = Column(self.x, self.kernel, gap=0.2), Row(self.x, self.kernel)
            order = self.roomiest(*([one, columns] for one in left), gap=0.45)
            if self.fit(*order, gap=0.45) * self.x.columns > WIDE:
                break
        self.rearrange(*order, gap=0.45, later=self.patches)

    def lift(self, index: int) -> None:
        """Let a patch of the picture grow to cells with numbers."""
        step, patch = self.s.steps[index], self.patches[index]
        box = Outline(self.x, step.input_origin, 3, 3, color=self.theme.kernel)
        self.appear(box)
        pixels = photo_pixels(step.values, self.s.picture.peak, step.values[0] < 0, self.theme.ground)
        cover = PixelImage(pixels, self.x.cell_box(step.input_origin, 3, 3))
        self.play(cover.animate.scale(patch.box.width / cover.width).move_to((*patch.box.center, 0)), run_time=0.9)
        self.add(patch, cover)
        self.vanish(cover)

    def work(self, index: int) -> None:
        """Lay the kernel on a patch; let the center add, its neighbors take away, and say what is left."""
        patch, slot, answer = self.patches[index], self.lines[index], self.answers[index]
        window = Window(patch, (3, 3))
        self.appear(window, seconds=0.2)
        window.take_up(self, self.kernel, seconds=0.7)
        (plus, minus), theme = self.s.parts[index], self.theme
        runs = [(written(plus), theme.kernel), (" − ", theme.muted), (written(minus), theme.negative)]
        box = slot.box
        line = Line(runs, LABEL + 3, at=box.center)
        cells = [[(1, 1)], [(0, 1), (1, 0), (1, 2), (2, 1)]]
        for group, parts in zip(cells, (line[:1], line[1:]), strict=True):
            self.fly(*((patch.copy_of(cell), box) for cell in group), scale=0.6, seconds=0.7)
            self.appear(*parts, into=slot, seconds=0.25)
        answer.show()
        self.rest(0.5)

    def everywhere(self) -> None:
        """Bring the sums of the patches to their places in the map, then fill it."""
        s, y, found = self.s, self.y, self.answers[1:]
        for one, name in zip(found, NAMES[1:], strict=True):
            one.title = say(name)
        middle = Column(self.kernel, Row(*found, gap=0.3))
        orders = [self.x, middle, y], [Column(self.x, y), middle], [self.x, y, middle]
        with self.beat("And on every patch of the picture: how much will be left of it?", focus=y):
            gone = [*self.patches, *self.lines, self.answers[0], *(w for w in self.mobjects if type(w) is Window)]
            self.rearrange(*self.roomiest(*orders), gone=gone)
            cells = [step.output_index[-2:] for step in s.steps[1:]]
            flights = [(one.copy_of((0, 0)), y.cell_box(cell)) for one, cell in zip(found, cells, strict=True)]
            self.fly(*flights, scale=0.2)
            y.show(cells)
            self.appear(*(Outline(y, (i - 1, j - 1), 3, 3, color=self.theme.kernel) for i, j in cells))
            starts = [(row, 0) for row in range(y.rows)]
            self.walk(starts, None, lambda at: y.show((at[0], column) for column in range(y.columns)), seconds=3.0)
