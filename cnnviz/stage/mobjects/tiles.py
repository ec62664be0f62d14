"""Many equal cells, or many dots, as one mobject, where none of them holds a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import LineJointType, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, polyline

_BEND = 0.5523  # of a quarter of a circle as a cubic curve


class Rings(VMobject):
    """Closed lines of corners in one fill, each with the same outline; ``width`` is in Manim's stroke units."""

    def __init__(
        self,
        corners: Sequence[Sequence[Point]],
        *,
        fill: Color | None = None,
        outline: Color | None = None,
        width: float = 1.2,
        opacity: float = 1.0,
    ) -> None:
        super().__init__(
            fill_color=fill,
            fill_opacity=0.0 if fill is None else opacity,
            stroke_color=outline,
            stroke_width=width if outline else 0.0,
            joint_type=LineJointType.MITER,
        )
        self.points = np.concatenate([polyline([*c, c[0]]) for c in corners]) if corners else np.zeros((0, 3))


class Tiles(Rings):
    """Boxes in one fill, with the looks of `Rings`.

    ::

        ■ ■ ■   ■    one mobject, wherever its boxes are
    """

    def __init__(self, boxes: Sequence[Box], **look: Any) -> None:
        super().__init__([b.corners for b in boxes], **look)


class Disks(VMobject):
    """Dots of one radius in one fill."""

    def __init__(self, middles: Sequence[Point], radius: float, *, fill: Color, opacity: float = 1.0) -> None:
        super().__init__(fill_color=fill, fill_opacity=opacity, stroke_width=0.0)
        quarter = np.array([[1.0, 0.0], [1.0, _BEND], [_BEND, 1.0], [0.0, 1.0]])
        turns = [np.array([[c, s], [-s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
        ring = radius * np.concatenate([quarter @ turn for turn in turns])
        self.lengths = [len(ring)] * len(middles)  # of each dot, in points
        flat = np.concatenate([ring + middle for middle in middles]) if middles else np.zeros((0, 2))
        self.points = np.column_stack([flat, np.zeros(len(flat))])
