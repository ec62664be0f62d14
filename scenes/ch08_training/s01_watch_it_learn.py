"""Loss, accuracy and filters, epoch by epoch, from the real run that made the network of chapter 6."""

from cnnviz import subjects
from cnnviz.stage import Grid, Outline, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.learning import Learning
from cnnviz.subjects.number import share_text

FAST, LATE, LONGEST = 11.0, 3.5, 0.6  # seconds for all epochs behind the first, for those at the end, and for one
AGAIN = 3.3  # seconds for all epochs, seen once more at the end
AHEAD: Template = "The loss is lower on training digits than on others: it knows these best."
SETTLED: Template = "The steps become smaller and smaller: the weights settle."
AFTER: Template = "After one epoch, the validation loss is {loss}, and {right} are read right."


class WatchItLearn(
    Learning,
    subject=subjects.Training,
    takeaway="Learning is many small steps down the loss: filters and answers follow, and nobody tells them how.",
    concepts=("training", "loss", "accuracy", "epoch", "validation"),
    seconds=51,
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
            self.go(0, 2.0)
        with self.beat("How wrong it is, is one number: the loss, {loss}.", loss=run.loss[0, 1]) as beat:
            self.curves()
            beat.focus = [self.loss.box]
            self.rest(1.5)
        self.say("With every few digits, each weight moves a little against its gradient.")
        for verdict, shares in zip(self.verdicts, run.shares[0], strict=True):
            verdict.keep(shares)
        self.go(1, 3.0)
        loss, right = run.loss[1, 1].item(), share_text(run.accuracy[1, 1].item())
        self.say(AFTER, loss=loss, right=right, focus=[self.loss.box, self.share])
        self.rush(2, run.epochs)
        self.keep(run.best)
        missed = [v for v, answer in zip(self.verdicts, run.answers[run.best], strict=True) if v.label != answer]
        told = "Of {asked} digits it never saw, {last} are right, {first} before; this {label} stays wrong."
        if not missed:
            told = "Of {asked} digits it never saw it reads {last} right; before, it was {first}."
        both = say("{first}, then {last} of {asked} right", first=first, last=last, asked=asked)
        with self.beat(told, asked=asked, last=last, first=first, label=missed[-1].label if missed else None):
            self.head(both)
            self.hold(1.8)
            marks = [self.outline(verdict.digit) for verdict in missed[-1:]]
            self.add(*marks)
            self.point(*marks or self.digits)
        told = "Many small steps down the loss: filters and answers follow."
        self.close(told, focus=[self.loss.box, self.filters.grids[0], *self.digits], motion=lambda: self.again(both))

    def rush(self, start: int, last: int) -> None:
        """Go through the other epochs fast, with a stop where a digit is learned for good."""
        run, told = self.subject.run, False
        stops = {run.settled(digit): digit for digit in range(len(run.labels))}
        if start <= last:
            self.say("Nobody draws the filters: they become whatever lowers the loss.", focus=self.filters.grids[0])
        end = max((epoch for epoch in stops if epoch and epoch < last), default=0)
        for epoch in range(start, last + 1):
            self.go(epoch, min(LONGEST, LATE / (last - end) if epoch > end > 0 else FAST / last))
            if start < epoch in stops:
                self.stop(stops.pop(epoch), epoch)
                if epoch < last:
                    ahead = run.loss[epoch, 0] < run.loss[epoch, 1] and not told
                    self.say(AHEAD if ahead else SETTLED, focus=self.loss.box)
                told = True

    def stop(self, digit: int, epoch: int) -> None:
        """Point to a digit that is read right from now on."""
        mark, label = self.outline(self.digits[digit]), self.verdicts[digit].label
        with self.beat("Epoch {epoch}: from now on this {label} is read right.", epoch=epoch, label=label, focus=mark):
            self.add(mark)
            self.point(mark)
        self.remove(mark)

    def outline(self, digit: Grid) -> Outline:
        """Make a frame around a digit."""
        return Outline(digit, (0, 0), digit.rows, digit.columns, color=self.theme.highlight)

    def keep(self, best: int) -> None:
        """Mark the epoch whose weights are kept, and go back to it."""
        run = self.subject.run
        told: Template = "Validation loss is lowest in epoch {best}, {loss}: those weights are kept."
        if best == run.epochs:
            told = "Validation loss is lowest in the last epoch, {best}: {loss}. Its weights are kept."
        with self.beat(told, best=best, loss=run.loss[best, 1], focus=self.loss.box):
            self.mark = self.loss.mark(best)
            self.appear(self.mark, into=self.loss)
            if best < run.epochs:
                self.go(best, 1.0)

    def again(self, both: str) -> None:
        """Go through all epochs once more, from chance to the kept weights, with the mark at each; write both ends."""
        best = self.subject.run.best
        for epoch in range(best + 1):
            self.loss.take(self.mark)
            self.mark = self.loss.append(self.loss.mark(epoch))
            self.go(epoch, min(LONGEST, AGAIN / (best + 1)))
        self.head(both)
