"""1 x 1 convolution: no neighbors, but all maps: a small dense layer at every place."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Row, Scene, Slot, Stack, Tunnel, cell_text, counted
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.number_grid import smallest_cell
from cnnviz.stage.walk import sweep

MOST = 80  # places that are visited one by one
CELL, TALL = 0.52, 0.6  # side of a weight, and in a tall frame


class OneByOne(
    Scene,
    subject=subjects.OneByOne,
    takeaway="A 1 × 1 convolution mixes maps: it changes the depth and leaves every place where it is.",
    concepts=("1 × 1 convolution", "channels", "depth", "parameters"),
    seconds=27,
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
        cell = s.liveliest
        self.tunnel = tunnel = Tunnel(self.x, (1, 1), cell=cell, color=self.theme.kernel)
        looks = counted("It looks at one place of the map.", "It looks through all {count} maps at one place.", depth)
        with self.beat(looks, focus=tunnel.windows):
            self.appear(tunnel)
            self.point(*tunnel.windows)
            self.pixel.become(s.maps[(slice(None), *cell)][:, None])
            self.rest(1.2)
        first = s.mixed.at((0, *cell))
        with self.beat("A weight for each map, all added up: {sum}.", sum=first.result, focus=self.pixel):
            self.mixing.show([(0, column) for column in range(depth)])
            self.point(Outline(self.mixing, (0, 0), 1, depth, color=self.theme.kernel))
            self.land([first])
            self.rest(1.5)
        if out > 1:
            with self.beat("Each further row of weights makes another map.", focus=self.mixing):
                for k in range(1, out):
                    self.mixing.show([(k, column) for column in range(depth)])
                    self.point(Outline(self.mixing, (k, 0), 1, depth, color=self.theme.kernel), seconds=0.6)
                    self.land([s.mixed.at((k, *cell))])
                    self.rest(0.5)
        with self.beat("At every place the same weights: a small dense layer that slides.", focus=self.y.sheets):
            self.everywhere()
        self.count()
        everything = [*self.x.sheets, *self.y.sheets]
        self.close("Depth {depth} becomes {out}; every place stays.", depth=depth, out=out, focus=everything)

    def build(self) -> None:
        """Set the maps, the weights beside the numbers of one place, and the new maps."""
        s = self.s
        maps, answers = s.maps, s.mixed.fold()
        self.side = TALL if self.frame.height > self.frame.width else CELL
        self.x = self.stack(maps, "input", "maps", folded=True)
        self.y = self.stack(answers, "output", "new maps", hidden=True)
        self.pixel, self.sums = self.column(maps, "input", "place"), self.column(answers, "output", "sums")
        self.mixing = Grid(s.mixing, "kernel", "weights", scale=2.0, side=self.side)
        self.mixing.sink()
        self.notes = Slot(8 * self.side, 1.4)
        works = Row(Column(self.mixing, self.notes, gap=0.15), self.pixel, self.sums, gap=0.25)
        orders = [self.x, works, self.y], [Column(self.x, self.y), works], [Row(self.x, self.y), works]
        self.arrange(*self.roomiest(*orders, gap=0.4), gap=0.4)

    def stack(self, values: Any, role: str, title: Template, *, hidden: bool = False, folded: bool = False) -> Stack:
        """Make a stack of maps."""
        scale = float(abs(values).max())
        sheets = [Grid(one, role, form="pixels", scale=scale, hidden=hidden) for one in values]
        gap, shape = 1.3 / max(1, len(values) - 1), " × ".join(map(str, values.shape)) if self.frame.is_wide else ""
        return Stack(sheets, title, role=role, gap=min(gap, 0.7), detail=shape, folded=folded)

    def column(self, values: Any, role: str, title: Template) -> Grid:
        """Make a column for the numbers of all maps at one place, wide enough for any of them."""
        texts, first = {cell_text(value) for value in values.flat}, values.reshape(len(values), -1)[:, :1]
        look = {"scale": float(abs(values).max()), "widest": texts, "hidden": True}
        return Grid(
            first - first, role, title, detail="", least=max(self.side, smallest_cell(texts)), most=self.side, **look
        )

    def land(self, steps: Any) -> None:
        """Write sums, and put them into their maps."""
        for step in steps:
            channel, *cell = step.output_index
            self.sums.put((channel, 0), step.result)
            self.y.sheets[channel].show([tuple(cell)])

    def everywhere(self) -> None:
        """Visit every place."""
        s = self.s
        places = s.maps[0].size

        def show(step: Any) -> None:
            cell = step.output_index[1:]
            self.pixel.become(s.maps[(slice(None), *cell)][:, None])
            self.land([s.mixed.at((k, *cell)) for k in range(len(s.mixing))])

        steps = s.mixed[:places]
        self.walk(steps, self.tunnel, show, seconds=7.0, noun="place", tempo=None if places < MOST else sweep)

    def count(self) -> None:
        """Count the weights, and those that a kernel of 3 x 3 would have."""
        depth, out, muted, ink = len(self.s.maps), len(self.s.mixing), self.theme.muted, self.theme.kernel
        small, large = self.s.weights(1), self.s.weights(3)
        with self.beat(
            "{small} weights; a 3 × 3 kernel would take {large}.", small=small, large=large, focus=self.mixing
        ):
            for line, (name, factor, total) in enumerate(((say("1 × 1"), "", small), ("3 × 3", "9 × ", large))):
                at = self.notes.box.left, self.notes.box.top - 0.25 - 0.5 * line
                runs = [(f"{name}   {factor}{out} × {depth} = ", muted), (written(total), ink)]
                self.appear(Line(runs, LABEL - 2, at=at, align="left"), into=self.notes)
                self.rest(0.8)
