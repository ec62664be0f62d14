"""All compared: the same networks by parameters, by operations and by layers, in a chart that sorts itself."""

from collections.abc import Sequence

from cnnviz import subjects
from cnnviz.stage import Ranking, Scene
from cnnviz.stage.language import Template, written


class AllCompared(
    Scene,
    subject=subjects.Compared,
    takeaway="Large, slow and deep are three things: each puts the networks in another order.",
    concepts=("parameters", "multiply-accumulate", "depth", "architectures"),
    seconds=22,
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
        self.sort(1, s.parameters, "input", "By parameters: {leader}, with {count} numbers to learn.")
        self.sort(2, s.macs, "kernel", "By operations for one picture: {leader}, {count} multiply-adds.")
        self.sort(3, s.layers, "output", "By layers with weights, those of shortcuts included: {leader}, {count}.")
        self.close("Large, slow and deep are three things: each has an order of its own.", focus=self.chart.box)

    def sort(self, number: int, counts: Sequence[int], role: str, told: Template) -> None:
        """Let the bars change places."""
        self.step(number, 3, noun="order")
        leader = self.subject.leader(tuple(counts))
        with self.beat(told, leader=leader, count=max(counts), focus=self.chart.box):
            self.play(self.chart.go(counts, role), run_time=1.8)
            self.chart.show(written)
            self.rest(2.6)
