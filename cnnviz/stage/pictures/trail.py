"""A ball that rolls from point to point, and the way that it leaves behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from manim import Animation, Mobject, VGroup, VMobject, linear

from cnnviz.stage.mobjects.shapes import Point, polyline
from cnnviz.stage.mobjects.tiles import Disks
from cnnviz.stage.theme import WHITE, at_hand

_DOT, _HEAD, _GLOSS = 0.055, 0.15, 0.045


class Trail(VGroup):
    """Dots joined by a line, and a ball at its end; only its start is seen at first.

    Parameters
    ----------
    spots : sequence of (float, float)
        Points of the frame.
    role : str
        Color role.
    leaves : bool
        Whether the last spot is where it leaves the picture: there, the ball is an arrow's tip.
    """

    def __init__(self, spots: Sequence[Point], role: str, *, leaves: bool = False) -> None:
        super().__init__()
        theme = at_hand()
        self.spots, self.role, self.leaves = list(spots), role, leaves
        self.ink = color = theme.role(role)
        self.line = VMobject(stroke_color=color, stroke_width=5.0, fill_opacity=0.0)
        self.head = VMobject(fill_color=color, fill_opacity=1.0, stroke_color=theme.ground, stroke_width=2.0)
        self.gloss = VMobject(fill_color=WHITE, fill_opacity=0.55, stroke_width=0.0)
        self.dots = Disks([], _DOT, fill=color)
        self.add(self.line, self.dots, self.head, self.gloss)
        self.show(0.0)

    def point(self, at: float) -> Point:
        """Return where the way is at a step; between two of them, on the straight line."""
        before = min(int(at), len(self.spots) - 1)
        after = min(before + 1, len(self.spots) - 1)
        x, y = (a + (b - a) * (at - before) for a, b in zip(self.spots[before], self.spots[after], strict=True))
        return x, y

    def show(self, upto: float) -> None:
        """Draw it as far as a step."""
        last = len(self.spots) - 1
        self.shown = min(upto, float(last))
        whole = [self.point(step) for step in range(int(self.shown) + 1)]
        path = [*whole, self.point(self.shown)]
        self.line.points = polyline(path)
        self.dots.points = Disks(whole[: last if self.leaves else None], _DOT, fill=self.ink).points
        gone = self.leaves and self.shown >= last
        self.head.points = _ring(path[-1], _HEAD, 3 if gone else 24, self._course() if gone else 0.0)
        x, y = path[-1]
        self.gloss.points = _ring((x - _GLOSS, y + _GLOSS), 0.0 if gone else _GLOSS, 12)

    def _course(self) -> float:
        (x, y), (u, v) = self.spots[-2:]
        return math.atan2(v - y, u - x)

    def go(self, upto: float | None = None, **options: Any) -> Animation:
        """Return the animation that draws it on, as far as a step or to its end."""
        return _Go(self, float(len(self.spots) - 1) if upto is None else upto, **options)


class _Go(Animation):
    """Draw on without copying."""

    def __init__(self, trail: Trail, upto: float, **options: Any) -> None:
        self.start, self.end = trail.shown, upto
        super().__init__(trail, rate_func=linear, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        self.mobject.show(self.start + self.rate_func(alpha) * (self.end - self.start))


def _ring(middle: Point, radius: float, corners: int, start: float = 0.0) -> Any:
    turns = [start + 2 * math.pi * i / corners for i in range(corners + 1)]
    return polyline([(middle[0] + radius * math.cos(t), middle[1] + radius * math.sin(t)) for t in turns])
