"""How many numbers are of which size: bars that stay, on an axis that slides and stretches below them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Mobject, UpdateFromAlphaFunc, VGroup, smooth

from cnnviz.stage.language import Template
from cnnviz.stage.layout import LABEL, Box, units
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.mobjects.tiles import Rings, Tiles
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, text_width
from cnnviz.subjects.number import cell_text

_FULL = 0.78  # of a bar's room
_ROW, _TICK, _AIR = units(1.35 * LABEL), 0.1, 0.12  # units: a line of text, a mark on the axis, air between texts
_MARKS = 7  # on the axis, at most
_NONE = 1e-9  # what is smaller is 0
Ends = tuple[float, float]  # what the left and the right end of the axis stand for


class Histogram(Slot):
    """Bars with their counts on one axis, a line at its 0, and on demand one at the mean and a mark for one number.

    ::

         mean
        310 306
         █   █  253
         █   █   █   11   0
        ─┴───┴───┴───┴────┴──
        0  50   ▲  150 ...  255
               130

    Parameters
    ----------
    counts : sequence of int
    width, height : float
        Room in units, without the title.
    ends : (float, float)
        What the ends of the axis stand for at first.

    Attributes
    ----------
    plane : Box
        Where bars stand.
    shown : list of Label
        The counts written so far.
    """

    def __init__(
        self,
        counts: Sequence[int],
        width: float,
        height: float,
        title: Template = "",
        *,
        ends: Ends,
        role: str = "output",
    ) -> None:
        super().__init__(width, height, title, role=role)
        self.counts, self.ends = [int(count) for count in counts], ends
        self.shown: list[Label] = []
        self.lines: dict[str, tuple[float, Mobject]] = {}

    def draw(self, cell: float) -> None:
        """Draw the axis."""
        super().draw(cell)
        box = self.box
        self.plane = Box(box.left, box.bottom + 2 * _ROW + _TICK, box.right, box.top - 2 * _ROW)
        inks = self.theme.role(self.role), self.theme.below(self.role)
        self.bars, self.below = ([Tiles([], fill=ink) for _ in self.counts] for ink in inks)
        self.grown = 0
        self.shown, self.lines, self.axis = [], {}, VGroup()
        floor = Strokes([[(box.left, self.plane.bottom), (box.right, self.plane.bottom)]], self.theme.muted, 2.0)
        self.put(*self.bars, *self.below, floor, self.axis)
        self._write(self.ends, _told(self.ends))

    # Bars

    def bar(self, at: int, share: float = 1.0) -> Box:
        """Return where a bar is, when a share of it has grown."""
        side = self.plane.width / len(self.counts)
        left = self.plane.left + (at + (1 - _FULL) / 2) * side
        high = share * self.plane.height * self.counts[at] / max(*self.counts, 1)
        return Box(left, self.plane.bottom, left + _FULL * side, self.plane.bottom + high)

    def grow(self, at: int, **options: Any) -> Animation:
        """Return the animation in which a bar grows; `count` then writes how much it holds."""

        def upto(bar: Mobject, alpha: float) -> None:
            bar.points = Tiles([self.bar(at, alpha)] if self.counts[at] * alpha else []).points

        return UpdateFromAlphaFunc(self.bars[at], upto, **options)

    def count(self, at: int) -> Label:
        """Write the count of a bar above it."""
        bar, text = self.bar(at), f"{self.counts[at]:,}"
        where = bar.center[0], bar.top + 0.55 * _ROW
        self.shown.append(self.append(Label(text, LABEL, self.theme.text, at=where)))
        self.grown = at + 1
        return self.shown[-1]

    # Axis

    def x(self, share: float) -> float:
        """Return where a share of the axis ends."""
        return self.plane.left + share * self.plane.width

    def share(self, value: float, ends: Ends) -> float:
        """Return at which share of an axis a value is."""
        return (value - ends[0]) / (ends[1] - ends[0])

    def mark(self, name: str, share: float, text: str) -> None:
        """Draw a line at a share of the axis, through the bars, with a text above it; in place of the one before."""
        if name in self.lines:
            self.take(self.lines[name][1])
        if not 0 <= share <= 1:
            return
        x, top = self.x(share), self.box.top - _ROW
        half = text_width(text, LABEL) / 2
        at = min(max(x, self.plane.left + half), self.plane.right - half), self.box.top - 0.5 * _ROW
        line = Strokes(self._upright(x, self.plane.bottom, top), self.theme.text, 3.0)
        drawn = VGroup(line, Label(text, LABEL, self.theme.text, at=at))
        self.lines[name] = share, self.append(drawn)

    def _upright(self, x: float, low: float, high: float) -> list[list[tuple[float, float]]]:
        """Return an upright line, with gaps where it would cross a count."""
        lines = []
        for label in sorted(self.shown, key=lambda label: float(label.points[:, 1].min())):
            (left, bottom, _), (right, top, _) = label.points.min(axis=0), label.points.max(axis=0)
            if left - _AIR / 2 < x < right + _AIR / 2 and low < bottom - _AIR / 2 < high:
                lines.append([(x, low), (x, float(bottom) - _AIR / 2)])
                low = float(top) + _AIR / 2
        return [*lines, [(x, low), (x, max(low, high))]]

    def point(self, share: float, text: str) -> Box:
        """Mark a number below the axis; in place of the one before."""
        if "number" in self.lines:
            self.take(self.lines["number"][1])
        x, y = self.x(share), self.plane.bottom
        head = Rings([[(x, y), (x - _AIR, y - 1.6 * _AIR), (x + _AIR, y - 1.6 * _AIR)]], fill=self.theme.kernel)
        half = text_width(text, LABEL) / 2
        at = min(max(x, self.box.left + half), self.box.right - half), self.box.bottom + 0.5 * _ROW
        self.lines["number"] = share, self.append(VGroup(head, Label(text, LABEL, self.theme.kernel, at=at)))
        return Box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)

    def slide(self, ends: Ends, **options: Any) -> Animation:
        """Return the animation in which the axis comes to stand for other numbers; bars stay where they are."""
        return _Slide(self, ends, **options)

    def _write(self, ends: Ends, values: Sequence[float]) -> None:
        """Write values on the axis, as many as there is room for, the first ones first; then let all of it stand."""
        self.take(self.axis)
        self.zero, self.marks = (Strokes([], color, 3.0) for color in (self.theme.highlight, self.theme.muted))
        self.values = {value: self._label(value) for value in values}
        self.base = {value: label.points.copy() for value, label in self.values.items()}
        self.axis = self.append(VGroup(self.marks, self.zero, *self.values.values()))
        self._stand(ends)

    def _label(self, value: float) -> Label:
        color = self.theme.highlight if abs(value) < _NONE else self.theme.text
        return Label(cell_text(value), LABEL, color, at=(0.0, self.plane.bottom - _TICK - 0.55 * _ROW))

    def _stand(self, ends: Ends) -> None:
        """Bring what is written to where it is on an axis; what is not on it, or has no room, is not drawn."""
        taken: list[Ends] = []
        lines = []
        for value, label in self.values.items():
            share, half = self.share(value, ends), label.line_width / 2
            at = self.x(share)
            x = min(max(at, self.box.left + half), self.box.right - half)
            is_free = all(x - half >= high + _AIR or low - _AIR >= x + half for low, high in taken)
            label.points = np.zeros((0, 3))
            if -_NONE <= share <= 1 + _NONE and is_free:
                taken.append((x - half, x + half))
                label.points = self.base[value] + (x, 0.0, 0.0)
                lines.append([(at, self.plane.bottom), (at, self.plane.bottom - _TICK)])
        self.marks.points = Strokes(lines, self.theme.muted, 2.0).points
        self._split(self.share(0.0, ends))

    def _split(self, zero: float) -> None:
        """Draw the line of the 0, and what is below it in another color."""
        x, is_there = self.x(zero), -_NONE <= zero <= 1 + _NONE
        lines = self._upright(x, self.plane.bottom - _TICK, self.box.top - _ROW) if is_there else []
        self.zero.points = Strokes(lines, self.theme.highlight, 3.0).points
        for at in range(self.grown):
            bar = self.bar(at)
            low = Box(bar.left, bar.bottom, min(bar.right, max(x, bar.left)), bar.top)
            high = Box(low.right, bar.bottom, bar.right, bar.top)
            for part, box in ((self.below[at], low), (self.bars[at], high)):
                part.points = Tiles([box] if box.width * box.height > 0 else []).points


class _Slide(Animation):
    """Lead an axis from what it stands for to what it will stand for; sizes change by equal factors in equal times."""

    def __init__(self, histogram: Histogram, ends: Ends, **options: Any) -> None:
        self.before, self.after = histogram.ends, ends
        self.spans = self.before[1] - self.before[0], ends[1] - ends[0]
        first, last = [-low / span for (low, _), span in zip((self.before, ends), self.spans, strict=True)]
        self.zeros = first, last
        histogram._write(self.before, [*dict.fromkeys([0.0, *_round(*self.before), *_round(*ends)])])
        super().__init__(histogram, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        span = self.spans[0] * (self.spans[1] / self.spans[0]) ** share
        zero = self.zeros[0] + (self.zeros[1] - self.zeros[0]) * share  # the span is led around the 0
        self.mobject._stand((-zero * span, (1 - zero) * span))

    def clean_up_from_scene(self, scene: Any) -> None:
        super().clean_up_from_scene(scene)
        self.mobject.ends = self.after
        self.mobject._write(self.after, _told(self.after))


def _told(ends: Ends) -> list[float]:
    """List what is written on an axis at rest, the most important first."""
    return [*dict.fromkeys([0.0, *ends, *_round(*ends)])]


def _round(low: float, high: float) -> list[float]:
    """List round numbers between two ends.

    >>> _round(0, 255), _round(-1.7, 6)
    ([0.0, 50.0, 100.0, 150.0, 200.0, 250.0], [0.0, 2.0, 4.0, 6.0])
    """
    least = (high - low) / _MARKS
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least - 1e-12)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 9) for i in sorted(range(first, last + 1), key=abs)]
