"""The high-pass sum: four times the center minus its neighbors, on patches of a picture and on all of it."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Row, Scene, Slot, Window
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL, RESULT, Box, units
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.pictures.slices import Shade

GIVEN: Template = "The center adds {plus}, its neighbors take {minus} away: {sum} is left."
EVEN: Template = "An even patch of the picture: what the center adds, the neighbors take away."
UNEVEN: Template = "An uneven one: here the neighbors take less away than the center adds."
NAMES: tuple[Template, ...] = ("an example", "even", "uneven")
SIDES = 1.1, 1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.46  # of the patches' cells, in units
WIDE = 0.3  # of the stage: the least width of the picture beside them
LARGE = 1.5  # units: the side of a cell of the example, which has the stage for itself


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
        """Work out the sum on a patch, then on two that are lifted out of a picture, then everywhere."""
        self.s, peak = s, s.picture.peak
        look: dict[str, Any] = {"detail": "", "texts": s.weights.labels, "least": 0.5, "most": LARGE, "zoom": 0.6}
        self.kernel = Grid(s.weights.values, "kernel", "kernel", **look)
        self.x = Grid(s.picture.values[0], "input", "picture", scale=peak, photo=peak, form="pixels")
        largest = float(abs(s.map).max()) or 1.0
        self.y = Grid(
            abs(s.map), "output", "how much is left, sign aside", photo=largest / 2, form="pixels", hidden=True
        )
        self.patches, self.lines, self.answers = [], [], []
        patch, *works = self.column(0, 255, RESULT, most=LARGE, zoom=0.9)
        self.arrange(patch, Column(self.kernel, Row(*works)), most=LARGE)
        with self.beat("Four times the center, minus its four neighbors: what is left?", focus=self.kernel):
            self.rest(2.2)
            self.work(0)
        (plus, minus), total = s.parts[0], s.steps[0].result
        with self.beat(GIVEN, plus=plus, minus=minus, sum=total, focus=[*self.lines[0].content, self.answers[0]]):
            self.reveal(0)
        with self.beat(EVEN, focus=self.answers[0]) as beat:
            self.set_columns()
            beat.focus = [self.answers[1]]
            self.lift(1)
            self.work(1)
            self.reveal(1)
        if s.uneven.result > 0:
            with self.beat(UNEVEN, focus=self.answers[2]):
                self.lift(2)
                self.work(2)
                self.reveal(2)
        self.everywhere()
        self.close("What is even gives 0; what differs from its surroundings stays.", focus=[*self.places, self.y])

    def column(self, index: int, peak: float, size: float, **side: Any) -> list[Any]:
        """Make a patch, the line below it in a size of type, and what is left, as cells with a side."""
        step, strongest = self.s.steps[index], max(abs(step.result) for step in self.s.steps)
        patch = Shade(step.values[0], "input", NAMES[index], detail="", scale=peak, photo=peak, widest=["0000"], **side)
        line = Slot(6 * units(size), side.get("side", 3.0 * units(size)))
        answer = Grid(self.s.sums[index], "output", detail="", scale=strongest, hidden=True, **side)
        self.patches[index:], self.lines[index:], self.answers[index:] = [patch], [line], [answer]
        return [patch, line, answer]

    def set_columns(self) -> None:
        """Set the picture beside two of its patches with their sums; the example gives way."""
        gone, wide = [self.patches[0], self.lines[0], self.answers[0], self.window], WIDE * self.frame.stage.width
        for side in SIDES:
            made = [self.column(index, self.s.picture.peak, LABEL + 3, side=side) for index in (1, 2)]
            two = [Column(patch, Row(line, answer, gap=0.0), gap=0.15) for patch, line, answer in made]
            columns, left = Row(*two, gap=0.45), (Column(self.x, self.kernel, gap=0.2), Row(self.x, self.kernel))
            orders = [[one, columns] for one in left]
            roomy = [order for order in orders if self.fit(*order, gap=0.45) * self.x.columns > wide]
            if roomy:
                break
        order = (roomy or orders)[0]
        self.rearrange(*order, gap=0.45, gone=gone, later=self.patches)

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
        """Lay the kernel on a patch; let the center add and its neighbors take away."""
        patch, slot = self.patches[index], self.lines[index]
        self.window = window = Window(patch, (3, 3))
        self.appear(window, seconds=0.2)
        window.take_up(self, self.kernel, seconds=0.7)
        (plus, minus), theme = self.s.parts[index], self.theme
        runs = [(written(plus), theme.kernel), (" − ", theme.muted), (written(minus), theme.negative)]
        runs.append((" =", theme.muted))
        box = slot.box
        line = Line(runs, LABEL + 3 if index else RESULT, at=(box.left, box.center[1]), align="left")
        cells = [[(1, 1)], [(0, 1), (1, 0), (1, 2), (2, 1)]]
        for group, parts in zip(cells, (line[:1], line[1:3]), strict=True):
            (x, y, _) = parts[-1].get_center()
            self.fly(*((patch.copy_of(cell), Box(x, y, x, y)) for cell in group), scale=0.4, seconds=0.7)
            self.appear(*parts, into=slot, seconds=0.25)
        self.appear(line[3], into=slot, seconds=0.25)

    def reveal(self, index: int) -> None:
        """Say what is left."""
        self.answers[index].show()
        self.point(self.answers[index], seconds=0.8)
        self.rest(0.5)

    def everywhere(self) -> None:
        """Bring the sums of the patches to their places in the map, then fill it."""
        s, y, found = self.s, self.y, [one for one in self.answers[1:] if one.shown]
        for one, name in zip(found, NAMES[1:], strict=False):
            one.title = say(name)
        row = Row(*found, gap=0.4)
        orders = [Column(self.x, y, row)], [Column(self.x, y), Column(*found)], [Row(self.x, y, Column(*found))]
        with self.beat("And on every patch of the picture: how much is left, its sign put aside?", focus=y):
            gone = [*self.patches, *self.lines, self.kernel, *(w for w in self.mobjects if type(w) is Window)]
            self.rearrange(*self.roomiest(*orders, gap=0.4), gap=0.4, gone=gone)
            cells = [step.output_index[-2:] for step in s.steps[1 : 1 + len(found)]]
            flights = [(one.copy_of((0, 0)), y.cell_box(cell)) for one, cell in zip(found, cells, strict=True)]
            self.fly(*flights, scale=0.2)
            y.show(cells)
            self.places = [Outline(y, (i - 1, j - 1), 3, 3, color=self.theme.kernel) for i, j in cells]
            self.appear(*self.places)
            self.bands = [
                Outline(grid, (0, 0), rows, grid.columns, color=self.theme.kernel)
                for grid, rows in ((self.x, 3), (y, 1))
            ]
            self.add(*self.bands)
            self.walk([(row, 0) for row in range(y.rows)], None, self.fill, seconds=3.5)
            self.remove(*self.bands)

    def fill(self, at: tuple[int, int]) -> None:
        """Fill a row of the map, and ring it and the rows that it is made of."""
        for band in self.bands:
            band.lay(at)
        self.y.show((at[0], column) for column in range(self.y.columns))
