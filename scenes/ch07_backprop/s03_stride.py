"""The gradient of an input where the kernel moved in steps: zeros go between the cells of dY."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Outline, Scene, Slot, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import as_in_cell, cell_text, exact

ROOM = 2.1, 0.42  # units, for what is written below dX


class StrideBackwards(
    Scene,
    subject=subjects.StridedGradient,
    takeaway="Above stride 1, dX is a convolution of dY once zeros stand between its cells, one less than the stride.",
    concepts=("backpropagation", "gradient", "stride", "full convolution"),
    seconds=40,
):
    """A full convolution of dY is too small; spread out with zeros, dY gives all of dX."""

    title = "Stride, backwards"
    subtitle = "zeros in between"

    subject: subjects.StridedGradient

    def tell(self, s: subjects.StridedGradient) -> None:
        """Try without zeros in between, then spread dY out and slide the rotated kernel over it."""
        self.build(s)
        rows, columns = s.dx.shape
        told: Template = "The kernel moved in steps of {stride}. How does dY become a dX of {rows} × {columns}?"
        with self.beat(told, stride=s.stride, rows=rows, columns=columns, focus=[self.dy, self.dx]):
            self.rest(2.4)
        window = Window(self.spread, self.kernel.values.shape)
        rows, columns = s.packed.output_shape[1:]
        told = "With zeros around dY only, there are {rows} × {columns} sums: too few for dX."
        with self.beat(told, rows=rows, columns=columns, focus=[self.spread, self.dx]):
            self.place(s, s.close, s.packed.padded[0].shape)
            self.add(window)
            self.walk(s.packed, window, seconds=3.0)
            few = Outline(self.dx, (0, 0), rows, columns, color=self.theme.negative)
            text = say("{rows} × {columns} sums", rows=rows, columns=columns)
            at = self.note.box.left, self.note.box.center[1]
            self.note.put(Label(text, LABEL, self.theme.negative, at=at, align="left"))
            self.appear(few)
            self.rest(1.2)
        self.remove(window, few)
        self.note.clear()
        with self.beat(
            "Steps left cells of X out. They come back, as zeros between the cells of dY.", focus=self.spread
        ):
            self.place(s, s.places, s.spread.padded[0].shape)
            self.rest(1.4)
        mark = Outline(self.dx, (0, 0), color=self.theme.highlight)

        def show(step: Any) -> None:
            self.dx.show([step.output_index[1:]])
            mark.lay(step.output_index[1:])
            self.add(mark)

        with self.beat("Now the rotated kernel makes one sum for each cell of dX.", focus=[window, self.dx]):
            window.lay((0, 0))
            self.appear(window)
            self.walk(s.spread, window, show, seconds=8.0, noun="cell")
        self.uncount()
        best = s.spread.at(s.steepest.output_index)
        cell = best.output_index[1:]
        self.move(window, best.padded_origin, 0.6)
        mark.lay(cell)
        lit = s.pairs(cell)
        one = "For {value}, {count} cell of dY lies under the window; all others there are zeros."
        many = "For {value}, {count} cells of dY lie under the window; all others there are zeros."
        with self.beat(counted(one, many, len(lit)), value=as_in_cell(best.result), focus=[window, mark]):
            ink = self.theme.highlight
            self.appear(*(Outline(self.spread, at, color=ink, width=3.0) for at, _ in lit))
            self.appear(*(Outline(self.kernel, at, color=ink, width=3.0) for _, at in lit))
            self.write(lit, best.result)
            self.rest(1.6)
        self.close("Zeros between, zeros around, the kernel rotated: the dX that all shares add up to.", focus=self.dx)

    def write(self, pairs: Any, total: float) -> None:
        """Write below dX what the cells under the window add up to, one product after the other."""
        theme, runs, minus = self.theme, list[Any](), "−"
        for (row, column), (i, j) in pairs:
            text, weight = self.spread.texts[row][column], self.kernel.texts[i][j]
            sign = (" − " if text.startswith(minus) else " + ") if runs else ""
            value = text.removeprefix(minus) if runs else text
            factor = f"({weight})" if weight.startswith(minus) else weight
            runs += [(sign, theme.muted), (value, theme.gradient), ("×", theme.muted), (factor, theme.kernel)]
        text = cell_text(total)
        end = [(" = " if exact(total, text) else " ≈ ", theme.muted), (text, theme.highlight)]
        size = size_within(self.dx.box.width, LABEL, *(text for text, _ in runs + end))
        for upto in (*range(4, len(runs), 4), len(runs)):
            self.note.put_line(runs[:upto], size)
            self.hold(0.5)
        self.note.put_line(runs + end, size)

    def build(self, s: subjects.StridedGradient) -> None:
        """Set dY, the rotated kernel, the place where dY is spread out, and dX, which is still empty."""
        scale = float(abs(s.given).max())
        size = " × ".join(map(str, s.given.shape))
        wide = self.frame.is_wide
        detail = say("{size}, stride {stride}" if wide else "stride {stride}", size=size, stride=s.stride)
        self.dy = Grid(s.given, "gradient", "dY", detail=detail, texts=s.labels, scale=scale)
        turned = [row[::-1] for row in s.kernel.labels[::-1]]
        self.kernel = Grid(s.spread.weight[0, 0], "kernel", "W rotated", detail="", texts=turned)
        widest = {text for row in s.labels for text in row}
        hidden: dict[str, Any] = {"detail": "", "scale": scale, "hidden": True, "widest": widest}
        self.spread = Grid(0 * s.spread.padded[0], "gradient", "dY and zeros", **hidden)
        self.dx, self.note = Grid(s.dx, "gradient", "dX", hidden=True), Slot(*ROOM)
        dx = Column(self.dx, self.note, gap=0.0)
        self.arrange(Column(self.dy, self.kernel), self.spread, dx, gap=0.6 if wide else 0.25)
        self.stand = self.dy, {cell: cell for cell in s.places}

    def place(self, s: subjects.StridedGradient, places: dict[Any, Any], shape: tuple[int, int]) -> None:
        """Let the cells of dY travel from where they stand to other places, and put zeros everywhere else."""
        (grid, before), spread = self.stand, self.spread
        flights = [(grid.copy_of(before[cell]), spread.cell_box(at)) for cell, at in places.items()]
        spread.hide()
        self.fly(*flights, scale=spread.side / grid.side, seconds=1.4)
        spread.padding[:] = True
        for at in places.values():
            spread.padding[at] = False
        zeros = [(i, j) for i, j in spread.everywhere() if i < shape[0] and j < shape[1]]
        numbers = {**dict.fromkeys(zeros, 0.0), **{at: float(s.given[cell]) for cell, at in places.items()}}
        spread.rewrite(numbers, {at: s.labels[cell[0]][cell[1]] for cell, at in places.items()})
        self.stand = spread, dict(places)
