"""One digit through all chapters: what each of them was about, with true numbers of one network."""

from cnnviz import subjects
from cnnviz.stage import Course, Grid, Made, Outline, Window, Wire, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.stations import Journey, small_bars, small_curve
from cnnviz.stage.walk import sweep
from cnnviz.subjects.number import share_text


class Recap(
    Journey,
    subject=subjects.Recap,
    takeaway="One operation, repeated in layers and learned from examples: that is a convolutional network.",
    concepts=("convolution", "pooling", "prediction", "backpropagation", "training"),
    seconds=58,
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
        self.set_out(Grid(s.ink, "input", "digit", scale=16.0, hidden=True))
        self.look(s)
        self.think(s)
        self.learn(s)
        self.go_on(s)

    def look(self, s: subjects.Recap) -> None:
        """Slide a window, add a border, pool, and ask what a number has seen."""
        self.begin(photo := Grid(s.ink, "input", "picture", detail="", photo=16.0, form="pixels"))
        with self.beat(
            "To a computer, this digit is a table of numbers. What does a network make of it?", focus=self.x
        ):
            self.fill(self.x, 2.4)
        kernel = self.grid(s.kernel, "kernel", "filter", zoom=1.5)
        y = self.grid(s.trace.fold()[0], "output", "map", hidden=True)
        with self.beat("A window slides over it: nine products and a sum at every place.", focus=y):
            self.turn(2, kernel, y, small=self.small(s.ink, "input", photo=16.0), big=photo)
            self.add(window := Window(self.x, s.kernel.shape))
            self.walk(s.trace, window, lambda step: y.show([step.output_index[1:]]), seconds=3.0, tempo=sweep)
        self.remove(window)
        padded = Grid(s.padded, "input", "with a border of zeros", scale=16.0)
        same = self.grid(s.same, "output", "map", hidden=True)
        with self.beat("A border of zeros, and the map becomes as large as the digit.", focus=[padded, same]):
            self.turn(3, padded, same, small=self.small(s.kernel, "kernel"), big=kernel, later=[padded])
            self.come(padded, self.x)
            self.fill(same, 1.4)
        before, after, pooled = (
            self.grid(values, "output", name)
            for values, name in ((s.before, "a deeper map"), (s.after, "ReLU"), (s.pooled, "strongest of four"))
        )
        with self.beat("ReLU drops what is below 0, pooling keeps the strongest of four.", focus=[after, pooled]):
            self.turn(4, before, after, pooled, small=self.small(s.same, "output"), big=same, later=[after, pooled])
            self.come(after, before)
            self.come(pooled, after)
        ink = self.theme.kernel
        with self.beat("One of these numbers has seen this much of the digit, deeper ones see more.") as beat:
            self.turn(5, pooled, small=self.small(s.pooled, "output"), big=pooled)
            marks = [Outline(self.x, s.corner, *s.seen, color=ink), Outline(pooled, s.strongest, color=ink)]
            self.add(wire := Wire((marks[0], marks[1]), ink), pooled)  # below the numbers
            self.appear(*marks)
            self.here += [*marks, wire]
            beat.focus = marks

    def think(self, s: subjects.Recap) -> None:
        """Read the digit, and go back."""
        shares = self.shares()
        (top, left), (rows, columns) = s.corner, s.seen
        sees = self.small(s.ink, "input", photo=16.0)
        sees.only([(top + i, left + j) for i in range(rows) for j in range(columns)])
        with self.beat("Layer upon layer, down to ten shares: the largest is what the network reads.", focus=shares):
            self.turn(6, shares, small=sees, big=self.x)
            self.play(shares.made.grow(s.shares.tolist()), run_time=1.0)
            shares.made.show(s.shares.tolist(), s.answer)
        gradient = self.grid(s.gradient, "gradient", "gradient of the digit", hidden=True)
        told: Template = "Back through all layers: how does the loss change with each of these numbers?"
        with self.beat(told, focus=gradient):
            self.turn(7, gradient, small=small_bars(s.shares, 1.0, "output", self.row.inner), big=shares)
            for number in range(6, 0, -1):
                self.point(self.row.frame(number), seconds=0.25)
            self.fill(gradient, 1.2)

    def learn(self, s: subjects.Recap) -> None:
        """Train, and name larger networks."""
        losses = dict(zip((say("training"), say("validation")), s.run.loss.T.tolist(), strict=True))
        look = {"roles": ("input", "output"), "powers": True, "along": say("epoch")}
        course = Course(losses, *self.chart_size, title="loss", **look)
        with self.beat("Training follows the gradients down, in many small steps.", focus=course):
            self.turn(8, course, small=self.small(s.gradient, "gradient"), big=self.last)
            self.play(course.go(s.run.epochs), run_time=2.4)
            course.show(s.run.epochs)
        counts = [*s.sizes.values()]
        named = dict(zip((say("this network"), "AlexNet", "VGG-16"), counts, strict=True))
        sizes = self.bars(named, "kernel", "parameters")
        with self.beat("The same parts build large networks: how many numbers has each to learn?", focus=sizes):
            self.turn(9, sizes, small=small_curve(s.run.loss[:, 0], "input", self.row.inner), big=course)
            self.play(sizes.made.grow(counts), run_time=1.0)
            sizes.made.show(counts)

    def go_on(self, s: subjects.Recap) -> None:
        """Look inside, go beyond, and see the digit once more."""
        drop = self.grid(s.drop, "output", "score lost", hidden=True)
        with self.beat("Cover 3 × 3 cells, and see how far the score falls: there is the evidence.") as beat:
            small = small_bars([*s.sizes.values()], max(s.sizes.values()), "kernel", self.row.inner)
            self.turn(10, drop, small=small, big=self.last)
            beat.focus = self.cover(drop, 3)
        self.x.show()
        lengths, squashed = self.grid(s.lengths, "input", "lengths"), self.grid(s.squashed, "output", "squashed")
        squashed.hide()
        with self.beat("Capsules keep a direction, too, and squash its length below 1.", focus=squashed):
            self.turn(11, lengths, squashed, small=self.small(s.drop, "output"), big=drop)
            for cell in squashed.everywhere():
                squashed.show([cell])
                self.hold(0.4)
        others = [self.grid(kind.sheets[0], "input", kind.name, form="pixels", most=0.3) for kind in s.kinds]
        with self.beat("And the same window reads words, sound, a series of numbers.", focus=others):
            self.turn(12, *others, small=self.small(s.squashed, "output"), big=squashed)
            self.slide_over(others, [kind.kernel.shape[1:] for kind in s.kinds])
        shares, sound = self.shares(), s.kinds[1].sheets[0]
        with self.beat("Once more from the digit through all of it: what does the network answer?", focus=shares):
            self.turn(12, shares, small=self.small(sound, "input"), big=others[1])
            for number in range(1, 13):
                self.point(self.row.frame(number), seconds=0.2)
            self.play(shares.made.grow(s.shares.tolist()), run_time=0.8)
            shares.made.show(s.shares.tolist(), s.answer)
        self.close("One operation, in layers, learned from examples: a convolutional network.", focus=[self.x, shares])

    def shares(self) -> Made:
        """Make the bars of ten shares."""
        return self.bars(
            {str(digit): 1 for digit in range(10)}, "output", "shares", write=share_text, widest="> 99.9 %"
        )
