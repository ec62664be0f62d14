"""Flat shapes made of as few curves as possible: the cheaper a shape, the faster every frame that shows it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LineJointType, VMobject
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box

Point = tuple[float, float]


class Rectangle(VMobject):
    """An upright rectangle, filled, outlined or both; ``width`` of the outline is in Manim's stroke units."""

    def __init__(
        self, box: Box, *, fill: Color | None = None, outline: Color | None = None, width: float = 0.0
    ) -> None:
        super().__init__(
            fill_color=fill,
            fill_opacity=0.0 if fill is None else 1.0,
            stroke_color=outline,
            stroke_width=width if outline else 0.0,
            joint_type=LineJointType.MITER,
        )
        self.reshape(box)

    def reshape(self, box: Box) -> None:
        """Give the rectangle another size and place."""
        self.points = polyline([*box.corners, box.corners[0]])


class Strokes(VMobject):
    """Several straight or bent lines as one mobject, in one color and width."""

    def __init__(self, lines: Sequence[Sequence[Point]], color: Color, width: float, opacity: float = 1.0) -> None:
        super().__init__(stroke_color=color, stroke_width=width, stroke_opacity=opacity, fill_opacity=0.0)
        self.points = np.concatenate([polyline(line) for line in lines]) if lines else np.zeros((0, 3))


def polyline(corners: Sequence[Point]) -> NDArray[np.float64]:
    """Return straight segments as cubic Bézier curves, shape (4 x segments, 3)."""
    flat = np.asarray(corners, dtype=float)
    starts, ends = flat[:-1], flat[1:]
    shares = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    points = np.zeros((len(starts), 4, 3))
    points[:, :, :2] = starts[:, None] + (ends - starts)[:, None] * shares
    return points.reshape(-1, 3)
