"""Gradients on their way back through a pooling, one telling: by max to the winner, by average in equal shares."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.stories import routing_words as words
from cnnviz.stage.stories.shares import HandingOut
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import as_in_cell
from cnnviz.subjects.pool_gradient import remarkable
from cnnviz.subjects.sharing import Share


class Routing(HandingOut):
    """Every cell of dY hands its gradient to its window: a maximum to one cell, an average to all.

    Attributes
    ----------
    note : Slot
        Where it is written how a cell grows, or what each one gets.
    won : list of (row, column)
        The cells of X that have won a window so far.
    """

    finds: Template = ""
    adds: Template = "The next window hands out its gradient."
    apart: Template = "The next window hands out its gradient, to cells of its own."
    note: Slot
    won: list[Any]

    def prepare(self, kind: str, trace: Any) -> None:
        """Begin the telling of a pooling."""
        self.kind, self.trace = kind, trace
        self.gives = words.GIVES["tie" if len(trace[0].argmaxes) > 1 else kind]
        self.lands, self.runs, self.meets = words.LANDS[kind], words.RUNS[kind], words.MEETS[kind]
        self.landing = Outline(self.target, (0, 0), *trace.forward.kernel_size, color=self.theme.kernel)
        self.rings: list[Outline] = []

    def told(self, share: Share) -> dict[str, Any]:
        """Return what sentences may name of a window."""
        step = self.trace[share.index]
        count = step.divisor or step.values.size
        return {**super().told(share), "largest": as_in_cell(float(step.values.max())), "count": count}

    def stand(self, share: Share) -> None:
        """Mark the window, and its largest numbers."""
        super().stand(share)
        self.mark(share)

    def give(self, step: Any) -> None:
        """Hand out, and mark the window and its largest numbers."""
        super().give(step)
        self.mark(self.sharing[step.index])

    def mark(self, share: Share) -> None:
        """Mark where a share lands, and each of the largest numbers of its window, the first one strongly."""
        (above, _), (before, _) = self.trace.forward.padding
        cells = [(row + above, column + before) for row, column in self.trace[share.index].argmaxes]
        self.remove(*self.rings)
        ink = self.theme.highlight
        self.rings = [Outline(self.factors, cell, color=ink, width=2.0 if i else 5.0) for i, cell in enumerate(cells)]
        self.won += cells[:1]
        self.landing.lay(self.where(share))
        self.add(self.landing, *self.rings)

    def follow(self, trace: Any, start: int) -> None:
        """Of a maximum, stop at the first number that wins again and at the first tie."""
        if self.kind == "avg":
            super().follow(trace, start)
            return
        tie, again = remarkable(trace)
        tie = tie if self.gives == words.GIVES["max"] else None
        for number, stop in enumerate(sorted(i for i in (tie, again) if i is not None and i >= start)):
            if start < stop:
                self.run(trace[start:stop], words.FOLLOWS[number])
            self.draw_level(self.sharing[stop]) if stop == tie else self.overlap(self.sharing[stop])
            start = stop + 1
        with self.beat(self.runs, focus=[self.target, self.factors]):
            self.walk(trace[start:], self.window, self.give, seconds=min(7.0, 0.8 * len(trace[start:])))
            self.factors.only(self.won)
            self.target.rewrite(dict.fromkeys(set(self.target.everywhere()) - self.target.shown, 0.0))
            self.rest(1.5)

    def approach(self, share: Share) -> None:
        """Move on, without what was written of the window before and without its rings."""
        self.note.clear()
        self.remove(self.landing, *self.rings)
        super().approach(share)

    def draw_level(self, share: Share) -> None:
        """Tell of a window with several largest numbers."""
        self.approach(share)
        with self.beat(words.GIVES["tie"], focus=self.rings, **self.told(share)):
            self.rest(1.5)
            self.carry(share)
            self.rest(0.6)

    def taken(self, share: Share) -> Any:
        """Let only the winner take something, where there is one."""
        step = self.trace[share.index]
        return [(at, cell) for at, cell in super().taken(share) if step.argmax is None or step.share[at]]

    def land(self, share: Share) -> None:
        """Let a share land, and write how a cell grows, or what each of them gets."""
        at, cell = self.taken(share)[0]
        before, more = float(self.tally.values[cell]), float(share.numbers[at])
        self.write(self.note, words.note(self.trace[share.index], before, more, self.theme))
        super().land(share)

    def write(self, note: Slot, runs: Any) -> None:
        """Write below a grid, no wider than that."""
        room = max(note.box.width, self.target.box.width)
        note.put_line(runs, size_within(room, LABEL, *(text for text, _ in runs)))
