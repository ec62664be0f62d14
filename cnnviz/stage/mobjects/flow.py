"""A quiet arrow through a gutter: where the numbers come from and where they go."""

from __future__ import annotations

import numpy as np
from manim import VGroup, VMobject

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Point, polyline

_TIP = 0.13


class Flow(VGroup):
    """An arrow from ``start``, level until ``bend``, then in a curve to ``end``, where it arrives level again."""

    def __init__(self, start: Point, end: Point, color: Color, *, bend: float | None = None) -> None:
        super().__init__()
        (x0, y0), (x1, y1) = start, end
        turn, neck = x0 if bend is None else bend, x1 - _TIP
        reach = (neck - turn) * 0.6
        self.curve = VMobject(stroke_color=color, stroke_width=2.4, fill_opacity=0.0)
        curved = np.array([(turn, y0, 0), (turn + reach, y0, 0), (neck - reach, y1, 0), (neck, y1, 0)])
        self.curve.points = np.concatenate([polyline([start, (turn, y0)]), curved] if turn > x0 else [curved])
        self.tip = VMobject(fill_color=color, fill_opacity=1.0, stroke_width=0.0)
        self.tip.points = polyline([(x1, y1), (neck, y1 + _TIP * 0.5), (neck, y1 - _TIP * 0.5), (x1, y1)])
        self.add(self.curve, self.tip)
