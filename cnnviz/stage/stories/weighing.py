"""How many weights large and small windows take: below the kernels, and as bars."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.stacked import Stacked

_SUM, _COUNT = 2.6, 32  # units: room for a sum of weights; its type
_WAYS: tuple[tuple[Template, int], ...] = (
    ("one 5 × 5", 25),
    ("two 3 × 3", 18),
    ("one 7 × 7", 49),
    ("three 3 × 3", 27),
)


class Weighing(Scene, subject=Stacked):
    """Counts weights."""

    def count(self, whole: Grid, first: Grid, second: Grid) -> None:
        """Count weights."""
        names, numbers = [say(name) for name, _ in _WAYS], [weights for _, weights in _WAYS]
        stage, theme, peak = self.frame.stage, self.theme, max(numbers)

        def make(box: Box) -> Bars:
            return Bars(names, box, theme=theme, role="kernel", peak=peak, write="{:.0f}".format, widest="49", size=24)

        made = Made(
            min(7.2, (0.55 if stage.width > stage.height else 1.0) * stage.width),
            min(2.1, 0.38 * stage.height),
            make,
            "weights",
        )
        large, one, two = (Slot(side * _SUM, 0.45) for side in (1.0, 0.6, 1.0))
        pair = Row(Column(first, one, gap=0.1), Column(second, two, gap=0.1))
        self.arrange(Column(whole, large, gap=0.1), Column(pair, made, gap=0.2))
        bars: Any = made.made
        with self.beat("The same field: how many weights does it take?", focus=bars):
            few, many = first.values.size, whole.values.size
            ink, quiet = theme.kernel, theme.muted
            counts = (large, [(f"{many}", ink)]), (one, [(f"{few}", ink)])
            for slot, runs in (*counts, (two, [("+ ", quiet), (f"{few}", ink), (" = ", quiet), (f"{2 * few}", ink)])):
                self.appear(slot.put_line(runs, _COUNT), seconds=0.5)
            self.play(bars.grow(numbers), run_time=1.2)
            bars.show(numbers)
        self.close("Small windows in a row: the same field, fewer weights, and a ReLU more each time.", focus=bars)
