"""The lesson that watches the small network learn: curves, filters and answers, epoch by epoch, from a real run."""

from __future__ import annotations

from manim import FadeIn

from cnnviz.stage.lesson import Lesson
from cnnviz.stage.training import narration
from cnnviz.stage.training.view import Dashboard
from cnnviz.subjects.training import Training

_SLOW = 3  # epochs that are told one by one
_FAST = 13.0  # seconds that all others take together, at most
_LONGEST = 0.6  # seconds for one of them


class TrainingLesson(Lesson, subject=Training):
    """Draw the curves while filters and answers change with them."""

    title = "Watch it learn"
    subtitle = "every epoch of a real run"

    subject: Training

    def construct(self) -> None:
        """Tell the story."""
        self.board = Dashboard(self.subject.run, self.theme)
        self.add(self.board)
        self.count(0)
        self.say(narration.opening(), fade=0)
        self.hold(1.0)
        self.say(narration.chance(self.subject.run))
        self.hold(1.5)
        last = self.subject.run.epochs
        for epoch in range(1, min(_SLOW, last) + 1):
            self.say(narration.early(self.subject.run, epoch))
            self.advance(epoch, 1.4)
            self.hold(1.2)
        self.rush(_SLOW + 1, last)
        self.say(narration.best(self.subject.run))
        self.play(FadeIn(self.board.mark(self.subject.run.best)), run_time=0.4)
        self.hold(1.5)
        self.say(narration.result(self.subject.run))
        self.hold(1.5)
        self.close(narration.takeaway())

    def rush(self, start: int, last: int) -> None:
        """Go through the other epochs fast, with a stop where a digit is learned for good."""
        if start > last:
            return
        pace = min(_LONGEST, _FAST / (last - start + 1))
        stops = {self.subject.run.settled(digit): digit for digit in range(len(self.subject.run.labels))}
        told = False
        self.say(narration.filters())
        for epoch in range(start, last + 1):
            self.advance(epoch, pace)
            if epoch in stops and epoch > start:
                self.stop_at(stops[epoch], epoch, another=told)
                if not told and epoch < last:
                    told = True
                    self.say(narration.gap(self.subject.run, epoch))

    def stop_at(self, digit: int, epoch: int, *, another: bool) -> None:
        """Point to a digit that is read right from now on."""
        self.say(narration.learned(self.subject.run, digit, epoch, another=another))
        frame = self.board.frame(digit)
        self.add(frame)
        self.hold(1.8)
        self.remove(frame)

    def advance(self, epoch: int, seconds: float) -> None:
        """Draw on to an epoch."""
        self.play(*self.board.towards(epoch), run_time=seconds)
        self.board.show(epoch)
        self.count(epoch)

    def count(self, epoch: int) -> None:
        """Advance the counter."""
        self.step(epoch, self.subject.run.epochs, noun="epoch")
