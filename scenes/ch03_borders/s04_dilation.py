"""Dilation: holes in the kernel, so that nine weights see further."""

from __future__ import annotations

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Reckoning, Row, Scene, Slot, Window, say
from cnnviz.stage.stories.dilating import Fan, parted
from cnnviz.stage.stories.kernel_words import title

TOGETHER, APART = (1, 2, 4), (2, 2, 2)
FEW, READ = 5, 16  # windows that are walked slowly, and so many in which weights can be read
LEAST = 0.42
REACH = "= d × (k − 1) + 1"


class Dilation(
    Scene,
    subject=subjects.Dilation,
    takeaway="Dilation lets a kernel see further with the same weights, as long as layers fill each other's holes.",
    concepts=("dilation", "receptive field", "gridding"),
    seconds=39,
    gif="dilation",
):
    """A kernel whose weights move apart, then three layers of it."""

    title = "Dilation"
    subtitle = "further with the same weights"

    subject: subjects.Dilation

    def tell(self, s: subjects.Dilation) -> None:
        """Open the kernel, then stack it."""
        self.build(s)
        rows, columns = s.kernel.values.shape
        sentence = "{count} weights see {rows} × {columns} cells. Could they see further?"
        with self.beat(sentence, count=rows * columns, rows=rows, columns=columns, focus=self.window):
            self.window.take_up(self, self.kernel)
            self.rest(1.2)
        for number, (dilation, trace) in enumerate(zip(s.dilations, s.traces, strict=True), 1):
            reach, y = s.reach(dilation), self.maps[number - 1]
            if self.window.cell != (0, 0):
                self.move(self.window, (0, 0), 0.5)
            sentence = "Dilation {dilation}: the kernel reaches over {reach} cells."
            with self.beat(sentence, dilation=dilation, reach=reach, focus=[self.window]):
                line = self.reckoning.line(number, self.spelled(dilation, columns))
                self.place.put(y)
                self.step(1, len(trace), noun="window")
                self.window = self.part(self.window, dilation, line)
                self.walk_over(trace, y)
        self.stack(s)

    def build(self, s: subjects.Dilation) -> None:
        """Set the picture, the kernel above the formula, and the map of each dilation in one place."""
        peak, weights = s.picture.peak, s.kernel.values
        self.x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        self.maps = [Grid(trace.fold()[0], "output", "feature map", hidden=True) for trace in s.traces]
        name, texts = title(s.kernel), s.kernel.labels
        self.kernel = Grid(weights, "kernel", "kernel", detail=name, texts=texts, least=LEAST)
        lines = ["".join(text for text, _ in self.spelled(d, weights.shape[1])) for d in s.dilations]
        self.reckoning = Reckoning(3.3, 1 + len(lines), widest=[*lines, f"{say('reach')} {REACH}"], size=28)
        first, works = self.maps[0], (self.kernel, self.reckoning)
        items = self.roomiest([self.x, Column(*works), first], [self.x, first, Row(*works)], gap=0.4)
        cell = self.fit(*items, gap=0.4)
        self.place = Slot(*first.extent(cell))
        self.place.settle(first.box.left, first.top, cell)
        for y in self.maps:
            y.settle(first.box.left, first.top, cell)
        self.place.put(first)
        self.reckoning.put(self.reckoning.line(0, [(f"{say('reach')} ", "kernel"), (REACH, "muted")]))
        self.window = Window(self.x, weights.shape)
        self.add(self.x, self.kernel, self.reckoning, self.place, self.window)

    def spelled(self, dilation: int, k: int) -> list[tuple[str, str]]:
        """Write the reach with its numbers."""
        reach = self.subject.reach(dilation)
        return [(str(dilation), "kernel"), (f" × ({k} − 1) + 1 = ", "text"), (str(reach), "kernel")]

    def part(self, window: Window, dilation: int, line: Any) -> Window:
        """Let the weights move apart, and the reach appear."""
        wider = parted(self, window, self.kernel, dilation)
        self.appear(line, into=self.reckoning)
        self.hold(0.5)
        return wider

    def walk_over(self, trace: Any, y: Grid) -> None:
        """Walk over all windows; weights are put down before they pass too fast to be read."""

        def show(step: Any) -> None:
            y.show([step.output_index[1:]])
            self.step(step.index + 1, len(trace), noun="window")

        if len(trace) <= READ:
            self.walk(trace, self.window, show, seconds=4.0)
            return
        self.walk(trace[:FEW], self.window, show, seconds=2.0)
        self.window.put_down()
        self.walk(trace[FEW:], self.window, show, seconds=2.2)

    def stack(self, s: subjects.Dilation) -> None:
        """Go back from one result of three layers to the cells that it depends on."""
        fans = together, apart = [Fan(stack, s.levels(stack)) for stack in (TOGETHER, APART)]
        gone = [self.kernel, self.reckoning, self.window, self.place]
        fields, both = [fan.field for fan in fans], [(fan.field, fan.counts) for fan in fans]
        items = self.roomiest(
            [Row(*each, gap=0.2) for each in both], [Column(*each, gap=0.1) for each in both], gap=0.3
        )
        with self.beat("Back from one result of three layers: each cell has read 9 below it.", focus=fields):
            self.rearrange(*items, instead={together.field: self.x}, gone=gone, gap=0.3)
            self.appear(*(fan.start() for fan in fans), *(fan.head() for fan in fans))
            for depth in range(1, len(TOGETHER) + 1):
                copies = [glide for fan in fans for glide in fan.copies(depth)]
                self.play(*copies, run_time=1.1)
                self.remove(*(glide.mobject for glide in copies))
                self.appear(*(fan.land(depth) for fan in fans))
                self.hold(0.3)
        (a, b, c), side = TOGETHER, together.field.rows
        sentence = "Dilations {a}, {b}, {c}: one result sees {side} × {side} cells, every one of them."
        with self.beat(sentence, a=a, b=b, c=c, side=side, focus=together.field):
            self.rest(2.0)
        holes, line, count = apart.holes()
        sentence = "Three times {d}: {count} of {all} cells are never seen."
        with self.beat(sentence, d=APART[0], count=count, all=apart.seen.size, focus=apart.field):
            self.appear(holes, line)
            self.rest(1.5)
        self.close("The view grows for free, as long as layers fill each other's holes.", focus=fields)
