"""Two summaries: a dense network and a CNN, counted layer by layer, and where sharing weights saves."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Column, Reckoning, Row, Slot, say
from cnnviz.stage.layout import LABEL, PIXELS_PER_UNIT
from cnnviz.stage.pictures.diagram import word
from cnnviz.stage.pictures.pile import Pile, Redrawn
from cnnviz.stage.pictures.stop import blocks
from cnnviz.stage.stories import summary_words as words
from cnnviz.stage.stories.sharing import LARGE, Sharing
from cnnviz.stage.text import text_width
from cnnviz.subjects.station import Station
from cnnviz.subjects.summaries import Read

LINES, SUMS = 6, 4.0  # of arithmetic beside a pile, and the room for them
LARGER_TYPE = 30  # of quotients
LARGER = 0.65  # share of the pile that is counted


class TwoSummaries(
    Sharing,
    subject=subjects.Summaries,
    takeaway="Near and shared weights make one layer thousands of times smaller than a dense one.",
    concepts=("parameters", "summary", "dense layer", "weight sharing", "multiply-accumulate"),
    seconds=52,
):
    """A dense network and a CNN, layer by layer: parameters, operations, and where sharing saves."""

    title = "Two summaries"
    subtitle = "parameters, layer by layer"

    subject: subjects.Summaries

    def tell(self, s: subjects.Summaries) -> None:
        """Count both, compare them, and look at one layer."""
        self.build(s)
        for pile, lines, net in zip(self.piles, self.sums, s.read, strict=True):
            self.stand(LARGER if pile is self.piles[0] else 1 - LARGER)
            self.count(pile, lines, net)
        self.stand(0.5)
        more, ratio = s.compare(s.totals)
        with self.beat(words.many(ratio), net=s.read[more].name, ratio=ratio, focus=[each.bar for each in self.piles]):
            self.vanish(*self.sums)
            said = self.sums[0] = self.larger(s)
            self.quotient(said, 0, s.totals)
            frame = self.piles[1 - more].lay_on(self, self.piles[more])
            self.rest(1.0)
        more, ratio = s.compare(s.macs)
        self.vanish(frame)
        self.stand(0.5, works=True)
        with self.beat(words.work(ratio, usual=s.is_usual), net=s.read[more].name, ratio=ratio) as beat:
            beat.focus = [pile.work(self, 0.7) for pile in self.piles]
            self.quotient(said, 1, s.macs)
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
        self.arrange(self.order(self.sums))
        self.done, self.steps = 0, len(parts) - 2
        asked = [each.ask() for each in self.piles]
        with self.beat("Two networks: which one has more numbers to learn?", focus=asked):
            self.appear(*asked)
            self.point(*asked)
        self.remove(*asked)

    def stand(self, share: float, *, works: bool = False) -> None:
        """Give the first pile a share of the height, and the second one the rest."""
        share = 0.5 if self.is_tall else share
        if share == 0.5 and self.is_tall and not works:
            return
        before = [[part.points.copy() for part in pile.get_family() if part.has_points()] for pile in self.piles]
        for pile, each in zip(self.piles, (share, 1 - share), strict=True):
            pile.claim(2 * self.high * each, works=works)
        kept = [Slot(*each.extent(0.0)) for each in self.sums]  # the lines stay where they are
        self.fit(self.order(kept))
        self.play(*map(Redrawn, self.piles, before), run_time=0.6)

    def larger(self, s: subjects.Summaries) -> Reckoning:
        """Make room for how many times as many one has, in larger type, where the sums have been."""
        pairs = [(max(pair), min(pair)) for pair in (s.totals, s.macs)]
        widest = [f"{more:,} / {less:,} {words.quotient(more, less)}" for more, less in pairs]
        room = self.sums[0].box
        made = Reckoning(room.width, 4, widest=widest, size=LARGER_TYPE)
        made.settle(room.left, room.top, 0.0)
        self.add(made)
        return made

    def order(self, sums: Sequence[Slot]) -> Column | Row:
        """Set the sums beside the piles, or each below its own."""
        if self.is_tall:
            return Column(*[one for pair in zip(self.piles, sums, strict=True) for one in pair], gap=0.2)
        return Row(Column(*self.piles, gap=0.2), Column(*sums, gap=0.2), gap=0.4)

    def count(self, pile: Pile, lines: Reckoning, net: Read) -> None:
        """Let the numbers of a network fall onto its pile, layer by layer, each with its sum."""
        start, most = net.costly[0], max(net.parameters)
        told, fields = words.first(net, start)
        with self.beat(told, focus=pile.boxes[start], **fields):
            for index in range(1, start + 1):
                self.one(pile, lines, net, index)
            self.rest(0.8)
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
            pile.drop(self, index, 0.7 if index == net.costly[0] else 0.5)
            at = net.costly.index(index) % (LINES - 1)
            if not at:
                lines.clear()
            text = net.sum_of(index)
            runs = (text, "kernel"), (f" = {count:,}", "text")
            plain = (f"{word(net.parts[index])}  ", "muted"), (f"{count:,}", "text")
            lines.reckon(self, at, *(runs if text else plain))
