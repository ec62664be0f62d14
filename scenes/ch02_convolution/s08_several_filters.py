"""Several filters: each makes a map of its own, and the maps stack into the depth of the output."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Outline, Row, Scene, Slot, Tunnel, Window, cell_text, counted
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.stacking import stack_up, tables
from cnnviz.stage.walk import sweep

MOST = 12  # windows that are shown one by one
LEAST, LARGEST = 0.3, 0.55  # units: cells of kernels
TOGETHER = 1.1  # units: height of a kernel, and of its number beside it, where all maps stand together
HEADS: tuple[Template, ...] = ("filter", "map")


class SeveralFilters(
    Scene,
    subject=subjects.Depth,
    takeaway="Every filter makes one map; the maps stack into the depth of the output.",
    concepts=("filters", "depth", "feature map", "parameters"),
    seconds=27,
):
    """Four filters on a handwritten digit, and the four maps they make."""

    title = "Several filters"
    subtitle = "one map each, stacked into depth"

    subject: subjects.Depth

    def tell(self, s: subjects.Depth) -> None:
        """Run one filter after the other over the picture, and stack their maps."""
        self.s, count = s, len(s.filters)
        self.build()
        filters = counted("{count} filter", "{count} filters", count)
        with self.beat("One picture, {filters}. What comes out of the layer?", filters=filters, focus=self.kernels):
            self.rest(2.4)
        with self.beat("The first filter slides over the picture and makes one map.", focus=self.sheets[0]):
            self.bring(0, 4.0)
        weights, parameters = s.trace.weight[0].size, s.parameters(1)
        learned = "It learns {weights} weights and a bias: {parameters} parameters."
        with self.beat(learned, weights=weights, parameters=parameters, focus=self.kernels[0]):
            self.count(1)
        if count > 1:
            with self.beat("Another filter has other weights, so it makes another map.", focus=self.sheets[1]):
                self.bring(1, 2.4)
        if count > 2:
            with self.beat("Every further filter adds a map.", focus=self.sheets[-1]):
                for index in range(2, count):
                    self.bring(index, 2.0)
        for kernel in self.kernels:
            kernel.show()
        self.uncount()
        if count > 1:
            self.stand_together()
        last = counted(
            "{count} filter, {count} map: the output is as deep as there are filters.",
            "{count} filters, {count} maps: the output is as deep as there are filters.",
            count,
        )
        self.close(last, focus=[*self.kernels, *self.sheets], motion=self.count_off)

    def build(self) -> None:
        """Set the picture, and every filter beside the map that it will make."""
        s = self.s
        peak, widest = s.picture.peak, {cell_text(value) for value in s.maps.flat}
        strongest, scale = float(abs(s.trace.weight).max()), float(abs(s.maps).max()) or 1.0
        self.x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        look = {"detail": "", "scale": strongest, "least": LEAST, "most": LARGEST}
        self.kernels = [Grid(one.values, "kernel", texts=one.labels, **look) for one in s.filters]
        self.sheets = [Grid(one, "output", detail="", scale=scale, hidden=True, widest=widest) for one in s.maps]
        self.shape, self.total = Slot(2.7, 0.5), Slot(2.7, 0.4)
        self.given = Column(self.x, self.shape, self.total, gap=0.12)
        ways = [(Row, 1), (Row, 2), (Row, 3), (Column, 2), (Column, 3), (Column, 4)]
        best = max(ways, key=lambda way: self.fit(*self.order(*way), gap=0.45))
        self.arrange(*self.order(*best), gap=0.45)
        self.window = Window(self.x, s.trace.weight.shape[2:])

    def order(self, lay: Any, width: int) -> list[Any]:
        """Set filters with their maps in lines of so many; those in the first line have headings."""
        heads = [say(head) for head in HEADS]
        for index, pair in enumerate(zip(self.kernels, self.sheets, strict=True)):
            for one, head in zip(pair, heads, strict=True):
                one.title = head if index < width and (lay is Row or one.role == "kernel") else ""
        pairs = [lay(*pair, gap=0.15) for pair in zip(self.kernels, self.sheets, strict=True)]
        return [self.given, *tables(pairs, (width,), gap=0.35)]

    def count_off(self) -> None:
        """Look at every filter and its map, one after the other."""
        for pair in zip(self.kernels, self.sheets, strict=True):
            self.point(*pair, seconds=0.5)

    def bring(self, index: int, seconds: float) -> None:
        """Let a filter fill its map."""
        s, sheet = self.s, self.sheets[index]
        steps, columns = s.maps[0].size, s.maps.shape[2]
        for other in self.kernels:
            other.sink()
        self.kernels[index].show()
        self.step(index + 1, len(s.filters), noun="filter")
        self.window.lay((0, 0))
        self.add(self.window)
        self.window.take_up(self, self.kernels[index], seconds=0.6)
        mine = s.trace[index * steps : (index + 1) * steps]
        alone = columns if index == 0 and columns <= MOST else 0

        def show(step: Any) -> None:
            sheet.show([step.output_index[1:]])

        self.walk(mine[:alone], self.window, show, seconds=seconds / 2)
        self.window.put_down()
        self.walk(mine[alone:], self.window, show, seconds=seconds / 2, tempo=sweep)
        self.remove(self.window)
        self.count(index + 1)

    def count(self, depth: int) -> None:
        """Write the shape and the parameters that there are now."""
        theme, (rows, columns), weights = self.theme, self.s.maps.shape[1:], self.s.trace.weight[0].size
        at = (self.shape.box.left, self.shape.box.center[1])
        runs = [(f"{depth}", theme.output), (f" × {rows} × {columns}", theme.text)]
        name = Label(say("output"), LABEL, theme.output, at=at, align="left")
        at = (float(name.get_right()[0]) + 0.2, at[1])
        self.shape.put(name, Line(runs, 32, at=at, align="left", bold=True))
        product = [(" × (", theme.muted), (f"{weights}", theme.kernel), (" + 1) = ", theme.muted)]
        ends = (f"{depth}", theme.output), (f"{self.s.parameters(depth)}", theme.kernel)
        self.total.put_line([ends[0], *product, ends[1]], LABEL + 1)

    def stand_together(self) -> None:
        """Let the maps travel into one block, then look through it at one place."""
        cell, (depth, rows, columns) = self.s.liveliest, self.s.maps.shape
        high = self.s.trace.weight.shape[2]
        for kernel in self.kernels:
            kernel.title, kernel.most = "", TOGETHER / high
        look: dict[str, Any] = {"scale": self.sheets[0].scale_of_fill, "hidden": True, "detail": ""}
        look |= {"least": high * LEAST, "most": TOGETHER, "zoom": high}
        self.numbers = numbers = [Grid(one[cell[0] :, cell[1] :][:1, :1], "output", **look) for one in self.s.maps]
        sentence = "Stacked, they are one block of {depth} × {rows} × {columns} numbers."
        with self.beat(sentence, depth=depth, rows=rows, columns=columns, focus=self.sheets):
            stack = stack_up(self, self.given, self.kernels, numbers, self.sheets, lambda: self.count(depth))
            self.rest(0.5)
        with self.beat("Each place of the picture is now described by {depth} numbers.", depth=depth, focus=numbers):
            place = Tunnel(stack, (1, 1), cell=cell, color=self.theme.text)
            seen = Outline(self.x, cell, *self.s.trace.weight.shape[2:], color=self.theme.kernel)
            self.appear(seen, place)
            self.point(seen, *place.windows)
            flights = zip((sheet.copy_of(cell) for sheet in self.sheets), numbers, strict=True)
            self.fly(*((copy, one.cell_box((0, 0))) for copy, one in flights), seconds=1.0)
            for one in numbers:
                one.show()
            self.rest(0.4)
