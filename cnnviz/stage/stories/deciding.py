"""The end of a forward pass: scores become shares, the largest one is the answer, and sometimes it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, smooth, squish_rate_func

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE, RESULT, SMALLEST
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.passage import Passage
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import blocks
from cnnviz.stage.place import Column, Item
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.stage.stories.lining import Lining
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.seen import Seen
from cnnviz.subjects.volumes import maps_at

BEST = 10  # classes that get a bar
_LONGEST = 22  # letters of a name
_BARS, _ROW, _TALL_ROW = 2.8, 0.38, 0.32  # units: width of bars without names, and height of one
_NEXT = squish_rate_func(smooth, 0.35, 1.0)  # as soon as what stood there is gone
_APART = 0.3  # units, of the digit that is read right and the one that is not


class Deciding(Lining):
    """From scores to an answer."""

    def answers(self) -> Item | None:
        """Make the bars of the classes, and room for what is written about the answer."""
        if self.s.answer is None:
            return None
        self.chosen, stage = self.choose(self.s.seen), self.frame.stage
        names = [self.s.called(one)[:_LONGEST] for one in self.chosen]
        wide, row = stage.width, _TALL_ROW
        if stage.width > stage.height:
            wide, row = _BARS + max(text_width(name, NOTE, bold=True) for name in names), _ROW
        self.made = Made(wide, row * len(names), self.drawer())
        self.said = Slot(wide, 0.8)
        return Column(self.made, self.said, gap=0.1)

    def decide(self) -> None:
        """Turn the scores into shares, and say which is the largest."""
        s, seen, last = self.s, self.s.seen, len(self.stops) - 1
        self.bars: Bars = self.made.made
        count = len(seen.record.output[0])
        with self.beat("Softmax makes shares of all {total} scores; together they are 1.", total=f"{count:,}") as beat:
            self.come_back()
            if last == self.risen:
                self.rise(last)
            self.fill(seen)
            beat.focus = [self.bars.rectangles[self.bars.best or 0]]
        sentence, fields = self.verdict()
        with self.beat(sentence, focus=[self.stops[0].volume.front], **fields):
            self.sign(s.called(s.answer), s.label)
            self.rest(0.6)

    def drawer(self) -> Callable[..., Bars]:
        """Return what draws bars without values into a box."""
        names, theme = [self.s.called(one)[:_LONGEST] for one in self.chosen], self.theme
        return lambda box, size=NOTE: Bars(names, box, theme=theme, widest="> 99.9 %", size=size)

    def choose(self, seen: Seen) -> list[int]:
        """Return the classes that get a bar: all of few, else those with the largest shares."""
        assert seen.shares is not None
        best = np.argsort(-seen.shares, kind="stable")[:BEST].tolist()
        return sorted(best) if len(seen.shares) <= BEST else best

    def fill(self, seen: Seen) -> None:
        """Let the bars grow to the shares, and point out the largest."""
        shares = self.shares(seen)
        self.play(self.bars.grow(shares), run_time=1.0)
        self.bars.show(shares, best=int(np.argmax(shares)))

    def shares(self, seen: Seen) -> list[float]:
        """Return the shares of the classes that have a bar."""
        assert seen.shares is not None
        chosen: list[float] = seen.shares[self.chosen].tolist()
        return chosen

    def verdict(self) -> Said:
        """Say what the answer is, and whether it is right where that is known."""
        s, answer = self.s, self.s.called(self.s.answer)
        if not s.seen.learned:
            return "It says {answer}, by chance: this network has not learned yet.", {"answer": answer}
        if s.label is None:
            return "The network says {answer}.", {"answer": answer}
        if s.label == s.answer:
            return "The network says {answer}, and that is right.", {"answer": answer}
        return "The network says {answer}, but somebody wrote {label}.", {"answer": answer, "label": str(s.label)}

    def sign(self, answer: str, label: int | None) -> None:
        """Write below the picture what it was read as, and what it is."""
        theme, box = self.theme, self.said.box
        x, top = box.center[0], box.top - 0.22
        wrong = label is not None and answer != str(label)
        read = Label(
            say("read as {answer}", answer=answer[:_LONGEST]),
            NOTE + 6,
            theme.negative if wrong else theme.output,
            at=(x, top - 0.36),
            bold=True,
        )
        words = [read]
        if label is not None:
            words.append(Label(say("written as {label}", label=str(label)), NOTE + 5, theme.text, at=(x, top)))
        self.add(self.said)
        self.appear(*words, into=self.said)

    def fail(self, seen: Seen, label: int) -> list[Any]:
        """Send a digit through that the network gets wrong, below the one it gets right; return both digits."""
        s, answer, right = self.s, seen.called(seen.answer or 0), self.s.asked - self.s.misread
        sentence: Template = "It reads {right} of {asked} held-out digits right. This one it does not:"
        above, below = self.passage(s.seen), self.passage(seen)
        self.fit(Column(above, below, gap=_APART), room=self.room)
        upper = above.sign(s.called(s.answer), None if s.label is None else str(s.label))
        lower = below.sign(answer, str(label))
        above.bars.show(self.shares(s.seen), best=int(np.argmax(self.shares(s.seen))))
        with self.beat(sentence, right=right, asked=s.asked, focus=[below.digit]):
            self.leave(FadeIn(above.digit, above.chart, *above.volumes, *upper, rate_func=_NEXT))
            at = self.room.center[0], below.digit.box.center[1]
            count = Label(f"{right:,} / {s.asked:,}", RESULT, self.theme.text, at=at, bold=True)
            self.appear(below.digit, count, seconds=0.6)
        sentence = "Written as {label}, read as {answer}: same layers, same weights, other numbers."
        with self.beat(sentence, label=str(label), answer=answer, focus=[below.digit]):
            self.vanish(count)
            self.appear(*below.edges, below.chart, *lower[:1])
            for volume, edges in zip(below.volumes, below.edges, strict=True):
                self.play(FadeIn(volume), FadeOut(edges), run_time=0.3)
            self.play(below.bars.grow(self.shares(seen)), run_time=1.0)
            below.bars.show(self.shares(seen), best=int(np.argmax(self.shares(seen))))
            self.appear(*lower[1:])
        return [above.digit, below.digit]

    def passage(self, seen: Seen) -> Passage:
        """Make the whole way of a picture through the network, for one half of the stage."""
        picture, made = seen.picture, blocks(self.stations, maps_at(self.stations, seen), seen.picture)
        digit = Grid(picture.values[0], "input", photo=picture.peak, form="pixels")
        draw = partial(self.drawer(), size=SMALLEST)
        return Passage(digit, made[1:], draw, self.room.width, (self.room.height - _APART) / 2)
