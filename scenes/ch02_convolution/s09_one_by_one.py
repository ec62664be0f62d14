"""1 x 1 convolution: no neighbors, but all maps: a small dense layer at every place."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Row, Scene, Slot, Stack, Tunnel, cell_text, counted
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.stories.facing import face
from cnnviz.stage.walk import sweep

MOST = 80  # places that are visited one by one
CELL = 0.6  # units: side of a weight
SPREAD = 0.9  # of a stack, in widths of a map
SUM = 2.0  # width of a sum, in cells in which it could just be read


class OneByOne(
    Scene,
    subject=subjects.OneByOne,
    takeaway="A 1 × 1 convolution mixes maps: it changes the depth and leaves every place where it is.",
    concepts=("1 × 1 convolution", "channels", "depth", "parameters"),
    seconds=31,
    gif="one-by-one",
):
    """Eight maps of a digit become three, place by place."""

    title = "1 × 1 convolution"
    subtitle = "mix the maps, keep the place"

    subject: subjects.OneByOne

    def tell(self, s: subjects.OneByOne) -> None:
        """Read one place through all maps, weigh, and do so everywhere."""
        self.s, depth, out = s, len(s.maps), len(s.mixing)
        self.build()
        with self.beat("A kernel of 1 × 1 sees no neighbors. What is it good for?", focus=self.x.sheets):
            self.play(self.x.fan(), run_time=1.6)
            self.rest(1.4)
        self.tunnel = tunnel = Tunnel(self.x, (1, 1), cell=(cell := s.liveliest), color=self.theme.kernel)
        looks = counted("It looks at one place of the map.", "It looks through all {count} maps at one place.", depth)
        with self.beat(looks, focus=tunnel.windows):
            self.appear(tunnel)
            self.point(*tunnel.windows)
            flights = [(sheet.copy_of(cell), self.pixel.cell_box((0, k))) for k, sheet in enumerate(self.x.sheets)]
            self.fly(*flights, seconds=1.2)
            self.pixel.become(s.maps[(slice(None), *cell)][None])
            self.rest(0.6)
        with self.beat("Each number times the weight of its map, all added up.", focus=[self.products, self.sums]):
            self.weigh(s.mixed.at((0, *cell)))
        if out > 1:
            with self.beat("Each further row of weights makes another map.", focus=self.mixing):
                for k in range(1, out):
                    self.weigh(s.mixed.at((k, *cell)), seconds=0.6)
        with self.beat("At every place the same weights: a small dense layer that slides.", focus=self.y.sheets):
            self.vanish(self.products)
            self.everywhere()
        self.count()
        self.leave()
        self.close("Depth {depth} becomes {out}; every place stays.", depth=depth, out=out, focus=self.y.sheets)

    def build(self) -> None:
        """Set the maps, the weights beside the numbers of one place, and the new maps."""
        s, maps, answers = self.s, self.s.maps, self.s.mixed.fold()
        texts, wide = ({cell_text(value) for each in many for value in each.flat} for many in (maps, s.products))
        self.side = max(CELL, smallest_cell(texts))
        self.x = self.stack(maps, "maps", folded=True)
        self.y = self.stack(answers, "new maps", hidden=True)
        look = {"detail": "", "widest": texts, "hidden": True, "side": self.side}
        self.pixel = Grid(0 * maps[None, :, 0, 0], "output", "place", scale=float(abs(maps).max()), **look)
        self.sums = self.column(answers)
        self.mixing = Grid(s.mixing, "kernel", "weights", scale=2.0, side=self.side)
        self.mixing.sink()
        look, scale = look | {"widest": wide}, self.sums.scale_of_fill / 2
        self.products = Grid(s.products[0], "output", "products", scale=scale, **look)
        self.notes = Slot(3.5, 1.05)
        works = Column(self.pixel, Row(self.mixing, self.sums, gap=0.2), self.notes, gap=0.2)
        orders = [self.x, works, self.y], [Column(self.x, self.y), works], [Row(self.x, self.y), works]
        self.arrange(*self.roomiest(*orders, gap=0.4), gap=0.4)
        self.products.settle(self.notes.box.left, self.notes.box.top, 0.0)
        self.add(self.products)

    def stack(self, values: Any, title: Template, *, hidden: bool = False, folded: bool = False) -> Stack:
        """Make a stack of maps."""
        scale = float(abs(values).max())
        sheets = [Grid(one, "output", form="pixels", scale=scale, hidden=hidden) for one in values]
        gap, shape = SPREAD / max(1, len(values) - 1), " × ".join(map(str, values.shape)) if self.frame.is_wide else ""
        return Stack(sheets, title, role="output", gap=min(gap, 0.6), detail=shape, folded=folded)

    def column(self, answers: Any) -> Grid:
        """Make a column for the sums of a place, as high as the rows of weights and wide enough for any of them."""
        texts, zeros = {cell_text(value) for value in answers.flat}, 0 * answers[:, 0, :1]
        look = {"detail": "", "widest": texts, "hidden": True, "side": max(self.side, SUM * smallest_cell(texts))}
        sums = Grid(zeros, "output", "sums", scale=float(abs(answers).max()), **look)
        sums.tall = self.side / look["side"]
        return sums

    def weigh(self, step: Any, seconds: float = 1.0) -> None:
        """Bring the numbers of a place to a row of weights, multiply, add up, and put the sum into its map."""
        k, *cell = step.output_index
        columns, products = range(self.mixing.columns), self.products
        self.fly(*((self.pixel.copy_of((0, i)), self.mixing.cell_box((k, i))) for i in columns), seconds=0.8 * seconds)
        self.mixing.show([(k, column) for column in columns])
        self.fly(*((self.mixing.copy_of((k, i)), products.cell_box((0, i))) for i in columns), seconds=0.5 * seconds)
        products.become(self.s.products[k])
        self.rest(0.8 * seconds)
        self.fly(*((products.copy_of((0, i)), self.sums.cell_box((k, 0))) for i in columns), seconds=0.8 * seconds)
        self.sums.put((k, 0), step.result)
        self.fly((self.sums.copy_of((k, 0)), self.y.sheets[k].cell_box(tuple(cell))), scale=0.6, seconds=seconds)
        self.land([step])

    def land(self, steps: Any) -> None:
        """Write sums, and put them into their maps."""
        for step in steps:
            channel, *cell = step.output_index
            self.sums.put((channel, 0), step.result)
            self.y.sheets[channel].show([tuple(cell)])

    def everywhere(self) -> None:
        """Visit every place."""
        s, places = self.s, self.s.maps[0].size

        def show(step: Any) -> None:
            cell = step.output_index[1:]
            self.pixel.become(s.maps[(slice(None), *cell)][None])
            self.land([s.mixed.at((k, *cell)) for k in range(len(s.mixing))])

        steps = s.mixed[:places]
        self.walk(steps, self.tunnel, show, seconds=7.0, noun="place", tempo=None if places < MOST else sweep)

    def count(self) -> None:
        """Count the weights, and those that a kernel of 3 x 3 would have."""
        depth, out, muted, ink = len(self.s.maps), len(self.s.mixing), self.theme.muted, self.theme.kernel
        small, large = self.s.weights(1), self.s.weights(3)
        told: tuple[Template, Template] = "{total} weights do all that.", "Kernels of 3 × 3 would take {total}."
        for line, (name, factor, total) in enumerate(((say("1 × 1"), "", small), ("3 × 3", "9 × ", large))):
            with self.beat(told[line], total=total, focus=self.mixing):
                at = self.notes.box.left, self.notes.box.top - 0.25 - 0.5 * line
                runs = [(f"{name}   {factor}{out} × {depth} = ", muted), (written(total), ink)]
                self.appear(Line(runs, LABEL + 1, at=at, align="left"), into=self.notes)
                self.rest(0.8)

    def leave(self) -> None:
        """Let the maps before and after take the stage, with their depths."""
        self.vanish(self.tunnel, self.pixel, self.mixing, self.sums, self.x.heading, self.y.heading)
        turns, words = face(self.frame, self.x, self.y, self.notes)
        self.play(*turns, run_time=1.2)
        self.appear(words)
