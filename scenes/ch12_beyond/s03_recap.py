"""One digit through all chapters: what each of them was about, with true numbers of one network."""

from cnnviz import subjects
from cnnviz.stage import Column, Grid, Outline, Row, Skyline, Window, Wire, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import CAPTION
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.stories.stations import Journey, small_bars
from cnnviz.stage.walk import sweep
from cnnviz.subjects.number import share_text

NETWORKS: tuple[Template, ...] = ("this network", "AlexNet", "VGG-16")
READ: tuple[Template, ...] = ("picture", "filter", "map", "strongest", "seen", "answer")
BEHIND: tuple[Template, ...] = ("gradient", "trained", "networks", "evidence", "squashed", "sound")


class Recap(
    Journey,
    subject=subjects.Recap,
    takeaway="One operation, repeated in layers and learned from examples: that is a convolutional network.",
    concepts=("convolution", "pooling", "prediction", "backpropagation", "training"),
    seconds=59,
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
        shares = self.bars(
            {str(digit): 1 for digit in range(10)}, "output", "shares", write=share_text, widest="> 99.9 %"
        )
        (top, left), (rows, columns) = s.corner, s.seen
        seen = [(top + i, left + j) for i in range(rows) for j in range(columns)]
        sees = self.small(s.ink, "input", only=seen, photo=16.0)
        with self.beat("Layer upon layer, down to ten shares: the largest is what the network reads.", focus=shares):
            self.turn(6, shares, small=sees, big=self.x)
            self.play(shares.made.grow(s.shares.tolist()), run_time=1.0)
            shares.made.show(s.shares.tolist(), s.answer)
        gradient = self.grid(s.gradient, "gradient", "gradient of the digit", hidden=True)
        told: Template = "Back through all layers: how does the loss change with each of these numbers?"
        with self.beat(told, focus=gradient):
            self.turn(7, gradient, small=small_bars(s.shares.tolist(), 1.0, "output"), big=shares)
            for number in range(6, 0, -1):
                self.point(self.row.frame(number), seconds=0.25)
            self.fill(gradient, 1.2)

    def learn(self, s: subjects.Recap) -> None:
        """Train, and name larger networks."""
        table, loss = self.trained(s.run, "filters")
        filters = table.items
        with self.beat("Training follows the gradients down, in many small steps.", focus=filters):
            self.turn(8, Column(table, loss), small=self.small(s.gradient, "gradient"), big=self.last)
            self.train(s.run, filters, loss)
        look = {"called": [say(name) for name in NETWORKS], "widest": f"{max(s.sizes.values()):,}", "root": 3.0}
        sky = Skyline(s.storeys, [("parameters", "kernel")], *self.room.size(1.0), **look)
        with self.beat("The same parts build large networks: how many numbers has each to learn?", focus=sky):
            self.turn(9, sky, small=self.small(s.run.filters[s.run.best, 0], "kernel"), big=filters[0])
            for number, count in enumerate(s.sizes.values()):
                sky.build(self, number, 0.8)
                sky.write(number, [f"{count:,}"])

    def go_on(self, s: subjects.Recap) -> None:
        """Look inside, go beyond, and see all of it once more."""
        drop = self.grid(s.drop, "output", "score lost", hidden=True)
        with self.beat("Cover 3 × 3 cells, and see how far the score falls: there is the evidence.") as beat:
            depths = [len(each) for each in s.storeys]
            self.turn(10, drop, small=small_bars(depths, max(depths), "output", upward=True), big=self.last)
            beat.focus = self.cover(drop, 3)
        self.x.show()
        lengths, squashed = self.grid(s.lengths, "input", "lengths"), self.grid(s.squashed, "output", "squashed")
        lengths.hide()
        squashed.hide()
        with self.beat("Capsules keep a direction, too, and squash its length below 1.", focus=squashed):
            plane = self.plane(s.vectors)
            self.turn(11, Row(plane, Column(lengths, squashed)), small=self.small(s.drop, "output"), big=drop)
            self.shorten(plane, s.short, lengths, squashed)
        others = [self.grid(kind.sheets[0], "input", kind.name, form="pixels", most=0.4) for kind in s.kinds]
        with self.beat("And the same window reads words, sound, a series of numbers.", focus=others):
            self.turn(12, *others, small=self.small(s.squashed.repeat(4, axis=0), "output"), big=self.last)
            self.slide_over(others, [kind.kernel.shape[1:] for kind in s.kinds])
        with self.beat("Once more from the digit through all of it: what does the network answer?"):
            self.line.clear()
            row = self.look_back(self.small(s.kinds[1].sheets[0], "input"), others[1], (*READ, *BEHIND))
            text = say("It reads {digit}: {share}", digit=s.answer, share=share_text(s.shares[s.answer]))
            self.line.put_line([(text, self.theme.highlight)], CAPTION)
            self.add(Rectangle(row[5].box, outline=self.theme.highlight, width=4.0))
        self.close("One operation, in layers, learned from examples: a convolutional network.", focus=row[5].box)
