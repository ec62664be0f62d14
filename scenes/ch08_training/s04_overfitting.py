"""Overfitting: few digits learned by heart, and what remedies do about it, as measured."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Pairs, Row, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import CRUMB
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.answered import Answered, lifted
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.stories.comparing import enter, reveal
from cnnviz.stage.stories.dropping import Dropping

LOSSES: tuple[Template, ...] = ("learned from", "not seen")
REMEDIES: tuple[Template, ...] = ("nothing", "dropout", "weight decay", "augmentation", "all three")
GAP, APART = 0.4, 6.0  # between pictures; the thickness of what shows how far apart the losses are


class Overfitting(
    Dropping,
    subject=subjects.Overfitting,
    takeaway="From few examples a network learns these by heart; what helps against it has to be measured.",
    concepts=("overfitting", "early stopping", "dropout", "weight decay", "augmentation"),
    seconds=54,
):
    """Too few digits, too many epochs, and four remedies under test."""

    title = "Overfitting"
    subtitle = "learned by heart"

    subject: subjects.Overfitting

    def tell(self, s: subjects.Overfitting) -> None:
        """Train for too long, then drop numbers, then compare remedies."""
        self.beside, self.wide = self.frame.width > self.frame.height, self.frame.stage.width
        digit, gone = self.train(s, int(s.few))
        self.compare(s, digit, self.drop(s, digit, gone))

    def train(self, s: subjects.Overfitting, few: int) -> tuple[Grid, list[Any]]:
        """Draw both losses above what is read right; return the first digit and what else stands there."""
        best, last, tall = s.best, len(s.epochs) - 1, self.frame.stage.height
        detail = say("{few} of each", few=few)
        self.sheets = digits, others = (
            Answered(s.digits, few, "input", "to learn from", detail=detail),
            Answered(s.unseen, few, "output", "not seen", detail=detail),
        )
        size = (
            ((0.62 if self.frame.is_wide else 0.5) * self.wide, tall - TITLE_HEIGHT - GAP / 2)
            if self.beside
            else (self.wide, 0.4 * tall)
        )
        losses = dict(zip(LOSSES, (s.known, s.asked), strict=True))
        look = {"roles": ("input", "output"), "powers": True, "along": say("epoch"), "each": s.epochs[1], "size": CRUMB}
        self.loss = course = Course(losses, *size, title="loss", **look)
        course.detail = say(counted("mean of {count} network", "mean of {count} networks", s.seeds))
        self.arrange(digits)
        with self.beat("Only {few} examples of each digit. Does more training always help?", few=few, focus=digits):
            self.rest(2.2)
        orders = [Column(digits, others), course], [Row(digits, others), course]
        self.rearrange(*(orders[0] if self.beside else self.roomiest(*orders, gap=GAP)), gap=GAP)
        told: Template = "At first both losses fall: what is learned holds for other digits, too."
        with self.beat(told, focus=course.box):
            self.advance(s, 0, best)
        epoch, loss = s.epochs[best], s.asked[best]
        with self.beat(
            "On digits not seen it is lowest after epoch {epoch}: {loss}.", epoch=epoch, loss=loss, focus=course.box
        ):
            self.appear(course.mark(best, say("epoch {epoch}", epoch=epoch)), into=course)
            self.point(*others.wrong)
        told = "It often rises from there on. Here it stays: {known} for these, {asked} for others."
        if s.rises:
            told = "From there on it learns by heart: {known} for these, rising to {asked} for others."
        with self.beat(told, known=s.known[-1], asked=s.asked[-1], focus=course.box):
            self.advance(s, best + 1, last)
            ends = [course.curves.point(name, last) for name in losses]
            self.appear(Strokes([ends], self.theme.highlight, APART), into=course)
        known, asked = (int(right.sum()) for right in s.right[last])
        told = "The first network reads {known} of {count} learned from, but {asked} of {count} others."
        with self.beat(told, known=known, asked=asked, count=len(s.digits), focus=others):
            self.point(*others.wrong)
        digit = lifted(digits, few, zoom=0.65)
        self.add(digit)
        return digit, [digits, others, *course.submobjects]

    def advance(self, s: subjects.Overfitting, first: int, last: int) -> None:
        """Draw the losses on, and show what is read right meanwhile."""
        for place in range(first, last + 1):
            self.step(s.epochs[place], s.epochs[-1], noun="epoch")
            for sheet, right in zip(self.sheets, s.right[place], strict=True):
                sheet.answer(right)
            self.play(self.loss.go(place), run_time=0.2)
            self.loss.show(place)

    def compare(self, s: subjects.Overfitting, digit: Grid, gone: list[Any]) -> None:
        """Show what each remedy gave, with every seed; what it changes stands before it."""
        stage, places = self.frame.stage, dict.fromkeys((s.few, s.more))
        self.cases = {place: say("{few} of each", few=int(place)) for place in places}
        points = {self.cases[p]: {say(name): s.accuracy[name].at(p) for name in REMEDIES} for p in places}
        stamps, came = self.stamps(s, REMEDIES, digit)
        look = {"roles": ("input", "output"), "stamps": stamps, "said": s.accuracy.said}
        self.pairs = Pairs(points, stage.width, stage.height - TITLE_HEIGHT, "read right", **look)
        told: Template = "{seeds}, on digits not seen. Which one beats doing nothing?"
        seeds = counted("Each remedy with {count} seed", "Each remedy with {count} seeds", s.seeds)
        with self.beat(told, seeds=seeds) as beat:
            enter(self, self.pairs, came, gone=gone)
            beat.focus = [self.pairs.box]
            for moved in (stamp for stamp, old in came.items() if old is digit):
                moved.become(s.moved[0])
            self.rest(1.2)
            reveal(self, self.pairs, self.cases[s.few], s.better(s.few))
        self.judge(s, s.few)
        for place in [*places][1:]:
            with self.beat("And with {few} of each?", few=int(place), focus=self.pairs.box):
                reveal(self, self.pairs, self.cases[place], s.better(place))
            self.judge(s, place)
        told = "What helps depends on how much there is to learn from: measure it."
        self.close(told, focus=self.pairs.among(self.cases[s.more], s.better(s.more) or REMEDIES))

    def judge(self, s: subjects.Overfitting, place: float) -> None:
        """Say how many remedies help with so many of each."""
        told = counted(
            "With {few} of each, {count} of them does, by more than the spread.",
            "With {few} of each, {count} of them do, by more than the spread.",
            len(s.better(place)),
        )
        if not s.better(place):
            told = "With {few} of each, none does by more than the spread."
        with self.beat(told, few=int(place), focus=self.pairs.among(self.cases[place], s.better(place) or REMEDIES)):
            self.rest(0.2)
            self.appear(self.pairs.against(self.cases[place], REMEDIES[0]), into=self.pairs, seconds=0.8)
