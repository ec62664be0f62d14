"""Dilation: holes in the kernel, so that nine weights see further."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Ladder, Outline, Scene, Slot, Window, say
from cnnviz.stage.formula import tinted

TOGETHER, APART = (1, 2, 4), (2, 2, 2)


class Dilation(
    Scene,
    subject=subjects.Dilation,
    takeaway="Dilation lets a kernel see further with the same weights, as long as layers fill each other's holes.",
    concepts=("dilation", "receptive field", "gridding"),
    seconds=53,
    gif="dilation",
):
    """A kernel whose weights move apart, then three layers of it."""

    title = "Dilation"
    subtitle = "further with the same weights"

    subject: subjects.Dilation

    def tell(self, s: subjects.Dilation) -> None:
        """Open the kernel, then stack it."""
        peak, (rows, columns) = s.picture.peak, s.kernel.values.shape
        x = Grid(s.picture.values[0], "input", "input", scale=peak, photo=peak)
        maps = [Grid(trace.fold()[0], "output", "feature map", hidden=True) for trace in s.traces]
        formula = Ladder(2.8, 3, title="reach", role="kernel")
        cell = max(self.fit(x, formula, maps[0], gap=0.4), self.fit(x, Column(formula, maps[0]), gap=0.4))
        place = Slot(*maps[0].extent(cell))
        self.arrange(*self.roomiest([x, formula, place], [x, Column(formula, place)], gap=0.4), gap=0.4)
        window = Window(x, (rows, columns))
        self.add(window)
        with self.beat(
            "{count} weights see {rows} × {columns} cells. Could they see further?",
            count=rows * columns,
            rows=rows,
            columns=columns,
            focus=window,
        ):
            self.rest(2.0)
        for dilation, trace, y in zip(s.dilations, s.traces, maps, strict=True):
            y.settle(place.box.left, place.box.top, cell)
            place.put(y)
            window = self.part(window, dilation)
            with self.beat(
                "Dilation {dilation}: the kernel reaches over {reach} cells.",
                dilation=dilation,
                reach=s.reach(dilation),
                focus=[window],
            ):
                self.spell(formula, dilation, columns)
                self.walk(trace, window, lambda step, y=y: y.show([step.output_index[1:]]), seconds=4.0, noun="window")
        self.vanish(window, x, formula, place)
        self.remove(x, formula, place)
        self.stack(s)

    def part(self, window: Window, dilation: int) -> Window:
        """Let the weights move apart."""
        wider = Window(window.grid, window.kernel, (dilation, dilation))
        self.remove(window)
        self.appear(wider)
        return wider

    def spell(self, formula: Ladder, dilation: int, k: int) -> None:
        """Write the reach, first in letters."""
        d, reach = (tinted(str(value), self.theme.kernel) for value in (dilation, dilation * (k - 1) + 1))
        formula.climb(self, formula.rungs("r", "d (k - 1) + 1", f"{d} ({k} - 1) + 1", reach), pause=0.3)

    def named(self, stack: tuple[int, ...]) -> str:
        """Name three layers by their dilations."""
        return say("dilation {each}", each=", ".join(map(str, stack)))

    def stack(self, s: subjects.Dilation) -> None:
        """Show which cells one result of three layers depends on."""
        fields: list[Any] = [
            Grid(s.seen(stack), "input", "three layers", note=self.named(stack), form="pixels")
            for stack in (TOGETHER, APART)
        ]
        together, apart = fields
        self.arrange(*fields, most=0.34)
        side = together.rows
        with self.beat(
            "Dilations {a}, {b}, {c}: one result sees {side} × {side} cells, every one of them.",
            a=1,
            b=2,
            c=4,
            side=side,
            focus=together,
        ):
            self.rest(2.5)
        with self.beat("Three times {d}: three of four cells are never seen.", d=2, focus=apart):
            self.point(*(Outline(apart, cell, color=self.theme.text) for cell in ((1, 1), (1, 3), (3, 1), (3, 3))))
            self.rest(1.5)
        self.close("The view grows for free, as long as layers fill each other's holes.", focus=[together, apart])
