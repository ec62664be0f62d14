"""Kernels that choose waves: each alone with what it lets through and its map, then two beside the picture."""

from __future__ import annotations

from typing import Any

from manim import Circle, Create

from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import NOTE, SMALLEST
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.stage.place import Column, Item, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line
from cnnviz.subjects.frequency import Filter, Frequency

_WAVES: tuple[Template, ...] = ("slow × ", "fast × ")
_WIDE, _SMALL, _NOTE = 2.1, 1.26, 2.3  # of a kernel, in units: alone, and one of two; of its factors
_ROOMY = 5.0  # units: height of a stage in which two rows have room for more than they need
_LEAST = 0.8  # what is left of kernels and maps beside the picture, or it goes


class Choosing(Scene):
    """A scene with a picture and its spectrum, and kernels that let some of its waves through."""

    subject: Frequency
    x: Grid
    spectrum: Grid
    cell: float

    def left(self, title: Template, values: Any, photo: Any = None, role: str = "input", **look: Any) -> Grid:
        """Make what some waves add up to: as a gray picture, or with signs."""
        scale = photo or float(abs(values).max()) / 2
        return Grid(values, role, title, detail="", scale=scale, photo=photo, form="pixels", **look)

    def alone(self, kernel: Grid, *stand: Grid, gone: list[Any], instead: dict[Any, Any] | None = None) -> Reckoning:
        """Set one kernel beside two pictures, as large as fits, with room for two factors.

        These are what it works on, until they are `followed` by what it makes of them.
        """
        head = Column(kernel, note := Reckoning(_NOTE, 2, widest="slow × ≈ 0.00"))
        order = self.roomiest([head, *stand], [head, Column(*stand)], gap=0.4)
        self.cell = self.rearrange(*order, gap=0.4, gone=gone, instead=instead or {})
        return note

    def followed(self, old: Grid, new: Grid) -> None:
        """Let a picture take the place of another one."""
        new.settle(old.box.left, old.top, self.cell)
        self.remove(old)
        self.add(new)

    def both(self, shown: list[list[Grid]], gone: list[Any]) -> None:
        """Set both kernels with their maps beside the picture."""
        size = NOTE if self.frame.stage.height > _ROOMY else SMALLEST
        notes = [Reckoning(1.75, 2, size=size) for _ in shown]
        for kernel, *_ in shown:
            kernel.least = _SMALL / max(3, *kernel.values.shape)
        pairs = list(zip(shown, notes, strict=True))
        lines: list[list[Item]] = [[Column(p[0], note, gap=0.0), p[1], p[2]] for p, note in pairs]
        flat = Table(*lines, gap=(0.4, 0.1))
        high = Column(*(Column(Row(p[0], note), Row(*p[1:])) for p, note in pairs), gap=0.2)
        self.spectrum.show()
        given = Column(self.x, self.spectrum, gap=0.1), Row(self.x, self.spectrum)
        order = self.roomiest([given[0], flat], [given[0], high], [Column(given[1], flat)], gap=0.4)
        if self.fit(*order, gap=0.4) < _LEAST * self.fit(alone := self.roomiest([flat], [high])[0], gap=0.4):
            order = [alone]
        self.rearrange(*order, gap=0.4, gone=gone)
        for note, each in zip(notes, self.subject.filters, strict=True):
            note.append(*(self.factor(note, number, each) for number in range(2)))
        self.play(*(Create(self.ring(response)) for _, response, _ in shown), run_time=0.6)

    def factor(self, note: Reckoning, number: int, each: Filter) -> Line:
        """Write what a kernel multiplies slow waves, or fast ones, by."""
        factor = self.subject.factors(each)[number]
        return note.line(number, [(say(_WAVES[number]), "muted"), (written(factor), "kernel")])

    def ring(self, grid: Grid) -> Circle:
        """Draw the border of the slow waves into a spectrum."""
        rows, columns = self.subject.shape
        circle: Circle = Circle(self.subject.ring, self.theme.text, stroke_width=3.0)
        at = grid.cell_box((rows // 2, columns // 2)).center
        circle.stretch(grid.box.width, 0).stretch(grid.box.height, 1)
        return circle.move_to((*at, 0))

    def parts(self, each: Filter) -> list[Grid]:
        """Make a kernel, what it lets through, and its map."""
        weights, peak = each.kernel.values, self.subject.picture.peak
        photo, side = each.total * peak if each.total > 0 else None, _WIDE / max(3, *weights.shape)
        return [
            Grid(weights, "kernel", "kernel", detail="", texts=each.kernel.labels, least=side),
            Grid(each.response, "kernel", "lets through", detail="", form="pixels", hidden=True),
            self.left("feature map", each.map, photo, "output", hidden=True),
        ]
