"""A whole backward pass of the tiny CNN: from p - y to the filters, and one step against the gradient."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Line, Row, Slot, cell_text, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL
from cnnviz.stage.stories.following import MAP, Following
from cnnviz.stage.text import size_within
from cnnviz.subjects.number import as_in_cell

LOSS: Template = "loss {loss}"


class BackwardPass(
    Following,
    subject=subjects.BackwardPass,
    takeaway="Each layer hands the gradient on to the one before, and keeps that of its own weights.",
    concepts=("backpropagation", "gradient", "learning rate", "loss"),
    seconds=53,
):
    """One digit's loss on its way back through all layers of a trained network."""

    title = "One backward pass"
    subtitle = "from the loss to the filters"

    subject: subjects.BackwardPass

    def tell(self, s: subjects.BackwardPass) -> None:
        """Compare p with y, follow one number back layer by layer, and take one step."""
        self.one = s.followed
        self.build(s)
        self.compare(s)
        for number, (back, act) in enumerate(
            zip(s.way, (self.weigh, self.pool, self.gate, self.stamp, self.gate_again, self.gather), strict=True), 1
        ):
            self.step(number, len(s.way), noun="layer")
            act(back)
        self.uncount()
        self.improve(s)

    def compare(self, s: subjects.BackwardPass) -> None:
        """Take what is wanted from what came out."""
        self.ten, exact = self.classes(), s.digit
        p, y = self.row(s.shares, "output", "p", exact=exact), self.row(s.wanted, "input", "y")
        self.wrong = self.row(s.wrong, "gradient", "p − y")
        told: Template = "A trained network reads this {digit} as {answer}. What in it has to change?"
        if s.answer == s.digit:
            told = "A trained network reads this {digit} as {answer}. What could still change?"
        self.lay(self.rows(self.ten, p), seconds=0.1)
        marks = [self.mark(self.ten[1], (0, s.digit)), self.mark(p[1], (0, s.answer))]
        with self.beat(told, digit=s.digit, answer=str(s.answer), focus=[self.stops[0].volume.front, *marks]):
            self.rest(2.4)
        with self.beat("What is there, less what is wanted, class by class.", focus=self.wrong[1]):
            self.step_aside()
            self.lay(self.rows(self.ten, p, y, self.wrong), later=self.wrong)
            self.wrong[1].hide()
            self.appear(*self.wrong)
            cells = self.wrong[1].everywhere()
            self.walk(cells, None, lambda cell: self.wrong[1].show([cell]), seconds=2.4)
        mark, missing = self.mark(self.wrong[1], (0, s.digit)), float(s.wrong[0, s.digit])
        told = "{missing} for {digit}: too low. All others are too high."
        with self.beat(told, missing=missing, digit=s.digit, focus=mark):
            self.arrive(len(self.stops) - 1, s.wrong.ravel())

    def weigh(self, back: Any) -> None:
        """Give each number in front of the dense layer p - y, weighed."""
        one, value = self.one, as_in_cell(float(back.maps[self.one.map][self.one.pooled]))
        weights = self.row(one.weights, "kernel", "w")
        products = self.row(one.products, "gradient", "× w")
        self.map = self.sheet(back.maps[one.map], "gradient", say(MAP, number=one.map), hidden=True)
        told: Template = "Dense: each of {count} numbers gets p − y, weighed by its ten weights."
        with self.beat(told, count=back.maps.size, focus=[products[1], self.map]):
            table = self.rows(self.ten, self.wrong, weights, products)
            self.lay(table, *[self.map] * self.frame.is_wide, later=[*weights, *products, self.map])
            self.hand_back(back)
            self.appear(*weights)
            products[1].hide()
            self.appear(*products)
            self.walk(products[1].everywhere(), None, lambda cell: products[1].show([cell]), seconds=1.2)
            if not self.frame.is_wide:
                self.lay(self.rows(products), self.map, later=[self.map])
            self.unfold(self.map, back, one.map)
            box = self.map.cell_box(one.pooled)
            self.fly(*((products[1].copy_of(cell), box) for cell in products[1].everywhere()), seconds=0.8)
            self.map.show([one.pooled])
            mark = self.mark(self.map, one.pooled)
        with self.beat("Its ten products add up to {value}.", value=value, focus=mark):
            self.hold(0.4)
            self.map.show()
            self.rest(0.4)

    def improve(self, s: subjects.BackwardPass) -> None:
        """Take one step, and read again."""
        one, (row, column) = self.one, self.one.weight
        old, new = self.exactly(one.filter, "filter {number}"), self.exactly(one.after, "after the step")
        after = new.texts[row][column]
        rate, pull = cell_text(s.rate, 5), cell_text(float(one.pull[row, column]))
        runs = [
            (cell_text(float(one.filter[row, column]), 6), "kernel"),
            (f" − {rate} × ", "text"),
            (pull, "gradient"),
            (" ≈ ", "text"),
            (after, "kernel"),
        ]
        line = Slot(4.0, 0.5)
        told: Template = "One step against it: each weight, less {rate} times its dW."
        with self.beat(told, rate=rate, focus=[new]):
            self.lay(Row(old, *[self.pull] * self.frame.is_wide, new), line, later=[new])
            self.mark(old, one.weight)
            self.appear(new)
            y = (new.cell_box(one.weight) if self.frame.is_wide else line.box).center[1]
            colored = [(text, self.theme.role(role)) for text, role in runs]
            size = size_within(line.box.width, LABEL, *(text for text, _ in runs))
            self.appear(Line(colored, size, at=(line.box.left, y), align="left"), into=line)
            self.mark(new, one.weight)
            self.rest(1.2)
        digit, said = s.digit, [say(LOSS, loss=cell_text(loss)) for loss in (s.loss, s.loss_after)]
        then = self.row(s.shares, "output", say("before"), said[0], exact=digit)
        now = self.row(s.after, "output", say("after"), said[1], exact=digit)
        told = "The loss falls from {before} to {after}: that is learning."
        if s.loss_after > s.loss:
            told = "The loss rises from {before} to {after}: the step was too large."
        with self.beat(told, before=s.loss, after=s.loss_after, focus=now[1]):
            self.lay(self.rows(self.ten, then, now), later=now)
            self.mark(then[1], (0, s.answer))
            now[1].hide()
            self.appear(*now)
            self.walk(now[1].everywhere(), None, lambda cell: now[1].show([cell]), seconds=1.2)
            self.mark(now[1], (0, int(s.after.argmax())))
            self.rest(0.6)
        self.close("Each layer hands the gradient on, and keeps that of its own weights.", focus=[now[1]])
