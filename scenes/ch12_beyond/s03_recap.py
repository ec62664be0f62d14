"""One digit through all chapters: what each of them was about, with true numbers of one network."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Course, Grid, Outline, Stages, Window, say
from cnnviz.stage.language import Template
from cnnviz.stage.walk import sweep

FEW = {"most": 1.5}  # units: a cell where there are few


class Recap(
    Stages,
    subject=subjects.Recap,
    takeaway="One operation, repeated in layers and learned from examples: that is a convolutional network.",
    concepts=("convolution", "pooling", "prediction", "backpropagation", "training"),
    seconds=60,
):
    """Twelve chapters in a minute, with one digit."""

    title = "One digit, twelve chapters"
    subtitle = "what was told"
    noun = "chapter"
    lines = (
        "Images",
        "Convolution",
        "Borders and steps",
        "Activation and pooling",
        "Receptive field",
        "A whole network",
        "Backpropagation",
        "Training",
        "Architectures",
        "Looking inside",
        "Capsules",
        "Beyond images",
    )

    def tell(self, s: subjects.Recap) -> None:
        """Go through the chapters."""
        self.open_room()
        self.look(s)
        self.think(s)
        self.learn(s)
        self.go_on(s)

    def look(self, s: subjects.Recap) -> None:
        """Slide a window, add a border, pool, and ask what a number has seen."""
        x = Grid(s.ink, "input", "digit", scale=16.0)
        self.act(1, x)
        self.show("To a computer, this digit is a table of numbers. What does a network make of it?", x)
        kernel, y = self.grid(s.kernel, "kernel", "filter"), self.grid(s.trace.fold()[0], "output", "map", hidden=True)
        self.act(2, x, kernel, y)
        with self.beat("A window slides over it: nine products and a sum at every place.", focus=y):
            self.appear(kernel, y)
            window = Window(x, s.kernel.shape)
            self.add(window)
            self.walk(s.trace, window, lambda step: y.show([step.output_index[1:]]), seconds=3.0, tempo=sweep)
            self.rest(0.8)
        self.clear(x, kernel, y, window)
        padded, same = Grid(s.padded, "input", "with a border of zeros", scale=16.0), Grid(s.same, "output", "map")
        self.act(3, padded, same)
        self.show("A border of zeros, and the map becomes as large as the digit.", padded, same)
        self.clear(padded, same)
        maps = [
            self.grid(values, "output", name)
            for values, name in ((s.before, "a deeper map"), (s.after, "ReLU"), (s.pooled, "strongest of four"))
        ]
        self.act(4, *maps)
        self.show("ReLU drops what is below 0, pooling keeps the strongest of four.", *maps)
        self.clear(*maps)
        x, pooled = Grid(s.ink, "input", "digit", scale=16.0), self.grid(s.pooled, "output", "strongest of four")
        self.act(5, x, pooled)
        ink = self.theme.kernel
        marks = [Outline(pooled, s.strongest, color=ink), Outline(x, s.corner, *s.seen, color=ink)]
        with self.beat("One of these numbers has seen this much of the digit, deeper ones see more.", focus=marks):
            self.appear(x, pooled)
            self.appear(*marks)
            self.rest(1.2)
        self.clear(x, pooled, *marks)

    def think(self, s: subjects.Recap) -> None:
        """Read the digit, and go back."""
        shares = self.bars({str(digit): 1 for digit in range(10)}, "output", "shares", write=None)
        self.act(6, shares)
        told: Template = "Layer upon layer, down to ten shares: the network reads {answer}."
        with self.beat(told, answer=s.answer, focus=shares.box):
            self.grow(shares, s.shares.tolist())
            shares.made.show(s.shares.tolist(), s.answer)
        self.clear(shares)
        x, gradient = self.grid(s.ink, "input", "digit"), self.grid(s.gradient, "gradient", "gradient of the digit")
        self.act(7, x, gradient)
        self.show("Back through all layers: how does the loss change with each of these numbers?", x, gradient)
        self.clear(x, gradient)

    def learn(self, s: subjects.Recap) -> None:
        """Train, and name larger networks."""
        losses = dict(zip((say("training"), say("validation")), s.run.loss.T.tolist(), strict=True))
        look = {"roles": ("input", "output"), "powers": True, "along": say("epoch")}
        course = Course(losses, *self.chart_size, title="loss", **look)
        self.act(8, course)
        course.show(0)
        with self.beat("Training follows the gradients down, in many small steps.", focus=course.box):
            self.appear(course)
            self.play(course.go(s.run.epochs), run_time=2.4)
            course.show(s.run.epochs)
            self.rest(1.0)
        self.clear(course)
        few, other, many = s.sizes.values()
        sizes = self.bars({say("this network"): few, "AlexNet": other, "VGG-16": many}, "kernel", "parameters")
        self.act(9, sizes)
        told: Template = "The same parts build large networks: {few} parameters here, {many} in VGG-16."
        with self.beat(told, few=few, many=many, focus=sizes.box):
            self.grow(sizes, [few, other, many])
        self.clear(sizes)

    def go_on(self, s: subjects.Recap) -> None:
        """Look inside, go beyond, and see the digit once more."""
        x, drop = Grid(s.ink, "input", "digit", scale=16.0), self.grid(s.drop, "output", "score lost")
        self.act(10, x, drop)
        self.show("Cover a part, and see how far the score falls: there is the evidence.", x, drop)
        self.clear(x, drop)
        lengths = self.grid(s.lengths, "input", "lengths", **FEW), self.grid(s.squashed, "output", "squashed", **FEW)
        self.act(11, *lengths, **FEW)
        self.show("Capsules keep a direction, too, and squash its length below 1.", *lengths)
        self.clear(*lengths)
        others = [self.grid(kind.sheets[0], "input", kind.name, form="pixels", most=0.3) for kind in s.kinds]
        self.act(12, *others)
        self.show("And the same window reads words, sound, a series of numbers.", *others)
        self.clear(*others)
        x, pooled = self.grid(s.ink, "input", "digit"), self.grid(s.pooled, "output", "seen by the network")
        size = (2.2, min(3.6, 0.8 * self.room.box.height))
        answer = self.bars({str(digit): 1 for digit in range(10)}, "output", "shares", size=size, write=None)
        self.act(12, x, pooled, answer)
        answer.made.show(s.shares.tolist(), s.answer)
        self.appear(x, pooled, answer)
        self.close("One operation, in layers, learned from examples: a convolutional network.", focus=[x, pooled])

    def grid(self, values: Any, role: str, title: Template, **look: Any) -> Grid:
        """Make a grid on its own scale."""
        return Grid(values, role, title, detail="", scale=float(abs(values).max()) or 1.0, **look)

    def show(self, told: Template, *pictures: Any) -> None:
        """Say something about pictures that appear one after the other."""
        with self.beat(told, focus=[*pictures]):
            for picture in pictures:
                self.appear(picture, seconds=0.5)
                self.hold(0.3)
            self.rest(1.4)
