"""Two summaries: a dense network and a CNN, counted layer by layer, and where sharing weights saves."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Made, Reckoning, Scene, Slot, Table, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL, PIXELS_PER_UNIT
from cnnviz.stage.pictures.diagram import word
from cnnviz.stage.pictures.pile import Pile
from cnnviz.stage.pictures.stop import blocks
from cnnviz.stage.stories import summary_words as words
from cnnviz.stage.text import text_width
from cnnviz.subjects.station import Station
from cnnviz.subjects.summaries import Fair, Read, times

KINDS: tuple[Template, ...] = ("dense", "local", "shared")
LINES, SUMS, LARGE = 6, 4.0, 22  # of arithmetic beside a pile, the room for them, and the largest type


class TwoSummaries(
    Scene,
    subject=subjects.Summaries,
    takeaway="Near and shared weights make one layer thousands of times smaller than a dense one.",
    concepts=("parameters", "summary", "dense layer", "weight sharing", "multiply-accumulate"),
    seconds=49,
):
    """A dense network and a CNN, layer by layer: parameters, operations, and where sharing saves."""

    title = "Two summaries"
    subtitle = "parameters, layer by layer"

    subject: subjects.Summaries

    def tell(self, s: subjects.Summaries) -> None:
        """Count both, compare them, and look at one layer."""
        self.build(s)
        for pile, lines, net in zip(self.piles, self.sums, s.read, strict=True):
            self.count(pile, lines, net)
        more, ratio = s.compare(s.totals)
        with self.beat(words.many(ratio), net=s.read[more].name, ratio=ratio, focus=[each.bar for each in self.piles]):
            self.vanish(*self.sums)
            self.set_against(0, s.totals)
            frame = self.piles[1 - more].lay_on(self, self.piles[more])
            self.rest(1.0)
        more, ratio = s.compare(s.macs)
        self.vanish(frame)
        works = [pile.work(self, 0.5) for pile in self.piles]
        with self.beat(words.work(ratio, usual=s.is_usual), net=s.read[more].name, ratio=ratio, focus=works):
            self.set_against(1, s.macs)
            self.piles[more].measure(self, self.piles[1 - more])
        if s.fair is not None:
            self.share(s.fair)
        else:
            self.close("Parameters and work are two things: count both.", focus=[each.bar for each in self.piles])

    def build(self, s: subjects.Summaries) -> None:
        """Set the blocks of both networks, and ask."""
        stage, self.is_tall = self.frame.stage, self.frame.height > self.frame.width
        parts = [part for net in s.read for part in net.parts]
        made = blocks([Station((), part.kind, part.shape, part.parameters) for part in parts], None, None)
        cut, most = len(s.read[0].parts), (max(s.totals), max(s.macs))
        wide = stage.width if self.is_tall else stage.width - SUMS - 0.4
        size = LARGE if self.is_tall else min(LARGE, stage.height / 2 / LINES / 1.8 * PIXELS_PER_UNIT)
        self.sums = [Reckoning(SUMS, LINES, widest=s.arithmetic, size=size) for _ in s.read]
        below = sum(each.extent(0.0)[1] + 0.2 for each in self.sums) if self.is_tall else 0.0
        self.high = (stage.height - below - 0.2) / 2
        named = max(text_width(say(net.name), LABEL, bold=True) for net in s.read)
        pairs = zip(s.read, (made[:cut], made[cut:]), strict=True)
        self.piles = [Pile(net.name, net.parts, own, wide, self.high, most, named) for net, own in pairs]
        rows = [*zip(self.piles, self.sums, strict=True)]
        self.arrange(
            Column(*[one for row in rows for one in row], gap=0.2) if self.is_tall else Table(*rows, gap=(0.4, 0.2))
        )
        self.done, self.steps = 0, len(parts) - 2
        asked = [each.ask() for each in self.piles]
        with self.beat("Two networks: which one has more numbers to learn?", focus=asked):
            self.appear(*asked)
            self.point(*asked)
        self.remove(*asked)

    def count(self, pile: Pile, lines: Reckoning, net: Read) -> None:
        """Let the numbers of a network fall onto its pile, layer by layer, each with its sum."""
        start, most = net.costly[0], max(net.parameters)
        told, fields = words.first(net, start)
        with self.beat(told, focus=pile.boxes[start], **fields):
            for index in range(1, start + 1):
                self.one(pile, lines, net, index)
            self.rest(1.0)
        if start + 1 < len(net.parts):
            with self.beat("Every other layer counts the same way.", focus=pile.boxes[-1]):
                for index in range(start + 1, len(net.parts)):
                    self.one(pile, lines, net, index)
        ties = [box for box, count in zip(pile.boxes, net.parameters, strict=True) if count == most]
        with self.beat(words.whole(len(ties)), total=sum(net.parameters), most=most, focus=ties):
            last = min(len(net.costly), LINES - 1)
            lines.reckon(self, last, (f"{say('parameters')}  ", "kernel"), (f"{sum(net.parameters):,}", "text"))
            self.point(*ties)

    def one(self, pile: Pile, lines: Reckoning, net: Read, index: int) -> None:
        """Let one layer's numbers fall, and write how many they are."""
        self.done += 1
        self.step(self.done, self.steps, noun="part")
        if count := net.parameters[index]:
            pile.drop(self, index, 0.7)
            at = net.costly.index(index) % (LINES - 1)
            if not at:
                lines.clear()
            text = net.sum_of(index)
            runs = (text, "kernel"), (f" = {count:,}", "text")
            plain = (f"{word(net.parts[index])}  ", "muted"), (f"{count:,}", "text")
            lines.reckon(self, at, *(runs if text else plain))

    def set_against(self, line: int, counts: Sequence[int]) -> None:
        """Write how many times the smaller count the larger one is."""
        less, more = sorted(counts)
        self.sums[0].reckon(self, line, (f"{more:,} / {less:,} ", "muted"), (words.quotient(more, less), "text"))

    def share(self, fair: Fair) -> None:
        """Build one convolution densely, and with weights of its own at each place."""
        (first, second), (dense, local, shared) = self.piles, fair.counts
        stage, look = self.frame.stage, {"role": "kernel", "peak": dense, "write": written, "widest": written(dense)}
        kept = [Slot(*self.sums[0].extent(0.0))] if self.is_tall else []  # the lines stay where they are
        high = stage.height - self.high - 0.2 - sum(each.extent(0.0)[1] + 0.2 for each in kept)
        made = Made(stage.width, high, lambda box: Bars([*map(say, KINDS)], box, theme=self.theme, size=LABEL, **look))
        with self.beat("Take one convolution alone. What would the same map cost without sharing?") as beat:
            self.vanish(*self.sums)
            self.rearrange(Column(second, *kept, made, gap=0.2), gone=[first])
            beat.focus = second.mark(fair.part)
            self.point(*beat.focus)
        rails = [(chart := made.made).bar_box(index, dense) for index in range(len(KINDS))]
        with self.beat("Dense: {dense} parameters.", dense=dense, focus=rails[0]):
            self.grow(chart, fair, 1)
        with self.beat("Local: other weights at each place, {local} of them.", local=local, focus=rails[1]):
            self.grow(chart, fair, 2)
            self.set_against(3, (dense, local))
        with self.beat("Shared: one set of weights for all places, {shared}.", shared=shared, focus=rails[2]):
            self.grow(chart, fair, 3)
            self.set_against(4, (local, shared))
        told: Template = "Being local saves {local} times here, sharing {shared} more: {times} in all."
        fields = {"local": times(dense, local), "shared": times(local, shared), "times": times(dense, shared)}
        self.set_against(5, (dense, shared))
        self.close(told, focus=[*beat.focus, made.box], **fields)

    def grow(self, chart: Bars, fair: Fair, upto: int) -> None:
        """Let the next bar grow, with its sum."""
        counts = [*fair.counts[:upto], *[0] * (len(KINDS) - upto)]
        self.play(chart.grow(counts), run_time=0.7)
        chart.show(counts, upto=upto)
        self.sums[0].reckon(self, upto - 1, (fair.products[upto - 1], "kernel"), (f" = {counts[upto - 1]:,}", "text"))
