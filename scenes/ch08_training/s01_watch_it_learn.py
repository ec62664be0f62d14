"""Loss, accuracy and filters, epoch by epoch, from the real run that made the network of chapter 6."""

from cnnviz import subjects
from cnnviz.stage import Column, Course, Filters, Line, Outline, Row, Scene, Slot, Verdict, cell_text, layout, say
from cnnviz.stage.language import Template
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import share_text
from cnnviz.subjects.run import Run

SLOW, FAST, LONGEST = 3, 13.0, 0.6  # epochs told one by one; seconds for all others, and for one of them at most
WIDE, NARROW, GAP = 2.7, 1.8, 0.12  # of the first filter, by the frame; between pictures
BROAD, SLIM = 0.16, 0.12  # cells of a digit at most, by the frame
AHEAD: Template = "The loss is lower on training digits than on others: it knows these best."
SETTLED: Template = "The steps become smaller and smaller: the weights settle."
NAMES: tuple[Template, ...] = ("training", "validation")


class WatchItLearn(
    Scene,
    subject=subjects.Training,
    takeaway="Learning is many small steps down the loss: filters and answers follow, and nobody tells them how.",
    concepts=("training", "loss", "accuracy", "epoch", "validation"),
    seconds=50,
):
    """The small network learns to read digits."""

    title = "Watch it learn"
    subtitle = "every epoch of a real run"

    subject: subjects.Training

    def tell(self, s: subjects.Training) -> None:
        """Draw the curves while filters and answers change with them."""
        run, asked = s.run, s.asked
        self.build(run)
        first, last = (run.right[epoch].item() for epoch in (0, run.best))
        with self.beat("Weights drawn by chance: what will they make of these digits?", focus=self.digits):
            self.rest(2.2)
        with self.beat("By chance, {first} of {asked} are read right.", first=first, asked=asked, focus=self.place):
            self.head(say("{first} of {asked} right", first=first, asked=asked))
            self.go(0, 1.2)
        with self.beat("How wrong it is, is one number: the loss, {loss}.", loss=run.loss[0, 1], focus=self.loss.box):
            self.rest(2.5)
        self.head()
        for epoch in range(1, min(SLOW, run.epochs) + 1):
            self.early(epoch)
        self.rush(SLOW + 1, run.epochs)
        self.keep(run.best)
        told: Template = "Of {asked} digits it never saw it reads {last} right; before, it was {first}."
        with self.beat(told, asked=asked, last=last, first=first, focus=self.place):
            self.head(say("{first}, then {last} of {asked} right", first=first, last=last, asked=asked))
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
        self.add(self.loss, self.right, self.filters, self.place, *self.verdicts)
        self.head()

    def curves(self, width: float, height: float) -> Row | Column:
        """Make loss and accuracy, one below the other where there is height for it."""
        beside, run = height < width / 2, self.subject.run
        wide, high = (width / 2 - GAP, height) if beside else (width, height / 2 - GAP)
        look = {"roles": ("input", "output"), "along": say("epoch"), "widest": "100 %"}
        loss, right = (dict(zip(NAMES, numbers.T, strict=True)) for numbers in (run.loss, run.accuracy))
        self.loss = Course(loss, wide, high - TITLE_HEIGHT, title="loss", powers=True, **look)
        self.right = Course(right, wide, high - TITLE_HEIGHT, title="accuracy", share=True, **look)
        return (Row if beside else Column)(self.loss, self.right, gap=2 * GAP)

    def head(self, what: str = "") -> None:
        """Write above the digits what they are, and how many of all are read right."""
        runs = [(say("held-out digits"), self.theme.text), (f"   {what}", self.theme.output)][: 1 + bool(what)]
        box = self.place.box
        size = size_within(box.width, layout.LABEL, *(text for text, _ in runs))
        self.place.put(Line(runs, size, at=(box.left, box.top - 0.14), align="left"))

    def go(self, epoch: int, seconds: float) -> None:
        """Draw on to an epoch, or go back to it, and write what was measured after it."""
        run = self.subject.run
        self.step(epoch, run.epochs, noun="epoch")
        on = [course.go(epoch) for course in (self.loss, self.right) if epoch > course.curves.shown]
        shares = list(zip(self.verdicts, run.shares[epoch], strict=True))
        self.play(*on, *(verdict.grow(share) for verdict, share in shares), run_time=seconds)
        self.loss.tell(epoch)
        self.right.tell(epoch)
        for verdict, share in shares:
            verdict.show(share)
        self.filters.show(run.filters[epoch])

    def early(self, epoch: int) -> None:
        """Tell one of the first epochs."""
        told: Template = "Epoch {epoch}: validation loss {loss}; {right} are read right."
        if epoch == 1:
            told = "Epoch {epoch}: with every few digits, each weight moves against its gradient."
        loss, right = self.subject.run.loss[epoch, 1], share_text(self.subject.run.accuracy[epoch, 1].item())
        with self.beat(told, epoch=epoch, loss=loss, right=right, focus=self.loss.box):
            self.go(epoch, 1.8)
            self.rest(1.0)

    def rush(self, start: int, last: int) -> None:
        """Go through the other epochs fast, with a stop where a digit is learned for good."""
        run, told = self.subject.run, False
        stops = {run.settled(digit): digit for digit in range(len(run.labels))}
        if start <= last:
            self.say("Nobody draws the filters: they become whatever lowers the loss.", focus=self.filters.small)
        for epoch in range(start, last + 1):
            self.go(epoch, min(LONGEST, FAST / (last - start + 1)))
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
            self.appear(self.loss.mark(best), into=self.loss)
            self.appear(self.right.mark(best, say("epoch {best}", best=best)), into=self.right)
            if best < run.epochs:
                self.go(best, 1.0)
