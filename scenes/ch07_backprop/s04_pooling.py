"""Gradients on their way back through pooling: to the winner, or in equal shares that add up."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Outline, Slot, Window, say
from cnnviz.stage.stories import routing_words as words
from cnnviz.stage.stories.routing import Routing
from cnnviz.stage.stories.sharing_grids import TINY
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.shares import pool_sharing

NOTE = 2.2, 0.4  # units, of what is written below a grid


class PoolingGradient(
    Routing,
    subject=subjects.PoolGradient,
    gif="pool-backprop",
    takeaway="Max sends a gradient to the winner, average shares it out; where windows overlap, they add up.",
    concepts=("backpropagation", "max pooling", "average pooling", "ties", "overlap"),
    seconds=58,
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
        """Hand dY out by each pooling in turn, then compare what came in with what has arrived."""
        self.s, self.won = s, []
        self.build()
        question = "Pooling kept one number of each window. To which cells of X does dY go back?"
        with self.beat(question, focus=self.factors):
            self.rest(2.4)
        for kind, trace in s.traces.items():
            self.begin(kind)
            self.hand_out(Window(self.place_of_window, trace.forward.kernel_size), trace)
            self.cut(words.CUTS[kind])
            self.remove(self.window, self.giver, self.landing, *self.rings)
            self.note.clear()
            self.uncount()
        self.balance()

    def build(self) -> None:
        """Set dY, X and a dX for each pooling; a second one waits for the place of X where numbers need the room."""
        self.ends: dict[str, dict[str, Any]] = {}
        for kind, trace in reversed(self.s.traces.items()):
            self.make_grids(pool_sharing(trace, words.NAMES[kind]), self.s.picture.peak, "handed out")
            self.note = Slot(*NOTE)
            self.ends[kind] = {name: getattr(self, name) for name in ("sharing", "tally", "target", "share", "note")}
        ends = [self.ends[kind] for kind in self.s.traces]
        grids = [self.givers, *(end[name] for end in ends for name in ("target", "share"))]
        scale = max(grid.scale_of_fill for grid in grids)
        for grid in grids:
            grid.scale_of_fill = scale
        self.came = Slot(*NOTE)
        first = Column(Column(self.givers, self.came, gap=0.0), self.share, gap=0.1)
        columns = [Column(end["target"], end["note"], gap=0.0) for end in ends]
        items: list[Any] = [first, self.factors, *columns]
        cell, shown = self.fit(*items), [self.givers, self.factors, *(end["target"] for end in ends)]
        self.is_narrow = len(ends) > 1 and (cell < TINY or not all(grid.has_numbers for grid in shown))
        if self.is_narrow:
            items = [first, Column(self.factors, ends[1]["note"], gap=0.0), columns[0]]
        self.place(items, later=[end["share"] for end in ends[1:]])

    def begin(self, kind: str) -> None:
        """Turn to a pooling."""
        x, is_first = self.factors, kind == next(iter(self.s.traces))
        vars(self).update(self.ends[kind])
        self.place_of_window = x
        if self.is_narrow and not is_first:
            self.vanish(x)
            self.target.settle(x.box.left, x.top, self.cell)
            self.appear(self.target)
            self.place_of_window = self.target
        elif not is_first:
            x.become(self.sharing.factors.values)
        self.instead(self.share)
        self.prepare(kind, self.s.traces[kind])

    def balance(self) -> None:
        """Compare what has arrived with what came in."""
        self.vanish(self.slot)
        (sentence, fields), totals = words.balance(self.s)
        notes = [self.came, *(self.ends[kind]["note"] for kind in self.s.traces)]
        with self.beat(sentence, focus=[self.givers], **fields):
            for note, total in zip(notes, totals, strict=True):
                self.write(note, [(f"{say('sum')} ", self.theme.muted), (cell_text(total), self.theme.gradient)])
                self.appear(note)
                self.hold(0.5)
            self.rest(1.0)
        if not self.is_narrow:
            self.add(*(Outline(self.factors, cell, color=self.theme.highlight) for cell in dict.fromkeys(self.won)))
        self.close(words.CLOSES[self.s.mode], focus=[end["target"] for end in self.ends.values()])
