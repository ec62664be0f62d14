"""The output-size formula with the numbers put in, floor included, beside the windows that it counts."""

from typing import Any

from manim import ArcBetweenPoints

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Ladder, Made, Outline, Scene, Slot, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.output_size import size_letters, size_rungs
from cnnviz.stage.walk import MOST_VISITS

LEGEND, TALL = (3.2, 2.3), (4.2, 2.9)  # units, in a tall frame
STRIP, LARGEST = 2.2, 0.62  # units, of the rows below each other and of a cell
BEND, DEEPEST = 1.8, 1.9  # of the arcs that are steps


class OutputSize(
    Scene,
    subject=subjects.OutputSizes,
    takeaway="Count the steps that fit, drop what is left of one, and add one for the first place.",
    concepts=("output size", "padding", "stride", "dilation", "floor"),
    seconds=60,
):
    """How many windows fit, for the lecture's cases or for one of your own."""

    title = "Output size"
    subtitle = "count the windows that fit"

    def tell(self, s: subjects.OutputSizes) -> None:
        """Go through the cases."""
        stage = self.frame.stage
        self.tall, flat = stage.height > stage.width, self.frame.is_wide
        wide, size, letters = (7.0, 33, TALL) if self.tall else (6.4 if flat else 5.4, 28 if flat else 25, LEGEND)
        self.ladder, legend = Ladder(wide, 4, size=size), Made(*letters, lambda box: size_letters(box, self.theme))
        self.strip = Slot(stage.width, 1.3 * STRIP if self.tall else STRIP)
        self.arrange(self.ladder, legend, self.strip, gap=0.2)
        for number, case in enumerate(s.cases, 1):
            self.step(number, len(s.cases), noun="case")
            self.ask(case)
            self.move_on(case)
            self.count(case)
        self.close("Count the steps that fit, drop what is left of one, and add the first place.", focus=[self.y])

    def ask(self, case: Any) -> None:
        """Show the row of a case with its first window, and put the numbers into the formula."""
        letter, letters, numbers, _, steps, whole, size = size_rungs(case, self.theme)
        self.rungs = self.ladder.rungs(letter, letters, numbers, f"{steps} = {whole} = {size}")
        self.ladder.append(self.rungs[0])
        self.strip.clear()
        self.set_rows(case)
        said, fields = question(case)
        with self.beat(said, focus=[self.window, self.x], **fields):
            self.appear(self.x, self.window, into=self.strip)
            self.ladder.climb(self, self.rungs[1:2])
            self.rest(1.0)

    def set_rows(self, case: Any) -> None:
        """Set the row with its padding, and below it, under the middles of windows, the places that these can have."""
        before, after = case.padding
        sum_of = f"{before} + {case.width} + {after} = {case.cells}" if before or after else str(case.width)
        look: dict[str, Any] = {"form": "pixels", "ruled": True}
        self.x = Grid(case.row, "input", "input", detail=sum_of, padding=case.is_padding, **look)
        self.y = Grid(case.places, "output", "output", detail="", scale=0.5, hidden=True, ruled=True)
        cell = self.fit(Column(self.x, self.y, gap=0.34), room=self.strip.box, most=LARGEST)
        self.y.settle(self.x.box.left + (case.span - 1) / 2 * cell, self.y.top, cell)
        self.window = Window(self.x, (1, case.kernel), (1, case.dilation))

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
            self.rest(2.0)
        self.vanish(*marks, seconds=0.2)
        moves = counted(
            "Cell by cell it moves on, and every place makes one output.",
            "It moves {count} cells at a time, and every place makes one output.",
            case.stride,
        )
        with self.beat(moves, name="moves", focus=[self.y]):
            self.appear(self.y, into=self.strip, seconds=0.2)
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
            self.strip.append(ArcBetweenPoints(*ends, angle=bend, color=self.theme.highlight, stroke_width=2.4))

    def count(self, case: Any) -> None:
        """Let the formula say how many there are, and why."""
        said, fields = outcome(case)
        unseen = [(0, column) for column in range(case.cells - case.left_over, case.cells)]
        with self.beat(said, name="outcome", focus=[self.y], **fields):
            self.x.sink(unseen)
            if unseen:
                self.point(self.x.cell_box(unseen[0], 1, len(unseen)))
            self.ladder.climb(self, self.rungs[2:])
            self.rest(1.0)


def question(case: Any) -> tuple[Template, dict[str, Any]]:
    """Ask for the places of a window."""
    if case.dilation > 1:
        fields = {"dilation": case.dilation, "kernel": case.kernel}
        return "Dilation {dilation} spreads the {kernel} weights. In how many places can they lie?", fields
    if case.stride > 1:
        return "Now a step is {stride} cells long. In how many places does the window lie?", {"stride": case.stride}
    if case.padding[0]:
        one = "With {count} cell of padding on each side: how many places has a window of width {kernel}?"
        many = "With {count} cells of padding on each side: how many places has a window of width {kernel}?"
        return counted(one, many, case.padding[0]), {"kernel": case.kernel}
    said = "In how many places can a window of width {kernel} lie on a row of {width}?"
    return said, {"kernel": case.kernel, "width": case.width}


def outcome(case: Any) -> tuple[Template, dict[str, Any]]:
    """Say what the steps that fit make, and what becomes of the rest."""
    if case.left_over:
        one = "Part of a step is no step: {steps} fit, and {count} cell at the end is never seen."
        many = "Part of a step is no step: {steps} fit, and {count} cells at the end are never seen."
        return counted(one, many, case.left_over), {"steps": case.out - 1}
    if case.out == case.width and any(case.padding):
        said = "{width} in, {out} out: padding gives back what the window takes away."
        return said, {"width": case.width, "out": case.out}
    one, many = "{count} step and the first place make {out}.", "{count} steps and the first place make {out}."
    return counted(one, many, case.out - 1), {"out": case.out}
