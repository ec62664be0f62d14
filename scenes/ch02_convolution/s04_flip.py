"""Convolution and correlation: the same kernel, turned by half a turn."""

from typing import Any

from manim import PI, Group, Rotate

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Window
from cnnviz.stage.layout import SMALLEST

ANSWERS = {
    "opposite": "Half a turn changed every sign, and nothing else.",
    "same": "Half a turn changes nothing: this kernel looks the same both ways.",
    "different": "Half a turn made another kernel, and so another map.",
}


class Flip(
    Scene,
    subject=subjects.Flip,
    takeaway="A convolution turns its kernel by half a turn; a layer of a CNN does not.",
    concepts=("convolution", "cross-correlation", "kernel"),
    seconds=23,
    gif="flip",
):
    """One kernel both ways round."""

    title = "The flip"
    subtitle = "convolution and correlation"

    subject: subjects.Flip

    def tell(self, s: subjects.Flip) -> None:
        """Slide a kernel over a picture, turn it, and slide it again."""
        peak, labels = s.picture.peak, s.kernel.labels
        self.x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        turned = [row[::-1] for row in labels[::-1]]
        scale = float(abs(s.traces[0].fold()).max())
        titles = "correlation", "convolution"
        kernels = [
            Grid(weights, "kernel", title, detail="", texts=texts, side=0.52)
            for weights, title, texts in zip(s.weights, ("kernel", "turned"), (labels, turned), strict=True)
        ]
        maps = [
            Grid(trace.fold()[0], "output", title, detail="", scale=scale, hidden=True)
            for trace, title in zip(s.traces, titles, strict=True)
        ]
        rows = [Row(kernel, y) for kernel, y in zip(kernels, maps, strict=True)]
        for items in ((self.x, Column(*rows)), (self.x, *rows)):
            self.fit(*items)
            if all(grid.type_size >= SMALLEST for grid in maps):
                break
        self.add(self.x, kernels[0])
        with self.beat("Does it matter which way round a kernel lies?", focus=kernels[0]):
            self.rest(2.2)
        with self.beat("A layer of a CNN uses it as it is: that is a correlation.", focus=[self.x, maps[0]]):
            self.slide(s.traces[0], maps[0])
        with self.beat("A convolution turns it by half a turn first.", focus=kernels[1]):
            self.turn(*kernels)
        with self.beat("The same picture, the turned kernel: another map?", focus=[self.x, maps[1]]):
            self.slide(s.traces[1], maps[1])
        with self.beat(ANSWERS[s.relation], focus=maps):
            step = max(s.traces[0], key=lambda step: abs(step.result))
            cell = step.output_index[-2:]
            marks = [Outline(y, cell, color=self.theme.text) for y in maps]
            self.appear(*marks)
            self.point(*marks)
            self.rest(1.0)
        self.close("Learned weights come out turned or not: a CNN needs no flip.", focus=[*kernels, *maps])

    def slide(self, trace: Any, y: Grid) -> None:
        """Let a kernel make its map."""
        self.appear(y, seconds=0.3)
        window = Window(self.x, trace.weight.shape[2:])
        self.add(window)
        self.walk(trace, window, lambda step: y.show([step.output_index[-2:]]), seconds=4.0, noun="window")
        self.remove(window)

    def turn(self, kernel: Grid, turned: Grid) -> None:
        """Carry a copy of the kernel to its new place and turn it there."""
        copies = Group(*(part for cell in kernel.everywhere() for part in kernel.copy_of(cell)))
        (x, y), (a, b) = turned.box.center, kernel.box.center
        self.play(copies.animate.shift((x - a, y - b, 0)), run_time=0.7)
        self.play(Rotate(copies, PI, about_point=(x, y, 0)), run_time=1.2)
        self.remove(copies)
        self.add(turned)
