"""Conv3D: a block of weights walks through a volume, across, down and from slice to slice."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Stack, Tunnel
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, NOTE, RESULT
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.subjects.conv3d import LAYER


class Conv3d(
    Scene,
    subject=subjects.Conv3d,
    takeaway="In a volume the kernel is a block: it slides along three axes and adds up the products of its slices.",
    concepts=("Conv3D", "volume", "voxel", "medical images", "parameters"),
    seconds=34,
    gif="conv3d",
):
    """A kernel of 27 weights that looks for a bright spot in a drawn head."""

    title = "Conv3D"
    subtitle = "a block through a block"

    subject: subjects.Conv3d

    def tell(self, s: subjects.Conv3d) -> None:
        """Open the volume, lay the block into it, walk along all three axes."""
        self.s, (depth, rows, columns) = s, s.volume.shape
        self.build()
        sentence = "A scan is a block: {depth} slices of {rows} × {columns}. What reads it?"
        with self.beat(sentence, depth=depth, rows=rows, columns=columns, focus=self.x.sheets):
            self.play(self.x.fan(), run_time=1.6)
            self.rest(1.4)
        self.tunnel = Tunnel(self.x, (3, 3), sheets=slice(0, 3))
        with self.beat("A kernel that is a block, too: 3 slices, {weights} weights.", weights=s.block.size) as beat:
            self.appear(*self.kernels, self.tunnel)
            beat.focus = [self.note(0, "3 × 3 × 3 = ", s.block.size), self.tunnel.frame, *self.kernels]
            self.rest(1.6)
        first = s.trace[0]
        with self.beat("Each slice adds up its products; together they make one number: {sum}.", sum=first.result):
            for index, values in enumerate(first.values[0]):
                self.values[index].become(values)
                self.appear(self.part(index, s.sums(first)[index]), into=self.parts[index])
            self.total.put(self.result(first))
            self.y.sheets[0].show([(0, 0)])
            self.rest(1.5, [self.tunnel.frame, *self.total.content])
        with self.beat("It slides across, down, and on from slice to slice.", focus=self.y.sheets):
            for layer in range(len(s.answers)):
                self.enter(layer)
                self.walk(s.layer(layer), self.tunnel, self.show, seconds=6.0 if layer == 0 else 3.0)
        self.find(s.strongest)
        self.weigh()
        self.close("Across, down and deep: a block of weights slides along three axes.", focus=self.tunnel.windows)

    def build(self) -> None:
        """Set the volume, what lies in the box beside the kernel, and the answers."""
        s = self.s
        peak, strongest = (float(abs(values).max()) or 1.0 for values in (s.volume, s.block))
        shape = " × ".join(map(str, s.volume.shape))
        self.x = Stack([Grid(v, "input", scale=peak) for v in s.volume], "volume", detail=shape, folded=True, gap=0.7)
        look = {"detail": "", "side": 0.42 if self.frame.is_wide else 0.36}
        texts = {written(value) for value in s.volume.flat}
        self.values = [Grid(v, "input", scale=peak, hidden=True, widest=texts, **look) for v in s.trace[0].values[0]]
        self.kernels = [Grid(one.values, "kernel", scale=strongest, texts=one.labels, **look) for one in s.kernel]
        self.values[0].title, self.kernels[0].title = say("box"), say("kernel")
        self.parts, self.total, self.count = [Slot(0.7, 0.5) for _ in self.kernels], Slot(2.0, 0.6), Slot(2.9, 0.8)
        scale = float(abs(s.answers).max()) or 1.0
        answers = [Grid(one, "output", scale=scale, hidden=True, zoom=1.2) for one in s.answers]
        shape = " × ".join(map(str, s.answers.shape))
        self.y = Stack(answers, "answers", role="output", detail=shape, gap=1.15)
        three, gap = [*zip(self.values, self.kernels, self.parts, strict=True)], 0.6 if self.frame.is_wide else 0.35
        given, total = Column(self.x, self.count), Row(Slot(6 * look["side"] + 0.2, 0.0), self.total, gap=0.2)
        works = Column(*(Row(*each, gap=0.2) for each in three), total, gap=0.1)
        first, *others = (Row(*each, gap=0.15) for each in three)
        line = Row(first, *(Column(Slot(0.1, TITLE_HEIGHT), each, gap=0.0) for each in others), gap=0.1)
        orders: list[Any] = [(given, works, self.y), (Column(self.x, self.count, self.y), works)]
        orders += [(self.x, Column(self.y, self.total, self.count), line)]
        orders += [(self.x, self.y, Column(self.total, self.count), line)]
        self.arrange(*self.roomiest(*orders, gap=gap), gap=gap)
        self.remove(*self.kernels)

    def part(self, index: int, value: float) -> Line:
        """Make the sum of a slice, beside its kernel."""
        box, theme = self.kernels[index].box, self.theme
        runs = [("= ", theme.muted), (written(value), theme.output if value >= 0 else theme.negative)]
        return Line(runs, LABEL, at=(box.right + 0.2, box.center[1]), align="left")

    def result(self, step: Any) -> Label:
        """Make the number of a window."""
        ink, box = self.theme.output if step.result >= 0 else self.theme.negative, self.total.box
        return Label(
            f"= {written(step.result)}", RESULT - 8, ink, at=(box.left, box.center[1]), align="left", bold=True
        )

    def enter(self, layer: int) -> None:
        """Move the box on to the slices of a layer of answers."""
        if self.tunnel.windows[0].grid is not self.x.sheets[layer]:
            self.vanish(self.tunnel)
            self.tunnel = Tunnel(self.x, (3, 3), sheets=slice(layer, layer + 3))
            self.appear(self.tunnel)
        for sheet in self.x.sheets:
            sheet.show()
        for window in self.tunnel.windows:
            window.grid.only(window.cells())

    def show(self, step: Any) -> None:
        """Write what lies in the box, its sums and its answer."""
        layer, *cell = step.output_index[1:]
        for window in self.tunnel.windows:
            window.grid.only(window.cells())
        for index, (values, value) in enumerate(zip(step.values[0], self.s.sums(step), strict=True)):
            self.values[index].become(values)
            self.parts[index].put(self.part(index, value))
        self.total.put(self.result(step))
        self.y.sheets[layer].show([tuple(cell)])
        self.step(step.index + 1, len(self.s.trace), noun="window")

    def find(self, step: Any) -> None:
        """Go back to the strongest answer."""
        layer, *cell = step.output_index[1:]
        sentence = "The strongest answer is {result}."
        if step.values[0][1, 1, 1] == self.s.volume.max():
            sentence = "The strongest answer, {result}, is that around the brightest voxel."
        with self.beat(sentence, result=step.result) as beat:
            self.enter(layer)
            self.move(self.tunnel, cell, 0.6)
            self.show(step)
            mark = Outline(self.y.sheets[layer], tuple(cell), color=self.theme.highlight)
            self.appear(mark)
            beat.focus = [mark, *self.tunnel.windows]
            self.rest(1.8)

    def weigh(self) -> None:
        """Compare the weights of a layer along two and along three axes."""
        self.count.clear()
        (few, many), (inputs, outputs) = (self.s.weights(axes) for axes in (2, 3)), LAYER
        with self.beat("The price: {many} weights in a layer that has {few} for pictures.", many=many, few=few) as beat:
            for line, (cells, total) in enumerate((("3 × 3", few), ("3 × 3 × 3", many))):
                beat.focus = [self.note(line, f"{inputs} × {outputs} × {cells} = ", total)]
                self.rest(0.4)
            self.point(*self.kernels)

    def note(self, line: int, factors: str, total: int) -> Line:
        """Write a line below the answers."""
        at, theme = (self.count.box.left, self.count.box.top - 0.2 - 0.42 * line), self.theme
        made = Line([(factors, theme.muted), (written(total), theme.kernel)], NOTE, at=at, align="left")
        self.appear(made, into=self.count)
        return made
