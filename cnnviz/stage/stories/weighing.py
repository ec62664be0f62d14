"""How many weights large and small windows take, below the kernels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.layout import RESULT
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.place import Column
from cnnviz.stage.scene import Scene
from cnnviz.subjects.stacked import Stacked

_SHORT, _LONG, _HIGH, _GAP = 1.0, 2.6, 0.6, 0.4  # units: for counts of weights, and between kernels


class Weighing(Scene, subject=Stacked):
    """Lays kernels on maps, and counts weights."""

    def lay(self, kernel: Grid, grid: Grid) -> Window:
        """Lay a kernel on a map as large as itself."""
        lid = Window(grid, kernel.values.shape)
        lid.take_up(self, kernel)
        self.add(lid)
        return lid

    def count(self, whole: Grid, first: Grid, second: Grid, *, instead: Mapping[Any, Any], gone: Sequence[Any]) -> None:
        """Count weights below the kernels that make the same, which take the places of those before."""
        few, many, ink = first.values.size, whole.values.size, self.theme.kernel
        large, one, two = Slot(_SHORT, _HIGH), Slot(_SHORT, _HIGH), Slot(_LONG, _HIGH)
        columns = [Column(grid, slot, gap=0.1) for grid, slot in ((whole, large), (first, one), (second, two))]
        with self.beat("The same field: how many weights does it take?", focus=whole):
            self.rearrange(*columns, instead=instead, gone=gone, gap=_GAP)
            for slot, text in ((large, f"{many}"), (one, f"{few}"), (two, f"+ {few} = {2 * few}")):
                self.appear(slot.put_line([(text, ink)], RESULT), seconds=0.5)
                self.hold(0.3)
        told: Template = "Two small windows for a large one: the same field, fewer weights, and a ReLU more."
        self.close(told, focus=[first, second])
