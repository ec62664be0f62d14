"""What a stride skips, and how small the map becomes: the formula with its numbers, floor and all."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Outline, Row, Scene, Window, counted, say
from cnnviz.stage.output_size import size_rungs
from cnnviz.stage.stories.kernel_words import title
from cnnviz.stage.stories.size_words import lost
from cnnviz.stage.stories.sizing import compare

KERNEL, MOST, GAP = 1.95, 0.6, 0.2  # units for the kernel and for one of its cells; between pictures
FEW, READ = 5, 16  # windows that are walked slowly, and so many in which weights can be read


class Stride(
    Scene,
    subject=subjects.Stride,
    takeaway="A stride skips windows: the map shrinks along both axes, and what is too narrow for a step is lost.",
    concepts=("stride", "output size", "subsampling", "floor"),
    seconds=45,
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
            self.window.take_up(self, self.kernel)
            for column in (1, 1 + s.traces[0].stride[1], 0):
                self.move(self.window, (0, min(column, self.every.columns - 1)), 0.7)
        rows, columns = s.every.output_shape[1:]
        self.step(1, len(s.traces) + 1, noun="stride")
        visits = "Stride {one} visits every place: {rows} × {columns} windows, one number each."
        with self.beat(visits, one=1, rows=rows, columns=columns, focus=self.every):
            self.walk(s.every[:FEW], self.window, self.answer, seconds=1.5)
            self.window.put_down()
            if rest := s.every[FEW:]:
                self.walk(rest, self.window, self.answer, seconds=2.5)
            self.spell(s.every)
        for number, (trace, kept) in enumerate(zip(s.traces, self.kept, strict=True), 2):
            self.step(number, len(s.traces) + 1, noun="stride")
            self.jump(trace, kept)
        self.remove(*self.visited, self.window)
        self.x.show()
        self.every.show()
        maps, sizes = [self.every, *self.kept], [*map(s.size_along, (s.every, *s.traces))]
        said = "The larger the step, the smaller the map."
        self.close(said, focus=maps, motion=lambda: compare(self, self.ladder, sizes, maps))

    def build(self) -> None:
        """Set the picture, the map of every window, and the kernel above the formula."""
        s, weights = self.s, self.s.kernel.values
        peak, scale = s.picture.peak, float(abs(s.every.fold()).max())
        shape = " × ".join(map(str, s.every.input.shape[1:]))
        look = {"scale": peak, "photo": peak, "padding": s.every.is_padding}
        self.x = Grid(s.every.padded[0], "input", "input", detail=shape, **look)
        self.every = Grid(s.every.fold()[0], "output", say("stride {n}", n=1), hidden=True)
        name, side = title(s.kernel), min(MOST, KERNEL / max(weights.shape))
        self.kernel = Grid(weights, "kernel", "kernel", detail=name, texts=s.kernel.labels, side=side)
        self.kept = [
            Grid(trace.fold()[0], "output", say("stride {n}", n=trace.stride[1]), scale=scale, hidden=True)
            for trace in s.traces
        ]
        size = 25 if self.frame.is_wide else 21
        lines = 4 + (not self.frame.is_wide) + (max(s.every.dilation) > 1)
        self.ladder = Ladder(2.8, max(lines, 1.3 * (2 + len(s.traces))), size=size)
        self.arrange(*self.beside(self.kernel), gap=GAP)
        self.window = Window(self.x, weights.shape, s.every.dilation)
        self.add(self.window)

    def beside(self, *others: Grid) -> Any:
        """Order the picture, its map, others and the formula."""
        x, every, others_so = self.x, self.every, Row(*others, gap=GAP)
        orders = [x, every, Column(others_so, self.ladder, gap=0.1)], [x, Column(every, others_so), self.ladder]
        return self.roomiest(*orders, [x, every, others_so, self.ladder], gap=GAP)

    def answer(self, step: Any) -> None:
        """Put the answer of a window into the map of all of them."""
        self.every.show([step.output_index[1:]])

    def jump(self, trace: Any, kept: Grid) -> None:
        """Visit the windows of a stride, while the others stay sunk."""
        self.x.show()
        self.every.sink()
        self.remove(*self.visited)
        self.visited.clear()
        said = "Stride {stride}: the window jumps {stride} cells and skips the places between."
        with self.beat(said, stride=trace.stride[1], focus=[kept]):
            self.window.put_down()
            self.window.lay((0, 0))
            if kept is self.kept[0]:
                makes_room = [self.kernel] if self.kept[1:] else []
                others = self.kept if makes_room else [self.kernel, *self.kept]
                gone, later = [*makes_room, self.ladder], [*self.kept[1:], self.ladder]
                self.rearrange(*self.beside(*others), gone=gone, later=later, gap=GAP)
                self.add(self.ladder)
            else:
                self.ladder.clear()
                self.appear(kept)
            if len(trace) <= READ:
                self.window.take_up(self, self.kernel, seconds=0.0)
            marks = [Outline(grid, (0, 0), color=self.theme.text) for grid in (self.every, kept)]

            def land(step: Any) -> None:
                if self.x.has_numbers:
                    self.visited.append(self.mark(self.x, step.padded_origin))
                    self.add(self.visited[-1], self.window)
                for mark, cell in zip(marks, (step.padded_origin, step.output_index[1:]), strict=True):
                    mark.grid.show([cell])
                    mark.lay(cell)
                self.add(*marks)

            self.walk(trace, self.window, land, seconds=4.5)
            self.remove(*marks)
            if self.every.has_numbers:
                self.visited += (marks := [self.mark(self.every, step.padded_origin) for step in trace])
                self.appear(*marks)
        fitting = counted("Only {size} window fits into a row.", "Only {size} windows fit into a row.", kept.columns)
        with self.beat(fitting, size=kept.columns, focus=[kept, self.every]):
            self.spell(trace)
        self.leave_over(trace)

    def mark(self, grid: Grid, cell: Any) -> Outline:
        """Make a mark of where a window begins."""
        return Outline(grid, cell, color=self.theme.highlight, width=3.0)

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
