"""Outlines of a thing that point where vectors do and are as long: what parts predict, one laid over the other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from manim import Animation, Mobject, VMobject, smooth

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, Rectangle, Strokes
from cnnviz.stage.pictures.arrows import Arrows, Vector

_CORNERS = 48  # of an egg
_WIDE, _BOLD, _FILL = (
    4.0,
    1.5,
    0.2,
)  # of a line of width 1, in Manim's stroke units; width of the bold one, and how much of it shines through
_ICON, _RIM = 0.4, 1.2  # length of what stands for a part, in its box; the frame of a plane

Way = Sequence[tuple[float, float]]  # how far ahead, and how far aside; the tip of a thing is at (1, 0)


def _ring(ahead: float, aside: float, radius: float, corners: int = 16) -> Way:
    turns = [2 * math.pi * i / corners for i in range(corners + 1)]
    return [(ahead + radius * math.cos(turn), aside + radius * math.sin(turn)) for turn in turns]


def _egg() -> Way:
    turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS + 1)]
    return [(math.cos(turn), 0.72 * math.sin(turn) * (1 + 0.14 * math.cos(turn))) for turn in turns]


EYE: list[Way] = [_ring(0, 0, 0.13), _ring(0, 0, 0.035, 8)]
OUTLINES: dict[str, list[Way]] = {
    "face": [_egg()],
    "house": [
        [(-0.9, -0.6), (0.2, -0.6), (0.2, -0.8), (1, 0), (0.2, 0.8), (0.2, 0.6), (-0.9, 0.6), (-0.9, -0.6)],
    ],
}
FEATURES: dict[str, list[Way]] = {
    "eye": [[(a + 0.25, b + side) for a, b in way] for way in EYE for side in (-0.3, 0.3)],
    "nose": [[(0.12, 0.0), (-0.2, 0.12), (-0.2, -0.06)]],
    "mouth": [[(-0.42 - 0.14 * math.cos(t * 1.4), 0.32 * math.sin(t * 1.4)) for t in (i / 8 - 1 for i in range(17))]],
}
"""What a part adds to the outline, so that all of them make one thing where they fall together."""
PLAIN = {**FEATURES, "eye": FEATURES["eye"][:2]}
ICONS: dict[str, list[Way]] = {"eye": EYE, "nose": FEATURES["nose"], "mouth": FEATURES["mouth"]}


class Sketch(VMobject):
    """Lines that are turned and stretched to lead from a point to another one, their tip."""

    def __init__(self, ways: Sequence[Way], color: Color, start: Point, end: Point, wide: float = 1.0) -> None:
        super().__init__(stroke_color=color, stroke_width=_WIDE * wide, fill_opacity=0.0)
        self.ways, self.wide = ways, wide
        self.reshape(start, end)

    def reshape(self, start: Point, end: Point) -> None:
        """Go from another point to another one."""
        (x, y), (right, up) = start, (end[0] - start[0], end[1] - start[1])
        lines = [[(x + a * right - b * up, y + a * up + b * right) for a, b in way] for way in self.ways]
        self.points = Strokes(lines, "#000000", 1.0).points

    def widen(self, wide: float) -> None:
        """Draw the lines in another width."""
        self.wide = wide
        self.set_stroke(width=_WIDE * wide, family=False)


class Sketches(Arrows):
    """Outlines around the middle of a square, by the names of the parts that predict them; none are shown at first.

    Each is as long and turned as its vector. A part draws the outline and itself; the ``bold`` one has all parts.

    Parameters
    ----------
    kind : {"face", "house"}
        What is drawn.
    vectors, side, title, **look
        See `Arrows`.
    """

    def __init__(
        self, kind: str, vectors: Mapping[str, Vector], side: float, title: Template = "", **look: Any
    ) -> None:
        super().__init__(vectors, side, title, **look)
        self.widths[self.bold] = _BOLD
        self.kind, self.sketches = kind, dict[str, Sketch]()

    def draw(self, cell: float) -> None:
        """Draw the ground."""
        super(Arrows, self).draw(cell)
        self.sketches = {}
        self.put(Rectangle(self.box, fill=self.theme.cell, outline=self.theme.line, width=_RIM))

    def show(self, name: str, vector: Vector | None = None, wide: float | None = None) -> Sketch:
        """Show an outline, at another vector or in another width where one is given; at once."""
        self.vectors[name] = self.vectors[name] if vector is None else vector
        self.widths[name] = self.widths.get(name, 1.0) if wide is None else wide
        sketch = self.sketch(name)
        sketch.reshape(self.box.center, self.point(self.vectors[name]))
        sketch.widen(self.widths[name])
        return sketch

    def sketch(self, name: str) -> Sketch:
        """Return an outline, made if there is none yet; ``"eye again"`` is a second one of the eye."""
        if name not in self.sketches:
            part = name.split(maxsplit=1)[0]
            drawn = FEATURES[part] if part in FEATURES else [way for each in PLAIN.values() for way in each]
            color = self.theme.role(self.roles[part])
            made = Sketch([*OUTLINES[self.kind], *drawn], color, self.box.center, self.box.center)
            if name == self.bold:
                made.set_fill(color, opacity=_FILL)
            self.sketches[name] = self.append(made)
        return self.sketches[name]

    def hide(self, *names: str) -> None:
        """Take outlines out."""
        for name in names:
            self.take(self.sketches.pop(name))

    def raise_(self, name: str) -> None:
        """Draw an outline over all others."""
        sketch = self.sketches[name]
        self.take(sketch)
        self.append(sketch)

    def come(self, name: str, start: Point, **options: Any) -> Animation:
        """Return the animation in which an outline grows out of a part at a point."""
        return _Come(self, name, start, **options)


class _Come(Animation):
    """Move, turn and stretch an outline to its place."""

    def __init__(self, plane: Sketches, name: str, start: Point, **options: Any) -> None:
        self.part, self.start, self.middle = name, start, plane.box.center
        tip = plane.point(plane.vectors[name])
        right, up = tip[0] - self.middle[0], tip[1] - self.middle[1]
        self.length, self.turn = math.hypot(right, up), math.atan2(up, right)
        if self.turn < -math.pi / 2:
            self.turn += 2 * math.pi
        super().__init__(plane, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        if share == 1.0:
            self.mobject.show(self.part)
            return
        x, y = (a + (b - a) * share for a, b in zip(self.start, self.middle, strict=True))
        length = _ICON + (self.length - _ICON) * share
        turn = math.pi / 2 + (self.turn - math.pi / 2) * share
        self.mobject.sketch(self.part).reshape((x, y), (x + length * math.cos(turn), y + length * math.sin(turn)))


def icon(part: str, box: Box, color: Color) -> Sketch:
    """Draw a part by itself, upright, in the middle of a box."""
    ways = ICONS[part]
    high = [a for way in ways for a, _ in way]
    wide = [abs(b) for way in ways for _, b in way]
    middle = (max(high) + min(high)) / 2
    scale = 0.9 * min(box.height / max(max(high) - min(high), 0.2), box.width / (2 * max(wide)))
    centred = [[(a - middle, b) for a, b in way] for way in ways]
    x, y = box.center
    return Sketch(centred, color, (x, y), (x, y + scale))
