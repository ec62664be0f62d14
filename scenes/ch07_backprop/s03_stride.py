"""The gradient of an input where the kernel moved in steps: zeros go between the cells of dY."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Label, Outline, Window, counted, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.spreading_out import SpreadingOut
from cnnviz.subjects.number import as_in_cell


class StrideBackwards(
    SpreadingOut,
    subject=subjects.StridedGradient,
    takeaway="Above stride 1, dX is a convolution of dY once zeros stand between its cells, one less than the stride.",
    concepts=("backpropagation", "gradient", "stride", "full convolution"),
    seconds=33,
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
            starts = self.step_over(s)
            self.turn_to_dx(starts)
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
        told = "Windows began only at the marked cells: for the places between, dY gets zeros."
        with self.beat(told, focus=self.spread):
            self.point(*starts)
            self.place(s, s.places, s.spread.padded[0].shape)
            self.rest(0.6)
        self.vanish(*starts)
        mark = Outline(self.dx, (0, 0), color=self.theme.highlight)

        def show(step: Any) -> None:
            self.dx.show([step.output_index[1:]])
            mark.lay(step.output_index[1:])
            self.add(mark)

        with self.beat("Now the rotated kernel makes one sum for each cell of dX.", focus=[window, self.dx]):
            window.lay((0, 0))
            self.appear(window)
            self.walk(s.spread, window, show, seconds=8.0, noun="cell")
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
