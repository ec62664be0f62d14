"""What a stride skips, and how small the map becomes: the formula with its numbers, floor and all."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Outline, Row, Scene, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.output_size import size_rungs
from cnnviz.stage.stories.kernel_words import title

KERNEL, MOST = 1.95, 0.42  # units for the kernel and for one of its cells


class Stride(
    Scene,
    subject=subjects.Stride,
    takeaway="A stride skips windows: the map shrinks along both axes, and what is too narrow for a step is lost.",
    concepts=("stride", "output size", "subsampling", "floor"),
    seconds=50,
):
    """Strides 1, 2 and 3 on one picture: which windows are visited, which skipped, and what no window reaches."""

    title = "Stride"
    subtitle = "jump instead of slide"

    subject: subjects.Stride

    def tell(self, s: subjects.Stride) -> None:
        """Slide first, then jump further and further."""
        self.s, self.visited = s, list[Outline]()
        self.build()
        with self.beat("A window can move by more than one cell. What does it skip?", focus=[self.window, self.x]):
            self.rest(2.0)
        rows, columns = s.every.output_shape[1:]
        visits = "Stride {one} visits every place: {rows} × {columns} windows, one number each."
        with self.beat(visits, one=1, rows=rows, columns=columns, focus=self.every):
            self.walk(s.every, self.window, lambda step: self.every.show([step.output_index[1:]]), seconds=3.0)
            self.spell(s.every)
        for number, (trace, kept) in enumerate(zip(s.traces, self.kept, strict=True), 2):
            self.step(number, len(s.traces) + 1, noun="stride")
            self.jump(trace, kept)
        self.vanish(self.ladder, self.kept[-1])
        self.fit(*self.kept, room=self.room, most=self.x.side, gap=0.25)
        for kept in self.kept:
            self.appear(kept)
        self.close("The larger the step, the smaller the map.", focus=[*self.kept, self.every])

    def build(self) -> None:
        """Set the picture, the map of every window above the kernel, and the map of a stride above the formula."""
        s, weights = self.s, self.s.kernel.values
        peak, scale = s.picture.peak, float(abs(s.every.fold()).max())
        shape = " × ".join(map(str, s.every.input.shape[1:]))
        look = {"scale": peak, "photo": peak, "padding": s.every.is_padding}
        self.x = Grid(s.every.padded[0], "input", "input", detail=shape, **look)
        self.every = Grid(s.every.fold()[0], "output", "every window", hidden=True)
        side = min(MOST, KERNEL / max(weights.shape))
        kernel = Grid(weights, "kernel", "kernel", detail=title(s.kernel), texts=s.kernel.labels, side=side)
        self.kept = [
            Grid(trace.fold()[0], "output", say("stride {n}", n=trace.stride[1]), scale=scale, hidden=True)
            for trace in s.traces
        ]
        largest = max(self.kept, key=lambda kept: kept.rows)
        size = 25 if self.frame.is_wide else 21
        self.ladder = Ladder(2.8, 4 + (not self.frame.is_wide) + (max(s.every.dilation) > 1), size=size)
        below, beside = Column(largest, self.ladder, gap=0.15), Row(largest, self.ladder)
        orders = [self.x, Column(self.every, kernel), below], [self.x, self.every, kernel, beside]
        items = self.roomiest(*orders)
        last, cell = items[-1], self.fit(*items)
        left, top = largest.box.left, largest.top
        wide, high = last.extent(cell)
        self.room = Box(left, top - high, left + wide, top)
        for kept in self.kept:
            kept.settle(left, top, cell)
        self.window = Window(self.x, weights.shape, s.every.dilation)
        self.add(self.x, self.every, kernel, self.ladder, self.window)

    def jump(self, trace: Any, kept: Grid) -> None:
        """Visit the windows of a stride, while the others stay sunk."""
        self.x.show()
        self.every.sink()
        self.window.lay((0, 0))
        marks = [Outline(grid, (0, 0), color=self.theme.text) for grid in (self.every, kept)]
        self.remove(*self.visited)

        def land(step: Any) -> None:
            for mark, cell in zip(marks, (step.padded_origin, step.output_index[1:]), strict=True):
                mark.grid.show([cell])
                mark.lay(cell)
            self.add(*marks)

        with self.beat("Stride {stride}: the window jumps {stride} cells.", stride=trace.stride[1], focus=[kept]):
            self.vanish(self.ladder, *(one for one in self.kept if one is not kept))
            self.appear(kept)
            self.walk(trace, self.window, land, seconds=4.5)
            self.remove(*marks)
            if self.every.has_numbers:
                cells = [step.padded_origin for step in trace]
                self.visited = [Outline(self.every, cell, color=self.theme.highlight, width=3.0) for cell in cells]
                self.appear(*self.visited)
        with self.beat(
            counted("Only {size} window fits into a row.", "Only {size} windows fit into a row.", kept.columns),
            size=kept.columns,
            focus=[kept, self.every],
        ):
            self.spell(trace)
        self.leave_over(trace)

    def spell(self, trace: Any) -> None:
        """Write the formula: in letters, with its numbers, and what becomes of it."""
        rungs = size_rungs(self.s.size_along(trace), self.theme, short=True)
        self.ladder.climb(self, self.ladder.rungs(*(rungs[i] for i in (0, 1, 2, 4, 6))))

    def leave_over(self, trace: Any) -> None:
        """Let what no window reaches step back, and say why."""
        rows, columns = self.s.left_over(trace)
        high, wide = self.x.rows - rows, self.x.columns - columns
        said, fields = lost(rows, columns)
        with self.beat(said, focus=[self.window], **fields):
            self.x.sink(cell for cell in self.x.everywhere() if cell[0] >= high or cell[1] >= wide)
            below = [((high, 0), rows, self.x.columns)] if rows else []
            strips = below + ([((0, wide), self.x.rows, columns)] if columns else [])
            if strips:
                self.point(*(self.x.cell_box(*strip) for strip in strips), seconds=1.5)
            self.rest(1.0)


def lost(rows: int, columns: int) -> tuple[Template, dict[str, Any]]:
    """Say what is left over at the end of the rows and columns."""
    if rows and columns:
        down = counted("{count} row", "{count} rows", rows)
        right = counted("{count} column", "{count} columns", columns)
        return "No further step fits: {down} and {right} at the end are never seen.", {"down": down, "right": right}
    if rows:
        row = "No further step fits: {count} row at the end is never seen."
        return counted(row, "No further step fits: {count} rows at the end are never seen.", rows), {}
    if columns:
        column = "No further step fits: {count} column at the end is never seen."
        return counted(column, "No further step fits: {count} columns at the end are never seen.", columns), {}
    return "The last window ends exactly at the border: nothing is left over.", {}
