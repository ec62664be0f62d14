"""Before the network: a photo gets into a square, and its numbers around 0."""

from cnnviz import subjects
from cnnviz.stage import Outline, cell_text, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.stories.fitting import arriving, counting, normalize
from cnnviz.stage.stories.squaring import NAMES, Squaring, picture
from cnnviz.subjects.preprocessing import BINS


class BeforeTheNetwork(
    Squaring,
    subject=subjects.Preprocessing,
    takeaway="Fit, scale, center: every picture reaches a network in one size, as numbers around 0.",
    concepts=("preprocessing", "normalization", "histogram", "resize"),
    seconds=54,
):
    """A picture cropped, letterboxed and stretched; then its numbers scaled and centered, with their histogram."""

    title = "Before the network"
    subtitle = "fit, scale, center"

    def tell(self, s: subjects.Preprocessing) -> None:
        """Fit the picture into a square in three ways, and bring the numbers of one of them around 0."""
        self.s = s
        self.chosen = self.fit_in(s)
        self.count()
        self.center()
        self.finish()

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
                lit = Tiles([self.plane.cell_box(cell) for cell in s.within(at)], fill=self.theme.glow)
                self.add(lit, self.marks[0])
                self.play(self.bars.grow(at), run_time=0.5)
                self.bars.count(at)
                self.remove(lit)
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
        made = lambda x, side: picture(s, x, NAMES[s.fit], side, detail="")  # noqa: E731
        first, planes, strips, notes = arriving(self, s, made, self.plane, gone)
        self.remove(self.bars)
        self.note(notes[0][0], (f"{s.size} × {s.size}", "text"))
        with self.beat("So with every channel: take its mean away, divide by its spread.", focus=planes):
            for at, (plane, strip, note) in enumerate(zip(planes, strips, notes[1:], strict=True)):
                for slot, text in zip(note, s.reckoning(at), strict=True):
                    self.note(slot, (text, "text"))
                normalize(plane, strip, s, at)
                self.point(plane, strip, seconds=1.2)
        told: Template = "In a network, mean and spread are those of all training pictures, not of this one."
        if s.of_picture:
            self.say(told, focus=[lines[0].box for lines in notes[1:]])
        self.note(notes[0][0], (f"{len(planes)} × {s.size} × {s.size}", "highlight"))
        told = "Fit, scale, center: every picture arrives as {count} × {size} × {size} numbers around 0."
        self.close(told, count=len(planes), size=s.size, focus=[first, *planes])
