"""Several filters over one picture: each makes a map, and the maps stack into depth."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Line, Outline, Scene, Slot, Stack, Tunnel, Window, cell_text, counted
from cnnviz.stage.layout import NOTE
from cnnviz.stage.stories.kernel_words import title
from cnnviz.stage.walk import sweep

SPREAD = 1.3  # of the whole stack, in widths of a map
MOST = 12  # windows that are shown one by one


class SeveralFilters(
    Scene,
    subject=subjects.Depth,
    takeaway="Every filter makes one map; the maps stack into the depth of the output.",
    concepts=("filters", "depth", "feature map", "parameters"),
    seconds=35,
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
        with self.beat("One picture, {filters}. What comes out of the layer?", filters=filters, focus=self.x):
            self.rest(2.4)
        with self.beat("The first filter slides over the picture and makes one map.", focus=self.sheets[0]):
            self.bring(0, 5.0)
        weights, parameters = s.trace.weight[0].size, s.parameters(1)
        learned = "It learns {weights} weights and a bias: {parameters} parameters."
        with self.beat(learned, weights=weights, parameters=parameters, focus=self.kernels[0]):
            self.count(1)
            self.rest(1.0)
        if count > 1:
            with self.beat("Another filter has other weights, so it makes another map.", focus=self.sheets[1]):
                self.bring(1, 3.0)
        if count > 2:
            with self.beat("Every further filter adds a map.", focus=self.sheets[-1]):
                for index in range(2, count):
                    self.bring(index, 2.0)
        if count > 1:
            self.stand_together()
        self.close(
            counted(
                "{count} filter, {count} map: the output is as deep as there are filters.",
                "{count} filters, {count} maps: the output is as deep as there are filters.",
                count,
            ),
            focus=self.sheets,
        )

    def build(self) -> None:
        """Set the picture, the place of the filter at work, and the stack."""
        s = self.s
        count, peak = len(s.filters), s.picture.peak
        strongest, scale = float(abs(s.trace.weight).max()), float(abs(s.maps).max()) or 1.0
        self.x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        texts = {cell_text(value) for one in s.maps for row in one.tolist() for value in row}
        self.sheets = [Grid(one, "output", scale=scale, hidden=True, widest=texts) for one in s.maps]
        gap = min(0.6, SPREAD / max(1, count - 1))
        self.stack = Stack(self.sheets, "feature maps", role="output", gap=gap)
        self.shape, self.total = Slot(3.4, 0.5), Slot(3.4, 0.4)
        self.kernels = [
            Grid(one.values, "kernel", title(one) or "filter", detail="", scale=strongest, texts=one.labels, most=0.56)
            for one in s.filters
        ]
        for side in (0.56, 0.7, 0.85):
            for kernel in self.kernels:
                kernel.most, kernel.zoom = side, 2.0
            widest = max(self.kernels, key=lambda one: one.extent(side)[0])
            self.place = Slot(widest.extent(side)[0], max(one.extent(side)[1] for one in self.kernels))
            maps = Column(self.stack, self.shape, self.total, gap=0.12)
            self.arrange(*self.roomiest([self.x, self.place, maps], [Column(self.x, self.place), maps]))
            for kernel in self.kernels:
                kernel.settle(self.place.box.left, self.place.box.top, side)
            if all(kernel.type_size >= 16 for kernel in self.kernels):
                break
            self.remove(self.x, self.place, self.stack, self.shape, self.total)
        self.add(self.shape, self.total)
        self.remove(self.stack)
        if self.stack.heading:
            self.add(self.stack.heading)
        self.window = Window(self.x, s.trace.weight.shape[2:])

    def bring(self, index: int, seconds: float) -> None:
        """Let a filter fill its map, in front of those before it."""
        s, sheet = self.s, self.sheets[index]
        steps, columns = s.maps[0].size, s.maps.shape[2]
        if index:
            self.blur(self.sheets[index - 1])
        self.place.clear()
        self.appear(self.kernels[index], into=self.place)
        self.step(index + 1, len(s.filters), noun="filter")
        self.appear(sheet, seconds=0.3)
        self.window.lay((0, 0))
        self.add(self.window)
        mine = s.trace[index * steps : (index + 1) * steps]
        alone = columns if index == 0 and columns <= MOST else 0

        def show(step: Any) -> None:
            sheet.show([step.output_index[1:]])

        self.walk(mine[:alone], self.window, show, seconds=seconds / 2)
        self.walk(mine[alone:], self.window, show, seconds=seconds / 2, tempo=sweep)
        self.remove(self.window)
        self.count(index + 1)

    def blur(self, sheet: Grid) -> None:
        """Show a map that the next one will partly cover as pixels: half a number is none."""
        plane, box, sheet.form = sheet.plane, sheet.box, "pixels"
        sheet.settle(box.left, box.top, sheet.side)
        sheet.stand(plane)

    def count(self, depth: int) -> None:
        """Write the shape and the parameters that there are now."""
        theme, (rows, columns), weights = self.theme, self.s.maps.shape[1:], self.s.trace.weight[0].size
        at = (self.shape.box.left, self.shape.box.center[1])
        runs = [(f"{depth}", theme.output), (f" × {rows} × {columns}", theme.text)]
        self.shape.put(Line(runs, 32, at=at, align="left", bold=True))
        at = (self.total.box.left, self.total.box.center[1])
        runs = [
            (f"{depth}", theme.output),
            (" × (", theme.muted),
            (f"{weights}", theme.kernel),
            (" + 1) = ", theme.muted),
        ]
        self.total.put(Line([*runs, (f"{self.s.parameters(depth)}", theme.kernel)], NOTE + 3, at=at, align="left"))

    def stand_together(self) -> None:
        """Fold the maps into one block and open it again, then look through it at one place."""
        depth, rows, columns = self.s.maps.shape
        sentence = "Stacked, they are one block of {depth} × {rows} × {columns} numbers."
        with self.beat(sentence, depth=depth, rows=rows, columns=columns, focus=self.sheets):
            self.play(self.stack.fold(), run_time=1.2)
            self.play(self.stack.fan(), run_time=1.2)
        cell = self.s.liveliest
        with self.beat("Each place of the picture is now described by {depth} numbers.", depth=depth, focus=self.shape):
            place = Tunnel(self.stack, (1, 1), cell=cell, color=self.theme.text)
            seen = Outline(self.x, cell, *self.s.trace.weight.shape[2:], color=self.theme.kernel)
            self.appear(seen, place)
            self.point(seen, *place.windows)
