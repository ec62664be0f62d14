"""Gradients on their way back through pooling: to the winner, or in equal shares that add up."""

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Slot, Window
from cnnviz.stage.language import Template
from cnnviz.stage.stories import routing_words as words
from cnnviz.stage.stories.routing import Routing
from cnnviz.stage.stories.sharing_grids import TINY
from cnnviz.subjects.shares import pool_sharing

NOTE = 2.2, 0.5  # units, of what is written below a grid
SMALL = 0.7  # cells of what is handed out, in those of the others


class PoolingGradient(
    Routing,
    subject=subjects.PoolGradient,
    gif="pool-backprop",
    takeaway="Max sends a gradient to the winner, average shares it out; where windows overlap, they add up.",
    concepts=("backpropagation", "max pooling", "average pooling", "ties", "overlap"),
    seconds=61,
):
    """Send the gradient of a pooled map back to its input.

    By max each gradient goes to the winner of its window, the first one in a tie; by avg every cell gets a share. What
    overlapping windows give adds up.

    cnnviz gif pool-backprop
    cnnviz gif pool-backprop digit:3 --mode max --stride 2
    cnnviz gif pool-backprop pooling-b --stride 2 --dy "1,0;0,-2" -o back.gif
    """

    title = "Pooling, backwards"
    subtitle = "to the winner, or in shares"

    def tell(self, s: subjects.PoolGradient) -> None:
        """Pool, hand dY out by each pooling in turn, then compare what came in with what has arrived."""
        self.s, self.won = s, []
        self.build()
        self.forward(next(iter(s.traces.values())))
        for kind, trace in s.traces.items():
            self.begin(kind)
            self.hand_out(Window(self.factors, trace.forward.kernel_size), trace)
            self.cut(words.CUTS[kind])
            self.remove(self.window, self.giver, self.landing, *self.rings)
        self.balance()

    def build(self) -> None:
        """Set X and dY, and for each pooling a dX with what is handed out."""
        self.ends: dict[str, dict[str, Any]] = {}
        for kind, trace in reversed(self.s.traces.items()):
            self.make_grids(pool_sharing(trace, words.NAMES[kind]), self.s.picture.peak, "handed out")
            self.share.zoom, self.note = SMALL, Slot(*NOTE)
            self.ends[kind] = {name: getattr(self, name) for name in ("sharing", "tally", "target", "share", "note")}
        ends = [self.ends[kind] for kind in self.s.traces]
        grids = [self.givers, *(end[name] for end in ends for name in ("target", "share"))]
        scale = max(grid.scale_of_fill for grid in grids)
        for grid in grids:
            grid.scale_of_fill = scale
        if self.fit(*self.items(ends[0])) < TINY:  # rather pixels than no picture
            for grid in (self.factors, *(end["share"] for end in ends)):
                grid.least = 0.0

    def items(self, end: dict[str, Any]) -> list[Any]:
        """Return the pictures of one pooling."""
        target = Column(end["target"], end["note"], gap=0.0)
        return [self.factors, Column(self.givers, end["share"], gap=0.1), target]

    def forward(self, trace: Any) -> None:
        """Pool the picture once more; dY then stands where the pooled map stood."""
        x, end = self.factors, self.ends[next(iter(self.s.traces))]
        pooled = Grid(
            trace.forward.fold()[0], "output", "Y", scale=x.scale_of_fill, hidden=True, least=self.givers.least
        )
        self.arrange(*self.items(self.ends[next(iter(self.s.traces))]))
        self.remove(self.givers, end["share"])
        pooled.settle(self.givers.box.left, self.givers.top, self.givers.side)
        window = Window(x, trace.forward.kernel_size)
        question: Template = "Pooling kept one number of each window. To which cells of X does dY go back?"
        with self.beat(question, focus=self.factors):
            self.add(pooled, window)
            self.walk(trace.forward, window, lambda step: pooled.show([step.output_index[-2:]]), seconds=2.2)
            self.remove(window)
            self.play(FadeOut(pooled), FadeIn(self.givers), run_time=0.6)
            self.rest(0.3)

    def begin(self, kind: str) -> None:
        """Turn to a pooling."""
        before, end, is_first = self.note, self.ends[kind], kind == next(iter(self.s.traces))
        if not is_first:
            self.factors.become(pool_sharing(self.s.traces[kind]).factors.values)
            self.rearrange(*self.items(end), gone=[self.target, self.share, before])
        vars(self).update(end)
        self.add(self.share)
        self.prepare(kind, self.s.traces[kind])

    def balance(self) -> None:
        """Compare what has arrived with what came in."""
        sentence, fields = words.balance(self.s)
        ends = [self.ends[kind] for kind in self.s.traces]
        grids = [self.givers, *(end["target"] for end in ends)]
        notes = [Slot(*NOTE) for _ in grids]
        first, *others = (Column(grid, note, gap=0.0) for grid, note in zip(grids, notes, strict=True))
        x = [self.factors] if len(ends) == 1 else []  # beside two it would have no room
        gone = [self.share, self.note] if x else [self.factors, self.share, self.note]
        with self.beat(sentence, focus=[self.givers], **fields):
            self.rearrange(*x, *others[:1], first, *others[1:], gone=gone)
            for grid, note, numbers in zip(grids, notes, words.addends(self.s), strict=True):
                note.put_line(*words.sum_of(numbers, grid.box.width, self.theme))
                self.hold(0.4)
            self.rest(0.8)
        self.close(words.CLOSES[self.s.mode], focus=grids[1:], motion=lambda: self.trace_back(grids[1:], notes[1:]))

    def trace_back(self, grids: list[Grid], notes: list[Slot]) -> None:
        """Look at each dX, and at what it adds up to."""
        for grid, note in zip(grids, notes, strict=True):
            self.point(grid)
            self.point(*note.content)
