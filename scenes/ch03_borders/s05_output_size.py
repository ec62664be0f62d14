"""The output-size formula with the numbers put in, floor included, beside the windows that it counts."""

from typing import Any

from manim import ArcBetweenPoints

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Window, counted
from cnnviz.stage.layout import LABEL
from cnnviz.stage.output_size import size_rungs
from cnnviz.stage.stories.size_words import outcome, question
from cnnviz.stage.stories.sizing import Sizing, strip_of
from cnnviz.stage.walk import MOST_VISITS

LARGEST = 0.9  # units: side of a cell
BEND, DEEPEST = 1.8, 1.9  # of the arcs that are steps


class OutputSize(
    Sizing,
    subject=subjects.OutputSizes,
    takeaway="Count the steps that fit, drop what is left of one, and add one for the first place.",
    concepts=("output size", "padding", "stride", "dilation", "floor"),
    seconds=67,
):
    """How many windows fit, for the lecture's cases or for one of your own."""

    title = "Output size"
    subtitle = "count the windows that fit"

    def tell(self, s: subjects.OutputSizes) -> None:
        """Go through the cases, then set them side by side."""
        self.build()
        for number, case in enumerate(s.cases, 1):
            self.step(number, len(s.cases), noun="case")
            self.ask(case)
            self.move_on(case)
            self.count(case)
        answers = self.compare(s.cases) if len(s.cases) > 1 else [self.y]
        self.close("Count the steps that fit, drop what is left of one, and add the first place.", focus=answers)

    def ask(self, case: Any) -> None:
        """Let the row of a case grow out of the one before, and put its numbers into the formula."""
        letter, letters, *numbers = size_rungs(case, self.theme)
        if self.x is None:
            self.ladder.append(*self.ladder.rungs(letter, letters))
        self.parts = self.written(letter, numbers, whole=case.left_over == 0)
        said, fields = question(case)
        self.vanish(*self.gone, self.works)
        with self.beat(said, **fields) as beat:
            self.set_rows(case)
            beat.focus = [self.window, self.x]
            self.appear(self.window)
            self.appear(*self.parts[:2], into=self.works)
            self.rest(1.0)

    def set_rows(self, case: Any) -> None:
        """Set the row with its padding, and below it, under the middles of windows, the places that these can have."""
        old, self.x = self.x, strip_of(case)
        self.y = Grid(case.places, "output", "output", detail="", scale=0.5, hidden=True, ruled=True)
        room = {"room": self.strip.box, "most": LARGEST}
        rows = Column(self.x, self.y, gap=0.34)
        if old is None:
            cell = self.fit(rows, **room)
            self.add(self.x)
        else:
            cell = self.rearrange(rows, instead={self.x: old}, later=[self.y], seconds=0.7, **room)
        self.y.settle(self.x.box.left + (case.span - 1) / 2 * cell, self.y.top, cell)
        self.window = Window(self.x, (1, case.kernel), (1, case.dilation))
        self.gone = [self.window, self.y]

    def move_on(self, case: Any) -> None:
        """Measure what is left behind the first window, then let it move."""
        marks = [self.below(case.span, 0, case.span, self.theme.kernel)]
        if case.room:
            rest = Outline(self.x, (0, case.span), 1, case.room, color=self.theme.text, width=3.0)
            marks += [rest, self.below(case.room, case.span, case.room, self.theme.text)]
        taken = counted(
            "The first window takes {span} of {cells} cells; {count} is left to move on.",
            "The first window takes {span} of {cells} cells; {count} are left to move on.",
            case.room,
        )
        with self.beat(taken, span=case.span, cells=case.cells, focus=marks):
            self.appear(*marks)
            self.appear(self.parts[2], into=self.works)
            self.rest(1.5)
        self.vanish(*marks, seconds=0.2)
        moves = counted(
            "Cell by cell it moves on, and every place makes one output.",
            "It moves {count} cells at a time, and every place makes one output.",
            case.stride,
        )
        with self.beat(moves, name="moves", focus=[self.y]):
            self.appear(self.y, seconds=0.2)
            for part in filter(None, (range(case.out)[:MOST_VISITS], range(case.out)[MOST_VISITS:])):
                at, land = lambda i: (0, i * case.stride), lambda i: self.land(case, i)
                self.walk(part, self.window, land, seconds=3.0, at=at)

    def below(self, number: int, column: int, columns: int, ink: str) -> Label:
        """Write a number below cells of the row."""
        box = self.x.cell_box((1, column), 1, columns)
        return Label(str(number), LABEL, ink, at=(box.center[0], box.top - 0.28))

    def land(self, case: Any, index: int) -> None:
        """Show an output, and the step that led to it."""
        self.y.show([(0, index * case.stride)])
        if index:
            step = self.x.cell_box((1, case.span + (index - 1) * case.stride), 1, case.stride)
            ends, bend = [(x, step.top - 0.04, 0) for x in (step.left, step.right)], min(BEND, DEEPEST / step.width)
            arc = ArcBetweenPoints(*ends, angle=bend, color=self.theme.highlight, stroke_width=2.4)
            self.gone.append(arc)
            self.add(arc)

    def count(self, case: Any) -> None:
        """Let the formula say how many there are, and why."""
        said, fields = outcome(case)
        unseen = [(0, column) for column in range(case.cells - case.left_over, case.cells)]
        with self.beat(said, name="outcome", focus=[self.y], **fields):
            self.x.sink(unseen)
            if unseen:
                self.point(self.x.cell_box(unseen[0], 1, len(unseen)))
            for part in self.parts[3:]:
                self.appear(part, into=self.works)
                self.hold(0.4)
            self.rest(1.0)
