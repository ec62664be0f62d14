"""Dense, locally connected, convolutional: first fewer connections, then the same weights everywhere."""

from manim import FadeIn, FadeOut

from cnnviz import subjects
from cnnviz.stage import Column, Outline, Ranking, Resettle, Row, Slot, say
from cnnviz.stage.language import Template, written
from cnnviz.stage.stories.squares import Squares
from cnnviz.stage.stories.three_layers import GAP, PLACED, TITLES, ThreeLayers
from cnnviz.subjects.weight_sharing import PATCH, PLACES, Kind, network_parameters


class WeightSharing(
    ThreeLayers,
    subject=subjects.WeightSharing,
    takeaway="Look near, and share: what is learned in one place then works in all.",
    concepts=("dense layer", "locally connected layer", "weight sharing", "parameters"),
    seconds=54,
):
    """The same picture and four outputs, under three kinds of layer."""

    title = "Look near, and share"
    subtitle = "dense · local · shared"

    subject: subjects.WeightSharing

    def tell(self, s: subjects.WeightSharing) -> None:
        """Take connections away, then freedom."""
        self.make(s)
        self.set_panel(0)
        for count, title in zip(self.counts, TITLES, strict=True):
            self.write(count, "?", title)
        with self.beat("Four outputs, made in three ways: how many weights must be learned?", focus=self.outputs[0]):
            self.point(*self.outputs[:1], *(count.content[0] for count in self.counts))
            self.rest(1.6)
        self.dense(s.dense)
        with self.beat("Locally connected: each output sees its corner, with weights of its own.", focus=self.x):
            self.set_panel(1)
            for place in range(4):
                self.work(1, place, 0.6)
            self.count(1)
        self.share(s.shared)
        self.compare(s)
        self.together(s)
        self.close(
            "Look near, and share: what is learned in one place then works in all.",
            focus=self.blocks[2],
            motion=self.light,
        )

    def light(self) -> None:
        """Light corners that are equal, one after the other, and what the convolution answers to each."""
        for place in self.s.alike:
            corner = Outline(self.x, self.corner(place), PATCH, PATCH, color=self.theme.highlight)
            self.appear(corner, Outline(self.last, PLACED[place], color=self.theme.highlight))

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
            self.count(0)

    def share(self, kind: Kind) -> None:
        """Carry the weights of the first corner to the others, where they stay as shadows: they are the same ones."""
        sentence = "Convolution: one set of {weights} weights goes to every corner."
        with self.beat(sentence, weights=kind.distinct, focus=self.outputs[2]):
            self.set_panel(2)
            first, *others = self.blocks[2]
            self.work(2, 0, 0.6)
            for place, block in enumerate(others, 1):
                self.fly(
                    ([part for cell in first.everywhere() for part in first.copy_of(cell)], block.box), seconds=0.6
                )
                block.show()
                self.work(2, place, 0.5)
                block.sink()
            self.count(2)

    def compare(self, s: subjects.WeightSharing) -> None:
        """Count the same kinds for a real layer in squares, each as much as its convolution, and for whole networks."""
        unit, dense, cnn = s.shared.example, *map(network_parameters, ("dense", "cnn"))
        self.whole = whole = Ranking([say("dense"), say("CNN")], 3.7, 1.1, "whole networks", widest=written(dense))
        self.squares = Squares(self, TITLES, [kind.example for kind in s.kinds], whole)
        (most, local, one), own = self.squares.grids, self.blocks[2]
        told: Template = "A real convolution's {count} parameters fill one square; a dense layer's, about {ratio}."
        with self.beat(told, count=unit, ratio=s.ratio, focus=[one, most]):
            gone = [self.x, self.outputs[2], self.window, self.head, *self.counts]
            self.play(*map(FadeOut, gone), FadeIn(most, one), run_time=0.4)
            self.fly((own, one.box), scale=one.side / (2 * own[0].box.width + GAP), seconds=1.0)
            self.remove(*own)
            one.show()
            self.squares.fill(0, 2.0)
        much = s.local.example
        with self.beat("Local looks near but does not share: {count} parameters.", count=much, focus=local):
            self.appear(local)
            self.squares.fill(1, 1.4)
        with self.beat("Whole networks differ less: {dense} against {cnn}.", dense=dense, cnn=cnn, focus=whole.texts):
            self.appear(whole)
            whole.tell(self, dense, cnn)

    def together(self, s: subjects.WeightSharing) -> None:
        """Let the three ways from the input to four outputs grow out of the squares, and count."""
        counts, ys = [Slot(1.9, 0.5) for _ in s.kinds], [self.answers(kind, zoom=1.4) for kind in s.kinds]
        self.last = ys[2]
        squares, self.x.zoom = [self.square(panel) for panel in range(3)], 1.4
        rows = [[lay(*each, gap=0.1) for each in zip(ys, counts, strict=True)] for lay in (Row, Column)]
        ways = [[Column(*each, gap=0.15) for each in zip(squares, row, strict=True)] for row in rows]
        self.fit(*self.roomiest(*([self.x, *way] for way in ways), gap=0.2), gap=0.2)
        new, grown = [self.x, *ys, *counts, *(square.items[0] for square in squares)], []
        for grid, own in zip(self.squares.grids, self.blocks, strict=True):
            high, wide = grid.rows / PLACES, grid.columns / PLACES
            boxes = [grid.cell_box((row * high, column * wide), high, wide) for row, column in PLACED]
            grown += [Resettle(block, box, block.top) for block, box in zip(own, boxes, strict=True)]
        told: Template = "Four outputs take {dense}, {local} or {shared} weights."
        fields = dict(zip(("dense", "local", "shared"), (kind.distinct for kind in s.kinds), strict=True))
        with self.beat(told, focus=self.blocks[0], **fields):
            gone = map(FadeOut, [*self.squares.grids, self.whole])
            self.play(*gone, *grown, *map(FadeIn, new), run_time=1.4)
            for count, kind, own in zip(counts, s.kinds, self.blocks, strict=True):
                seen = Outline(self.x, (0, 0), own[0].rows, own[0].columns, color=self.theme.kernel)
                self.appear(seen, seconds=0.3)
                self.write(count, kind.distinct, "weights")
                self.point(seen, *(own[:1] if kind is s.shared else own))
                self.vanish(seen)
