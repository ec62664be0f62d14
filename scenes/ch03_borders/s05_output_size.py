"""The output-size formula with the numbers put in, floor included, beside the windows that it counts."""

from typing import Any

from manim import FadeIn

from cnnviz.stage import Lesson, Line, layout
from cnnviz.stage.formula import chain
from cnnviz.stage.mobjects.window_row import WindowRow
from cnnviz.stage.output_size import size_rungs
from cnnviz.subjects import OutputSizes
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.output_size import OutputSize as Case

LEGEND = (
    (("W", "input"), ("P", "input"), ("S", "highlight")),
    (("F", "kernel"), ("D", "kernel"), ("O", "output")),
)
MEANING = {
    "W": "width",
    "P": "padding on each side",
    "S": "stride",
    "F": "filter width",
    "D": "dilation",
    "O": "output width",
}
RUN = 2.4  # seconds for the windows after the first
LONGEST_STEP, SHORTEST_STEP = 0.3, 0.12  # for one of them; where that is too long, several are laid at once
ROW_AT, ROW_WIDTH = (0.8, -1.25), 11.6


class OutputSize(
    Lesson,
    subject=OutputSizes,
    takeaway="Count the steps that fit, drop what is left of one, and add one for the first place.",
    concepts=("output size", "padding", "stride", "dilation", "floor"),
    seconds=59,
):
    """How many windows fit, for the lecture's cases or for one of your own."""

    title = "Output size"
    subtitle = "count the windows that fit"

    subject: OutputSizes

    def construct(self) -> None:
        """Go through the cases."""
        self.written: list[Any] = []
        cases = self.subject.cases
        letters = chain(size_rungs(cases[0], self.theme)[:2], 30, self.theme, at=(layout.LEFT, 1.95))
        self.left = letters[1].get_left()[0]  # of the equals sign, below which the others stand
        self.add(*letters, *self.legend())
        for number, case in enumerate(cases, 1):
            self.show_case(case, number)
        self.close(self.takeaway)

    def legend(self) -> list[Line]:
        """Say what the letters are."""
        lines = []
        for row, y in zip(LEGEND, (2.16, 1.74), strict=True):
            runs = []
            for letter, role in row:
                runs += [(letter, self.theme.role(role)), (f" {MEANING[letter]}      ", self.theme.muted)]
            lines.append(Line(runs, 22, at=(-0.3, y), align="left"))
        return lines

    def show_case(self, case: Case, number: int) -> None:
        """Lay the windows of a case on its row, then put its numbers into the formula."""
        self.say(_question(case), fade=0.25 if self.written else 0)
        self.remove(*self.written)
        self.step(number, len(self.subject.cases), noun="case")
        row = WindowRow(case, at=ROW_AT, width=ROW_WIDTH, theme=self.theme)
        y = row.cell(0).center[1]
        self.written = [row, self.label("input", "input", case.width, y)]
        self.add(*self.written)
        self.hold(0.5)
        self.lay(case, row)
        parts = chain(["", *size_rungs(case, self.theme)[2:]], 32, self.theme, at=(self.left, 0.72))
        self.written += parts
        self.say(_count(case))
        for part in parts[:2]:
            self.play(FadeIn(part), run_time=0.4)
            self.hold(0.8)
        self.say(_outcome(case))
        for part in parts[2:]:
            self.play(FadeIn(part), run_time=0.4)
            self.hold(0.5)
        self.hold(1.5)

    def lay(self, case: Case, row: WindowRow) -> None:
        """Lay the first window slowly, the others fast, and mark the cells that none of them reaches."""
        first = row.lay(0)
        self.play(FadeIn(first, row.frame), run_time=0.5)
        self.hold(0.6)
        self.written += [first, row.frame]
        pause = min(LONGEST_STEP, RUN / case.out)
        at_once = -(-SHORTEST_STEP // pause)
        for index in range(1, case.out):
            self.written.append(row.lay(index))
            row.look_at(index)
            self.add(self.written[-1], row.frame)
            if index % at_once == 0 or index == case.out - 1:
                self.hold(pause * at_once)
        rest = row.left_over()
        marks = [self.label("output", "output", case.out, row.output(0).center[1]), rest]
        self.written += marks
        self.play(FadeIn(*marks), run_time=0.4)
        self.hold(0.6)

    def label(self, name: str, role: str, cells: int, y: float) -> Line:
        """Name a row and say how long it is."""
        runs = [(name, self.theme.role(role)), (f"  {cells}", self.theme.text)]
        return Line(runs, layout.LABEL - 2, at=(layout.LEFT, y), align="left")


def _question(case: Case) -> str:
    kernel, dilation, before = case.kernel, case.dilation, case.padding[0]
    if dilation > 1:
        return (
            f"Dilation {dilation} spreads {kernel} weights over {case.span} cells: how many places has such a window?"
        )
    if case.stride > 1:
        return f"Now the window moves {case.stride} cells at a time. Where does it lie, and where does it stop?"
    if before:
        return f"Padding of {before} on each side: a window of {kernel} cells may begin before the first cell."
    return f"A window of {kernel} cells on a row of {case.width}: in how many places can it lie?"


def _count(case: Case) -> str:
    steps = "cell by cell" if case.stride == 1 else f"in steps of {case.stride}"
    return f"The first window takes {case.span} of {case.cells} cells; {case.room} are left to move on, {steps}."


def _outcome(case: Case) -> str:
    if case.left_over:
        cells = "one cell is" if case.left_over == 1 else f"{case.left_over} cells are"
        parts = cell_text(case.room / case.stride + 1)
        return f"Part of a step is no step: {case.out} windows, not {parts}, and {cells} never seen."
    if case.out == case.width:
        return f"{case.width} in, {case.out} out: this much padding gives back what the window takes away."
    steps = "one step" if case.out == 2 else f"{case.out - 1} steps"
    return f"{steps[0].upper()}{steps[1:]} and the first place make {case.out} windows, and each makes one output."
