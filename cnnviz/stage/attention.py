"""Motion that says: look here. The outline of what is meant lights up, or a number swells and comes back."""

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

_SWELL, _MOST = 0.14, 0.12  # how much a text grows: a share of its size, and units on each side at most
_LARGE, _RIM = 1.2, 0.12  # units: what is wider and higher gets a light around it, at some distance
_THIN, _BROAD = 1.5, 6.0  # strokes


class Glow(Animation):
    """The outline of a thing that lights up, grows wide and goes out again."""

    def __init__(self, corners: Iterable[tuple[float, float]], *, broad: float = _BROAD, **options: Any) -> None:
        ring, self.broad = [*corners], broad
        light = VMobject(stroke_color=at_hand().text, stroke_width=_THIN, stroke_opacity=0.0, fill_opacity=0.0)
        light.points = polyline([*ring, ring[0]])
        super().__init__(light, introducer=True, remover=True, rate_func=there_and_back, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the light itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Be as bright as after a share ``alpha`` of the time."""
        share = self.rate_func(alpha)
        self.mobject.set_stroke(width=_THIN + share * (self.broad - _THIN), opacity=min(1.0, 2 * share))


class Swell(Animation):
    """A text that grows a little and comes back, in place."""

    def __init__(self, mobject: Mobject, **options: Any) -> None:
        self.parts = [(part, part.points.copy()) for part in mobject.family_members_with_points()]
        every = np.concatenate([points for _, points in self.parts]) if self.parts else np.zeros((1, 3))
        self.middle = (every.min(axis=0) + every.max(axis=0)) / 2
        self.growth = min(_SWELL, 2 * _MOST / max(1e-9, float(np.ptp(every, axis=0).max())))
        super().__init__(mobject, rate_func=there_and_back, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the text itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Be as large as after a share ``alpha`` of the time."""
        factor = 1 + self.growth * self.rate_func(alpha)
        for part, points in self.parts:
            part.points = self.middle + (points - self.middle) * factor


def attention(focus: Any) -> Animation:
    """Return the motion that points at something: a light on an outline or around what is large, else a swelling."""
    if isinstance(focus, Window):
        focus = focus.frame
    if isinstance(focus, Outline | Box):
        return Glow(focus.corners)
    if isinstance(focus, Grid):
        return Glow(focus.corners((0, 0), focus.rows, focus.columns))
    points = [part.points[:, :2] for part in focus.family_members_with_points()]
    low, high = (np.concatenate(points).min(axis=0), np.concatenate(points).max(axis=0)) if points else np.zeros((2, 2))
    if min(high - low) > _LARGE:
        return Glow(Box(*(low - _RIM).tolist(), *(high + _RIM).tolist()).corners, broad=_BROAD / 2)
    return Swell(focus)
