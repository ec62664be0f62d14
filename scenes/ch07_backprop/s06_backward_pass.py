"""A whole backward pass of the tiny CNN: from p - y to the filters, and one step against the gradient."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Bars, Column, Grid, Made, Row, Scene, Wall, cell_text, say
from cnnviz.stage.language import Template
from cnnviz.subjects.backward_pass import Back

TOLD: dict[str, Template] = {
    "dense": "Dense: each of {count} numbers gets p − y, weighed by its ten weights.",
    "pool": "Pooling hands each to the winner of its window: {silent} of {count} get nothing.",
    "relu": "ReLU stops what comes to a number that was not above 0: now {silent} get nothing.",
    "conv": "The convolution sends all of it on, through its turned kernels: {count} numbers.",
    "filters": "What its filters saw, times what came back: {count} gradients of weights.",
}
GAP, DIGIT = 0.4, 2.3


class BackwardPass(
    Scene,
    subject=subjects.BackwardPass,
    takeaway="Each layer hands the gradient on to the one before, and keeps that of its own weights.",
    concepts=("backpropagation", "gradient", "learning rate", "loss"),
    seconds=50,
):
    """One digit's loss on its way back through all layers of a trained network."""

    title = "One backward pass"
    subtitle = "from the loss to the filters"

    subject: subjects.BackwardPass

    def tell(self, s: subjects.BackwardPass) -> None:
        """Compare p with y, go back layer by layer, and take one step."""
        self.build(s)
        self.compare(s)
        for number, back in enumerate(s.way, 1):
            self.step(number, len(s.way), noun="layer")
            self.hand_back(back)
        self.weigh(s)
        self.improve(s)

    def build(self, s: subjects.BackwardPass) -> None:
        """Set the digit, the lengths of gradients, and a wall."""
        stage = self.frame.stage
        self.x = Grid(s.ink, "input", "digit", detail=str(s.digit), scale=16.0, side=DIGIT / 8, form="pixels")
        self.lengths = Made(1.2 * DIGIT, 1.3, self.bars, "length of dW", role="gradient")
        if self.frame.width > self.frame.height:
            self.wall = Wall(stage.width - 1.2 * DIGIT - 2.5 * GAP, stage.height)
            self.arrange(Column(self.x, self.lengths), self.wall, gap=GAP)
        else:
            self.wall = Wall(stage.width, stage.height - DIGIT - 2 * GAP)
            self.arrange(Column(Row(self.x, self.lengths), self.wall, gap=GAP / 2), gap=GAP)

    def bars(self, box: Any) -> Bars:
        """Make a bar for each layer with weights."""
        sizes = self.subject.sizes
        longest = max(sizes.values()) or 1.0
        widest = max((cell_text(size) for size in sizes.values()), key=len) + "0"
        look = {"role": "gradient", "peak": longest, "write": lambda v: cell_text(v) if v else "", "widest": widest}
        return Bars([*sizes], box, theme=self.theme, **look)

    def numbers(self, values: Any, role: str, title: Template, detail: str = "", **look: Any) -> Grid:
        """Make a row with a number for each class."""
        return Grid(values, role, title, detail=detail, scale=1.0, widest=["−0.25"], **look)

    def compare(self, s: subjects.BackwardPass) -> None:
        """Take what is wanted from what came out."""
        p, y, wrong = rows = (
            self.numbers(s.shares, "output", "p", say("shares of 0 to 9")),
            self.numbers(s.wanted, "input", "y", say("wanted")),
            self.numbers(s.wrong, "gradient", "p − y", say("the gradient of the scores"), hidden=True),
        )
        self.fit(Column(*rows, gap=GAP / 4), room=self.wall.box)
        told: Template = "A trained network reads this {digit} as {answer}. What in it has to change?"
        if s.answer == s.digit:
            told = "A trained network reads this {digit} as {answer}. What could still change?"
        with self.beat(told, digit=s.digit, answer=str(s.answer), focus=[self.x, p, y]):
            self.appear(p, y)
            self.rest(1.8)
        told = "What is there, less what is wanted: {missing} for {digit}; the others are too high."
        missing = float(s.wrong[0, s.digit])
        with self.beat(told, missing=missing, digit=s.digit, focus=wrong):
            self.appear(wrong)
            self.walk(wrong.everywhere(), None, lambda cell: wrong.show([cell]), seconds=2.4)
        self.vanish(*rows)

    def hand_back(self, back: Back) -> None:
        """Hang what a layer hands back, and let the bar of its weights grow."""
        s, maps, theme = self.subject, back.maps, self.theme
        count, name = maps.size, say("dW of {layer}" if back.kind == "filters" else "behind {layer}", layer=back.layer)
        zeros = say("{silent} of {count} are 0", silent=back.silent, count=count)
        words = [
            (name, theme.gradient),
            ("    " + " × ".join(map(str, maps.shape)), theme.muted),
            ("    " + zeros, theme.text),
        ]
        with self.beat(TOLD[back.kind], count=count, silent=back.silent) as beat:
            self.vanish(self.wall)
            tiles = self.wall.hang(list(maps), words, role="gradient", scale=float(abs(maps).max()) or 1.0)
            beat.focus = tiles[:3]
            chart = self.lengths.made
            if chart.values != tuple(s.lengths(back.known)):
                self.play(chart.grow(s.lengths(back.known)), run_time=0.9)
                chart.show(s.lengths(back.known))
            self.rest(1.6)

    def weigh(self, s: subjects.BackwardPass) -> None:
        """Compare how strongly the layers are pulled."""
        chart, longest = self.lengths.made, s.longest
        told: Template = "Every weight knows its pull. The longest gradient: {layer}, {size}."
        with self.beat(told, layer=longest, size=s.sizes[longest], focus=self.lengths.box):
            chart.show(s.lengths(len(s.sizes)), [*s.sizes].index(longest))
            self.rest(1.2)
        self.vanish(self.wall)

    def improve(self, s: subjects.BackwardPass) -> None:
        """Take one step, and read again."""
        before = self.numbers(s.shares, "output", "before", say("loss {loss}", loss=s.loss))
        after = self.numbers(s.after, "output", "after", say("loss {loss}", loss=s.loss_after), hidden=True)
        self.fit(Column(before, after), room=self.wall.box)
        told: Template = "One step of {rate} against it, for this digit alone. Is that enough?"
        with self.beat(told, rate=cell_text(s.rate), focus=before):
            self.appear(before)
            self.rest(1.2)
        told = "The loss falls from {before} to {after}: that is learning."
        if s.loss_after > s.loss:
            told = "The loss rises from {before} to {after}: the step was too large."
        with self.beat(told, before=s.loss, after=s.loss_after, focus=after):
            self.appear(after)
            self.walk(after.everywhere(), None, lambda cell: after.show([cell]), seconds=1.6)
        told = "Each layer hands the gradient on, and keeps that of its own weights."
        self.close(told, focus=[after, self.lengths.box])
