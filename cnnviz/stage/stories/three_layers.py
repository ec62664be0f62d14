"""One picture under several layers: pixels meet weights, sums land, and what stays of the weights grows."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, FadeOut

from cnnviz.stage.glide import Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.weight_sharing import PATCH, PLACES, SIDE, Kind

GAP = 0.09  # between the weights of two outputs
TITLES: tuple[Template, ...] = ("dense", "local", "convolution")
PLACED = [divmod(place, PLACES) for place in range(PLACES**2)]


class ThreeLayers(Scene):
    """The same picture and four outputs, under three kinds of layer."""

    def make(self, s: Any) -> None:
        """Make the pictures of all layers, and the places where their weights are counted."""
        self.s, self.x = s, Grid(s.picture.values[0], "input", "input", scale=s.picture.peak, zoom=1.4)
        self.outputs = [self.answers(kind, "outputs", hidden=True, zoom=2.0) for kind in s.kinds]
        fill: dict[str, Any] = {"scale": 2.0, "most": 2.0}  # every layer fills the same room
        self.blocks = [[Grid(w, "kernel", zoom=SIDE // len(w), **fill) for w in kind.blocks] for kind in s.kinds]
        for block in self.blocks[0]:
            block.sink()
        for block in self.blocks[2][1:]:
            block.hide()
        self.noted, self.counts = Slot(1.8, 0.5), [Slot(2.9, 0.5) for _ in s.kinds]

    def answers(self, kind: Kind, title: Template = "", **look: Any) -> Grid:
        """Make the outputs of a layer, in cells that are large enough for those of every layer."""
        sums = [float(value) for each in self.s.kinds for value in each.outputs.flat]
        least, scale = smallest_cell(map(cell_text, sums)), max(map(abs, sums)) / 3
        return Grid(kind.outputs, "output", title, detail="", scale=scale, least=least, most=1.3, **look)

    def square(self, panel: int) -> Column:
        """Set the weights of the four outputs of a layer below its name."""
        self.head, own = Slot(0.1, 0.0, TITLES[panel], role="kernel"), self.blocks[panel]
        return Column(self.head, Row(*own[:2], gap=GAP), Slot(0.0, GAP), Row(*own[2:], gap=GAP), gap=0.0)

    def set_panel(self, panel: int) -> None:
        """Set the input, the weights of a layer and its outputs; what stays of the weights before grows into them."""
        before: list[Any] = [*self.blocks[panel - 1], self.outputs[panel - 1], self.window] if panel else []
        if panel:
            self.remove(self.head)
        texts = [count.content for count in self.counts]
        given, square, y = Column(self.x, self.noted, gap=0.1), self.square(panel), self.outputs[panel]
        made = Column(y, *self.counts, gap=0.12), Row(y, Column(Slot(0.0, TITLE_HEIGHT), *self.counts, gap=0.12))
        self.arrange(*self.roomiest(*((given, square, each) for each in made), gap=0.4), gap=0.4)
        for count, text in zip(self.counts, texts, strict=True):
            count.put(*text)
        if panel:
            corners = [self.corner(place) if panel == 1 else (0, 0) for place in range(4)]
            grown = []
            for old, new, at in zip(before, self.blocks[panel], corners, strict=False):
                grown.append(Resettle(new, old.cell_box(at, *new.values.shape), new.top))
            self.play(*grown, *map(FadeOut, before), FadeIn(self.head), run_time=1.2)

    def corner(self, place: int) -> tuple[int, int]:
        """Return the first pixel of the corner that an output of a local layer sees."""
        row, column = PLACED[place]
        return row * PATCH, column * PATCH

    def work(self, panel: int, place: int, seconds: float) -> None:
        """Let the pixels that an output sees meet its weights, and the sum land in its cell."""
        block, y, at = self.blocks[panel][place], self.outputs[panel], PLACED[place]
        corner = self.corner(place) if panel else (0, 0)
        if place == 0:
            self.window = Window(self.x, block.values.shape, cell=corner)
            self.appear(self.window, seconds=0.3)
        elif corner != self.window.cell:
            self.move(self.window, corner, 0.3)
        seen = [part for i, j in block.everywhere() for part in self.x.copy_of((corner[0] + i, corner[1] + j))]
        self.fly((seen, block.box), scale=block.side / self.x.side, seconds=seconds)
        block.show()
        y.show([at])
        self.step(4 * panel + place + 1, 12, noun="output")
        self.point(Outline(y, at, color=self.theme.output), seconds=0.5)

    def write(self, slot: Slot, number: object, what: Template) -> None:
        """Write a number and what it counts."""
        slot.put_line([(f"{number} ", self.theme.kernel), (say(what), self.theme.muted)], 30)

    def count(self, panel: int) -> None:
        """Say how many weights a layer has to learn, in place of the question."""
        self.write(self.counts[panel], self.s.kinds[panel].distinct, TITLES[panel])
        self.point(self.counts[panel].content[0], seconds=0.6)
        self.rest(0.5)
