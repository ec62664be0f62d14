"""Before the network: a photo gets into a square, and its numbers around 0."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Scene, Slot, cell_text, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import Box
from cnnviz.stage.stories.fitting import arriving, counting, hang_over, normalize, travel
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
    seconds=52,
):
    """A picture cropped, letterboxed and stretched; then its numbers scaled and centered, with their histogram."""

    title = "Before the network"
    subtitle = "fit, scale, center"

    def tell(self, s: subjects.Preprocessing) -> None:
        """Fit the picture into a square in three ways, and bring the numbers of one of them around 0."""
        self.s, stage = s, self.frame.stage
        flat = stage.width > FLAT * stage.height
        below = min((stage.height - 1.9) / 2, (stage.width - 0.4) / 2.5)  # the squares below the picture, or beside it
        self.side = 0.185 * stage.width if flat else max(below, (stage.width - 1.2) / 4.5)  # of a square
        self.fit_in(1.3 if flat else 1.0)
        self.count()
        self.center()
        self.finish()

    def fit_in(self, larger: float) -> None:
        """Ask how the picture gets into the square, and show three ways."""
        s, size = self.s, self.s.size
        rows, columns = s.picture.values.shape[1:]
        fine = self.side * larger * min(1 / s.shown.values.shape[1], 1.5 / s.shown.values.shape[2])
        photo = self.picture(s.shown.values, "picture", detail=f"{rows} × {columns}", side=fine)
        squares = [self.picture(one.values, NAMES[one.way], detail="", hidden=True) for one in s.fitted]
        notes = [Slot(self.side, 0.34) for _ in squares]
        self.arrange(photo, *(Column(*each, gap=0.08) for each in zip(squares, notes, strict=True)), gap=0.3)
        for note in notes:
            self.note(note, (f"{size} × {size}", "muted"))
        told: Template = "This network reads {size} × {size} pixels, no others. How does the picture get in?"
        with self.beat(told, size=size, focus=photo):
            if rows != columns:
                hang_over(self, photo, squares[0])
        for one, square, note in zip(s.fitted, squares, notes, strict=True):
            told, costs = COSTS[one.way]
            with self.beat(told, share=one.cost, focus=square):
                self.note(note, (say(costs, share=one.cost), "highlight"))
                travel(self, photo, square, one.way, above=[each for each in (*squares, *notes) if each is not square])
        chosen = squares[[one.way for one in s.fitted].index(s.fit)]
        told = "Each has its price. We go on with this one: {way}."
        if rows == columns:
            told = "A square picture fits as it is, in all three ways."
        with self.beat(told, way=NAMES[s.fit], focus=chosen):
            self.point(chosen)
            self.vanish(photo, *(square for square in squares if square is not chosen), *notes)
        self.chosen = chosen

    def count(self) -> None:
        """Count the numbers of one channel by size, and find one of them among the bars."""
        s = self.s
        self.plane, self.patch, self.bars, self.work = counting(self, s, self.chosen)
        self.marks = [Outline(self.plane, s.corner, s.side, s.side, color=self.theme.kernel)]
        self.marks.append(Outline(self.patch, s.pixel, color=self.theme.kernel))
        told: Template = "One channel, {total} numbers from 0 to {peak}. How many of which size?"
        with self.beat(told, total=s.size**2, peak=s.peak, focus=self.bars.plane):
            self.note(self.work, (f"{s.size} × {s.size} = ", "muted"), (written(s.size**2), "text"))
            self.appear(*self.marks)
            for at in range(BINS):
                self.play(self.bars.grow(at), run_time=0.4)
                self.bars.count(at)
        told = "This number lies here. The line is the mean, {mean}."
        with self.beat(told, mean=s.marks(0)[1], focus=self.marks[1:]):
            self.mark(0)
            self.fly((self.patch.copy_of(s.pixel), self.number(0)), seconds=1.8)

    def mark(self, stage: int) -> None:
        """Mark the mean, as it is at a stage."""
        self.bars.mark("mean", self.s.center, say("mean {mean}", mean=self.s.marks(stage)[1]))

    def number(self, stage: int) -> Box:
        """Mark the number that is worked out, as it is at a stage; return where this is written."""
        at, number = (float(self.s.part(which)[self.s.pixel]) for which in (1, stage))
        return self.bars.point(at, cell_text(number))

    def center(self) -> None:
        """Scale and center the numbers; the bars stay where they are."""
        s = self.s
        told: Template = "Divide by {by}: from 0 to 1. The bars stay as they are, only the axis changes."
        self.step_to(1, told, s.peak)
        self.step_to(2, "Take the mean away, {by}: what is darker than that is now below 0.", s.center)
        self.step_to(3, "Divide by the spread, {by}: dark and bright are now a few units apart.", s.scale)
        if s.chosen.empty:
            with self.beat("The empty cells were 0: the network reads {low} there.", low=s.marks(3)[0]) as beat:
                beat.focus = [self.bars.plane, self.plane]

    def step_to(self, stage: int, told: Template, by: float) -> None:
        """Bring the numbers to a stage, and work one of them out."""
        before, done, after = self.s.line(stage)
        with self.beat(told, by=by, focus=self.marks[1:]):
            self.note(self.work, (before, self.plane.role), (done, "text"), (after, "output"))
            for grid, values in ((self.plane, self.s.stages[stage]), (self.patch, self.s.part(stage))):
                grid.scale_of_fill = float(abs(self.s.stages[stage]).max())
                grid.become(values)
            self.number(stage)
            self.play(self.bars.slide(self.s.marks(stage)[::2]), run_time=3.0)
            self.mark(stage)

    def finish(self) -> None:
        """Center every channel, and show what arrives beside the picture."""
        s = self.s
        gone = [self.bars, self.bars.heading, self.work, self.patch, *self.marks]
        made = lambda x, **look: self.picture(x, NAMES[s.fit], detail="", **look)  # noqa: E731
        first, planes, strips, notes = arriving(self, s, made, self.plane, gone)
        self.remove(self.bars)
        self.note(notes[0], (f"{s.size} × {s.size}", "text"))
        with self.beat("So with every channel: take its mean away, divide by its spread.", focus=planes):
            for at, (plane, strip, note) in enumerate(zip(planes, strips, notes[1:], strict=True)):
                self.note(note, (f"− {cell_text(s.normalized[at][0])}, / {cell_text(s.normalized[at][1])}", "text"))
                normalize(plane, strip, s, at)
                self.point(plane, strip, seconds=1.2)
        told: Template = "In a network, mean and spread are those of all training pictures, not of this one."
        if s.of_picture:
            self.say(told, focus=[note.box for note in notes[1:]])
        told = "Fit, scale, center: every picture arrives as {count} × {size} × {size} numbers around 0."
        self.close(told, count=len(planes), size=s.size, focus=[first, *planes])

    def note(self, slot: Slot, *runs: tuple[str, str]) -> None:
        """Write a line in place of the one before."""
        slot.put_line([(text, self.theme.role(role)) for text, role in runs])

    def picture(self, values: Any, title: Template, **look: Any) -> Grid:
        """Draw a picture of one channel or three."""
        look = {"side": self.side / self.s.size, **look}
        return Grid(values[0], "input", title, photo=self.s.peak, colors=values, form="pixels", **look)
