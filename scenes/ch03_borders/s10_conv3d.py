"""Conv3D: a block of weights walks through a volume, across, down and from slice to slice."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Slot, Stack, Tunnel
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, RESULT, Box
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.stage.stories.little_box import deeper, larger, lay_slices, light, read_box
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
            room = Box(self.frame.left, self.frame.stage.bottom, self.frame.right, self.x.box.top)
            self.play(self.x.within(room), run_time=1.4)
            self.rest(1.4)
        with self.beat("A kernel that is a block, too: 3 × 3 × 3 weights.", focus=self.kernels):
            self.play(self.x.fan(), run_time=1.0)
            self.appear(*self.values, *self.kernels, self.y)
            self.tunnel = Tunnel(self.x, (3, 3), sheets=slice(0, 3))
            lay_slices(self, self.kernels, self.tunnel)
        with self.beat("Each slice adds up its products; the sums of all slices make one number."):
            for index, values in enumerate((first := s.trace[0]).values[0]):
                read_box(self, self.tunnel.windows[index], self.values[index])
                self.values[index].become(values)
                self.appear(self.part(index, s.sums(first)[index]), into=self.parts[index])
            self.total.put(self.result(first))
            self.y.sheets[0].show([(0, 0)])
            self.rest(1.0, [*self.total.content])
        with self.beat("It slides across, down, and on from slice to slice.", focus=self.y.sheets):
            for layer in range(len(s.answers)):
                self.enter(layer)
                self.walk(s.layer(layer), self.tunnel, self.show, seconds=6.0 if layer == 0 else 3.0)
            self.visit(s.strongest)
        self.find(s.strongest)
        self.weigh()
        self.close("Across, down and deep: a block of weights slides along three axes.", focus=self.tunnel.windows)

    def build(self) -> None:
        """Set the volume, what lies in the box beside the kernel, and the answers."""
        s = self.s
        peak, strongest, scale = (float(abs(values).max()) or 1.0 for values in (s.volume, s.block, s.answers))
        shape, inner = (" × ".join(map(str, block.shape)) for block in (s.volume, s.answers))
        self.x = Stack([Grid(v, "input", scale=peak) for v in s.volume], "volume", detail=shape, folded=True, gap=0.7)
        look = {"detail": "", "side": 0.42 if self.frame.is_wide else 0.36}
        texts = {written(value) for value in s.volume.flat}
        self.values = [Grid(v, "input", scale=peak, hidden=True, widest=texts, **look) for v in s.trace[0].values[0]]
        self.kernels = [Grid(one.values, "kernel", scale=strongest, texts=one.labels, **look) for one in s.kernel]
        self.values[0].title, self.kernels[0].title = say("box"), say("kernel")
        self.parts, self.total = [Slot(0.7, 0.5) for _ in self.kernels], Slot(1.4, 0.6)
        self.count = Reckoning(3.6 if self.frame.is_wide else 2.7, 2, widest="16 × 32 × 3 × 3 × 3 = 13,824")
        answers = [Grid(one, "output", scale=scale, hidden=True) for one in s.answers]
        self.y = Stack(answers, "answers", role="output", detail=inner, gap=1.15)
        three, gap = [*zip(self.values, self.kernels, self.parts, strict=True)], 0.45 if self.frame.is_wide else 0.35
        beside, total = Column(self.y, self.count), Row(Slot(6 * look["side"] + 0.2, 0.0), self.total, gap=0.2)
        works = Column(*(Row(*each, gap=0.2) for each in three), total, gap=0.1)
        first, *others = (Row(*each, gap=0.15) for each in three)
        line = Row(first, *(Column(Slot(0.1, TITLE_HEIGHT), each, gap=0.0) for each in others), gap=0.1)
        tall, numbers = (Column(self.x, self.count, self.y), works), Column(self.count, self.total)
        orders = (self.x, works, beside), tall, (self.x, Column(self.y, numbers), line), (self.x, self.y, numbers, line)
        order = self.roomiest(*orders, gap=gap)
        larger(self, *answers, order=order, gap=gap)
        self.arrange(*order, gap=gap)
        self.remove(*self.kernels, *self.values, self.y)

    def part(self, index: int, value: float) -> Any:
        """Make the sum of a slice, beside its kernel."""
        box = self.kernels[index].box
        return equals(value, LABEL, self.theme, at=(box.right + 0.2, box.center[1]), align="left")

    def result(self, step: Any) -> Any:
        """Make the number of a window."""
        at = self.total.box.left, self.total.box.center[1]
        return equals(step.result, RESULT, self.theme, at=at, align="left", bold=True)

    def enter(self, layer: int) -> None:
        """Let the box glide deeper, on to the slices of a layer of answers."""
        if self.tunnel.windows[0].grid is not self.x.sheets[layer]:
            for number in (*self.parts, self.total):
                number.clear()
            for values in self.values:
                values.hide()
            self.tunnel = deeper(self, self.x, self.tunnel, layer)
        for sheet in self.x.sheets:
            sheet.show()
        light(self.tunnel)

    def show(self, step: Any) -> None:
        """Write what lies in the box, its sums and its answer."""
        layer, *cell = step.output_index[1:]
        light(self.tunnel)
        for index, (values, value) in enumerate(zip(step.values[0], self.s.sums(step), strict=True)):
            self.values[index].become(values)
            self.parts[index].put(self.part(index, value))
        self.total.put(self.result(step))
        self.y.sheets[layer].show([tuple(cell)])
        self.step(step.index + 1, len(self.s.trace), noun="window")

    def visit(self, step: Any) -> None:
        """Go back to a window."""
        layer, *cell = step.output_index[1:]
        self.enter(layer)
        self.move(self.tunnel, cell, 0.6)
        self.show(step)
        self.uncount()

    def find(self, step: Any) -> None:
        """Say which answer is the strongest."""
        (layer, *cell), sentence = step.output_index[1:], "The strongest answer is {result}."
        if step.values[0][1, 1, 1] == self.s.volume.max():
            sentence = "The strongest answer, {result}, is that around the brightest voxel."
        mark = Outline(self.y.sheets[layer], tuple(cell), color=self.theme.highlight)
        with self.beat(sentence, result=step.result, focus=[mark, *self.tunnel.windows]):
            self.appear(mark)
            self.rest(1.8)

    def weigh(self) -> None:
        """Compare the weights of a layer along two and along three axes."""
        (few, many), (inputs, outputs) = (self.s.weights(axes) for axes in (2, 3)), LAYER
        sentence = "The price, from {inputs} maps to {outputs}: {many} weights in place of {few}."
        with self.beat(sentence, inputs=inputs, outputs=outputs, many=many, few=few) as beat:
            for line, (cells, total) in enumerate((("3 × 3", few), ("3 × 3 × 3", many))):
                runs = [(f"{inputs} × {outputs} × {cells} = ", "muted"), (written(total), "kernel")]
                beat.focus = [made := self.count.line(line, runs)]
                self.appear(made, into=self.count)
                self.rest(0.4)
            self.point(*self.kernels)
