"""Convolution and correlation: the same kernel, turned by half a turn."""

from typing import Any

from manim import Group

from cnnviz import subjects
from cnnviz.stage import Column, Glide, Grid, Label, Outline, Row, Scene, Slot, Table, Window, say
from cnnviz.stage.half_turn import HalfTurn
from cnnviz.stage.layout import LABEL, SMALLEST
from cnnviz.stage.pictures.arrows import Arrow

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
    seconds=24,
    gif="flip",
):
    """One kernel both ways round."""

    title = "The flip"
    subtitle = "convolution and correlation"

    subject: subjects.Flip

    def tell(self, s: subjects.Flip) -> None:
        """Slide a kernel over a picture, turn it, slide it again, and learn it the other way round."""
        self.build(s)
        self.add(self.x, self.kernel)
        self.window = Window(self.x, s.kernel.values.shape)
        with self.beat("Does it matter which way round a kernel lies?", focus=[self.kernel, self.turned]):
            self.travel(self.kernel, self.given)
            self.travel(self.given, self.turned, turned=True)
            self.rest(1.2)
        with self.beat("A layer of a CNN uses it as it is: that is a correlation.", focus=[self.x, self.maps[0]]):
            self.appear(self.window, self.maps[0], *self.way())
            self.slide(s.traces[0], self.maps[0], 3.2, self.kernel)
        with self.beat("A convolution turns it by half a turn first: another map?", focus=[self.x, self.maps[1]]):
            self.appear(self.maps[1], seconds=0.3)
            self.slide(s.traces[1], self.maps[1], 2.6, self.turned)
        strongest = max(s.traces[0], key=lambda step: abs(step.result))
        cell, origin = strongest.output_index[-2:], strongest.padded_origin[-2:]
        marks = [Outline(y, cell, color=self.theme.text) for y in self.maps]
        with self.beat(ANSWERS[s.relation], focus=[self.window, *marks]):
            self.move(self.window, origin, 0.5)
            self.appear(*marks)
            self.point(*marks)
            self.rest(0.6)
        if s.relation != "same":
            with self.beat("But weights are learned: a layer that turns them would learn them turned."):
                self.remove(marks[1])
                self.maps[1].become(self.maps[0].values)
                self.maps[1].hide()
                self.travel(self.given, self.given, turned=True)
                self.travel(self.given, self.turned, turned=True)
                self.slide(s.traces[0], self.maps[1], 1.8, self.turned)
                self.add(marks[1])
                self.move(self.window, origin, 0.5)
                self.point(*marks)
        self.close("Learned weights come out turned or not: a CNN needs no flip.", focus=[*marks, self.window])

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
        self.between, (y, z) = Slot(0.1, 0.1), self.maps
        table = Table([self.kernel, self.between, y], [self.given, self.turned, z])
        rows = Row(self.kernel, self.between, y), Row(self.given, self.turned, z)
        narrow = Column(Row(*kernels[:1], self.between), y), Column(Row(self.given, self.turned), z)
        for items in ((self.x, table), (self.x, *rows), (self.x, *narrow)):
            self.x.zoom = max(ZOOMS, key=lambda zoom, items=items: self.area(zoom, items))
            self.fit(*items)
            if all(grid.type_size >= SMALLEST for grid in self.maps):
                break

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
        self.uncount()

    def travel(self, kernel: Grid, target: Grid, *, turned: bool = False) -> None:
        """Carry a kernel to a place, or half a turn around it; what stood there gives way."""
        cells, ends = kernel.everywhere(), (kernel.box.center, target.box.center)
        copies = Group(*(Group(*kernel.copy_of(cell)) for cell in cells))
        values, texts = kernel.values.copy(), [list(row) for row in kernel.texts]
        self.remove(target)
        self.add(copies)
        if kernel is not target:
            (x, y), (to_x, to_y) = ends
            self.play(Glide(copies, (to_x - x, to_y - y)), run_time=0.5)
        if turned:
            self.play(HalfTurn(copies, ends[1]), run_time=0.9)
            values, texts = values[::-1, ::-1], [row[::-1] for row in texts[::-1]]
        self.remove(copies)
        target.rewrite({cell: float(values[cell]) for cell in cells}, {cell: texts[cell[0]][cell[1]] for cell in cells})
        self.add(target)
