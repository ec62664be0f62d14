"""Many equal cells as one mobject, where none of them holds a number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LineJointType, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import polyline


class Tiles(VMobject):
    """Boxes in one fill, each with the same outline; ``width`` of the outline is in Manim's stroke units.

    ::

        ■ ■ ■   ■    one mobject, wherever its boxes are
    """

    def __init__(
        self,
        boxes: Sequence[Box],
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
        corners = [[(b.left, b.bottom), (b.right, b.bottom), (b.right, b.top), (b.left, b.top)] for b in boxes]
        self.points = np.concatenate([polyline([*c, c[0]]) for c in corners]) if boxes else np.zeros((0, 3))
