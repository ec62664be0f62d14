"""A color picture: three sheets, a kernel of three slices, one number for each window."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Approach, Column, Grid, Label, Line, Outline, Row, Scene, Slot, Stack, Tunnel, View
from cnnviz.stage.language import say, written
from cnnviz.stage.layout import LABEL, NOTE, RESULT
from cnnviz.stage.stories.color_words import why
from cnnviz.stage.stories.little_box import larger, lay_slices, light, read_box
from cnnviz.stage.stories.products import beside
from cnnviz.stage.stories.unfolding import photo_of, unfold
from cnnviz.stage.text import text_width
from cnnviz.stage.theme import CHANNELS
from cnnviz.subjects.number import cell_text

FLAT = View(30.0, 13.0)  # turned less than other stacks: these sheets are there to be read


class Rgb(
    Scene,
    subject=subjects.Rgb,
    takeaway="A kernel has a slice for each color; the partial sums and a bias make one number.",
    concepts=("channels", "RGB", "partial sums", "bias", "parameters"),
    seconds=34,
):
    """A kernel that weighs yellow against blue, on the rim of an orange flower."""

    title = "Color pictures"
    subtitle = "three sheets, one number"

    subject: subjects.Rgb

    def tell(self, s: subjects.Rgb) -> None:
        """Take the picture apart, lay the kernel through it, add up."""
        self.s, trace = s, s.trace
        self.build()
        self.open()
        with self.beat("The kernel has a slice for each color, with weights of its own.", focus=self.kernels):
            self.add(*self.parts, self.total, self.count)
            for kernel, channel in zip(self.kernels, CHANNELS, strict=True):
                ink, box = self.theme.role(channel), kernel.box
                rim = Outline(kernel, (0, 0), kernel.rows, kernel.columns, color=ink, width=3.0)
                name = Label(say(channel), NOTE, ink, at=(box.right + 0.15, box.top - 0.13), align="left")
                self.appear(kernel, rim, name)
        tunnel = self.tunnel = Tunnel(self.stack, trace.weight.shape[2:])
        with self.beat("Each slice lies on its own sheet: the kernel is a little box.", focus=tunnel.windows):
            self.vanish(self.names)
            lay_slices(self, self.kernels, tunnel)
            light(self.tunnel)
        step, self.products = trace[0], list[Line]()
        with self.beat("Each slice weighs its own sheet and adds up: three sums.", focus=self.parts):
            for index, value in enumerate(step.channel_sums.tolist()):
                read_box(self, tunnel.windows[index], self.kernels[index])
                self.appear(part := self.partial(self.parts[index], value, CHANNELS[index]), into=self.parts[index])
                self.products += beside(self, part, step.products[index], self.kernels[index].values, value)
        with self.beat("With a bias of {bias}, they make one number: {sum}.", bias=step.bias, sum=step.result):
            self.land_first(step)
        if len(trace) > 2:
            sentence, fields = why(trace.weight[0])
            with self.beat(sentence, focus=[tunnel.frame], **fields):
                self.walk(trace[1:], tunnel, self.show, seconds=min(14.0, 1.0 * len(trace)))
        self.answer(max(trace, key=lambda step: abs(step.result)))

    def build(self) -> None:
        """Set sheets, kernel and map, as large as all numbers can be read."""
        s, trace = self.s, self.s.trace
        peak, strongest = s.picture.peak, float(abs(trace.weight).max())
        detail, gap, apart, view = (None, 0.4, 1.76, FLAT) if self.frame.is_wide else ("", 0.1, 0.95, View())
        widest = {cell_text(value) for value in trace.input.flat}
        for zoom in (0.75, 0.9, 1.05):
            sheets = [Grid(x, color, scale=peak, widest=widest) for x, color in zip(trace.input, CHANNELS, strict=True)]
            sizes, shape = (" × ".join(map(str, each)) for each in (trace.input.shape, trace.weight.shape[1:]))
            self.stack = Stack(sheets, "input", detail=sizes, gap=apart, folded=True, view=view)
            heads = {"title": "kernel", "detail": "" if detail == "" else shape}, {}, {}
            self.kernels = [
                Grid(kernel.values, "kernel", scale=strongest, texts=kernel.labels, zoom=zoom, **head)
                for kernel, head in zip(s.kernels, heads, strict=True)
            ]
            self.parts, self.total, self.count = [Slot(1.5, 0.72) for _ in CHANNELS], Slot(2.75, 0.62), Slot(1.6, 0.4)
            self.y = Grid(trace.fold()[0], "output", "feature map", detail="", hidden=True)
            rows = [Row(kernel, part, gap=0.1) for kernel, part in zip(self.kernels, self.parts, strict=True)]
            works, landing = Column(*rows, self.total, gap=0.13), Column(self.y, self.count)
            orders = (self.stack, works, landing), (Column(self.stack, landing), works)
            larger(self, self.y, order=self.roomiest(*orders, gap=gap), gap=gap)
            if all(grid.has_numbers for grid in (*self.kernels, *sheets)):
                break

    def open(self) -> None:
        """Come from the photo to a patch, and take that apart."""
        s, (rows, columns) = self.s, self.s.trace.input.shape[1:]
        photo = photo_of(self, s.picture)
        with self.beat("Each pixel is three numbers. How does one kernel read all three?", focus=photo.box):
            self.rest(2.0)
            self.play(Approach(photo, photo.around(s.corner, rows, columns)), run_time=1.6)
        sentence = "Taken apart, {rows} × {columns} pixels are three sheets of numbers."
        with self.beat(sentence, rows=rows, columns=columns, focus=self.stack.sheets):
            self.names = unfold(self, photo, s.corner, self.stack)

    def partial(self, part: Slot, value: float, channel: str) -> Line:
        """Make the sum of one slice, in the color of its channel."""
        box, text = self.kernels[self.parts.index(part)].box, written(value)
        runs = [("" if text.startswith("≈") else "= ", self.theme.muted), (text, self.theme.role(channel))]
        return Line(runs, 30, at=(box.right + 0.2, min(box.center[1], box.top - 0.4) - 0.12), align="left", bold=True)

    def sum_of(self, step: Any) -> Line:
        """Make bias and sum; the last part is the number."""
        theme, text, at = self.theme, written(step.result), (self.total.box.left, self.total.box.center[1])
        sign = "  " if text.startswith("≈") else "  ="
        runs = [(f"+ {say('bias')} ", theme.muted), (written(step.bias), theme.kernel), (sign, theme.muted)]
        line = Line(runs, LABEL, at=at, align="left")
        end = at[0] + sum(text_width(run, LABEL) for run, _ in runs) + 0.1
        color = theme.output if step.result >= 0 else theme.negative
        return line.add(Label(text, RESULT, color, at=(end, at[1]), align="left", bold=True))

    def land_first(self, step: Any) -> None:
        """Write the sum and let it travel to its cell."""
        line = self.sum_of(step)
        self.appear(line, into=self.total)
        self.vanish(*self.products)
        self.add(self.y)
        self.mark = Outline(self.y, (0, 0), color=self.theme.text)
        self.fly(([line[-1].copy()], self.y.cell_box((0, 0))), scale=0.5)
        self.show(step)
        self.rest(0.6, self.mark)

    def show(self, step: Any) -> None:
        """Write a window's sums and put its number into the map."""
        light(self.tunnel)
        for part, value, channel in zip(self.parts, step.channel_sums.tolist(), CHANNELS, strict=True):
            part.put(self.partial(part, value, channel))
        self.total.put(self.sum_of(step))
        cell = step.output_index[1:]
        self.y.show([cell])
        self.add(self.mark.lay(cell))
        self.step(step.index + 1, len(self.s.trace), noun="window")

    def answer(self, step: Any) -> None:
        """Go back to the strongest window and count the parameters."""
        self.move(self.tunnel, step.input_origin, 0.6)
        self.show(step)
        self.uncount()
        ink, box, count = self.theme.kernel, self.count.box, self.s.trace.weight.size
        runs = [(f"{count}", ink), (" + 1 = ", self.theme.muted), (f"{self.s.parameters}", ink)]
        self.appear(Line(runs, LABEL + 1, at=(box.left, box.center[1]), align="left"), into=self.count)
        sentence = "{weights} weights and a bias: {parameters} parameters make one number of each window."
        self.close(sentence, focus=[self.tunnel.frame, self.mark], weights=count, parameters=self.s.parameters)
