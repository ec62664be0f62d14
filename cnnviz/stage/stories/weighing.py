"""How many weights large and small windows take, below the kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnviz.stage.language import Template
from cnnviz.stage.layout import LARGEST_CELL
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.window import Window
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Label, size_within
from cnnviz.subjects.stacked import Stacked

_LONG, _HIGH, _GAP, _SIZE = 5.0, 0.8, 0.4, 52  # units: a line of weights, and between kernels; type of the former


class Weighing(Scene, subject=Stacked):
    """Lays kernels on maps, and counts weights."""

    def lay(self, kernel: Grid, grid: Grid) -> Window:
        """Lay a kernel on a map as large as itself."""
        lid = Window(grid, kernel.values.shape)
        lid.take_up(self, kernel)
        self.add(lid)
        return lid

    def count(self, whole: Grid, first: Grid, second: Grid, *, gone: Sequence[Any]) -> None:
        """Count weights below the kernels that make the same."""
        rows, columns = first.values.shape
        high, wide = whole.values.shape
        small, sums = f"{rows} × {columns}", Slot(_LONG, 2 * _HIGH)
        lines = f"{high} × {wide} = {whole.values.size}", f"{small} + {small} = {2 * first.values.size}"
        first.most = second.most = LARGEST_CELL
        with self.beat("The same field: how many weights does it take?", focus=whole):
            self.rearrange(whole, Column(Row(first, second, gap=_GAP), sums), gone=gone, gap=_GAP)
            for line, (text, counted) in enumerate(zip(lines, ([whole], [first, second]), strict=True)):
                at = sums.box.left, sums.box.top - (line + 0.5) * _HIGH
                size = size_within(_LONG, _SIZE, text)
                self.point(*counted)
                self.appear(Label(text, size, self.theme.kernel, at=at, align="left"), into=sums)
        told: Template = "Two small windows for a large one: the same field, fewer weights, and a ReLU more."
        self.close(told, focus=[sums.content[-1]])
