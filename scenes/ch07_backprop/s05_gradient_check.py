"""Checking a gradient: nudge one weight, look at the loss, and compare with the formula."""

from typing import Any

from cnnviz import subjects
from cnnviz.stage import Column, Course, Grid, Label, Outline, Row, Scene, Secant, Slot, say
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, SMALLEST, TERM
from cnnviz.stage.text import size_within
from cnnviz.subjects.gradient_check import Nudge, View
from cnnviz.subjects.number import as_in_cell, cell_text

LINES, PITCH = 5, 0.34  # written below the curve
DIGITS = 9  # of a number that is written there
LEAST = 1e-17  # an error of 0 has no place on an axis of powers
LEFT, HIGH, LOW = 3.4, 2.5, 1.45  # units: of what stands left of the curve, and of the curve, by the frame
TOP = 1e4  # the upper end of the errors' axis, with room for the legend
KINDS: tuple[Template, ...] = ("float64", "float32")
SQUARE: Template = "A nudge ten times smaller, and the error is a hundred times smaller: {error}."
COARSE = 6  # the nudge at which float32 is looked at


class GradientCheck(
    Scene,
    subject=subjects.GradientCheck,
    gif="gradcheck",
    takeaway="A gradient is right if small nudges find the same slope: small, but not so small that rounding wins.",
    concepts=("backpropagation", "gradient check", "finite differences", "rounding"),
    seconds=47,
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
        told: Template = "Digit {truth}, read as {answer}: the loss is {loss}. What if one weight moved?"
        fields: dict[str, Any] = {"truth": s.truth, "answer": s.answer, "loss": as_in_cell(s.loss)}
        if s.truth == s.answer:
            told = "Digit {truth}, read rightly: the loss is {loss}. What if one weight moved?"
            del fields["answer"]
        with self.beat(told, focus=[self.digit, self.mark, self.curve], **fields):
            self.look(s.view(1.0), None)
            self.write(say("loss = {loss}", loss=long(s.loss)))
            self.rest(2.2)
        with self.beat("Backpropagation has a formula for it: the slope of the loss at this weight.", focus=self.curve):
            self.look(s.view(1.0), s.gradient)
            self.write(say("loss = {loss}", loss=long(s.loss)), self.formula)
            self.rest(2.0)
        best = min(range(len(s.nudges)), key=lambda number: s.nudges[number].error)
        is_square = 80 < s.nudges[2].error / max(s.nudges[3].error, LEAST) < 125
        self.nudge(0, "Without it: nudge the weight both ways. The line through both losses has a slope, too.")
        self.nudge(1, "A smaller nudge: the curve bends less there, and the two slopes draw near.")
        self.nudge(2, "So near, the curve is a line: the slopes differ by {error} only.")
        self.nudge(3, SQUARE if is_square else "Smaller again: the slopes differ by {error}.")
        self.nudge(range(4, best + 1), "Smaller and smaller, down to an error of {error}: no chance hit.")
        further = range(max(best + 1, 4), len(s.nudges))
        self.nudge(further, "Smaller still, and rounding takes over: the error grows to {error}.")
        with self.beat("In float32 the loss itself goes in steps: check gradients in float64.", focus=self.curve):
            self.show(s.coarse[COARSE], s.view(s.coarse[COARSE].h, coarse=True))
            self.rest(2.5)
        self.show(s.nudges[best], s.view(s.nudges[best].h))
        self.errors.tell(best)
        self.appear(self.errors.mark(best), into=self.errors)
        self.close("Two ways, one slope: the formula is right. A wrong one would not come near.", focus=self.curve)

    def build(self, s: subjects.GradientCheck) -> None:
        """Set the digit, the filter, the curve with what is written below, and the errors."""
        room, below, is_tall = self.frame.stage.width, LINES * PITCH, self.frame.height > self.frame.width
        wide, high = (room, LOW) if is_tall else ((room - LEFT) / 2, HIGH)
        names = {"title": say("digit {truth}", truth=s.truth), "detail": say("read as {answer}", answer=s.answer)}
        self.digit = Grid(s.ink, "input", **names, scale=16.0, photo=16.0, form="pixels", side=0.22)
        self.filter = Grid(s.filter, "kernel", "filter", detail="", side=0.66)
        self.curve, self.lines = Secant(wide, high, "loss"), Slot(wide, below)
        errors = [[max(nudge.error, LEAST) for nudge in nudges] for nudges in (s.nudges, s.coarse)]
        axes: dict[str, Any] = {"powers": True, "high": TOP, "along": say("zeros of h")}
        axes["size"] = SMALLEST if is_tall else NOTE
        lines = dict(zip(KINDS, errors, strict=True))
        self.errors = Course(lines, wide, high + below, "error", roles=("gradient", "input"), **axes)
        left = (Row if is_tall else Column)(self.digit, self.filter)
        self.arrange(left, Column(self.curve, self.lines, gap=0.1), self.errors, gap=0.4)
        self.mark = Outline(self.filter, s.cell, color=self.theme.highlight)
        self.formula = say("slope by formula: {slope}", slope=long(s.gradient))
        self.add(self.mark)

    def nudge(self, numbers: int | range, told: Template) -> None:
        """Tell a nudge, or several one after the other, each of them seen from ten times nearer."""
        numbers = range(numbers, numbers + 1) if isinstance(numbers, int) else numbers
        if not numbers:
            return
        s, is_one, error = self.subject, len(numbers) == 1, self.subject.nudges[numbers[-1]].error
        with self.beat(told, focus=[self.curve, self.errors], **({"error": error} if "{error}" in str(told) else {})):
            for number in numbers:
                self.step(number + 1, len(s.nudges), noun="nudge")
                for view in s.nearer(number):
                    self.look(view, s.gradient)
                    self.hold(0.12 if is_one else 0.06)
                self.show(s.nudges[number], s.view(s.nudges[number].h))
                self.play(self.errors.go(number), run_time=0.6 if is_one else 0.4)
                self.errors.tell(number)
            self.rest(1.5)

    def look(self, view: View, slope: float | None, *, nudged: bool = False) -> None:
        """Show the loss as near as a view goes."""
        self.curve.look(view.offsets, view.losses, None if slope is None else slope * view.h, nudged=nudged)

    def show(self, nudge: Nudge, view: View) -> None:
        """Show both losses of a nudge, the line through them, and what its slope is."""
        self.look(view, self.subject.gradient, nudged=True)
        both = f"L(w + h) = {long(nudge.up)}", f"L(w − h) = {long(nudge.down)}"
        slope = say("difference ÷ 2h: {slope}", slope=long(nudge.slope))
        self.write(f"h = {cell_text(nudge.h)}", *both, slope, self.formula)

    def write(self, *lines: str) -> None:
        """Write below the curve; what is about the formula or the nudges has their color."""
        box, theme, labels = self.lines.box, self.theme, []
        for number, line in enumerate(lines):
            size = size_within(box.width, TERM, line)
            ink = theme.gradient if line == self.formula else theme.highlight if number == 3 else theme.text
            labels.append(Label(line, size, ink, at=(box.left, box.top - (number + 0.5) * PITCH), align="left"))
        self.lines.put(*labels)


def long(value: float) -> str:
    """Write a number with many digits."""
    return cell_text(value, DIGITS)
