"""Five ways to fill the border, one example, five different answers."""

from typing import Any

from manim import DOWN, RIGHT, Group

from cnnviz import subjects
from cnnviz.stage import Column, Glide, Grid, Outline, Row, Sum, Window, counted
from cnnviz.stage.language import Template
from cnnviz.stage.stories.bordering import Bordering
from cnnviz.stage.stories.kernel_words import title

WIDE, NARROW = 2.1, 1.5  # units, of the kernel, by frames
MODES: tuple[Template, ...] = ("none", "zeros", "replicate", "reflect", "circular")
MEANING: dict[str, Template] = {
    "none": "None, or crop: the window stays inside, and the map comes out smaller.",
    "zeros": "Zeros: outside everything is 0, a frame that the picture never had.",
    "replicate": "Replicate, or extend: the border cells are repeated outward.",
    "reflect": "Reflect: the picture is mirrored at its border cells, which are not repeated.",
    "circular": "Circular: the picture goes round; before the first column comes the last.",
}


class PaddingModes(
    Bordering,
    subject=subjects.Padding,
    gif="padding",
    takeaway="Padding decides what the kernel finds outside the picture; it changes the border of the map and "
    "nothing inside.",
    concepts=("padding", "zeros", "replicate", "reflect", "circular", "border"),
    seconds=56,
):
    """Fill the border of a picture in five ways and compare the maps.

    The ways are none (crop), zeros, replicate (extend), reflect and circular: where each border cell comes from, and
    what changes.

    cnnviz gif padding
    cnnviz gif padding digit:3 --kernel sobel-x
    cnnviz gif padding photo.jpg --kernel laplacian --padding 8 -o borders.gif
    """

    title = "Padding modes"
    subtitle = "what is outside the picture?"

    def tell(self, s: subjects.Padding) -> None:
        """Show one mode after the other, then all side by side."""
        self.build(s)
        with self.beat("A border pixel lacks neighbors. What should the kernel find there?", focus=self.x["none"]):
            self.rest(2.0)
        for number, mode in enumerate(MODES, 1):
            self.fill(number, mode)
        self.uncount()
        self.compare()

    def build(self, s: subjects.Padding) -> None:
        """Set the picture of each mode in one place, kernel and sum, and the map of each mode in one place."""
        whole = s.traces["zeros"]
        traces = {**s.traces, "none": whole}  # without padding, the border stays empty
        peak, self.scale = s.picture.peak, max(float(abs(trace.fold()).max()) for trace in s.traces.values())
        look: dict[str, Any] = {"scale": peak, "photo": peak, "padding": whole.is_padding}
        self.x = {m: Grid(traces[m].padded[0], "input", m, detail="", **look) for m in MODES}
        self.y = {m: Grid(traces[m].fold()[0], "output", "feature map", scale=self.scale, hidden=True) for m in MODES}
        self.y["none"].detail = " × ".join(map(str, s.traces["none"].output_shape[1:]))
        weights, side = s.kernel.values, (WIDE if self.frame.is_wide else NARROW) / max(3, *s.kernel.values.shape)
        self.kernel = Grid(weights, "kernel", "kernel", detail=title(s.kernel), texts=s.kernel.labels, side=side)
        self.sum = Sum(whole, s.kernel.labels)
        x, y = max(self.x.values(), key=lambda x: x.extent(0.3)[0]), self.y["zeros"]
        orders: list[Any] = [(x, Column(self.kernel, self.sum), y), (x, y, Row(self.kernel, self.sum))]
        orders.append((x, Column(Row(self.kernel, y), self.sum)))
        cell = self.fit(*self.roomiest(*orders))
        self.places = [(grids, model.box.left, model.top, cell) for grids, model in ((self.x, x), (self.y, y))]
        self.stand()
        for grid in self.x.values():
            grid.hide(cell for cell in grid.everywhere() if whole.is_padding[cell])
        self.static, self.shown = [self.kernel, self.sum], list[Any]([self.x["none"]])
        self.add(*self.static, *self.shown)

    def stand(self) -> None:
        """Let the pictures of all modes stand in one place, and their maps in another."""
        for grids, left, top, cell in self.places:
            for grid in grids.values():
                grid.settle(left, top, cell)

    def fill(self, number: int, mode: str) -> None:
        """Fill the border, go along it with the window, and come back to its first place."""
        x, y, trace = self.x[mode], self.y[mode], self.subject.traces["zeros" if mode == "none" else mode]
        steps = [step for step in trace if step.is_padding.any() == (mode != "none")]
        window = Window(x, trace.weight.shape[2:], cell=steps[0].padded_origin)
        with self.beat(MEANING[mode], focus=[x, y]):
            self.step(number, len(MODES), noun="mode", stays=True)
            self.sum.clear()
            self.remove(*self.shown)
            self.shown = [x, y, window, self.frame_inside(y)]
            self.add(x, y)
            if mode != "none":
                self.bring(mode)
                y.show(step.output_index[1:] for step in trace if not step.is_padding.any())
            self.add(*self.shown)
            self.walk(steps, window, lambda step: y.show([step.output_index[1:]]), seconds=2.6)
        if mode != "none":
            self.explain(steps[0], window)

    def bring(self, mode: str) -> None:
        """Let the border cells travel from where they are copied, columns first, then whole rows."""
        x, (above, below), strips = self.x[mode], self.subject.around[0], list[Group]()
        for axis in (1, 0) if x.has_numbers else ():
            glides = []
            for place, source in self.subject.copies(mode, axis):
                along = range(above, x.rows - below) if axis else range(x.columns)
                cells = [(i, place) if axis else (place, i) for i in along]
                way = (place - source) * x.side * (RIGHT if axis else DOWN)
                strips.append(Group(*(part for cell in cells for part in x.copy_of(cell))).shift(-way))
                glides.append(Glide(strips[-1], (way[0], way[1])))
            if glides:
                self.play(*glides, run_time=1.0)
        self.remove(*strips)
        x.show()
        self.point(x)

    def explain(self, step: Any, window: Window) -> None:
        """Write out the sum of a window on the border."""
        landing = Outline(self.shown[1], step.output_index[1:], color=self.theme.text)
        self.shown.append(landing)
        one = "{count} cell of this window is padding: the answer is {result}."
        many = "{count} cells of this window are padding: the answer is {result}."
        with self.beat(counted(one, many, int(step.is_padding.sum())), result=step.result, focus=[landing, window]):
            self.move(window, step.padded_origin, 0.5)
            window.take_up(self, self.kernel)
            for term in self.sum.terms(step):
                self.appear(term, into=self.sum, seconds=0.3)
            self.appear(self.sum.result(step), into=self.sum)
            self.appear(landing)
            self.rest(0.6)
