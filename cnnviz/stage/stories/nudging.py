"""One weight that is nudged, the loss around it, and how far two slopes are from each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say
from cnnviz.stage.layout import LABEL, SMALLEST, TERM, Box
from cnnviz.stage.pictures.course import Course
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.pictures.secant import Secant
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line, size_within
from cnnviz.subjects.gradient_check import GradientCheck, Nudge, View
from cnnviz.subjects.number import cell_text

LINES, PITCH = 5, 0.34  # written below the curve
DIGITS = 9  # of a number that is written there
DECIMALS, COARSE_DECIMALS = 16, 10  # of a loss in float64 and in float32: what its digits can tell
LEAST = 1e-17  # an error of 0 has no place on an axis of powers
LEFT, HIGH, LOW = 3.4, 3.4, 1.45  # units: of what stands left of the curve, and of the curve, by the frame
PIXEL, WEIGHT = 0.22, 0.66  # units: cells of the digit and of the filter
FRAMES = 11  # in which the curve makes room for the errors
TOP = 10.0  # the upper end of the errors' axis
KINDS: tuple[Template, ...] = ("float64", "float32", "formula 1 % off")
LOSS: Template = "loss = {loss}"


class Nudging(Scene):
    """A digit, a filter with one weight marked, and the loss, which takes all the room until there are errors."""

    subject: GradientCheck

    def build(self, s: GradientCheck) -> None:
        """Set the digit, the filter, the curve with what is written below, and the errors."""
        stage, below, is_tall = self.frame.stage, LINES * PITCH, self.frame.height > self.frame.width
        wide, high = (
            (stage.width, LOW) if is_tall else ((stage.width - LEFT) / 2, min(HIGH, stage.height - below - 0.6))
        )
        large = 1.0 if is_tall else min(1.1, (stage.height - 1.2) / (8 * PIXEL + 3 * WEIGHT))
        names: dict[str, Any] = {
            "title": say("digit {truth}", truth=s.truth),
            "detail": say("read as {answer}", answer=s.answer),
        }
        self.digit = Grid(s.ink, "input", **names, scale=16.0, photo=16.0, form="pixels", side=large * PIXEL)
        self.filter = Grid(s.filter, "kernel", "filter", detail="", side=large * WEIGHT)
        self.curve, self.lines = Secant(wide, high, "loss"), Slot(wide, below)
        errors = [[max(nudge.error, LEAST) for nudge in nudges] for nudges in (s.nudges, s.coarse)]
        axes: dict[str, Any] = {"powers": True, "high": TOP, "along": say("zeros of h"), "write": some_powers}
        axes["size"] = SMALLEST if is_tall else LABEL
        lines = dict(zip(map(str, KINDS), [*errors, s.astray], strict=True))
        roles = "highlight", "text", "negative"
        self.errors = Course(lines, wide, high + below, "error", roles=roles, above=True, **axes)
        left = (Row if is_tall else Column)(self.digit, self.filter)
        self.fit(left, Column(self.curve, self.lines, gap=0.1), self.errors, gap=0.4)
        self.add(self.digit, self.filter, self.curve, self.lines)
        self.places = self.curve.box, self.lines.box
        self.spread(1.0)
        self.mark = Outline(self.filter, s.cell, color=self.theme.highlight)
        self.formula = [(say("slope by formula: {slope}", slope=long(s.gradient)), self.theme.gradient)]
        self.add(self.mark)

    def spread(self, share: float) -> None:
        """Let the curve take a share of the room that the errors will need."""
        (curve, lines), errors = self.places, self.errors
        across, down = share * (errors.box.right - curve.right), 0.0
        if self.frame.height > self.frame.width:
            across, down = 0.0, share * (lines.bottom - errors.box.bottom)
        self.curve.box = Box(curve.left, curve.bottom - down, curve.right + across, curve.top)
        self.lines.box = Box(lines.left, lines.bottom - down, lines.right, lines.top - down)

    def make_room(self, s: GradientCheck) -> None:
        """Draw the curve together, and begin with the errors."""
        for share in np.linspace(1.0, 0.0, FRAMES):
            self.spread(float(share))
            self.show(s.nudges[0], s.view(s.nudges[0].h))
            self.hold(0.06)
        self.appear(self.errors)
        self.errors.tell(0)

    def nudge(self, number: int, told: Template, then: int = 0) -> None:
        """Tell a nudge that has been come near to, and come near to the one ``then``."""
        error = self.subject.nudges[number].error
        fields: dict[str, Any] = {"error": error} if "{error}" in str(told) else {}
        with self.beat(told, focus=[self.curve, self.errors], **fields):
            self.take(number, seconds=0.6)
            self.rest(0.8)
            if then:
                self.come_near(then)

    def run(self, numbers: range, told: Template) -> None:
        """Tell several nudges one after the other, each of them seen from ten times nearer."""
        with self.beat(told, focus=[self.curve, self.errors]):
            for number in numbers:
                self.come_near(number, every=3)
                self.take(number, seconds=0.3)
            self.rest(1.0)

    def come_near(self, number: int, every: int = 1) -> None:
        """Look at the loss from nearer and nearer, until a nudge is as wide as the picture."""
        s, h = self.subject, self.subject.nudges[number].h
        self.look(s.view(10 * h), s.gradient, frame=0.1)
        self.hold(0.4 if every == 1 else 0.08)
        for view in s.nearer(number)[::every]:
            self.look(view, s.gradient, frame=h / view.h)
            self.hold(0.06)

    def take(self, number: int, seconds: float) -> None:
        """Show both losses of a nudge, and how far the slopes are from each other."""
        nudge = self.subject.nudges[number]
        self.step(number + 1, len(self.subject.nudges), noun="nudge")
        self.show(nudge, self.subject.view(nudge.h))
        self.errors.tell(number)
        self.play(self.errors.go(number), run_time=seconds)

    def look(self, view: View, slope: float | None, **what: Any) -> None:
        """Show the loss as near as a view goes."""
        slope = None if slope is None else slope * view.h
        self.curve.look(view.offsets, view.losses, slope, **{"nudged": False, **what})

    def wander(self, s: GradientCheck) -> None:
        """Let the weight move up, down and back, and the loss with it."""
        view, weight = s.view(1.0), float(s.filter[s.cell])
        middle, far = len(view.offsets) // 2, next(i for i, at in enumerate(view.offsets) if at >= 1.0)
        back = 2 * middle - far
        way = [*range(middle, far), *range(far, back, -1), *range(back, middle + 1)]

        def go(number: int) -> None:
            self.look(view, None, at=view.offsets[number])
            self.filter.put(s.cell, weight + view.offsets[number])
            self.write([(say(LOSS, loss=long(view.losses[number])), self.theme.text)])

        self.walk([*way[::2], middle], None, go, seconds=2.4)

    def show(self, nudge: Nudge, view: View, decimals: int = DECIMALS) -> None:
        """Show both losses of a nudge, the line through them, and what its slope is."""
        self.look(view, self.subject.gradient, nudged=True)
        theme, up, down = self.theme, f"{nudge.up:.{decimals}f}", f"{nudge.down:.{decimals}f}"
        alike = next((at for at, (a, b) in enumerate(zip(up, down, strict=False)) if a != b), len(up))
        slope = nudge.told(decimals)
        self.write(
            [(f"h = {cell_text(nudge.h)}", theme.text)],
            *(
                [(f"L(w {sign} h) = {loss[:alike]}", theme.muted), (loss[alike:], theme.highlight)]
                for sign, loss in (("+", up), ("−", down))
            ),
            [(say("difference ÷ 2h: {slope}", slope=slope), theme.highlight)],
            self.formula,
        )

    def write(self, *lines: Sequence[tuple[str, Color]]) -> None:
        """Write lines in runs of (text, color) below the curve."""
        box = self.lines.box
        written = []
        for number, runs in enumerate(lines):
            size = size_within(box.width, TERM, *(text for text, _ in runs))
            written.append(Line(runs, size, at=(box.left, box.top - (number + 0.5) * PITCH), align="left"))
        self.lines.put(*written)


def long(value: float) -> str:
    """Write a number with many digits."""
    return cell_text(value, DIGITS)


def some_powers(value: float) -> str:
    """Write every third power of ten only, and all other numbers.

    >>> some_powers(1e-3), some_powers(1e-4), some_powers(2e-4)
    ('1e−3', '', '2e−4')
    """
    power = round(np.log10(value))
    return "" if power % 3 and value == 10.0**power else cell_text(value)
