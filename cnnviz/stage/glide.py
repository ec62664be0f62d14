"""Moving without copying."""

from __future__ import annotations

from typing import Any

from manim import Animation, Mobject, smooth

from cnnviz.stage.mobjects.shapes import Point


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
