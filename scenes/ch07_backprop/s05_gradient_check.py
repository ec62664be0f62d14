"""Checking a gradient: nudge one weight, look at the loss, and compare with the formula."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import cell_text, say
from cnnviz.stage.language import Template
from cnnviz.stage.stories.nudging import COARSE_DECIMALS, LEAST, LOSS, Nudging, long

SQUARE: Template = "A nudge ten times smaller, and the error is a hundred times smaller: {error}."
COARSE = 6  # the nudge at which float32 is looked at


class GradientCheck(
    Nudging,
    subject=subjects.GradientCheck,
    gif="gradcheck",
    takeaway="A gradient is right if small nudges find the same slope: small, but not so small that rounding wins.",
    concepts=("backpropagation", "gradient check", "finite differences", "rounding"),
    seconds=50,
):
    """Check the gradient of one weight of the small network: nudge it both ways and look at the loss.

    The error falls with the nudge and rises again, where rounding takes over.

    cnnviz gif gradcheck
    cnnviz gif gradcheck digit:3 --label 8
    """

    title = "Gradient check"
    subtitle = "nudge, and look"

    subject: subjects.GradientCheck

    def tell(self, s: subjects.GradientCheck) -> None:
        """Nudge a weight less and less, and follow the error down and up again."""
        self.build(s)
        told: Template = "A {truth}, read as {answer}. What happens to the loss if one weight moves?"
        fields: dict[str, Any] = {"truth": s.truth, "answer": s.answer}
        if s.truth == s.answer:
            told = "A {truth}, read rightly. What happens to the loss if one weight moves?"
            del fields["answer"]
        loss = [(say(LOSS, loss=long(s.loss)), self.theme.text)]
        with self.beat(told, focus=[self.digit, self.mark, self.curve], **fields):
            self.look(s.view(1.0), None)
            self.write(loss)
            self.rest(1.2)
            self.wander(s)
        with self.beat("Backpropagation has a formula for it: the slope of the loss at this weight.", focus=self.curve):
            self.look(s.view(1.0), s.gradient)
            self.write(loss, self.formula)
            self.rest(1.4)
        best = min(range(len(s.nudges)), key=lambda number: s.nudges[number].error)
        near = s.nudges[best]
        is_square = 80 < s.nudges[2].error / max(s.nudges[3].error, LEAST) < 125
        with self.beat(
            "Without it: nudge the weight both ways. The line through both losses has a slope, too.", focus=self.curve
        ):
            self.make_room(s)
            self.step(1, len(s.nudges), noun="nudge")
            self.show(s.nudges[0], s.view(s.nudges[0].h))
            self.rest(1.4)
            self.appear(self.errors)
            self.errors.tell(0)
            self.come_near(1)
        self.nudge(1, "A smaller nudge: the curve bends less there, and the two slopes draw near.", then=2)
        self.nudge(2, "So near, the curve is a line: the slopes differ by {error} only.", then=3)
        self.nudge(3, SQUARE if is_square else "Smaller again: the slopes differ by {error}.")
        told = "Lit: digits in which L(w − h) differs. Does a smaller nudge always help?"
        with self.beat(told, focus=[self.table, self.errors]):
            self.turn_over(line for row in range(4) for line in self.tabulate(row))
            self.rest(2)
            self.fill(range(4, best + 1))
        if best > 3:
            focus = [self.row_box(best), self.errors]
            with self.beat("At h = {h} the two slopes differ by {error}.", h=near.h, error=near.error, focus=focus):
                self.point(focus[0])
        if further := range(max(best + 1, 4), len(s.nudges)):
            with self.beat("Smaller still, and rounding takes over: few digits are left, and the error grows."):
                self.fill(further)
        self.uncount()
        told = "In float32, rounding throws the loss up and down: check gradients in float64."
        with self.beat(told, focus=self.curve):
            self.turn_back()
            self.show(s.coarse[COARSE], s.view(s.coarse[COARSE].h, coarse=True), COARSE_DECIMALS)
            self.rest(1.8)
            self.turn_over(line for row in range(len(s.nudges)) for line in self.tabulate(row, lit=row == best))
            self.errors.tell(best)
        told = "At h = {h} the two slopes differ by {error}: no chance hit."
        with self.beat(told, h=cell_text(near.h), error=near.error, focus=self.errors):
            self.appear(self.errors.mark(best), into=self.errors)
        self.close(
            "Two ways, one slope: the formula is right. One that is 1 % off never comes near.", focus=self.errors
        )
