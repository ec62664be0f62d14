"""Overfitting: few digits learned by heart, and what remedies do about it, as measured."""

from manim import VGroup

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Row, Scene, Slot, Spread, cell_text, counted, halves, say
from cnnviz.stage.language import Template
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.subjects.overfitting import CHANCE

LOSSES: tuple[Template, ...] = ("learned from", "not seen")
REMEDIES: tuple[Template, ...] = ("nothing", "dropout", "weight decay", "augmentation", "all three")
GAP, APART = 0.4, 6.0  # between pictures; the thickness of what shows how far apart the losses are
FAN, CLASSES, THIN, DOT = 0.08, 10, 1.4, 0.07  # to the next layer: width in stages, numbers there, lines, dots


class Overfitting(
    Scene,
    subject=subjects.Overfitting,
    takeaway="From few examples a network learns these by heart; what helps against it has to be measured.",
    concepts=("overfitting", "early stopping", "dropout", "weight decay", "augmentation"),
    seconds=44,
):
    """Too few digits, too many epochs, and four remedies under test."""

    title = "Overfitting"
    subtitle = "learned by heart"

    subject: subjects.Overfitting

    def tell(self, s: subjects.Overfitting) -> None:
        """Train for too long, then drop numbers, then compare remedies."""
        self.beside, self.wide = self.frame.width > self.frame.height, self.frame.stage.width
        self.train(s, int(s.few))
        self.drop(s)
        self.compare(s)

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
        self.vanish(digits)
        orders = [Column(digits, others), course], [Row(digits, others), course]
        self.arrange(*self.roomiest(*orders, gap=GAP), gap=GAP)
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
            self.play(self.loss.go(place), run_time=0.25)
            self.loss.show(place)

    def drop(self, s: subjects.Overfitting) -> None:
        """Let chance silence some numbers of a layer, in each step others."""
        scale, rest = s.largest, round(1 - CHANCE, 9)
        column = {"scale": scale, "widest": ["8.88"]}
        x = Grid(s.hidden[:, None], "input", "hidden numbers", detail="", note=say("dropout {p}", p=CHANCE), **column)
        note = f"÷ {cell_text(rest)}"
        steps = [
            Grid(y[:, None], "output", "step", detail=f"{number}", note=note, hidden=True, **column)
            for number, y in enumerate(s.dropped, 1)
        ]
        self.fans = {step: Slot(FAN * self.wide, TITLE_HEIGHT) for step in steps}
        self.arrange(x, *(Row(*pair, gap=0.0) for pair in self.fans.items()), gap=GAP / 4)
        with self.beat("One remedy, dropout: with a chance of {p}, a number falls silent.", p=CHANCE, focus=x):
            self.rest(0.8)
            self.write(steps[0])
        with self.beat("The others are divided by {rest}: on average, the sum stays.", rest=rest, focus=steps[0]):
            self.rest(1.0)
        with self.beat("The next step drops others: no number can rely on its neighbors.", focus=steps[1:]):
            self.write(*steps[1:])
        self.vanish(x, *steps, *self.fans.values())

    def write(self, *steps: Grid) -> None:
        """Write what is left behind dropout, number by number."""
        for y in steps:
            self.step(int(y.detail[0]), len(self.subject.dropped), noun="step")
            self.walk(y.everywhere(), None, lambda cell, y=y: y.show([cell]), seconds=1.5)
            self.appear(self.fan(y), into=self.fans[y])

    def fan(self, y: Grid) -> VGroup:
        """Lead from each number that is left to every number of the next layer."""
        right, box, count = self.fans[y].box.right - 2 * DOT, y.box, CLASSES
        ends = [(right, box.top - (i + 0.5) * box.height / count) for i in range(count)]
        cells = [y.cell_box(cell) for cell in y.everywhere() if y.values[cell]]
        lines = [[(cell.right, cell.center[1]), end] for cell in cells for end in ends]
        return VGroup(Strokes(lines, self.theme.output, THIN, 0.6), Disks(ends, DOT, fill=self.theme.output))

    def compare(self, s: subjects.Overfitting) -> None:
        """Show what each remedy gave, with every seed."""
        (wide, high), accuracy = halves(self.frame.stage, GAP / 2), s.accuracy
        every = [value for series in accuracy.series for point in series.points for value in point.values]
        charts, rows, beside = {}, {}, self.frame.is_wide * (high + GAP)
        for place in (s.more, s.few):
            points = {say(name): accuracy[name].at(place) for name in REMEDIES}
            look = {"detail": say("{few} of each", few=int(place)), "said": accuracy.said, "over": every}
            charts[place] = chart = Spread(points, wide - beside, high, title="read right", **look)
            sheet = s.learned(place)
            digits = Grid(sheet, "input", "to learn from", detail="", side=high / len(sheet), form="pixels")
            rows[place] = Row(digits, chart, gap=GAP / 2) if beside else chart
        self.arrange(*rows.values(), gap=GAP / 2)
        seeds = counted("Each remedy with {count} seed", "Each remedy with {count} seeds", s.seeds)
        with self.beat(
            "{seeds}, on digits not seen. Which one helps most?", seeds=seeds, focus=[c.box for c in charts.values()]
        ):
            self.rest(2.0)
        for number, (place, chart) in enumerate(charts.items(), 1):
            self.step(number, len(charts), noun="case")
            leader = s.leader[place]
            told: Template = "With {few} of each digit, {leader} is ahead, by more than the spread."
            if leader == REMEDIES[0]:
                told = "With {few} of each digit, doing nothing is best."
            elif not s.apart(place):
                told = "With {few} of each digit, no remedy is ahead by more than the spread."
            with self.beat(told, few=int(place), leader=leader, focus=chart.row(say(leader))):
                for name in REMEDIES:
                    self.appear(chart.show(say(name), lit=name == leader), seconds=0.5)
                self.rest(1.0)
        self.close(
            "What helps depends on how much there is to learn from: measure it.",
            focus=[chart.box for chart in charts.values()],
        )
