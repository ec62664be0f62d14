"""Loss, accuracy and filters, epoch by epoch, from the real run that made the network of chapter 6."""

from cnnviz import subjects
from cnnviz.stage import Column, Course, Filters, Line, Outline, Row, Scene, Slot, Verdict, cell_text, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import share_text
from cnnviz.subjects.run import Run

FAST, LONGEST = 13.0, 0.6  # seconds for all epochs behind the first, and for one of them at most
WIDE, NARROW, GAP = 2.7, 1.8, 0.12  # of the first filter, by the frame; between pictures
BROAD, SLIM, LOW = 0.16, 0.12, 2.0  # cells of a digit at most, by the frame; axes without room for a name
AHEAD: Template = "The loss is lower on training digits than on others: it knows these best."
SETTLED: Template = "The steps become smaller and smaller: the weights settle."
AFTER: Template = "After one epoch, the validation loss is {loss}, and {right} are read right."
NAMES: tuple[Template, ...] = ("training", "validation")


class WatchItLearn(
    Scene,
    subject=subjects.Training,
    takeaway="Learning is many small steps down the loss: filters and answers follow, and nobody tells them how.",
    concepts=("training", "loss", "accuracy", "epoch", "validation"),
    seconds=49,
):
    """The small network learns to read digits."""

    title = "Watch it learn"
    subtitle = "every epoch of a real run"

    subject: subjects.Training

    def tell(self, s: subjects.Training) -> None:
        """Draw the curves while filters and answers change with them."""
        run, asked = s.run, s.asked
        self.build(run)
        first, last = run.right[[0, run.best]].tolist()
        with self.beat("Weights drawn by chance: what will they make of these digits?", focus=self.digits):
            self.rest(2.2)
        told: Template = "By chance, {first} of {asked} test digits are read right."
        with self.beat(told, first=first, asked=asked, focus=self.place):
            self.head(say("{first} of {asked} right", first=first, asked=asked))
            self.go(0, 1.2)
        with self.beat("How wrong it is, is one number: the loss, {loss}.", loss=run.loss[0, 1], focus=self.loss.box):
            self.rest(2.5)
        self.head()
        self.say("With every few digits, each weight moves a little against its gradient.")
        self.go(1, 1.2)
        loss, right = run.loss[1, 1].item(), share_text(run.accuracy[1, 1].item())
        self.say(AFTER, loss=loss, right=right, focus=[self.loss.box, self.share])
        self.rush(2, run.epochs)
        self.keep(run.best)
        missed = [v for v, answer in zip(self.verdicts, run.answers[run.best], strict=True) if v.label != answer]
        told = "Of {asked} digits it never saw, {last} are right, {first} before; this {label} stays wrong."
        if not missed:
            told = "Of {asked} digits it never saw it reads {last} right; before, it was {first}."
        with self.beat(told, asked=asked, last=last, first=first, label=missed[-1].label if missed else None):
            self.head(say("{first}, then {last} of {asked} right", first=first, last=last, asked=asked))
            self.hold(1.8)
            self.point(*[v.digit for v in missed[-1:]] or self.digits)
        ends = [self.loss.box, self.filters.large, *self.digits]
        self.close("Many small steps down the loss: filters and answers follow.", focus=ends)

    def build(self, run: Run) -> None:
        """Set curves, filters and digits into the frame."""
        stage, count, in_line = self.frame.stage, len(run.labels), self.frame.width > self.frame.height
        kernel = WIDE if self.frame.is_wide else NARROW
        wide = 0.41 * stage.width if in_line else stage.width - kernel - 6 * GAP
        side, high = (wide - 2 * GAP * (count - 1)) / count, (0.55 if in_line else 0.3) * stage.height
        digits = zip(run.ink, run.labels.tolist(), strict=True)
        look, self.place = {"most": BROAD if in_line else SLIM}, Slot(wide, TITLE_HEIGHT)
        self.verdicts = [Verdict(ink, label, side, high, **look) for ink, label in digits]
        self.digits = [verdict.digit for verdict in self.verdicts]
        right = Column(self.place, Row(*self.verdicts, gap=2 * GAP), gap=0.0)
        texts = [cell_text(weight) for weight in run.filters[:, 0].ravel().tolist()]
        self.filters = Filters(run.filters[0], kernel, title="first filters", scale=run.strongest, widest=texts)
        width = stage.width - kernel - wide - 8 * GAP if in_line else stage.width
        height = stage.height if in_line else stage.height - right.extent(0)[1] - 3 * GAP
        self.fit(self.curves(width, height), self.filters, right, gap=3 * GAP)
        self.add(self.loss, self.share, self.filters, self.place, *self.verdicts)
        self.head()
        self.line(self.share, [(say("loss"), self.theme.text)])

    def curves(self, width: float, height: float) -> Column:
        """Make the loss, and above it a line that also says which share is read right."""
        lines, self.share = dict(zip(NAMES, self.subject.run.loss.T, strict=True)), Slot(width, TITLE_HEIGHT)
        look = {"roles": ("input", "output"), "along": say("epoch"), "powers": True}
        self.loss = Course(lines, width, height - TITLE_HEIGHT, **look)
        return Column(self.share, self.loss, gap=0.0)

    def head(self, what: str = "") -> None:
        """Write above the digits what they are, and how many of all are read right."""
        self.line(self.place, [(say("test digits"), self.theme.text), (f"   {what}", self.theme.output)])

    def line(self, slot: Slot, runs: list[tuple[str, str]]) -> None:
        """Write a title of several colors."""
        size = size_within(slot.box.width, layout.LABEL, *(text for text, _ in runs))
        slot.put(Line(runs, size, at=(slot.box.left, slot.box.top - 0.14), align="left"))

    def go(self, epoch: int, seconds: float) -> None:
        """Draw on to an epoch, or go back to it, and write what was measured after it."""
        run = self.subject.run
        self.step(epoch, run.epochs, noun="epoch")
        on = [self.loss.go(epoch)] if epoch > self.loss.curves.shown else []
        shares = list(zip(self.verdicts, run.shares[epoch], strict=True))
        self.play(*on, *(verdict.grow(share) for verdict, share in shares), run_time=seconds)
        self.loss.tell(epoch)
        known, asked = (f" {share_text(share)}" for share in run.accuracy[epoch].tolist())
        runs = [(say("loss"), self.theme.text), (f"  {say('read right')}", self.theme.muted)]
        self.line(self.share, [*runs, (known, self.theme.input), (asked, self.theme.output)])
        for verdict, share in shares:
            verdict.show(share)
        self.filters.show(run.filters[epoch])

    def rush(self, start: int, last: int) -> None:
        """Go through the other epochs fast, with a stop where a digit is learned for good."""
        run, told = self.subject.run, False
        stops = {run.settled(digit): digit for digit in range(len(run.labels))}
        if start <= last:
            self.say("Nobody draws the filters: they become whatever lowers the loss.", focus=self.filters.small)
        for epoch in range(start, last + 1):
            self.go(epoch, min(LONGEST, FAST / last))
            if start < epoch in stops:
                self.stop(stops.pop(epoch), epoch)
                if epoch < last:
                    ahead = run.loss[epoch, 0] < run.loss[epoch, 1] and not told
                    self.say(AHEAD if ahead else SETTLED, focus=self.loss.box)
                told = True

    def stop(self, digit: int, epoch: int) -> None:
        """Point to a digit that is read right from now on."""
        grid, label = self.digits[digit], self.verdicts[digit].label
        mark = Outline(grid, (0, 0), grid.rows, grid.columns, color=self.theme.highlight)
        with self.beat("Epoch {epoch}: from now on this {label} is read right.", epoch=epoch, label=label, focus=mark):
            self.add(mark)
            self.point(mark)
        self.remove(mark)

    def keep(self, best: int) -> None:
        """Mark the epoch whose weights are kept, and go back to it."""
        run = self.subject.run
        told: Template = "Validation loss is lowest in epoch {best}, {loss}: those weights are kept."
        if best == run.epochs:
            told = "Validation loss is lowest in the last epoch, {best}: {loss}. Its weights are kept."
        with self.beat(told, best=best, loss=run.loss[best, 1], focus=self.loss.box):
            name = say("epoch {best}", best=best) * (self.loss.box.height > LOW)
            self.appear(self.loss.mark(best, name), into=self.loss)
            if best < run.epochs:
                self.go(best, 1.0)
