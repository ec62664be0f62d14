"""All compared: the same networks by parameters, by operations and by layers, in a chart that sorts itself."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Ranking, Scene, Skyline, cell_text
from cnnviz.stage.language import Template, written

LINES: tuple[tuple[Template, str], ...] = (
    ("parameters", "kernel"),
    ("multiply-adds", "gradient"),
    ("layers in a row", "output"),
)
CLOSE: Template = "Large, slow and deep are three things: each has an order of its own."
MOST = 8  # networks as towers side by side


class AllCompared(
    Scene,
    subject=subjects.Compared,
    takeaway="Large, slow and deep are three things: each puts the networks in another order.",
    concepts=("parameters", "multiply-accumulate", "depth", "architectures"),
    seconds=27,
):
    """Networks from LeNet-5 to EfficientNet, sorted three ways."""

    title = "All compared"
    subtitle = "large, slow, deep"

    subject: subjects.Compared

    def tell(self, s: subjects.Compared) -> None:
        """Sort by one count after the other."""
        stage = self.frame.stage
        high = min(0.92 * stage.height, 0.72 * len(s.names))
        widest = max((written(count) for count in (*s.parameters, *s.macs)), key=len)
        self.chart = Ranking(s.names, min(stage.width, 12.0), high, widest=widest)
        self.arrange(self.chart)
        with self.beat("Which of these networks is the largest, the slowest, the deepest?", focus=self.chart.labels):
            self.rest(3.0)
        self.sort(1, s.parameters, "kernel", "By parameters: {leader}, with {count} numbers to learn.")
        self.sort(2, s.macs, "gradient", "By operations for one picture: {leader}, {count} multiply-adds.")
        self.sort(3, s.layers, "output", "By layers with weights, on all ways together: {leader}, {count}.")
        if len(s.names) > MOST:
            self.close(CLOSE, focus=self.chart.box)
            return
        self.vanish(self.chart)
        self.remove(self.chart)
        self.stand(s)

    def stand(self, s: subjects.Compared) -> None:
        """Let all networks stand side by side, as high as their longest way, each with all three counts."""
        stage, counts = self.frame.stage, [*zip(s.parameters, s.macs, map(len, s.storeys), strict=True)]
        look = {"widest": "8.8M", "called": s.names, "root": 3.0}
        skyline = Skyline(s.storeys, LINES, stage.width, min(stage.height, 8.5), **look)
        self.arrange(skyline)
        most = [max(column) for column in zip(*counts, strict=True)]
        leaders = [skyline.column([each[line] for each in counts].index(most[line])) for line in range(len(most))]
        with self.beat(
            "As towers, with the layers that lie in a row: the largest of each count is marked.", focus=leaders
        ):
            for number, own in enumerate(counts):
                skyline.build(self, number, 0.5)
                lit = [line for line, count in enumerate(own) if count == most[line]]
                skyline.write(number, [cell_text(count) for count in own], lit)
        self.close(CLOSE, focus=leaders)

    def sort(self, number: int, counts: Sequence[int], role: str, told: Template) -> None:
        """Let the bars change places."""
        self.step(number, 3, noun="order")
        leader = self.subject.leader(tuple(counts))
        with self.beat(told, leader=leader, count=max(counts), focus=self.chart.box):
            self.play(self.chart.go(counts, role), run_time=1.8)
            self.chart.show(written)
            self.rest(2.6)
