"""Dense, locally connected, convolutional: first fewer connections, then the same weights everywhere."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Ranking, Row, Scene, Slot, Window, cell_text, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.layout import NOTE
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.subjects.weight_sharing import SIDE, Kind, network_parameters

GAP = 0.09  # between the weights of two outputs
TITLES: tuple[Template, ...] = ("dense", "local", "convolution")


class WeightSharing(
    Scene,
    subject=subjects.WeightSharing,
    takeaway="Look near, and share: what is learned in one place then works in all.",
    concepts=("dense layer", "locally connected layer", "weight sharing", "parameters"),
    seconds=48,
):
    """The same picture and four outputs, under three kinds of layer."""

    title = "Look near, and share"
    subtitle = "dense · local · shared"

    subject: subjects.WeightSharing

    def tell(self, s: subjects.WeightSharing) -> None:
        """Take connections away, then freedom."""
        self.s, self.x = s, Grid(s.picture.values[0], "input", "input", scale=s.picture.peak)
        sums = [float(value) for kind in s.kinds for value in kind.outputs.flat]
        look = {"detail": "", "scale": max(map(abs, sums)), "least": smallest_cell(map(cell_text, sums))}
        self.outputs = [
            Grid(kind.outputs, "output", "outputs", hidden=True, zoom=1.8, most=1.2, **look) for kind in s.kinds
        ]
        fill = {"scale": 2.0, "most": 2.0}  # every layer fills the same room
        self.blocks = [[Grid(w, "kernel", zoom=SIDE // len(w), **fill) for w in kind.blocks] for kind in s.kinds]
        for block in (block for own in self.blocks for block in own):
            (block.hide if block in self.blocks[2] else block.sink)()
        self.set_panel(0)
        with self.beat("Four outputs, made in three ways: how many weights must be learned?", focus=self.outputs[0]):
            self.rest(2.4)
        self.dense(s.dense)
        self.set_panel(1)
        with self.beat("Locally connected: each output sees its corner, with weights of its own.", focus=self.x):
            for place in range(4):
                self.work(1, place, 0.6)
            self.count(self.counted, s.local)
        self.set_panel(2)
        self.share(s.shared)
        self.vanish(self.x, *self.blocks[2], self.outputs[2], self.counted, self.window)
        self.compare(s)
        self.close("Look near, and share: what is learned in one place then works in all.", focus=self.blocks[2])

    def square(self, panel: int) -> Column:
        """Set the weights of the four outputs of a layer below its name."""
        self.head, own = Slot(0.1, 0.0, TITLES[panel], role="kernel"), self.blocks[panel]
        return Column(self.head, Row(*own[:2], gap=GAP), Slot(0.0, GAP), Row(*own[2:], gap=GAP), gap=0.0)

    def set_panel(self, panel: int) -> None:
        """Show the input, the weights of a layer and its outputs, in the place of the layer before."""
        if panel:
            self.vanish(*self.blocks[panel - 1], self.outputs[panel - 1], self.counted, self.window)
            self.remove(self.head)
        self.noted, self.counted = Slot(1.8, 0.5), Slot(2.5, 0.6)
        given, made = Column(self.x, self.noted, gap=0.1), Column(self.outputs[panel], self.counted, gap=0.15)
        self.arrange(given, self.square(panel), made, gap=0.4)

    def dense(self, kind: Kind) -> None:
        """Work out one output from all pixels, then the others, each with weights of its own."""
        sentence = "A dense output weighs all {pixels} pixels and adds up: {sum}."
        pixels, total = self.x.values.size, float(kind.outputs[0, 0])
        with self.beat(sentence, focus=self.blocks[0][0], pixels=pixels, sum=total):
            self.noted.put_line([("4 × 4 = ", self.theme.muted), (f"{pixels}", self.theme.input)])
            self.work(0, 0, 1.6)
            self.rest(1.2)
        with self.beat("No two outputs have a weight in common: {weights} weights.", weights=kind.distinct):
            self.vanish(self.noted)
            for place in range(1, 4):
                self.work(0, place, 0.8)
            self.count(self.counted, kind)

    def work(self, panel: int, place: int, seconds: float) -> None:
        """Let the pixels that an output sees meet its weights, and the sum land in its cell."""
        block, y, (row, column) = self.blocks[panel][place], self.outputs[panel], divmod(place, 2)
        corner = (0, 0) if panel == 0 else (row * block.rows, column * block.columns)
        if place == 0:
            self.window = Window(self.x, (block.rows, block.columns), cell=corner)
            self.appear(self.window, seconds=0.3)
        elif corner != self.window.cell:
            self.move(self.window, corner, 0.3)
        seen = [(corner[0] + i, corner[1] + j) for i, j in block.everywhere()]
        self.fly(
            ([part for each in seen for part in self.x.copy_of(each)], block.box),
            scale=block.side / self.x.side,
            seconds=seconds,
        )
        block.show()
        y.show([(row, column)])
        self.point(Outline(y, (row, column), color=self.theme.output), seconds=0.5)
        self.step(4 * panel + place + 1, 12, noun="output")

    def share(self, kind: Kind) -> None:
        """Carry the weights of the first corner to the others."""
        sentence = "Convolution: one set of {weights} weights goes to every corner."
        with self.beat(sentence, weights=kind.distinct, focus=self.outputs[2]):
            self.work(2, 0, 0.6)
            first = self.blocks[2][0]
            for place in range(1, 4):
                weights = [part for cell in first.everywhere() for part in first.copy_of(cell)]
                self.fly((weights, self.blocks[2][place].box), seconds=0.6)
                self.blocks[2][place].show()
                self.work(2, place, 0.5)
            self.count(self.counted, kind)

    def count(self, slot: Slot, kind: Kind) -> None:
        """Say how many weights there are to learn."""
        slot.put_line([(f"{kind.distinct} ", self.theme.kernel), (say("weights"), self.theme.muted)], 30)
        self.rest(0.5)

    def compare(self, s: subjects.WeightSharing) -> None:
        """Set the three layers side by side, and count the same kinds for a real layer and for whole networks."""
        self.remove(self.head)
        for block in (block for own in self.blocks for block in own):
            block.zoom = 1.0
        counts = [Slot(1.9, 0.44) for _ in s.kinds]
        squares = [Column(self.square(panel), count, gap=0.1) for panel, count in enumerate(counts)]
        wide = max(3.4, 0.33 * self.frame.stage.width)
        names, largest = [say("dense"), say("local"), say("conv")], written(s.dense.example)
        layer = Ranking(names, wide, 1.5, "real layer", widest=largest)
        dense, cnn = map(network_parameters, ("dense", "cnn"))
        whole = Ranking([say("dense"), say("CNN")], wide, 1.0, "whole networks", widest=written(dense))
        shape, ratio = Slot(wide, 0.36), Slot(wide, 0.44)
        charts = Column(Column(layer, shape, ratio, gap=0.04), whole, gap=0.1)
        orders = [*squares, charts], [squares[0], Column(*squares[1:], gap=0.1), charts]
        self.arrange(*self.roomiest(*orders, gap=0.3), gap=0.3)
        told: Template = "Four outputs take {dense}, {local} or {shared} weights."
        fields = dict(zip(("dense", "local", "shared"), (kind.distinct for kind in s.kinds), strict=True))
        with self.beat(told, focus=self.blocks[0], **fields):
            for count, kind in zip(counts, s.kinds, strict=True):
                self.count(count, kind)
        told = "In a real layer, the dense form has {ratio} times the parameters of the convolution."
        with self.beat(told, ratio=s.ratio, focus=layer.box):
            before, after = (" × ".join(map(str, shape)) for shape in s.example.shapes)
            shape.put_line([(f"{before} {say('to {shape}', shape=after)}", self.theme.muted)], NOTE + 1)
            layer.tell(self, *(kind.example for kind in s.kinds))
            ratio.put_line([(say("{ratio} times", ratio=s.ratio), self.theme.kernel)])
            self.rest(1.5)
        with self.beat("Whole networks differ less: {dense} against {cnn}.", dense=dense, cnn=cnn, focus=whole.box):
            whole.tell(self, dense, cnn)
