"""What a stride skips, and how small the map becomes: the formula with its numbers, floor and all."""

from typing import Any

from manim import FadeIn

from cnnviz import subjects
from cnnviz.engine.trace import ConvTrace
from cnnviz.stage import Lesson
from cnnviz.stage.glide import Glide
from cnnviz.stage.stride.view import StrideView

MOST_VISITS = 50  # windows; beyond it they are swept row by row
EVERY, JUMPS, LONGEST = 3.0, 4.5, 0.5  # seconds for all windows of stride 1, for those of a stride, and for one


class Stride(
    Lesson,
    subject=subjects.Stride,
    takeaway="A stride skips windows: the map shrinks along both axes, and what is too narrow for a step is lost.",
    concepts=("stride", "output size", "subsampling", "floor"),
    seconds=50,
):
    """Strides 1, 2 and 3 on one picture: which windows are visited, which skipped, and what no window reaches."""

    title = "Stride"
    subtitle = "jump instead of slide"

    subject: subjects.Stride

    def construct(self) -> None:
        """Slide first, then jump further and further."""
        subject = self.subject
        view = self.view = StrideView(subject, self.theme)
        self.column: list[Any] = []
        self.add(*view.static)
        self.say("A window can move by more than one cell. What does it skip, and how large is the map then?", fade=0)
        self.hold(1.5)
        self.slide(subject.every)
        for number, trace in enumerate(subject.traces, 2):
            stride = trace.stride[1]
            self.say(f"Stride {stride}: the window jumps {stride} columns, and at the end of a row {stride} rows.")
            self.step(number, len(subject.traces) + 1, noun="stride")
            self.jump(trace)
        self.say("One formula for every stride: the larger the step, the smaller the map.")
        self.replace(*view.recap(), view.marks(trace), view.unseen(trace), view.window)
        self.close(self.takeaway)

    def slide(self, trace: ConvTrace) -> None:
        """Visit every window, fast: this is known."""
        view = self.view
        self.step(1, len(self.subject.traces) + 1, noun="stride")
        self.play(FadeIn(view.window), run_time=0.4)
        rows, columns = trace.output_shape[1:]
        pause = EVERY / rows
        for row in range(rows):
            steps = trace[row * columns : (row + 1) * columns]
            if len(trace) <= MOST_VISITS:
                for step in steps:
                    view.window.shift((*view.shift(step), 0))
                    view.every.show([step.output_index[1:]])
                    self.hold(pause / columns)
                continue
            view.window.shift((*view.shift(steps[0]), 0))
            self.play(Glide(view.window, view.shift(steps[-1])), run_time=pause)
            view.every.show(step.output_index[1:] for step in steps)
        self.say(f"Stride 1 visits every place: {rows} × {columns} windows, and as many numbers.")
        self.replace(view.title(trace))
        self.spell(trace)

    def jump(self, trace: ConvTrace) -> None:
        """Visit the windows of a stride, while the others stay sunk."""
        view = self.view
        view.every.sink(view.every.everywhere())
        self.replace(view.title(trace), view.start(trace))
        self.column += [view.target, view.landing]
        seconds = min(LONGEST, JUMPS / len(trace))
        if len(trace) <= MOST_VISITS:
            for step in trace:
                self.play(Glide(view.window, view.shift(step)), run_time=seconds / 2)
                view.visit(step)
                self.add(view.target, view.landing)
                self.hold(seconds / 2)
        else:
            self.sweep(trace)
        self.remove(view.target, view.landing)
        self.column.append(view.marks(trace))
        self.add(self.column[-1])
        self.say(
            f"{len(trace)} of {len(self.subject.every)} windows are visited; the map keeps their numbers and no others."
        )
        self.spell(trace)
        self.leave_over(trace)

    def sweep(self, trace: ConvTrace) -> None:
        """Visit the windows of a stride row by row."""
        rows, columns = trace.output_shape[1:]
        for row in range(rows):
            steps = trace[row * columns : (row + 1) * columns]
            self.view.window.shift((*self.view.shift(steps[0]), 0))
            self.play(Glide(self.view.window, self.view.shift(steps[-1])), run_time=JUMPS / rows)
            for step in steps:
                self.view.visit(step)

    def spell(self, trace: ConvTrace) -> None:
        """Write the formula line by line."""
        for line in self.view.formula(trace):
            self.column.append(line)
            self.play(FadeIn(line), run_time=0.4)
            self.hold(0.6)

    def leave_over(self, trace: ConvTrace) -> None:
        """Veil what no window reaches, and say why."""
        rows, columns = self.subject.left_over(trace)
        if not rows and not columns:
            self.say("The last window ends exactly at the border: nothing is left over.")
            self.hold(1.0)
            return
        veil = self.view.unseen(trace)
        self.column.append(veil)
        self.play(FadeIn(veil), run_time=0.5)
        self.add(self.view.window)
        lost = [
            f"{count} {name}{'s' if count > 1 else ''}" for count, name in ((rows, "row"), (columns, "column")) if count
        ]
        verb = "is" if rows + columns == 1 else "are"
        self.say(f"No further step fits, so the floor rounds down: {' and '.join(lost)} at the end {verb} never seen.")
        self.hold(1.5)

    def replace(self, *column: Any) -> None:
        """Put something else into the last column."""
        self.remove(*self.column)
        self.column = list(column)
        self.add(*column)
