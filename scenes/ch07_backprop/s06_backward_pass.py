"""A whole backward pass of the tiny CNN: from p - y to the filters, and one step against the gradient."""

from cnnviz import subjects
from cnnviz.stage import cell_text, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.handing_back import HandingBack


class BackwardPass(
    HandingBack,
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
        """Compare p with y, go back block by block, and take one step."""
        self.build(s)
        self.compare(s)
        for number, back in enumerate(s.way, 1):
            self.step(number, len(s.way), noun="layer")
            self.hand_back(back)
        self.weigh(s)
        self.improve(s)

    def compare(self, s: subjects.BackwardPass) -> None:
        """Take what is wanted from what came out."""
        rows = [(s.shares, "output", ["p"]), (s.wanted, "input", ["y"]), (s.wrong, "gradient", ["p − y"])]
        (classes, p, y, wrong), names = self.table(rows, widest=["−0.25"])
        wrong.hide()
        marks = [self.mark(classes, s.digit), self.mark(p, s.answer)]
        told: Template = "A trained network reads this {digit} as {answer}. What in it has to change?"
        if s.answer == s.digit:
            told = "A trained network reads this {digit} as {answer}. What could still change?"
        self.add(classes, p, y, *names[:-1], *marks)
        with self.beat(told, digit=s.digit, answer=str(s.answer), focus=[self.stops[0].volume.front, *marks]):
            self.rest(2.4)
        told = "What is there, less what is wanted: {missing} for {digit}; the others are too high."
        missing = float(s.wrong[0, s.digit])
        mark = self.mark(wrong, s.digit)
        with self.beat(told, missing=missing, digit=s.digit, focus=mark):
            self.appear(wrong, mark, *names[-1:])
            self.walk(wrong.everywhere(), None, lambda cell: wrong.show([cell]), seconds=2.4)
            self.arrive(len(self.stops) - 1, s.wrong.ravel())
        self.vanish(classes, p, y, wrong, *names, *marks, mark)

    def weigh(self, s: subjects.BackwardPass) -> None:
        """Compare how strongly the layers are pulled."""
        self.vanish(self.wall)
        before = (s.shares, "output", [say("before"), say("loss {loss}", loss=s.loss)])
        after = (s.after, "output", [say("after"), say("loss {loss}", loss=s.loss_after)])
        (self.classes, self.before, self.after), self.named = self.table([before, after], bars=True)
        self.after.hide()
        longest = s.longest
        told: Template = "Every weight knows its pull. The longest gradient: {layer}, {size}."
        with self.beat(told, layer=longest, size=s.sizes[longest], focus=self.lengths.box):
            self.appear(self.lengths, self.classes, self.before, *self.named[:2])
            chart = self.lengths.made
            self.play(chart.grow(s.lengths(len(s.sizes))), run_time=1.2)
            chart.show(s.lengths(len(s.sizes)), [*s.sizes].index(longest))
            self.rest(1.0)

    def improve(self, s: subjects.BackwardPass) -> None:
        """Take one step, and read again."""
        told: Template = "One step of {rate} against it, for this digit alone. Is that enough?"
        with self.beat(told, rate=cell_text(s.rate), focus=[self.before, self.lengths.box]):
            self.rest(1.2)
        told = "The loss falls from {before} to {after}: that is learning."
        if s.loss_after > s.loss:
            told = "The loss rises from {before} to {after}: the step was too large."
        with self.beat(told, before=s.loss, after=s.loss_after, focus=self.after):
            self.appear(self.after, *self.named[2:])
            self.walk(self.after.everywhere(), None, lambda cell: self.after.show([cell]), seconds=1.6)
            self.appear(self.mark(self.after, int(s.after.argmax())))
        told = "Each layer hands the gradient on, and keeps that of its own weights."
        self.close(told, focus=[self.after, self.lengths.box])
