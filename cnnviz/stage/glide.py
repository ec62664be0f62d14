"""Moving without copying."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Mobject, smooth, squish_rate_func

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point

SOON, LATE = squish_rate_func(smooth, 0.0, 0.35), squish_rate_func(smooth, 0.6, 1.0)
"""What goes has gone before what comes is there, in one animation."""

NEXT = squish_rate_func(smooth, 0.25, 1.0)
"""What comes where nothing travels: the stage is not empty in between."""


class Glide(Animation):
    """Move a mobject by ``(x, y)`` units.

    ``mobject.animate.shift`` copies the mobject three times for each play; a lesson moves its window at every step.
    """

    def __init__(self, mobject: Mobject, by: Point, **options: Any) -> None:
        self.by, self.gone = by, 0.0
        super().__init__(mobject, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the mobject itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the window is after a share ``alpha`` of the time."""
        share = self.rate_func(alpha)
        step = share - self.gone
        self.gone = share
        self.mobject.shift((self.by[0] * step, self.by[1] * step, 0.0))


class Resettle(Animation):
    """Let a picture that has been settled anew travel and grow from the box where it stood; its title only travels.

    Letters and dots keep their shape where the picture grows more in width than in height. An outline that lies on a
    picture has a box, too, and no title.
    """

    def __init__(self, picture: Any, box: Box, top: float = 0.0, **options: Any) -> None:
        heading = getattr(picture, "heading", None)
        title = heading.get_family() if heading else []
        family = [part for part in picture.get_family() if part.has_points()]
        self.parts = [(part, part.points.copy(), _middles(part), part in title) for part in family]
        self.old, self.new, self.lift = box, picture.box, top - picture.top if heading else 0.0
        super().__init__(picture, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the picture itself."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the picture is after a share ``alpha`` of the way."""
        left = 1.0 - self.rate_func(alpha)
        old, new = self.old, self.new
        grown = [1.0 + left * (was / now - 1.0) for was, now in ((old.width, new.width), (old.height, new.height))]
        base = np.array([new.left, new.top, 0.0])
        way = left * np.array([old.left - new.left, old.top - new.top, 0.0])
        for part, points, middles, is_title in self.parts:
            if is_title:
                part.points = points + np.array([way[0], left * self.lift, 0.0])
            else:
                part.points = base + way + (middles - base) * (*grown, 1.0) + (points - middles) * min(grown)


def _middles(part: Any) -> Any:
    """Return for every point the middle of the letters or of the dot that it belongs to, or the point itself."""
    lengths = [length for length in getattr(part, "lengths", ()) if length]
    if sum(lengths) != len(part.points):
        return part.points.copy()
    ends = np.cumsum(lengths)
    each = [part.points[end - length : end].mean(axis=0) for end, length in zip(ends, lengths, strict=True)]
    return np.repeat(each, lengths, axis=0)
