"""The end of a forward pass: scores become shares, the largest one is the answer, and sometimes it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import FadeIn
from numpy.typing import NDArray

from cnnviz.stage.language import say
from cnnviz.stage.layout import NOTE, Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.stop import Stop, blocks
from cnnviz.stage.pictures.volume import Volume
from cnnviz.stage.place import Column
from cnnviz.stage.stories.kernel_words import Said
from cnnviz.stage.stories.lining import Lining
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.seen import Seen
from cnnviz.subjects.volumes import maps_at

BEST = 10  # classes that get a bar
_LONGEST = 22  # letters of a name
_SIDE, _ROW = 1.9, 4.5  # units, of the picture beside the bars, and of a sequence


class Deciding(Lining):
    """From scores to an answer."""

    def decide(self) -> None:
        """Turn the scores into shares, and say which is the largest."""
        s, seen = self.s, self.s.seen
        self.chosen = self.choose(seen)
        names = [s.called(one)[:_LONGEST] for one in self.chosen]
        wide = 4.4 + max(text_width(name, NOTE, bold=True) for name in names)
        self.picture, self.said = self.face(seen), Slot(_SIDE, 0.8)
        made = Made(wide, min(0.38 * len(names), 0.96 * self.below.height), self.drawer())
        self.stage_act(Column(self.picture, self.said, gap=0.05), made, gap=0.8)
        self.bars: Bars = made.made
        count = len(seen.record.output[0])
        with self.beat("Softmax makes shares of all {total} scores; together they are 1.", total=f"{count:,}") as beat:
            self.show(self.picture, made, self.said)
            self.fill(seen)
            beat.focus = [self.bars.rectangles[self.bars.best or 0]]
        sentence, fields = self.verdict()
        with self.beat(sentence, focus=[self.picture], **fields):
            self.sign(s.called(s.answer), s.label)
            self.rest(0.6)

    def drawer(self) -> Callable[[Box], Bars]:
        """Return what draws bars without values into a box."""
        names, theme = [self.s.called(one)[:_LONGEST] for one in self.chosen], self.theme
        return lambda box: Bars(names, box, theme=theme)

    def choose(self, seen: Seen) -> list[int]:
        """Return the classes that get a bar: all of few, else those with the largest shares."""
        assert seen.shares is not None
        best = np.argsort(-seen.shares, kind="stable")[:BEST].tolist()
        return sorted(best) if len(seen.shares) <= BEST else best

    def face(self, seen: Seen) -> Grid:
        """Make the picture that was read."""
        picture = seen.picture
        if seen.known.is_row:
            return Grid(picture.values[:, 0], "input", side=_ROW / picture.values.shape[2], form="pixels", strip=True)
        gray: NDArray[Any] = picture.values.mean(axis=0)
        look: dict[str, Any] = {"photo": picture.peak, "scale": picture.peak, "form": "pixels"}
        if len(picture.values) > 1:
            look["colors"] = picture.values
        return Grid(gray, "input", side=_SIDE / max(gray.shape), **look)

    def fill(self, seen: Seen) -> None:
        """Let the bars grow to the shares, and point out the largest."""
        assert seen.shares is not None
        shares = seen.shares[self.chosen].tolist()
        self.play(self.bars.grow(shares), run_time=1.0)
        self.bars.show(shares, best=int(np.argmax(shares)))

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
            NOTE + 2,
            theme.negative if wrong else theme.output,
            at=(x, top - 0.32),
            bold=True,
        )
        words = [read]
        if label is not None:
            words.append(Label(say("written as {label}", label=str(label)), NOTE, theme.text, at=(x, top)))
        self.appear(*words, into=self.said)

    def fail(self, seen: Seen, label: int) -> None:
        """Send a digit through that the network gets wrong: same layers, same weights."""
        s, answer = self.s, seen.called(seen.answer or 0)
        with self.beat(
            "It reads {right} of {asked} held-out digits right. This one it does not:",
            right=s.asked - s.misread,
            asked=s.asked,
        ) as beat:
            self.vanish(self.said, self.picture)
            none = [0.0] * len(self.chosen)  # the shares were those of the digit before
            self.play(self.bars.grow(none), run_time=0.4)
            self.bars.show(none)
            self.bars.clear()
            self.drawn.remove(self.picture)
            box = self.picture.box
            self.picture = self.face(seen)
            self.picture.settle(box.left, box.top, 1.0)
            count = Label(
                f"{s.asked - s.misread:,} / {s.asked:,}",
                NOTE + 2,
                self.theme.text,
                at=(self.said.box.center[0], self.said.box.top - 0.22),
            )
            self.show(self.picture, seconds=0.3)
            self.appear(count, into=self.said)
            for stop, again in zip(
                self.stops, blocks(self.stations, maps_at(self.stations, seen), seen.picture), strict=True
            ):
                self.swap(stop, again)
            beat.focus = [self.picture]
        sentence = "Written as {label}, read as {answer}: same layers, same weights, other numbers."
        with self.beat(sentence, label=str(label), answer=answer, focus=[self.picture]):
            self.vanish(self.said)
            self.fill(seen)
            self.sign(answer, label)

    def swap(self, stop: Stop, again: Volume) -> None:
        """Put a block with other numbers in the place of one."""
        box = stop.volume.box
        again.settle(box.left, box.top, stop.volume.cell)
        self.play(FadeIn(again), run_time=0.12)
        self.remove(stop.volume)
        stop.volume = again
