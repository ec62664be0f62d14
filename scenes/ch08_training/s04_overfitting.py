"""Overfitting: few digits learned by heart, and what remedies do about it, as measured."""

from collections.abc import Sequence
from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Row, Spread, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.comparing import compared
from cnnviz.stage.stories.dropping import Dropping

LOSSES: tuple[Template, ...] = ("learned from", "not seen")
REMEDIES: tuple[Template, ...] = ("nothing", "dropout", "weight decay", "augmentation", "all three")
GAP, APART = 0.4, 6.0  # between pictures; the thickness of what shows how far apart the losses are


class Overfitting(
    Dropping,
    subject=subjects.Overfitting,
    takeaway="From few examples a network learns these by heart; what helps against it has to be measured.",
    concepts=("overfitting", "early stopping", "dropout", "weight decay", "augmentation"),
    seconds=48,
):
    """Too few digits, too many epochs, and four remedies under test."""

    title = "Overfitting"
    subtitle = "learned by heart"

    subject: subjects.Overfitting

    def tell(self, s: subjects.Overfitting) -> None:
        """Train for too long, then drop numbers, then compare remedies."""
        self.beside, self.wide = self.frame.width > self.frame.height, self.frame.stage.width
        self.train(s, int(s.few))
        gone = self.drop(s)
        self.uncount()
        self.compare(s, gone)

    def train(self, s: subjects.Overfitting, few: int) -> None:
        """Draw both losses, and mark where one of them turns."""
        best, last, tall = s.best, len(s.epochs) - 1, self.frame.stage.height
        digits = Grid(s.sheet, "input", "to learn from", detail=say("{few} of each", few=few), form="pixels")
        size = (0.56 * self.wide, tall - TITLE_HEIGHT - GAP / 2) if self.beside else (self.wide, 0.45 * tall)
        losses = dict(zip(LOSSES, (s.known, s.asked), strict=True))
        look = {"roles": ("input", "output"), "powers": True, "along": say("epoch"), "each": s.epochs[1]}
        self.loss = course = Course(losses, *size, title="loss", **look)
        others = Grid(s.others, "output", "not seen", detail="", form="pixels")
        self.arrange(digits)
        with self.beat("Only {few} examples of each digit. Does more training always help?", few=few, focus=digits):
            self.rest(2.2)
        orders = [Column(digits, others), course], [Row(digits, others), course]
        self.rearrange(*(orders[0] if self.beside else self.roomiest(*orders, gap=GAP)), gap=GAP)
        course.tell(0)
        with self.beat("At first both losses fall: what is learned holds for other digits, too.", focus=course.box):
            self.advance(s.epochs, 1, best)
        epoch, loss = s.epochs[best], s.asked[best]
        with self.beat("On digits not seen it is lowest after epoch {epoch}: {loss}.", epoch=epoch, loss=loss):
            self.appear(course.mark(best, say("epoch {epoch}", epoch=epoch)), into=course)
            self.rest(1.0, focus=course.box)
        told: Template = "It often rises from there on. Here it stays: {known} for these, {asked} for others."
        if s.rises:
            told = "From there on it learns by heart: {known} for these, rising to {asked} for others."
        with self.beat(told, known=s.known[-1], asked=s.asked[-1], focus=course.box):
            self.advance(s.epochs, best + 1, last)
            ends = [course.curves.point(name, last) for name in losses]
            self.appear(Strokes([ends], self.theme.highlight, APART), into=course)
        self.vanish(digits, others, course)
        self.remove(course)

    def advance(self, epochs: list[int], first: int, last: int) -> None:
        """Draw the losses on."""
        for place in range(first, last + 1):
            self.step(epochs[place], epochs[-1], noun="epoch")
            self.play(self.loss.go(place), run_time=0.2)
            self.loss.show(place)

    def compare(self, s: subjects.Overfitting, gone: Sequence[Any]) -> None:
        """Show what each remedy gave, with every seed."""
        every = [value for series in s.accuracy.series for point in series.points for value in point.values]

        def chart(place: float, wide: float, high: float) -> Spread:
            points = {say(name): s.accuracy[name].at(place) for name in REMEDIES}
            look = {"detail": say("{few} of each", few=int(place)), "said": s.accuracy.said, "over": every}
            return Spread(points, wide, high, title="read right", **look)

        sheets = {place: s.learned(place) for place in (s.few, s.more)}
        charts = compared(self, sheets, chart, "to learn from", gone=gone)
        told: Template = "{seeds}, on digits not seen. Which one beats doing nothing?"
        seeds = counted("Each remedy with {count} seed", "Each remedy with {count} seeds", s.seeds)
        with self.beat(told, seeds=seeds, focus=[drawn.box for drawn in charts.values()]):
            for place, drawn in charts.items():
                for name in REMEDIES:
                    self.appear(drawn.show(say(name), lit=name in s.better(place)), seconds=0.35)
        for place, drawn in charts.items():
            better = s.better(place)
            told = counted(
                "With {few} of each, {count} of them does, by more than the spread.",
                "With {few} of each, {count} of them do, by more than the spread.",
                len(better),
            )
            if not better:
                told = "With {few} of each, none does by more than the spread."
            with self.beat(told, few=int(place), focus=[drawn.row(say(name)) for name in better or REMEDIES]):
                self.rest(0.5)
        self.close(
            "What helps depends on how much there is to learn from: measure it.",
            focus=[drawn.box for drawn in charts.values()],
        )
