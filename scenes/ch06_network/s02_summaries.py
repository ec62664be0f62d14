"""Two summaries: a dense network and a CNN, counted layer by layer, and where sharing weights saves."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Diagram, Reckoning, Row, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import LABEL, NOTE, Box
from cnnviz.stage.stories import summary_words as words
from cnnviz.stage.stories.counting import LINES, Counting
from cnnviz.subjects.summaries import Fair, Read

KINDS: tuple[Template, ...] = ("dense", "local", "shared")


class TwoSummaries(
    Counting,
    subject=subjects.Summaries,
    takeaway="Shared weights save thousands of times in a layer, yet hardly anything in this whole network.",
    concepts=("parameters", "summary", "dense layer", "weight sharing", "multiply-accumulate"),
    seconds=48,
):
    """A dense network and a CNN, layer by layer: parameters, operations, and where sharing saves."""

    title = "Two summaries"
    subtitle = "parameters, layer by layer"

    subject: subjects.Summaries

    def tell(self, s: subjects.Summaries) -> None:
        """Count both, compare them, and look at one layer."""
        self.build(s)
        for diagram, net in zip(self.pair, s.read, strict=True):
            self.count(diagram, net)
        more, ratio = s.compare(s.totals)
        with self.beat(words.many(ratio), net=s.read[more].name, ratio=ratio, focus=self.pair[more]):
            self.set_against(0, s.totals)
            self.rest(1.0)
        more, ratio = s.compare(s.macs)
        with self.beat(words.work(ratio, usual=s.is_usual), net=s.read[more].name, ratio=ratio, focus=self.pair):
            self.replace(work=True)
            self.set_against(1, s.macs)
        if s.fair is not None:
            self.share(s, s.fair)
        else:
            self.close("Parameters and work are two things: count both.", focus=self.pair)

    def build(self, s: subjects.Summaries) -> None:
        """Set both networks, and ask."""
        stage, parts, wide = self.frame.stage, [each.parts for each in s.read], self.frame.is_wide
        tall = self.frame.height > self.frame.width
        width = stage.width if tall else 0.48 * stage.width if wide else 0.6 * stage.width
        self.aside, self.last = not wide and not tall, LINES - 1
        self.lines = Reckoning(0.37 * stage.width if self.aside else width, LINES, widest=s.arithmetic)
        high, most, both = stage.height - 0.3, max(map(len, parts)) + 1, sum(map(len, parts)) + 2
        if wide:  # a line takes as much of the height in each
            high = min(high, (high - self.lines.extent(0.0)[1]) * most / (len(parts[0]) + 1))
        else:
            high = (high - (self.lines.extent(0.0)[1] + 0.3) * tall) * most / both
        if self.aside:  # beside the summaries there is room for more
            self.last = int(LINES * high * both / most / self.lines.extent(0.0)[1]) - 1
            self.lines = Reckoning(0.37 * stage.width, self.last + 1, widest=s.arithmetic)
        self.pair = first, second = Diagram.alike(parts, [each.name for each in s.read], width, high)
        if wide:
            self.arrange(Row(Column(first, self.lines), second, gap=0.5))
        else:
            both = Column(first, second, gap=0.2)
            self.arrange(Column(both, self.lines) if tall else Row(both, self.lines, gap=0.3))
        self.columns, self.done, self.steps = list[Any](), 0, sum(map(len, parts)) - 2
        with self.beat("Two networks: which one has more numbers to learn?", focus=[each.row(0) for each in self.pair]):
            self.counted = [self.column(*each) for each in zip(self.pair, s.read, strict=True)]
            for index in range(max(map(len, parts))):
                for each in self.pair:
                    if index < len(each.parts):
                        self.appear(each.part(index), into=each, seconds=0.15)
            self.appear(*(bars for _, bars in self.counted), seconds=1.6)

    def count(self, diagram: Diagram, net: Read) -> None:
        """Let the numbers of a network come line by line, each with its sum."""
        head, bars = self.counted.pop(0)
        start, most = net.costly[0], max(net.parameters)
        told, fields = words.first(net, start)
        with self.beat(told, focus=diagram.row(start), **fields):
            self.appear(head[0])
            for index in range(1, start + 1):
                self.one(diagram, net, index, bars, 0.8)
        ties = [diagram.row(index) for index, count in enumerate(net.parameters) if count == most]
        with self.beat(words.whole(len(ties)), total=sum(net.parameters), most=most, focus=ties):
            for index in range(start + 1, len(net.parts)):
                self.one(diagram, net, index, bars, 0.4)
            self.appear(head[1])
            self.rest(1.0)
        self.vanish(self.lines)

    def share(self, s: subjects.Summaries, fair: Fair) -> None:
        """Build one convolution densely, and with weights of its own at each place."""
        row, (dense, local, shared) = self.pair[1].row(fair.part), fair.counts
        with self.beat("Take one convolution alone. What would the same map cost without sharing?", focus=row):
            self.vanish(self.lines)
            self.replace(work=False)
            self.set_against(0, s.totals)
            self.point(row)
        room = self.lines.below(1)
        box = Box(room.left, room.bottom + room.height / self.last, room.right, room.top)
        look: dict[str, Any] = {
            "role": "kernel",
            "peak": dense,
            "write": written,
            "widest": written(dense),
            "upward": self.aside,
        }
        chart = Bars([*map(say, KINDS)], box, theme=self.theme, size=NOTE if self.aside else LABEL, **look)
        self.add(chart)
        rails = [chart.bar_box(index, dense) for index in range(len(KINDS))]
        with self.beat("Dense: {dense} parameters.", dense=dense, focus=rails[0]):
            self.play(chart.grow(fair.counts), run_time=1.2)
            chart.show(fair.counts, best=0)
            self.rest(1.0)
        with self.beat("Local: other weights at each place, {local} of them.", local=local, focus=rails[1]):
            self.point(rails[1])
        with self.beat("Shared: {shared}. Dense has {times} times as many.", shared=shared, times=fair.times) as beat:
            beat.focus = [rails[2]]
            self.set_against(self.last, (dense, shared))
        ratio = s.compare(s.totals)[1]
        self.close(words.shared(usual=s.is_usual), times=fair.times, ratio=ratio, focus=[row, box])
