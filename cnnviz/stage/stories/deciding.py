"""The end of a forward pass: scores become shares, the largest one is the answer, and sometimes it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut

from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import NOTE, RESULT, SMALLEST, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.passage import Passage
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import blocks
from cnnviz.stage.pictures.wall import largest
from cnnviz.stage.place import Column, Item
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.stage.stories.lining import Lining
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.seen import Seen
from cnnviz.subjects.volumes import maps_at

BEST = 10  # classes that get a bar
_LONGEST = 22  # letters of a name
_BARS, _ROW, _TALL_ROW = 2.8, 0.38, 0.32  # units: width of bars without names, and height of one
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
        self.move_up(above, upper)
        with self.beat(sentence, right=right, asked=s.asked, focus=[below.digit]):
            tiles, tile = self.tested(below)
            count = Label(f"{right:,} / {s.asked:,}", RESULT, self.theme.text, at=self.above(tiles), bold=True)
            self.appear(*tiles, count, seconds=0.4)
            self.rest(1.0)
            self.play(Resettle(below.digit, tile), run_time=1.0)
            self.appear(*lower[:1], seconds=0.2)
        sentence = "Written as {label}. Same layers, same weights, other numbers: what does it read?"
        with self.beat(sentence, label=str(label), focus=[below.digit]):
            self.vanish(count, *tiles)
            self.appear(*below.edges, below.chart)
            for volume, edges in zip(below.volumes, below.edges, strict=True):
                self.play(FadeIn(volume), FadeOut(edges), run_time=0.3)
            best = int(np.argmax(shares := self.shares(seen)))
            self.play(below.bars.grow(shares), run_time=1.0)
            below.bars.show(shares, best=best)
            self.appear(*lower[1:])
        bar = below.bars.rectangles[best]
        with self.beat("Its largest share says {answer}, and that is wrong.", answer=answer, focus=[bar]):
            self.rest(0.6)
        return [above.digit, below.digit]

    def move_up(self, above: Passage, words: list[Label]) -> None:
        """Let the row make room below: its blocks and shares travel, the rest goes."""
        pairs = [(above.digit, self.stops[0].volume), (above.chart, self.made)]
        pairs += zip(above.volumes, (stop.volume for stop in self.stops[1:]), strict=True)
        stood = [old for _, old in pairs]
        gone = [FadeOut(part, rate_func=SOON) for part in self.home if part not in stood]
        self.remove(*stood)
        moves = [Resettle(new, old.box, new.top) for new, old in pairs]
        self.play(*gone, *moves, FadeIn(*words, rate_func=LATE), run_time=1.2)
        self.is_home = False

    def tested(self, below: Passage) -> tuple[list[Tiles], Box]:
        """Make a square for each held-out digit, those that are misread in red; return them, and that of the one."""
        s, theme, room, digit = self.s, self.theme, self.room, below.digit.box
        box = Box(digit.right + 2 * _APART, digit.bottom, room.right, digit.top - 2 * _APART)
        if not below.is_row:
            box = Box(room.left, room.bottom, room.right, digit.bottom - 2 * _APART)
        across, side = largest(s.asked, (1.0, 1.0), (box.width, box.height), gap=0.0)
        every = []
        for at in range(s.asked):
            left, top = box.left + at % across * side, box.top - at // across * side
            every.append(Box(left + 0.1 * side, top - 0.9 * side, left + 0.9 * side, top - 0.1 * side))
        right = [each for at, each in enumerate(every) if at not in s.wrong]
        wrong = [every[at] for at in s.wrong]
        return [Tiles(right, fill=theme.output), Tiles(wrong, fill=theme.negative)], wrong[0]

    def above(self, tiles: list[Tiles]) -> tuple[float, float]:
        """Return the place of a line above squares."""
        x, y, _ = tiles[0].get_top()
        return float(x), float(y) + _APART

    def passage(self, seen: Seen) -> Passage:
        """Make the whole way of a picture through the network, for one half of the stage."""
        picture, made = seen.picture, blocks(self.stations, maps_at(self.stations, seen), seen.picture)
        digit = Grid(picture.values[0], "input", photo=picture.peak, form="pixels")
        draw = partial(self.drawer(), size=SMALLEST)
        return Passage(digit, made[1:], draw, self.room.width, (self.room.height - _APART) / 2)
