"""Before the network: a photo gets into a square, and its numbers around 0."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Scene, Slot, Stems, cell_text, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL
from cnnviz.subjects.preprocessing import BINS

FLAT = 2.0  # times as wide as high, from which all stands in one line
NAMES: dict[str, Template] = {"crop": "crop", "letterbox": "letterbox", "stretch": "stretch"}
COSTS: dict[str, tuple[Template, Template]] = {
    "crop": ("Crop: shapes stay true, but {share} of the picture is cut off.", "{share} cut off"),
    "letterbox": ("Letterbox: all of it stays, and {share} of the square is left empty.", "{share} empty"),
    "stretch": ("Stretch: all of it stays, but one way is squeezed {share} times as much.", "{share} times"),
}


class BeforeTheNetwork(
    Scene,
    subject=subjects.Preprocessing,
    takeaway="Fit, scale, center: every picture reaches a network in one size, as numbers around 0.",
    concepts=("preprocessing", "normalization", "histogram", "resize"),
    seconds=50,
):
    """A picture cropped, letterboxed and stretched; then its numbers scaled and centered, with their histogram."""

    title = "Before the network"
    subtitle = "fit, scale, center"

    def tell(self, s: subjects.Preprocessing) -> None:
        """Fit the picture into a square in three ways, and bring the numbers of one of them around 0."""
        self.s, stage = s, self.frame.stage
        flat = stage.width > FLAT * stage.height
        below = min((stage.height - 1.9) / 2, (stage.width - 0.4) / 2.5)  # the squares below the picture, or beside it
        self.side = 0.2 * stage.width if flat else max(below, (stage.width - 1.2) / 4.5)  # of a square
        self.wide = 0.24 * stage.width if flat else min(3.2, 0.34 * stage.height)  # of one alone
        self.high = 1.7 if flat else min(1.7, 0.17 * stage.height)  # of bars
        self.bin = 0.43 / BINS * stage.width if flat else 0.72
        self.fit_in()
        self.count()
        self.center()

    def fit_in(self) -> None:
        """Ask how the picture gets into the square, and show three ways."""
        s, size = self.s, self.s.size
        rows, columns = s.picture.values.shape[1:]
        fine = self.side * min(1 / s.shown.values.shape[1], 1.5 / s.shown.values.shape[2])
        photo = self.picture(s.shown.values, "picture", detail=f"{rows} × {columns}", side=fine)
        squares = [self.picture(one.values, NAMES[one.way], detail="", hidden=True) for one in s.fitted]
        notes = [Slot(self.side, 0.34) for _ in squares]
        columns_of = [Column(square, note, gap=0.08) for square, note in zip(squares, notes, strict=True)]
        self.fit(photo, *columns_of, gap=0.3)
        self.add(photo, *notes)
        for note in notes:
            self.note(note, (f"{size} × {size}", "muted"))
        told: Template = "This network reads {size} × {size} pixels, no others. How does the picture get in?"
        with self.beat(told, size=size, focus=photo):
            self.appear(*squares)
            self.rest(2.0)
        for one, square, note in zip(s.fitted, squares, notes, strict=True):
            told, costs = COSTS[one.way]
            with self.beat(told, share=one.cost, focus=square):
                square.show()
                self.note(note, (say(costs, share=one.cost), "highlight"))
                self.rest(1.2)
        chosen = squares[[one.way for one in s.fitted].index(s.fit)]
        told = "Each has its price. We go on with this one: {way}."
        if rows == columns:
            told = "A square picture fits as it is, in all three ways."
        with self.beat(told, way=NAMES[s.fit], focus=chosen):
            self.vanish(photo, *(square for square in squares if square is not chosen), *notes)
        self.vanish(chosen)

    def count(self) -> None:
        """Count the numbers of one channel by size."""
        s, color = self.s, len(self.s.picture.values) == 3
        self.role = "blue" if color else "input"
        name: Template = "blue" if color else "gray"
        look = {"scale": s.peak, "form": "pixels", "side": self.wide / s.size}
        self.plane = Grid(s.stages[0], self.role, name, **look)
        cells = {"side": self.wide / max(3, s.side), "widest": ["−0.88"], "detail": ""}
        self.patch = Grid(s.part(0), self.role, "a patch", scale=s.peak, **cells)
        self.counts = Grid(s.counts[None], "output", detail="", side=self.bin, hidden=True)
        self.stems, self.axis = Stems(self.counts, self.high, "how many"), Slot(BINS * self.bin, 0.34)
        self.work = Slot(BINS * self.bin, 0.4)
        self.arrange(self.plane, self.patch, Column(self.stems, self.counts, self.axis, self.work, gap=0.06), gap=0.3)
        self.marks = [Outline(self.plane, s.corner, s.side, s.side, color=self.theme.kernel)]
        self.marks.append(Outline(self.patch, s.pixel, color=self.theme.kernel))
        told: Template = "One channel, {total} numbers from 0 to {peak}. How many of which size?"
        with self.beat(told, total=s.size**2, peak=s.peak, focus=self.stems.box):
            self.note(self.work, (f"{s.size} × {s.size} = ", "muted"), (written(s.size**2), "text"))
            self.scale(0)
            self.appear(*self.marks)
            self.walk(range(BINS), None, self.rise, seconds=2.4)

    def rise(self, at: int) -> None:
        """Show a bar."""
        self.counts.show([(0, at)])
        self.stems.show([at])

    def center(self) -> None:
        """Scale and center the numbers; the histogram keeps its shape."""
        s = self.s
        told: Template = "Divide by {by}: from 0 to 1. The bars stay as they are, only the axis changes."
        self.step_to(1, told, s.peak)
        self.step_to(2, "Take the mean away, {by}: what is darker than that is now below 0.", s.center)
        self.step_to(3, "Divide by the spread, {by}: dark and bright are now a few units apart.", s.scale)
        if s.chosen.empty:
            with self.beat("The empty cells were 0: the network reads {low} there.", low=s.marks(3)[0]) as beat:
                beat.focus = [self.axis.box, self.plane]
        if s.of_picture:
            told = "In a network, mean and spread are those of all training pictures, not of this one."
            self.say(told, focus=[self.axis.box, self.work.box])
        told = "Fit, scale, center: every picture arrives as {size} × {size} numbers around 0."
        self.close(told, size=s.size, focus=[self.plane, self.patch, self.stems.box])

    def step_to(self, stage: int, told: Template, by: float) -> None:
        """Bring the numbers to a stage, and work one of them out."""
        before, done, after = self.s.line(stage)
        with self.beat(told, by=by, focus=self.marks[1:]):
            self.note(self.work, (before, self.role), (done, "text"), (after, "output"))
            self.hold(0.6)
            for grid, values in ((self.plane, self.s.stages[stage]), (self.patch, self.s.part(stage))):
                grid.scale_of_fill = float(abs(self.s.stages[stage]).max())
                grid.become(values)
            self.scale(stage)
            self.rest(1.4)

    def scale(self, stage: int) -> None:
        """Write what the ends of the histogram and the mean are now."""
        box, theme, (low, middle, high) = self.axis.box, self.theme, self.s.marks(stage)
        self.axis.clear()
        for value, share, align, ink in (
            (low, 0.0, "left", theme.text),
            (middle, min(0.72, max(0.28, self.s.center)), "center", theme.highlight),
            (high, 1.0, "right", theme.text),
        ):
            at = box.left + share * box.width, box.center[1]
            self.axis.append(Label(cell_text(value), LABEL, ink, at=at, align=align))

    def note(self, slot: Slot, *runs: tuple[str, str]) -> None:
        """Write a line in place of the one before."""
        slot.put_line([(text, self.theme.role(role)) for text, role in runs])

    def picture(self, values: Any, title: Template, *, side: float = 0.0, **look: Any) -> Grid:
        """Draw a picture of one channel or three."""
        side = side or self.side / self.s.size
        return Grid(values[0], "input", title, photo=self.s.peak, colors=values, form="pixels", side=side, **look)
