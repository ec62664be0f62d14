"""Convolution and correlation: the same kernel, turned by half a turn."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Row, Scene, Slot, Table, Window, say
from cnnviz.stage.half_turn import carry
from cnnviz.stage.layout import LABEL, SMALLEST
from cnnviz.stage.pictures.arrows import Arrow
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.stories.products import written_out
from cnnviz.stage.text import text_width

ANSWERS = {
    "opposite": "Half a turn makes of this kernel its opposite: every number changes its sign.",
    "same": "Half a turn changes nothing: this kernel looks the same both ways.",
    "different": "Half a turn made another kernel, and so another map.",
}
ZOOMS = 1.5, 1.35, 1.2, 1.0  # of the picture's cells, in cells of kernels and maps


class Flip(
    Scene,
    subject=subjects.Flip,
    takeaway="A convolution turns its kernel by half a turn; a layer of a CNN does not.",
    concepts=("convolution", "cross-correlation", "kernel"),
    seconds=27,
    gif="flip",
):
    """One kernel both ways round."""

    title = "The flip"
    subtitle = "convolution and correlation"

    subject: subjects.Flip

    def tell(self, s: subjects.Flip) -> None:
        """Slide a kernel over a picture, turn it, slide it again, and learn it the other way round."""
        self.build(s)
        self.add(self.x, self.kernel, *self.sums)
        self.window = Window(self.x, s.kernel.values.shape)
        with self.beat("Does it matter which way round a kernel lies?", focus=self.kernel):
            self.rest(0.6)
            carry(self, self.kernel, self.kernel, turned=True)
            carry(self, self.kernel, self.kernel, turned=True)
        with self.beat("A layer of a CNN uses it as it is: that is a correlation.", focus=[self.x, self.maps[0]]):
            self.appear(self.window, self.maps[0], *self.way())
            self.slide(s.traces[0], self.maps[0], 2.6, self.kernel)
            self.explain(0, s.traces[0])
        with self.beat("A convolution turns it by half a turn first: another map?", focus=[self.x, self.maps[1]]):
            carry(self, self.kernel, self.given)
            carry(self, self.given, self.turned, turned=True)
            self.appear(self.maps[1], seconds=0.3)
            self.slide(s.traces[1], self.maps[1], 2.2, self.turned)
        with self.beat(ANSWERS[s.relation], focus=[self.window, *self.marks]):
            self.explain(1, s.traces[1])
            self.point(*self.marks)
            self.rest(0.5)
        if s.relation != "same":
            with self.beat("But weights are learned: a layer that turns them would learn them turned."):
                self.vanish(self.marks[1], *self.sums[1:], seconds=0.2)
                self.maps[1].become(self.maps[0].values)
                self.maps[1].hide()
                carry(self, self.given, self.given, turned=True)
                carry(self, self.given, self.turned, turned=True)
                self.slide(s.traces[0], self.maps[1], 1.8, self.turned)
                self.explain(1, s.traces[0])
        self.close("Learned weights come out turned or not: a CNN needs no flip.", focus=[*self.marks, self.window])

    def build(self, s: subjects.Flip) -> None:
        """Set picture, kernels and maps: the picture larger where that leaves room."""
        peak, labels = s.picture.peak, s.kernel.labels
        self.x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        back = [row[::-1] for row in labels[::-1]]
        kernels = self.kernel, self.given, self.turned = [
            Grid(weights, "kernel", title, detail="", texts=texts, least=0.45)
            for weights, title, texts in zip(
                (s.weights[0], *s.weights), ("kernel", "kernel", "turned"), (labels, labels, back), strict=True
            )
        ]
        scale = float(abs(s.traces[0].fold()).max())
        self.maps = [
            Grid(trace.fold()[0], "output", title, detail="", scale=scale, hidden=True)
            for trace, title in zip(s.traces, ("correlation", "convolution"), strict=True)
        ]
        self.strongest = max(range(len(s.traces[0])), key=lambda index: abs(s.traces[0][index].result))
        said = [written_out((step := trace[self.strongest]).products, trace.weight, step.result) for trace in s.traces]
        wide = [sum(text_width(text, LABEL) for text, _ in runs) for runs in said]
        self.sums = [Reckoning(max(wide), 1, size=LABEL) for _ in wide] if all(wide) else []
        self.between, (y, z) = Slot(0.1, 0.1), self.maps
        lefts = Column(self.x, Row(*self.sums), gap=0.15), Column(self.x, *self.sums, gap=0.05)
        left = max(lefts, key=lambda one: self.fit(one, y)) if self.sums else self.x
        table = Table([self.kernel, self.between, y], [self.given, self.turned, z])
        rows = Row(self.kernel, self.between, y), Row(self.given, self.turned, z)
        narrow = Column(Row(*kernels[:1], self.between), y), Column(Row(self.given, self.turned), z)
        for items in ((left, table), (left, *rows), (left, *narrow)):
            self.x.zoom = max(ZOOMS, key=lambda zoom, items=items: self.area(zoom, items))
            self.fit(*items)
            if all(grid.type_size >= SMALLEST for grid in self.maps):
                break
        cell = s.traces[0][self.strongest].output_index[-2:]
        self.marks = [Outline(grid, cell, color=self.theme.text) for grid in self.maps]

    def area(self, zoom: float, items: Any) -> float:
        """Return how large cells of picture and maps become, multiplied."""
        self.x.zoom = zoom
        cell = self.fit(*items)
        return cell * min(cell * zoom, self.x.most)

    def way(self) -> list[Any]:
        """Lead from the kernel to its map, past the place where it could be turned."""
        a, b = self.kernel.box, self.maps[0].box
        if b.left < a.right + 1.0:
            return []
        arrow = Arrow((a.right + 0.15, a.center[1]), (b.left - 0.15, a.center[1]), self.theme.muted)
        at = ((a.right + b.left) / 2, a.center[1] + 0.3)
        return [arrow, Label(say("as it is"), LABEL, self.theme.muted, at=at)]

    def slide(self, trace: Any, y: Grid, seconds: float, kernel: Grid) -> None:
        """Lay a kernel on the first window, and let it make its map."""
        self.window.put_down()
        self.window.lay((0, 0))
        self.window.take_up(self, kernel, seconds=0.6)
        self.walk(trace, self.window, lambda step: y.show([step.output_index[-2:]]), seconds=seconds, noun="window")

    def explain(self, index: int, trace: Any) -> None:
        """Go to the strongest window, write its products out, and bring their sum to its cell."""
        step, mark = trace[self.strongest], self.marks[index]
        row, column = step.padded_origin[-2:]
        self.move(self.window, (row, column), 0.4)
        for total in self.sums[index : index + 1]:
            cells = [(row + i, column + j) for i, j in zip(*trace.weight[0, 0].nonzero(), strict=True)]
            self.fly(*((self.x.copy_of(cell), total.box) for cell in cells), scale=0.4, seconds=0.5)
            self.appear(line := total.line(0, written_out(step.products, trace.weight, step.result)), into=total)
            self.fly(([line[-1].copy()], mark.grid.cell_box(mark.cell)), seconds=0.6)
        self.add(mark)
