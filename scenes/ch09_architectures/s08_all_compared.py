"""All compared: the same networks by parameters, by operations and by layers, in a chart that sorts itself."""

from collections.abc import Sequence
from typing import Any

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.stage import Ranking, Scene, Skyline, cell_text
from cnnviz.stage.glide import LATE, SOON
from cnnviz.stage.language import Template, written

LINES: tuple[tuple[Template, str], ...] = (
    ("parameters", "kernel"),
    ("multiply-adds", "gradient"),
    ("layers in a row", "output"),
)
SORTED: tuple[tuple[Template, Template], ...] = (
    ("By parameters, the numbers to learn:", "The largest is {leader}, with {count} parameters."),
    ("By operations, for one picture:", "The most to compute: {leader}, {count} multiply-adds."),
    ("By layers with weights, one behind the other:", "The deepest is {leader}, with {count} layers."),
)
CLOSE: Template = "Large, slow and deep are three things: each has an order of its own."
MOST = 8  # networks as towers side by side


class AllCompared(
    Scene,
    subject=subjects.Compared,
    takeaway="Large, slow and deep are three things: each puts the networks in another order.",
    concepts=("parameters", "multiply-accumulate", "depth", "architectures"),
    seconds=29,
):
    """Networks from LeNet-5 to EfficientNet, sorted three ways."""

    title = "All compared"
    subtitle = "large, slow, deep"

    subject: subjects.Compared

    def tell(self, s: subjects.Compared) -> None:
        """Sort by one count after the other, between two looks at the networks themselves."""
        stage, few = self.frame.stage, len(s.names) <= MOST
        widest = max((written(count) for count in (*s.parameters, *s.macs)), key=len)
        high = min(0.97 * stage.height, 0.8 * len(s.names))
        self.chart = Ranking(s.names, min(stage.width, 13.0), high, widest=widest)
        look = {"widest": "8.8M", "called": s.names, "root": 3.0}
        self.skyline = Skyline(s.storeys, LINES, stage.width, min(stage.height, 8.5), **look)
        asked: Template = "Which of these networks is the largest, the slowest, the deepest?"
        first = self.skyline if few else self.chart
        with self.beat(asked) as beat:
            self.arrange(first)
            for number in range(len(s.names) * few):
                self.skyline.build(self, number, 0.3)
            beat.focus = [*first.labels]
            self.rest(1.2)
        if few:
            self.fit(self.chart)
            self.swap(self.skyline, self.chart)
        self.sort(1, s.parameters, "kernel", *SORTED[0])
        self.sort(2, s.macs, "gradient", *SORTED[1])
        self.sort(3, s.depths, "output", *SORTED[2])
        if few:
            self.stand(s)
        else:
            self.close(CLOSE, focus=self.chart.box)

    def swap(self, before: Any, after: Any) -> None:
        """Let names travel from one picture to another one, which takes its place."""
        self.remove(before)
        flying = [label.copy() for label in before.labels]
        travel = [
            name.animate.scale(there.height / name.height).move_to(there)
            for name, there in zip(flying, after.labels, strict=True)
        ]
        away = [FadeOut(part, rate_func=SOON) for part in before.content if part not in before.labels]
        come = [FadeIn(part, rate_func=LATE) for part in after.content if part not in after.labels]
        self.play(*travel, *away, *come, run_time=1.0)
        self.remove(*flying, *after.content)
        self.add(after)

    def stand(self, s: subjects.Compared) -> None:
        """Let all networks stand side by side again, as high as their longest way, each with all three counts."""
        counts, skyline = [*zip(s.parameters, s.macs, s.depths, strict=True)], self.skyline
        most = [max(column) for column in zip(*counts, strict=True)]
        leaders = [skyline.column([each[line] for each in counts].index(most[line])) for line in range(len(most))]
        told: Template = "As towers, a storey for each layer in a row: the largest of each count is marked."
        with self.beat(told, focus=leaders):
            self.swap(self.chart, skyline)
            for number, own in enumerate(counts):
                lit = [line for line, count in enumerate(own) if count == most[line]]
                skyline.write(number, [cell_text(count) for count in own], lit)
                self.hold(0.2)
            self.rest(0.8)
        self.close(CLOSE, focus=leaders)

    def sort(self, number: int, counts: Sequence[int], role: str, by: Template, told: Template) -> None:
        """Let the bars change places, and say who leads."""
        with self.beat(by, focus=self.chart.box):
            self.play(self.chart.go(counts, role), run_time=1.8)
            self.chart.show(written)
            self.step(number, 3, noun="order", stays=True)
        leader = self.subject.leader(tuple(counts))
        line = [self.chart.labels[self.chart.order[0]], self.chart.texts[self.chart.order[0]]]
        with self.beat(told, leader=leader, count=max(counts), focus=line):
            self.point(*line)
        if number == len(SORTED):
            self.uncount()
