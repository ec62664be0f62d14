"""ReLU on the real numbers of a feature map."""

from typing import Any

from manim import Create, VGroup

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Label, Line, Made, Outline, Row, Scene, Slot, Window, counted, say
from cnnviz.stage.layout import LABEL, NOTE, RESULT, SMALLEST, TERM, Box
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.sum_panel import equals
from cnnviz.subjects.number import MINUS, cell_text

HALF, DOT = 0.085, 0.055  # of the side of the point on the graph, and of those that stay


class Relu(
    Scene,
    subject=subjects.Activation,
    gif="relu",
    takeaway="ReLU passes what is positive unchanged and turns what is negative into 0, number by number.",
    concepts=("activation", "ReLU", "nonlinearity", "feature map"),
    seconds=28,
):
    """Send the feature map of a picture through ReLU, number by number.

    The map is what the kernel makes of the picture; its negative numbers become 0.

    cnnviz gif relu
    cnnviz gif relu blackboard --kernel edge-x
    cnnviz gif relu photo.jpg --kernel laplacian --size 10 -o relu.gif
    """

    title = "ReLU"
    subtitle = "negatives become zero"

    subject: subjects.Activation

    def tell(self, s: subjects.Activation) -> None:
        """Follow one positive and one negative number, then send the others through."""
        self.s, self.dotted = s, set[float]()
        items = self.build()
        self.arrange(self.before)
        question = "Numbers of both signs: which of them go on to the next layer?"
        with self.beat(question if s.cut else "Which of these numbers go on to the next layer?", focus=self.before):
            self.rest(2.2)
        with self.beat("ReLU: what is positive passes unchanged, what is negative becomes 0.") as beat:
            self.rearrange(*items, later=[self.graph])
            self.add(self.graph)
            ends = [self.on_graph(x) for x in (-self.reach, 0.0, self.reach)]
            beat.focus = curve = Strokes([ends], self.theme.kernel, 5.0)
            self.play(Create(curve), run_time=1.2)
            self.graph.append(curve)
            self.rest(0.8)
        self.window, self.landing = Window(self.before, (1, 1)), Outline(self.after, (0, 0), color=self.theme.text)
        for step in (examples := s.examples(largest=not self.before.has_numbers)):
            self.explain(step)
        steps = [step for step in s.trace if step not in examples]
        with self.beat("Every number goes through on its own: nothing to learn.", focus=[self.window, self.landing]):
            count: Any = lambda _: self.step(len(self.after.shown), len(s.trace), noun="number")  # noqa: E731
            self.walk(steps, self.window, self.pass_on, count, seconds=8.0, at=lambda step: step.output_index[1:])
        self.vanish(self.window, self.landing, self.term, seconds=0.3)
        sentence: Any = "Not one of {total} numbers is negative: ReLU lets this map through unchanged."
        if s.cut:
            one = "{cut} of {total} numbers was negative: it is 0 now. All others pass unchanged."
            many = "{cut} of {total} numbers were negative: they are 0 now. All others pass unchanged."
            sentence = counted(one, many, s.cut)
        if self.before.has_numbers:
            gone, look = self.before.sunk, {"color": self.theme.highlight, "width": 2.5}
            self.add(*(Outline(grid, at, **look) for at in gone for grid in (self.before, self.after)))
        self.close(sentence, cut=s.cut, total=len(s.trace), focus=[self.after, self.before])

    def build(self) -> tuple[Any, ...]:
        """Make the map, the graph of the function, and the place of what is left of the map; return their order."""
        s, wide = self.s, 3.9 if self.frame.is_wide else 3.0
        self.graph = Made(wide, wide / 2 + 0.35, self.axes, "ReLU", role="kernel")
        self.graph.detail = "max(0, x)"
        self.term, self.tally = Slot(2.6, 1.15), Slot(2.6, 0.42)
        for form in ("numbers", "pixels"):
            look: dict[str, Any] = {"scale": abs(s.before).max(), "form": form, "legend": True}
            self.before = Grid(s.before, "output", "feature map", **look)
            self.after = Grid(s.after, "output", "activation", hidden=True, **look)
            left = Column(self.after, self.tally, gap=0.0)
            flat: Any = Column(self.graph, self.term), left
            items = self.before, *(flat if self.frame.width > self.frame.height else (left, Row(self.graph, self.term)))
            self.fit(*items)
            if min(self.before.type_size, self.after.type_size) >= SMALLEST:
                break
        return items

    def axes(self, box: Box) -> VGroup:
        """Draw the axes, from the largest magnitude below 0 to the largest above."""
        self.reach, ink = float(abs(self.s.before).max()) or 1.0, self.theme.muted
        x, y = self.origin = box.center[0], box.bottom + 0.35
        self.unit, largest = box.width / 2 / self.reach, cell_text(self.reach)
        lines = Strokes([[(box.left, y), (box.right, y)], [(x, y), (x, box.top)]], ink, 1.6)
        ends = (MINUS + largest, box.left + 0.2), ("0", x), (largest, box.right - 0.2)
        return VGroup(lines, *(Label(text, NOTE, ink, at=(across, y - 0.25)) for text, across in ends))

    def on_graph(self, x: float) -> Point:
        """Return where the graph is at a number."""
        return self.origin[0] + x * self.unit, self.origin[1] + max(0.0, x) * self.unit

    def read(self, step: Any) -> list[Any]:
        """Make the point of a number on the graph, the formula with the number put in, and its value."""
        theme, value, box = self.theme, float(step.result), self.term.box
        (x, y), (middle, floor), left = self.on_graph(value), self.origin, box.left + 0.3
        guides = [line for line in ([(x, floor), (x, y)], [(middle, y), (x, y)]) if line[0] != line[1]]
        mark = Rectangle(Box(x - HALF, y - HALF, x + HALF, y + HALF), fill=theme.highlight)
        ink = theme.output if value >= 0 else theme.negative
        runs = [("max(0, ", theme.muted), (cell_text(value), ink), (")", theme.muted)]
        after = float(self.s.after[step.output_index[1:]])
        return [
            VGroup(Strokes(guides, theme.highlight, 1.8), mark),
            Line(runs, TERM, at=(left, box.top - 0.15), align="left"),
            equals(after, RESULT, theme, at=(left, box.bottom + 0.3), align="left", bold=True),
        ]

    def explain(self, step: Any) -> None:
        """Follow one number through the graph."""
        cell = step.output_index[1:]
        self.term.clear()
        self.add(self.window.lay(cell))
        negative = "{value} is negative, so 0 goes on: how far below is forgotten."
        said = negative if step.result < 0 else "{value} is positive, so it passes as it is."
        with self.beat(said, value=step.result, focus=[self.window, self.landing]):
            if self.before.has_numbers:
                x, y = self.on_graph(float(step.result))[0], self.origin[1]
                self.fly((self.before.copy_of(cell), Box(x, y, x, y)), scale=0.5)
            parts = self.read(step)
            for part in parts:
                self.appear(part, into=self.term, scale=0.8)
            number, box = parts[-1][-1].copy(), self.after.cell_box(cell)
            self.fly(([number], box), scale=min(1.0, 0.5 * box.height / number.height))
            self.pass_on(step)
            self.rest(0.8)

    def pass_on(self, step: Any) -> None:
        """Show what becomes of a number, and how many were cut."""
        cell = step.output_index[1:]
        self.after.show([cell])
        self.add(self.landing.lay(cell))
        self.term.put(*self.read(step))
        if (value := float(step.result)) not in self.dotted:
            (x, y), ink = self.on_graph(value), self.theme.output if value >= 0 else self.theme.negative
            self.graph.append(Rectangle(Box(x - DOT, y - DOT, x + DOT, y + DOT), fill=ink))
            self.dotted.add(value)
        self.before.sink([cell] if value < 0 else [])
        count = say("{cut} of {passed} cut to 0", cut=len(self.before.sunk), passed=len(self.after.shown))
        self.tally.put_line([(count, self.theme.text)], LABEL)
