"""One weight that is nudged, the loss around it, and how far two slopes are from each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from manim import LEFT as LEFT_SIDE

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, marked, say
from cnnviz.stage.layout import NOTE, TERM, Box, units
from cnnviz.stage.pictures.course import Course
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT, Slot
from cnnviz.stage.pictures.secant import Secant
from cnnviz.stage.pictures.window import Outline
from cnnviz.stage.place import Column, Row
from cnnviz.stage.scene import Scene
from cnnviz.stage.text import Line, size_within, text_width
from cnnviz.subjects.gradient_check import GradientCheck, Nudge, View
from cnnviz.subjects.number import cell_text

LINES, PITCH = 5, 0.34  # written below the curve
DIGITS = 9  # of a number that is written there
DECIMALS, COARSE_DECIMALS = 16, 10  # of a loss in float64 and in float32: what its digits can tell
LEAST = 1e-17  # an error of 0 has no place on an axis of powers
LARGEST, HIGH = 3.3, 6.0  # units: of the digit and the filter, and of the errors
GAP, AIR, LEADING = 0.4, 0.1, 1.25
FRAMES = 11  # in which the curve makes room for the errors
TOP = 10.0  # the upper end of the errors' axis
KINDS: tuple[Template, ...] = ("float64", "float32", "formula 1 % off")
LOSS: Template = "loss = {loss}"


class Nudging(Scene):
    """A digit, a filter with one weight marked, and the loss, which takes all the room until there are errors."""

    subject: GradientCheck

    def build(self, s: GradientCheck) -> None:
        """Set the digit, the filter and the curve, and find room for what comes after them."""
        stage, below, is_tall = self.frame.stage, LINES * PITCH, self.frame.height > self.frame.width
        is_row = is_tall or self.frame.is_wide
        side = (
            (stage.width - GAP) / 2
            if is_tall
            else min(LARGEST, stage.height - 1.2 if is_row else (stage.height - 1.2) / 2)
        )
        names: dict[str, Any] = {
            "title": say("digit {truth}", truth=s.truth),
            "detail": say("read as {answer}", answer=s.answer),
        }
        self.digit = Grid(s.ink, "input", **names, scale=16.0, photo=16.0, form="pixels", side=side / 8)
        self.filter = Grid(s.filter, "kernel", "filter", detail="", side=side / len(s.filter))
        wide = stage.width if is_tall else (stage.width - GAP) / 2
        high = (stage.height - GAP) / 2 if is_tall else min(HIGH, stage.height)
        errors = [[max(nudge.error, LEAST) for nudge in nudges] for nudges in (s.nudges, s.coarse)]
        axes: dict[str, Any] = {"powers": True, "high": TOP, "named": some_nudges, "write": some_powers}
        axes["size"] = NOTE
        lines = dict(zip(map(str, KINDS), [*errors, s.astray], strict=True))
        roles = "highlight", "text", "negative"
        self.errors = Course(lines, wide, high - TITLE_HEIGHT, "error", roles=roles, above=True, **axes)
        later = Secant(wide, high - TITLE_HEIGHT - below - AIR, "loss"), Slot(wide, below)
        self.fit(Column(*later, gap=AIR), self.errors, gap=GAP)
        left, over = (Row if is_row else Column)(self.digit, self.filter, gap=GAP), 2 * PITCH
        across, down = left.extent(1.0)
        room = (stage.width, stage.height - down - GAP) if is_tall else (stage.width - across - GAP, stage.height)
        self.curve, self.lines = Secant(room[0], room[1] - TITLE_HEIGHT - over - AIR, "loss"), Slot(room[0], over)
        self.fit(left, Column(self.curve, self.lines, gap=AIR), gap=GAP)
        self.places = self.curve.box, self.lines.box, *(one.box for one in later)
        self.add(self.digit, self.filter, self.curve, self.lines)
        self.mark = Outline(self.filter, s.cell, color=self.theme.highlight)
        self.formula = [(say("slope by formula: {slope}", slope=long(s.gradient)), self.theme.gradient)]
        self.add(self.mark)
        self.table = Slot(wide, high)
        self.table.box = Box(later[1].box.left, later[1].box.bottom, later[1].box.right, later[0].top)
        self.add(self.table)

    def make_room(self, s: GradientCheck) -> None:
        """Let the digit and the filter go, and the curve travel to where the errors stand beside it."""
        self.vanish(self.digit, self.filter, self.mark, self.lines)
        heading = self.curve.heading
        for share in np.linspace(0.0, 1.0, FRAMES):
            old, new = self.places[0], self.places[2]
            sides = zip(*((box.left, box.bottom, box.right, box.top) for box in (old, new)), strict=True)
            self.curve.box = Box(*(a + float(share) * (b - a) for a, b in sides))
            if heading is not None:
                heading.move_to((0, self.curve.box.top + TITLE_HEIGHT - 0.14, 0), coor_mask=np.array([0, 1, 0]))
                heading.align_to((self.curve.box.left, 0, 0), LEFT_SIDE)
            self.look(s.view(1.0), s.gradient)
            self.hold(0.06)
        self.lines.box = self.places[3]

    def turn_over(self, rows: Iterable[Line]) -> None:
        """Let a table come in place of the curve and its heading."""
        heading = self.curve.heading
        self.curve.remove(heading)
        self.add(heading)
        self.vanish(heading, self.curve, self.lines)
        self.appear(*self.around(), *rows, into=self.table)

    def turn_back(self) -> None:
        """Let the curve come in place of the table."""
        self.vanish(self.table)
        self.curve.add(self.curve.heading)

    def tabulate(self, number: int, lit: bool = False) -> list[Line]:
        """Write a nudge as a row of the table, the digits in which its two losses differ lit; return the row."""
        theme, s = self.theme, self.subject
        nudge = s.nudges[number]
        up, alike = f"{nudge.up:.{DECIMALS}f}", shared(nudge, DECIMALS)
        color = theme.highlight if lit else theme.text
        runs = [[(cell_text(nudge.h), color)], [(begun(up[:alike]), theme.muted), (up[alike:], theme.highlight)]]
        return self._row(number + 1, [*runs, [(nudge.told(DECIMALS), color)]])

    def around(self) -> list[Line]:
        """Return the names of the table's columns, and the slope by formula below them."""
        s, theme = self.subject, self.theme
        names = "h", "L(w + h)", say("slope")
        below = [[("", theme.text)], [(say("by formula"), theme.gradient)], [(long(s.gradient), theme.gradient)]]
        return self._row(0, [[(name, theme.muted)] for name in names]) + self._row(len(s.nudges) + 1, below)[1:]

    def row_box(self, number: int) -> Box:
        """Return the room of a nudge in the table, as wide as its columns."""
        (left, *_, right), (y, pitch) = self.tabulate(number), self._level(number + 1)
        return Box(left.get_left()[0] - AIR, y - pitch / 2, right.get_right()[0] + AIR, y + pitch / 2)

    def _level(self, number: int) -> tuple[float, float]:
        """Return the height on which a row of the table stands, and how far it is from the next one."""
        pitch = self.table.box.height / (len(self.subject.nudges) + 2)
        return self.table.box.top - (number + 0.5) * pitch, pitch

    def _row(self, number: int, columns: Sequence[Sequence[tuple[str, Color]]]) -> list[Line]:
        box, (y, pitch) = self.table.box, self._level(number)
        widest = max(text_width(f"{nudge.up:.{DECIMALS}f}", 1.0) for nudge in self.subject.nudges)
        parts = text_width(cell_text(1e-12), 1.0), widest, text_width(long(-self.subject.gradient), 1.0)
        size = min(TERM, pitch / units(1.0) / LEADING, (box.width - 2 * GAP) / sum(parts))
        x = box.left
        lines = []
        for runs, part in zip(columns, parts, strict=True):
            lines.append(Line(runs, size, at=(x, y), align="left"))
            x += part * size + GAP
        return lines

    def nudge(self, number: int, told: Template, then: int = 0) -> None:
        """Tell a nudge that has been come near to, and come near to the one ``then``."""
        error = self.subject.nudges[number].error
        fields: dict[str, Any] = {"error": error} if "{error}" in str(told) else {}
        with self.beat(told, focus=[self.curve, self.errors], **fields):
            self.take(number, seconds=0.6)
            self.rest(0.8)
            if then:
                self.come_near(then)

    def fill(self, numbers: Iterable[int], each: float = 0.5) -> None:
        """Write nudges into the table, row by row, and draw the errors on to each."""
        for number in numbers:
            self.step(number + 1, len(self.subject.nudges), noun="nudge")
            self.appear(*self.tabulate(number), into=self.table, seconds=0.2)
            self.errors.tell(number)
            self.play(self.errors.go(number), run_time=each)

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
        alike = shared(nudge, decimals)
        slope = nudge.told(decimals)
        self.write(
            [(f"h = {cell_text(nudge.h)}", theme.text)],
            *(
                [(f"L(w {sign} h) = {begun(loss[:alike])}", theme.muted), (loss[alike:], theme.highlight)]
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


def shared(nudge: Nudge, decimals: int) -> int:
    """Return with how many characters both losses of a nudge begin alike."""
    up, down = f"{nudge.up:.{decimals}f}", f"{nudge.down:.{decimals}f}"
    return next((at for at, (a, b) in enumerate(zip(up, down, strict=False)) if a != b), len(up))


def begun(number: str) -> str:
    """Write the beginning of a number; a point at its end is that of the language."""
    return f"{number[:-1]}{marked('0.0')[1]}" if number.endswith(".") else number


def some_nudges(zeros: int) -> str:
    """Write every third nudge only.

    >>> some_nudges(0), some_nudges(1), some_nudges(3)
    ('h = 1', '', '1e−3')
    """
    return "" if zeros % 3 else cell_text(10.0**-zeros) if zeros else "h = 1"


def some_powers(value: float) -> str:
    """Write every third power of ten only, and all other numbers.

    >>> some_powers(1e-3), some_powers(1e-4), some_powers(2e-4)
    ('1e−3', '', '2e−4')
    """
    power = round(np.log10(value))
    return "" if power % 3 and value == 10.0**power else cell_text(value)
