"""Motion that says: look here. A light runs around what is meant, or a number swells and comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from manim import Animation, Mobject, VMobject, there_and_back

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import polyline
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline, Window
from cnnviz.stage.theme import at_hand

_LENGTH = 0.22  # of the light, in rounds
_SWELL = 0.14


class Runner(Animation):
    """A light that runs once around a polygon."""

    def __init__(self, corners: Iterable[tuple[float, float]], **options: Any) -> None:
        ring = np.asarray([*corners])
        self.ring = np.vstack([ring, ring[:1]])
        lengths = np.linalg.norm(np.diff(self.ring, axis=0), axis=1)
        self.marks = np.concatenate([[0.0], np.cumsum(lengths)])
        light = VMobject(stroke_color=at_hand().text, stroke_width=6.0, fill_opacity=0.0)
        light.points = polyline([self._at(0.0), self._at(0.001)])
        super().__init__(light, introducer=True, remover=True, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the light itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the light is after a share ``alpha`` of the time; it grows out of a corner and ends in it."""
        head, tail = min(alpha * (1 + _LENGTH), 1.0), max(alpha * (1 + _LENGTH) - _LENGTH, 0.0)
        total = self.marks[-1]
        inner = [mark / total for mark in self.marks if tail < mark / total < head]
        self.mobject.points = polyline([self._at(share) for share in (tail, *inner, max(head, tail + 0.001))])

    def _at(self, share: float) -> tuple[float, float]:
        way = min(share, 1.0) * self.marks[-1]
        x, y = (float(np.interp(way, self.marks, self.ring[:, axis])) for axis in (0, 1))
        return x, y


class Swell(Animation):
    """A text that grows a little and comes back, in place."""

    def __init__(self, mobject: Mobject, **options: Any) -> None:
        self.parts = [(part, part.points.copy()) for part in mobject.family_members_with_points()]
        every = np.concatenate([points for _, points in self.parts]) if self.parts else np.zeros((1, 3))
        self.middle = (every.min(axis=0) + every.max(axis=0)) / 2
        super().__init__(mobject, rate_func=there_and_back, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the text itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Be as large as after a share ``alpha`` of the time."""
        factor = 1 + _SWELL * self.rate_func(alpha)
        for part, points in self.parts:
            part.points = self.middle + (points - self.middle) * factor


def attention(focus: Any) -> Animation:
    """Return the motion that points at something: a light around an outline, a window or a grid, else a swelling."""
    if isinstance(focus, Window):
        focus = focus.frame
    if isinstance(focus, Outline):
        return Runner(focus.corners)
    if isinstance(focus, Grid):
        return Runner(focus.corners((0, 0), focus.rows, focus.columns))
    if isinstance(focus, Box):
        f = focus
        return Runner([(f.left, f.bottom), (f.right, f.bottom), (f.right, f.top), (f.left, f.top)])
    return Swell(focus)
