"""Conv3D: a block of weights walks through a volume, across, down and from slice to slice."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Scene, Slot, Stack, Tunnel
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, RESULT
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.stage.stories.little_box import add_up, deeper, larger, lay_slices, light, read_box, worked
from cnnviz.subjects.conv3d import LAYER


class Conv3d(
    Scene,
    subject=subjects.Conv3d,
    takeaway="In a volume the kernel is a block: it slides along three axes and adds up the products of its slices.",
    concepts=("Conv3D", "volume", "voxel", "medical images", "parameters"),
    seconds=37,
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
            self.play(self.x.fan(whole=self.x), run_time=1.4)
            self.rest(1.4)
        with self.beat("A kernel that is a block, too: 3 × 3 × 3 weights.", focus=self.kernels):
            self.x.folded = False
            order = self.roomiest(*((self.x, works) for works in self.works), gap=self.gap)
            self.rearrange(*order, gap=self.gap)
            self.tunnel = Tunnel(self.x, (3, 3), sheets=slice(0, 3))
            lay_slices(self, self.kernels, self.tunnel)
        with self.beat("Each slice adds up its products; the sums of all slices make one number."):
            for index, values in enumerate((first := s.trace[0]).values[0]):
                read_box(self, self.tunnel.windows[index], self.values[index])
                self.values[index].become(values)
                self.appear(self.part(index, s.sums(first)[index]), into=self.parts[index])
            at = self.total.box.left, self.total.box.center[1]
            self.appear(equals(first.result, RESULT, self.theme, at=at, align="left", bold=True), into=self.total)
            self.rest(1.0, [*self.total.content])
        with self.beat("It slides across, down, and on from slice to slice.", focus=self.y.sheets):
            self.widen()
            for layer in range(len(s.answers)):
                self.enter(layer)
                self.walk(s.layer(layer), self.tunnel, self.show, seconds=5.0 if layer == 0 else 3.0)
            layer, *cell = s.strongest.output_index[1:]
            self.enter(layer)
            self.move(self.tunnel, cell, 0.6)
            self.show(s.strongest)
            self.uncount()
        self.find(s.strongest)
        self.weigh()
        self.close("Across, down and deep: a block of weights slides along three axes.", motion=self.go_deep)

    def build(self) -> None:
        """Set the volume alone, and make what lies in the box, the kernel, their sums and the answers."""
        s = self.s
        peak, strongest, scale = (float(abs(values).max()) or 1.0 for values in (s.volume, s.block, s.answers))
        shape, inner = (" × ".join(map(str, block.shape)) for block in (s.volume, s.answers))
        self.x = Stack([Grid(v, "input", scale=peak) for v in s.volume], "volume", detail=shape, folded=True, gap=0.7)
        look = {"detail": "", "side": 0.48 if self.frame.is_wide else 0.4}
        texts = {written(value) for value in s.volume.flat}
        self.values = [Grid(v, "input", scale=peak, hidden=True, widest=texts, **look) for v in s.trace[0].values[0]]
        self.kernels = [Grid(one.values, "kernel", scale=strongest, texts=one.labels, **look) for one in s.kernel]
        self.values[0].title, self.kernels[0].title = say("box"), say("kernel")
        self.parts, self.total = [Slot(0.7, 0.5) for _ in self.kernels], Slot(1.4, 0.6)
        self.works = worked([self.values, self.kernels, self.parts], self.total, look["side"])
        stage = self.frame.stage
        roomy = self.frame.is_wide or stage.height > stage.width
        self.count = Reckoning(4.2 if roomy else 2.9, 2, widest="16 × 32 × 3 × 3 × 3 = 13,824", size=26)
        answers = [Grid(one, "output", scale=scale, hidden=True) for one in s.answers]
        self.y = Stack(answers, "answers", role="output", detail=inner, gap=1.15)
        self.gap = 0.45 if self.frame.is_wide else 0.35
        self.arrange(self.x)

    def widen(self) -> None:
        """Put the numbers of the box away, and let the volume and the answers have the stage."""
        self.remove(self.tunnel)
        orders = (self.x, Column(self.y, self.count)), (self.x, Row(self.y, self.count)), (self.x, self.y, self.count)
        order = self.roomiest(*orders, gap=self.gap)
        larger(self, *self.y.sheets, order=order, gap=self.gap)
        self.y.sheets[0].show([(0, 0)])
        gone = [*self.values, *self.kernels, *self.parts, self.total]
        self.rearrange(*order, gone=gone, gap=self.gap, seconds=1.4)
        self.tunnel = Tunnel(self.x, (3, 3), sheets=slice(0, 3))
        self.add(self.tunnel)

    def part(self, index: int, value: float) -> Any:
        """Make the sum of a slice, beside its kernel."""
        box = self.kernels[index].box
        return equals(value, LABEL, self.theme, at=(box.right + 0.2, box.center[1]), align="left")

    def enter(self, layer: int) -> None:
        """Let the box glide deeper, on to the slices of a layer of answers."""
        if self.tunnel.windows[0].grid is not self.x.sheets[layer]:
            self.tunnel = deeper(self, self.x, self.tunnel, layer)
        for sheet in self.x.sheets:
            sheet.show()
        light(self.tunnel)

    def show(self, step: Any) -> None:
        """Light what lies in the box, and write its answer."""
        layer, *cell = step.output_index[1:]
        light(self.tunnel)
        self.y.sheets[layer].show([tuple(cell)])
        self.step(step.index + 1, len(self.s.trace), noun="window")

    def find(self, step: Any) -> None:
        """Say which answer is the strongest."""
        (layer, *cell), sentence = step.output_index[1:], "The strongest answer is {result}."
        if step.values[0][1, 1, 1] == self.s.volume.max():
            sentence = "The strongest answer, {result}, is that around the brightest voxel."
        mark = Outline(self.y.sheets[layer], tuple(cell), color=self.theme.highlight)
        with self.beat(sentence, result=step.result, focus=[mark, *self.tunnel.windows]):
            self.appear(mark)
            self.point(Outline(self.x.sheets[layer + 1], (cell[0] + 1, cell[1] + 1), color=self.theme.highlight))
            add_up(self, self.tunnel, mark.box, self.count, self.s.sums(step), step.result)
            self.rest(0.8)

    def weigh(self) -> None:
        """Compare the weights of a layer along two and along three axes."""
        (few, many), (inputs, outputs) = (self.s.weights(axes) for axes in (2, 3)), LAYER
        sentence = "The price, from {inputs} maps to {outputs}: {many} weights in place of {few}."
        with self.beat(sentence, inputs=inputs, outputs=outputs, many=many, few=few) as beat:
            self.count.clear()
            for line, (cells, total) in enumerate((("3 × 3", few), ("3 × 3 × 3", many))):
                runs = [(f"{inputs} × {outputs} × {cells} = ", "muted"), (written(total), "kernel")]
                beat.focus = [self.count.reckon(self, line, *runs)]
                self.point(*self.tunnel.windows[: 1 + line * 2])

    def go_deep(self) -> None:
        """Let the box go across, down and deep once more, to the strongest answer."""
        layer, row, column = self.s.strongest.output_index[1:]
        self.enter(0)
        for sheet in self.x.sheets:
            sheet.show()
        for cell in ((0, 0), (0, column), (row, column)):
            self.move(self.tunnel, cell, 0.8)
        self.enter(layer)
