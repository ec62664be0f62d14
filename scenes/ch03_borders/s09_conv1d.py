"""Conv1D: a kernel along time, one that looks only back, and a stack whose last number hears far."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Inset, Outline, Row, Stems, Sum, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.hearing import Hearing

LEAST, MOST = 0.6, 2.8  # units: height of the bars above a row


class Conv1d(
    Hearing,
    subject=subjects.Conv1d,
    takeaway="Along time a kernel slides one way; causal padding looks only back, dilation lets a few layers hear far.",
    concepts=("Conv1D", "time series", "causal", "dilation", "WaveNet", "receptive field"),
    seconds=43,
    gif="conv1d",
):
    """A kernel of three weights on a heartbeat, centered and causal, then a dilated stack."""

    title = "Conv1D"
    subtitle = "along time"

    subject: subjects.Conv1d

    def tell(self, s: subjects.Conv1d) -> None:
        """Slide both ways round, then stack layers further and further apart."""
        self.s, self.marks = s, list[Outline]()
        self.lay(s.centered)
        with self.beat("Numbers along time, no rows. What does a kernel do here?", focus=[self.window, self.kernel]):
            self.rest(2.4)
        one, many = "It slides one way: {count} weight.", "It slides one way: {count} weights."
        with self.beat(counted(one, many, self.kernel.columns), focus=self.window):
            self.slide(s.centered, 7.0)
        self.find(s.centered, "It answers most at this moment: {result}.")
        with self.beat("But it looked ahead: each answer needed a number from after it.", focus=self.marks):
            self.look_ahead(s.loudest(s.centered))
        self.vanish(*self.shown, self.window, *self.marks)
        self.lay(s.causal)
        with self.beat("Causal: all zeros go before the signal, so it looks only back.", focus=self.window):
            self.slide(s.causal, 4.0)
        self.find(s.causal, "The same answer comes later, once all of its numbers are there: {result}.")
        self.vanish(*self.shown, self.window, *self.marks)
        self.uncount()
        self.stack(s)

    def lay(self, trace: Any) -> None:
        """Set the padded signal, the kernel and its sum, and the answers below the moments they belong to."""
        s, before, tall = self.s, trace.padding[1][0], self.frame.stage.height > self.frame.stage.width
        values, answers = trace.padded[0], trace.fold()[0]
        x = Grid(values, "input", padding=trace.is_padding)
        y = Grid(answers, "output", "answers", detail=f"{answers.size}", hidden=True)
        self.x, self.y = x, y
        self.kernel = Grid(
            s.weights.values, "kernel", "kernel", detail="", texts=s.weights.labels, side=0.8 if tall else 0.6
        )
        self.sum = Sum(trace, s.weights.labels, width=4.2, height=1.4 if tall else 1.0)
        high = max(LEAST, min(MOST, self.frame.stage.height / 2 - 1.75))
        self.above = Stems(x, high, self.name(), detail=f"{s.values.size}")
        self.below = Stems(y, high)
        self.arrange(
            Column(self.above, x, Row(self.kernel, self.sum), Inset(y, before), Inset(self.below, before), gap=0.14)
        )
        self.shown = [self.above, x, self.kernel, self.sum, y, self.below]
        self.window = Window(x, self.kernel.values.shape)
        self.add(self.window)

    def slide(self, trace: Any, seconds: float) -> None:
        """Walk along, and write each answer."""
        self.walk(trace, self.window, self.show, seconds=seconds, noun="moment")

    def show(self, step: Any) -> None:
        """Write the sum of a step, its answer and its bar."""
        self.sum.write(step)
        self.y.show([step.output_index[1:]])
        self.below.show([step.output_index[-1]])

    def find(self, trace: Any, sentence: Template) -> None:
        """Go back to the largest answer."""
        step = self.s.loudest(trace)
        with self.beat(sentence, result=step.result):
            self.move(self.window, step.padded_origin, 0.6)
            self.sum.write(step)
            self.marks = [Outline(self.y, step.output_index[1:], color=self.theme.output)]
            self.appear(*self.marks)
            self.rest(1.2, [self.window, *self.marks])

    def look_ahead(self, step: Any) -> None:
        """Mark the number that an answer needed from after it, and lead it there."""
        row, column = step.padded_origin
        ahead = Outline(self.x, (row, column + self.kernel.columns - 1), color=self.theme.highlight)
        self.appear(ahead)
        self.fly((self.x.copy_of(ahead.cell), self.y.cell_box(step.output_index[1:])), seconds=1.2)
        self.marks.append(ahead)
