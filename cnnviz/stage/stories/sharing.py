"""One convolution beside two layers that make the same map without sharing, and what sharing saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut, smooth, squish_rate_func

from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template
from cnnviz.stage.layout import RESULT, SMALLEST
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.pile import Pile
from cnnviz.stage.pictures.plates import Plates
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.stories import summary_words as words
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.summaries import Fair, times

KINDS: tuple[Template, ...] = ("dense", "local", "shared")
LARGE = 22  # the largest type of arithmetic
_ABREAST = 9.0  # units from which on three layers stand side by side
_PALE = squish_rate_func(smooth, 0.1, 0.75)  # what goes stays to be seen until what grows out of it is large


class Sharing(Scene):
    """Two ``piles`` of layers with their ``sums``; of the second one, a convolution is looked at alone."""

    piles: list[Pile]
    sums: list[Reckoning]

    def share(self, fair: Fair) -> None:
        """Build one convolution densely, and with weights of its own at each place."""
        second, (dense, local, shared), ink = self.piles[1], fair.counts, self.theme.highlight
        with self.beat("Take one convolution alone. What would the same map cost without sharing?") as beat:
            self.vanish(*self.sums)
            self.point(*second.mark(fair.part))
            block = second.blocks[fair.part].box
            self.wire(fair)
            for plates in self.plates:
                plates.take(plates.heading)  # three names in one place cannot be read
            grown = [Resettle(plates, block) for plates in self.plates]
            self.play(*(FadeOut(pile, rate_func=_PALE) for pile in self.piles), *grown, run_time=1.4)
            beat.focus = [Label("?", RESULT, ink, at=plates.whole.center, bold=True) for plates in self.plates]
            self.play(*(FadeIn(plates.heading) for plates in self.plates), *map(FadeIn, beat.focus), run_time=0.5)
            for plates in self.plates:
                self.remove(plates.heading)
                plates.append(plates.heading)
            self.rest(1.6)
        self.show(fair, 0, beat.focus, "Dense: each cell reads the whole block.")
        self.show(fair, 1, beat.focus, "Local: other weights at each place.")
        self.show(fair, 2, beat.focus, "Shared: one set of weights for all places.")
        told: Template = "Being local saves {local} times here, sharing {shared} more: {times} in all."
        fields: dict[str, Any] = {
            "local": times(dense, local),
            "shared": times(local, shared),
            "times": times(dense, shared),
        }
        self.quotient(self.lines[0], 2, (dense, shared))
        self.close(told, focus=self.plates[2], **fields)

    def wire(self, fair: Fair) -> None:
        """Find places for a layer of each kind, side by side or one below the other, and for its arithmetic."""
        stage, most = self.frame.stage, fair.counts[0]
        widest = [*fair.weights, f"{fair.products[0]} = {most:,}", f"{most:,} / {fair.counts[1]:,} ≈ 00.0"]
        wide, least = (stage.width - 1.0) / 3, max(text_width(text, SMALLEST) for text in widest)
        abreast = stage.width > _ABREAST and least < wide
        wide = wide if abreast else max(0.52 * stage.width, least)
        self.lines = [Reckoning(wide, 3, widest=widest, size=LARGE) for _ in KINDS]
        high = stage.height - self.lines[0].extent(0.0)[1] - 0.1 if abreast else (stage.height - 0.5) / 3
        room = (wide if abreast else stage.width - wide - 0.4), high - TITLE_HEIGHT
        self.plates = [Plates(kind, fair, which, *room) for which, kind in enumerate(KINDS)]
        pairs = [*zip(self.plates, self.lines, strict=True)]
        if abreast:
            self.fit(Row(*(Column(*pair, gap=0.1) for pair in pairs), gap=0.5))
        else:
            self.fit(Column(*(Row(*pair, gap=0.4) for pair in pairs), gap=0.25))
        self.add(*self.lines)

    def show(self, fair: Fair, which: int, asked: list[Label], told: Template) -> None:
        """Give every cell its weights, and count them."""
        plates, lines, counts = self.plates[which], self.lines[which], fair.counts
        with self.beat(told, focus=plates.whole):
            lines.reckon(self, 0, (fair.weights[which], "kernel"))
            plates.sweep(self, 2.0)
        with self.beat("{count} parameters.", count=counts[which], focus=plates.whole):
            self.remove(asked[which])
            plates.grow(self, 0.6)
            lines.reckon(self, 1, (fair.products[which], "kernel"), (f" = {counts[which]:,}", "text"))
            if which:
                self.quotient(lines, 2, counts[which - 1 : which + 1])

    def quotient(self, lines: Reckoning, line: int, counts: Sequence[int]) -> None:
        """Write how many times the smaller count the larger one is."""
        less, more = sorted(counts)
        lines.reckon(self, line, (f"{more:,} / {less:,} ", "muted"), (words.quotient(more, less), "text"))
