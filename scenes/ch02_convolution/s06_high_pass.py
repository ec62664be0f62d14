"""The high-pass sum: four times the center minus its neighbors, on three patches."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Slot, Sum


class HighPass(
    Scene,
    subject=subjects.HighPass,
    takeaway="A high-pass keeps what differs from its surroundings and drops what is even.",
    concepts=("high-pass", "edge detection", "kernel"),
    seconds=30,
    gif="high-pass",
):
    """A patch of 220 among four neighbors, a flat patch, an edge, and a picture."""

    title = "High-pass"
    subtitle = "what differs from its surroundings"

    subject: subjects.HighPass

    def tell(self, s: subjects.HighPass) -> None:
        """Work out the sum on a patch, then on a flat one and on an edge."""
        side = 0.62 if 8.5 < self.frame.width < 12 else 0.82  # a frame as wide as high has least room
        patches = [Grid(values, "input", "window", detail="", scale=255, side=side) for values in s.patches]
        kernel = Grid(s.weights.values, "kernel", "kernel", detail="", texts=s.weights.labels, side=side)
        self.place, self.sum = (
            Slot(3 * side, 3 * side + 0.42),
            Sum(s.traces[0], s.weights.labels, width=6.5 * side, height=2.4),
        )
        strongest = max(abs(trace[0].result) for trace in s.traces)
        self.results = [
            Grid(trace.fold()[0], "output", name, detail="", scale=strongest, side=side, hidden=True)
            for trace, name in zip(s.traces, ("given", "flat", "edge"), strict=True)
        ]
        answers = Row(*self.results, gap=0.5)
        self.arrange(Row(self.place, kernel, gap=0.6), Column(self.sum, answers, gap=0.4))
        for patch in patches:
            patch.settle(self.place.box.left, self.place.box.top, side)
        step = s.traces[0][0]
        with self.beat("Four times the center, minus its neighbors. What is left?", focus=[kernel]):
            self.place.put(patches[0])
            self.rest(2.2)
        self.work(step, 0)
        with self.beat("An even patch: all that the center adds, the neighbors take away.", focus=[patches[1]]):
            self.place.put(patches[1])
            self.work_out(s.traces[1][0], 1)
        with self.beat("An edge on the left: one neighbor takes nothing away.", focus=[patches[2]]):
            self.place.put(patches[2])
            self.point(Outline(patches[2], (0, 0), 3, 1, color=self.theme.text))
            self.work_out(s.traces[2][0], 2)
        self.vanish(self.place, kernel, self.sum, *self.results)
        self.remove(self.place, kernel, self.sum, *self.results)
        self.look_at_photo(s)

    def look_at_photo(self, s: subjects.HighPass) -> None:
        """Slide the kernel over a whole picture."""
        x = Grid(s.picture.values[0], "input", "picture", photo=s.picture.peak, form="pixels")
        kernel = Grid(s.weights.values, "kernel", "kernel", detail="", texts=s.weights.labels, side=0.5)
        y = Grid(s.map, "output", "feature map", form="pixels", hidden=True, legend=True)
        self.arrange(*self.roomiest([x, kernel, y], [Column(x, y), kernel]))
        with self.beat("And on every patch of a picture: what will be left of it?", focus=x):
            self.rest(1.6)
            starts = [(row, 0) for row in range(y.rows)]
            self.walk(starts, None, lambda at: y.show((at[0], column) for column in range(y.columns)), seconds=3.0)
        self.close("What is even gives 0; what differs from its surroundings stays.", focus=y)

    def work(self, step: Any, index: int) -> None:
        """Write the products row by row, then their sum."""
        with self.beat("The products add up to {sum}.", sum=step.result, focus=[self.results[index]]):
            self.work_out(step, index)

    def work_out(self, step: Any, index: int) -> None:
        """Write a window out and show its answer."""
        self.sum.clear()
        for part in self.sum.terms(step):
            self.appear(part, into=self.sum, seconds=0.4)
        self.appear(self.sum.result(step), into=self.sum)
        self.results[index].show()
        self.point(self.results[index], seconds=0.8)
        self.step(index + 1, len(self.results), noun="patch")
        self.rest(1.4)
