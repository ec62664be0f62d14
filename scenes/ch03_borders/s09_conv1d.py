"""Conv1D: a kernel along time, one that looks only back, and a stack whose last number hears far."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Inset, Outline, Row, Stems, Sum, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.hearing import Hearing

LEAST, MOST = 0.6, 2.8  # units: height of the bars above a row
DEEP, TAKEN, GAP = 2.4, 2.0, 0.12  # units: room for bars below answers, too; of three titles and gaps; between rows


class Conv1d(
    Hearing,
    subject=subjects.Conv1d,
    takeaway="Along time a kernel slides one way; causal padding looks only back, dilation lets a few layers hear far.",
    concepts=("Conv1D", "time series", "causal", "dilation", "WaveNet", "receptive field"),
    seconds=47,
    gif="conv1d",
):
    """A kernel of three weights on a heartbeat, centered and causal, then a dilated stack."""

    title = "Conv1D"
    subtitle = "along time"

    subject: subjects.Conv1d

    def tell(self, s: subjects.Conv1d) -> None:
        """Slide both ways round, then stack layers further and further apart."""
        self.s, self.marks, self.early_bars = s, list[Outline](), list[Stems]()
        self.lay()
        with self.beat("Numbers along time, no rows. What does a kernel do here?", focus=[self.window, self.kernel]):
            for column in range(self.x.columns):
                self.now(column + 1)
                self.hold(0.08)
            self.window.take_up(self, self.kernel)
            self.rest(0.6)
        one, many = "It slides one way: {count} weight.", "It slides one way: {count} weights."
        with self.beat(counted(one, many, self.kernel.columns), focus=self.window):
            self.slide(s.centered, 7.0)
        self.find(s.centered, "It answers most at this moment: {result}.")
        with self.beat("But it looked ahead: each answer needed a number from after it.", focus=self.marks):
            self.look_ahead(s.loudest(s.centered))
        self.listen()
        with self.beat("Causal: all zeros go before the signal, so it looks only back.", focus=self.window):
            self.slide(s.causal, 5.0)
        self.find(s.causal, "The same answer comes later, once all of its numbers are there: {result}.")
        self.uncount()
        self.stack(s, [self.kernel, self.sum, *self.answers.values(), *self.below.values(), self.window, *self.marks])

    def lay(self) -> None:
        """Set the signal with the zeros of both ways, the kernel and its sum, and the answers below their moments."""
        s, stage = self.s, self.frame.stage
        before, values, is_padding = s.causal.padding[1][0], *s.padded()
        self.x = x = Grid(values, "input", padding=is_padding)
        names: dict[str, Template] = {"centered": "answers, centered", "causal": "answers, causal"}
        self.answers = {
            way: Grid(trace.fold()[0], "output", names[way], detail="", hidden=True)
            for way, trace in (("centered", s.centered), ("causal", s.causal))
        }
        high = 1.4 if stage.height > stage.width else 1.0
        self.kernel = Grid(s.weights.values, "kernel", texts=s.weights.labels, side=0.6)
        self.sum = Sum(s.centered, s.weights.labels, width=4.2, height=high)
        spare = stage.height - 3 * stage.width / x.columns - high - TAKEN
        share = spare / 4 if spare > DEEP else 0.0  # of the bars below each row of answers
        self.above = Stems(x, min(MOST, max(LEAST, spare - 2 * share)), self.name(), detail=f"{s.values.size}")
        self.below = {way: Stems(y, share) for way, y in self.answers.items() if share}
        rows = [Inset(part, before) for way in self.answers for part in self.column(way)]
        self.both = Column(self.above, x, Row(self.kernel, self.sum), *rows, gap=GAP)
        self.fit(self.both)
        if not share:  # until the other answers come, bars have their room
            y, later = self.answers.values()
            self.early_bars = [Stems(y, y.box.bottom - later.box.bottom - GAP)]
            self.fit(Column(*self.both.items[:3], rows[0], Inset(self.early_bars[0], before), gap=GAP))
        self.add(self.above, x, self.kernel, self.sum, *self.column("centered"))
        self.window = Window(x, self.kernel.values.shape, cell=(0, self.early(s.centered)))
        self.forget(before - s.centered.padding[1][0], 0)
        self.add(self.window)

    def column(self, way: str) -> list[Any]:
        """Return the answers of a way and, where there is room, their bars."""
        return [self.answers[way], *([self.below[way]] if self.below else self.early_bars)]

    def early(self, trace: Any) -> int:
        """Count the zeros of the other way that stand before the first window of a trace."""
        return int(self.s.causal.padding[1][0] - trace.padding[1][0])

    def forget(self, first: int, last: int) -> None:
        """Hide zeros before and after that the way at hand does without."""
        self.x.show()
        self.x.hide([(0, column) for column in (*range(first), *range(self.x.columns - last, self.x.columns))])

    def listen(self) -> None:
        """Begin anew, where only what has been is known."""
        self.sum.clear()
        self.vanish(*self.marks[1:])
        self.marks = self.marks[:1]
        self.forget(0, self.s.centered.padding[1][1])
        self.move(self.window, (0, 0), 0.6)
        self.now(self.window.span[1])
        gone, self.early_bars = self.early_bars, []
        self.rearrange(self.both, gone=gone)

    def now(self, columns: int) -> None:
        """Let what comes later step back, and its bars wait."""
        known = range(columns)
        self.x.only((0, column) for column in known)
        self.above.clear()
        self.above.show(column for column in known if (0, column) in self.x.shown)

    def slide(self, trace: Any, seconds: float) -> None:
        """Walk along, and write each answer."""
        way, early = "causal" if trace is self.s.causal else "centered", self.early(trace)

        def show(step: Any) -> None:
            self.sum.write(step)
            self.answers[way].show([step.output_index[1:]])
            for bars in self.column(way)[1:]:
                bars.show([step.output_index[-1]])
            if way == "causal":
                self.now(step.padded_origin[1] + self.kernel.columns)

        def at(step: Any) -> tuple[int, int]:
            return 0, step.padded_origin[1] + early

        self.walk(trace, self.window, show, seconds=seconds, noun="moment", at=at)

    def find(self, trace: Any, sentence: Template) -> None:
        """Go back to the largest answer."""
        step, way = self.s.loudest(trace), "causal" if trace is self.s.causal else "centered"
        with self.beat(sentence, result=step.result):
            self.sum.clear()
            self.move(self.window, (0, step.padded_origin[1] + self.early(trace)), 0.6)
            self.step(step.index + 1, len(trace), noun="moment")
            if way == "causal":
                self.now(step.padded_origin[1] + self.kernel.columns)
            self.sum.write(step)
            self.marks.append(Outline(self.answers[way], step.output_index[1:], color=self.theme.output))
            self.appear(self.marks[-1])
            self.rest(1.2, [self.window, *self.marks])

    def look_ahead(self, step: Any) -> None:
        """Mark the number that an answer needed from after it, and lead it there."""
        last = step.padded_origin[1] + self.early(self.s.centered) + self.kernel.columns - 1
        ahead = Outline(self.x, (0, last), color=self.theme.highlight)
        self.appear(ahead)
        box = self.answers["centered"].cell_box(step.output_index[1:])
        self.fly((self.x.copy_of(ahead.cell), box), seconds=1.2)
        self.marks.append(ahead)
