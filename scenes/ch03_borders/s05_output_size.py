"""The output-size formula with the numbers put in, floor included, beside the windows that it counts."""

from typing import Any

from manim import ArcBetweenPoints

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Slot, Tiles, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.layout import CAPTION, RESULT, Box
from cnnviz.stage.output_size import size_rungs
from cnnviz.stage.stories.size_words import outcome, question, taking
from cnnviz.stage.stories.sizing import Sizing, lanes, strip_of
from cnnviz.stage.walk import MOST_VISITS

LARGEST = 1.05  # units: side of a cell
BEND, DEEPEST = 1.8, 1.4  # of the arcs that are steps
ARCS, LANE, LANES, RIM = 0.36, 0.3, 1.2, 0.03  # units: room for arcs, a lane, all of them; at the ends of a window


class OutputSize(
    Sizing,
    subject=subjects.OutputSizes,
    takeaway="Count the steps that fit, drop what is left of one, and add one for the first place.",
    concepts=("output size", "padding", "stride", "dilation", "floor"),
    seconds=59,
):
    """How many windows fit, for the lecture's cases or for one of your own."""

    title = "Output size"
    subtitle = "count the windows that fit"

    def tell(self, s: subjects.OutputSizes) -> None:
        """Go through the cases, then set them side by side."""
        self.s = s
        self.build()
        for number, case in enumerate(s.cases, 1):
            self.ask(number, case)
            self.move_on(case)
            self.count(case)
        self.uncount()
        answers = self.compare(s.cases) if len(s.cases) > 1 else [self.y]
        told: Template = "Count the steps that fit, drop what is left of one, and add the first place."
        self.close(told, focus=answers, motion=self.go_all_the_way)

    def ask(self, number: int, case: Any) -> None:
        """Let the row of a case grow out of the one before, and put its numbers into the formula."""
        letter, letters, *numbers = size_rungs(case, self.theme)
        if self.x is None:
            self.ladder.append(*self.ladder.rungs(letter, letters))
        self.parts = self.written(letter, numbers, whole=case.left_over == 0)
        said, fields = question(case)
        self.vanish(*self.gone, self.works, self.given)
        with self.beat(said, **fields) as beat:
            self.step(number, len(self.s.cases), noun="case", stays=True)
            self.set_rows(case)
            beat.focus = [self.window, self.x]
            self.appear(self.window)
            self.put_in(case)
            self.appear(self.sought)
            self.appear(self.parts[0], into=self.works)
            self.rest(1.0)
            if case is not self.s.cases[0]:  # known from the first one
                self.measure()
                return
        with self.beat(taking(case), span=case.span, cells=case.cells, focus=self.marks):
            self.measure()

    def set_rows(self, case: Any) -> None:
        """Set the row with its padding, and below it lanes for its windows, and the places that these can have."""
        old, self.x, pitch = self.x, strip_of(case), self.lane(case)
        self.lanes = Slot(pitch, ARCS + lanes(case) * pitch)
        look: dict[str, Any] = {"scale": 0.5, "hidden": True, "ruled": True}
        self.y = Grid(case.places, "output", "output width", detail="O", **look)
        room = {"room": self.strip.box, "most": LARGEST}
        rows = Column(self.x, self.lanes, self.y, gap=0.0)
        if old is None:
            cell = self.fit(rows, **room)
            self.add(self.x)
        else:
            cell = self.rearrange(rows, instead={self.x: old}, later=[self.lanes, self.y], seconds=0.7, **room)
        self.y.settle(self.x.box.left + (case.span - 1) / 2 * cell, self.y.top, cell)
        self.window, self.left = Window(self.x, (1, case.kernel), (1, case.dilation)), list[Box]()
        self.places = Tiles([], fill=self.theme.kernel)
        at = self.strip.box.center[0], (self.lanes.box.top + self.y.box.bottom) / 2 - ARCS / 2
        self.sought = Label("O = ?", RESULT, self.theme.output, at=at)
        self.gone = [self.window, self.y, self.places]
        self.marks: list[Any] = [self.below(case.span, 0, case.span, self.theme.kernel)]
        if case.room:
            rest = Outline(self.x, (0, case.span), 1, case.room, color=self.theme.text, width=3.0)
            self.marks += [rest, self.below(case.room, case.span, case.room, self.theme.text)]

    def move_on(self, case: Any) -> None:
        """Let the window move, from its first place to its last."""
        moves = counted(
            "Cell by cell it moves on, and every place makes one output.",
            "It moves {count} cells at a time, and every place makes one output.",
            case.stride,
        )
        self.vanish(*self.marks, self.sought, seconds=0.2)
        with self.beat(moves, name="moves", focus=[self.y]):
            self.add(self.places)
            self.appear(self.y, seconds=0.2)
            for part in filter(None, (range(case.out)[:MOST_VISITS], range(case.out)[MOST_VISITS:])):
                at, land = lambda i: (0, i * case.stride), lambda i: self.land(case, i)
                self.walk(part, self.window, land, seconds=3.0, at=at)

    def measure(self) -> None:
        """Show what the first window takes and what it leaves, which is what the numerator comes to."""
        self.appear(*self.marks)
        self.appear(self.parts[1], into=self.works)
        self.rest(0.6)

    def below(self, number: int, column: int, columns: int, ink: str) -> Label:
        """Write a number below cells of the row."""
        box = self.x.cell_box((0, column), 1, columns)
        return Label(str(number), CAPTION, ink, at=(box.center[0], box.bottom - 0.28))

    def land(self, case: Any, index: int) -> None:
        """Show an output, the window that made it, and the step that led to it."""
        self.y.show([(0, index * case.stride)])
        top = self.lanes.box.top - ARCS - index % lanes(case) * (pitch := self.lane(case))
        taps = [self.x.cell_box((0, index * case.stride + k * case.dilation)) for k in range(case.kernel)]
        thread = self.x.cell_box((0, index * case.stride), 1, case.span)
        if case.dilation == 1:
            taps = [thread]
        for box, (high, low) in [*((tap, (0.0, 0.8)) for tap in taps), (thread, (0.35, 0.45))]:
            self.left.append(Box(box.left + RIM, top - low * pitch, box.right - RIM, top - high * pitch))
        self.places.points = Tiles(self.left).points
        if index:
            step = self.x.cell_box((0, case.span + (index - 1) * case.stride), 1, case.stride)
            ends, bend = [(x, step.bottom - 0.04, 0) for x in (step.left, step.right)], min(BEND, DEEPEST / step.width)
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
            for part in self.parts[2:]:
                self.appear(part, into=self.works)
                self.hold(0.2)
            self.rest(0.8)
