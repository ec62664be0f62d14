"""Vectors as arrows from one point of a plane, around it the circle of length 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from manim import Animation, LineJointType, Mobject, VMobject, smooth

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template
from cnnviz.stage.layout import NOTE, SMALLEST, units
from cnnviz.stage.mobjects.shapes import Point, Strokes, polyline
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Label, text_width

_HEAD, _HALF = 0.3, 0.03  # length of a head, and half the width of a shaft
_CORNERS = 72  # of the circle
_ROOM = 0.32  # for the 1 beside it
_LINE, _WIDEST = units(1.2 * NOTE), 0.2  # height of a text; half the width of a wide arrow's head
Vector = Sequence[float]


class Arrow(VMobject):
    """An arrow between two points; a short one has a small head."""

    def __init__(self, start: Point, end: Point, color: Color, *, wide: float = 1.0) -> None:
        super().__init__(fill_color=color, fill_opacity=1.0, stroke_width=0.0, joint_type=LineJointType.MITER)
        self.wide = wide
        self.reshape(start, end)

    def reshape(self, start: Point, end: Point) -> None:
        """Go from another point to another one."""
        self.start, self.end = start, end
        length = max(math.dist(start, end), 1e-6)
        head = min(_HEAD * self.wide**0.5, 0.6 * length)
        x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        thin, wide, neck = min(_HALF * self.wide, 0.2 * head), 0.42 * head, length - head
        flat = [(0, thin), (neck, thin), (neck, wide), (length, 0), (neck, -wide), (neck, -thin), (0, -thin), (0, thin)]
        self.points = polyline([(start[0] + x * a - y * b, start[1] + y * a + x * b) for a, b in flat])


class Arrows(Slot):
    """Arrows from the middle of a square, by their names; none are shown at first.

    ::

             | ↗
           .-+--.
        --(--o---1--
           '-+--'

    Parameters
    ----------
    vectors : mapping of str to (float, float)
        To the right and up.
    side : float
        Of the square, in units.
    roles : mapping of str to str
        Color role of each.
    bold : str
        The name of one that is drawn three times as wide, below the others.
    reach : float
        The length that goes from the middle to the border.

    Attributes
    ----------
    vectors : dict
        Where each one is now.
    """

    def __init__(
        self,
        vectors: Mapping[str, Vector],
        side: float,
        title: Template = "",
        *,
        roles: Mapping[str, str],
        reach: float,
        bold: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(side, side, title, detail=detail)
        self.vectors: dict[str, Vector] = dict(vectors)
        self.roles, self.reach, self.bold = roles, reach, bold
        self.arrows: dict[str, Arrow] = {}
        self.widths = {name: 3.0 if name == bold else 1.0 for name in self.vectors}

    def draw(self, cell: float) -> None:
        """Draw the axes and the circle, and the arrows that were shown before."""
        super().draw(cell)
        box, (x, y) = self.box, self.box.center
        self.circle = Strokes([self._round()], self.theme.muted, 2.0)
        self.one = Label("1", SMALLEST, self.theme.muted, at=self._one())
        axes = [[(box.left, y), (box.right, y)], [(x, box.bottom), (x, box.top)]]
        shown, self.arrows = [*self.arrows], {}
        self.put(
            Strokes(axes, self.theme.line, 1.4),
            self.circle,
            self.one,
        )
        for name in shown:
            self.show(name)

    def point(self, vector: Vector) -> Point:
        """Return where the tip of a vector is."""
        x, y = self.box.center
        unit = self.box.width / 2 / self.reach
        return x + unit * vector[0], y + unit * vector[1]

    def reach_to(self, reach: float) -> None:
        """Let the edge be so far out: the circle, its 1 and all arrows change as they are, none is made anew."""
        (x, y), self.reach = self._one(), reach
        self.circle.points = polyline(self._round())
        u, v = self._one()
        self.one.shift((u - x, v - y, 0.0))
        for name in self.arrows:
            self.show(name)

    def _round(self) -> list[Point]:
        turns = [2 * math.pi * i / _CORNERS for i in range(_CORNERS + 1)]
        return [self.point((math.cos(turn), math.sin(turn))) for turn in turns]

    def _one(self) -> Point:
        """Find a place for the 1: where the circle meets the axis that is farthest from all arrows."""

        def away(axis: Vector) -> float:
            along = (axis[0] * x + axis[1] * y for x, y in self.vectors.values())
            return max(a / (math.hypot(*v) or 1.0) for a, v in zip(along, self.vectors.values(), strict=True))

        right, up = min(((1, 0), (-1, 0), (0, 1), (0, -1)), key=away)
        x, y = self.point((right, up))
        return x + (0.5 * right + 0.6 * abs(up)) * _ROOM, y + (0.5 * up - 0.6 * abs(right)) * _ROOM

    def show(self, name: str, vector: Vector | None = None, wide: float | None = None) -> Arrow:
        """Show an arrow, at another vector or in another width where one is given; at once."""
        self.widths[name] = self.widths[name] if wide is None else wide
        if vector is not None:
            self.vectors[name] = vector
        start, end = self.box.center, self.point(self.vectors[name])
        if name not in self.arrows:
            color = self.theme.role(self.roles[name])
            self.arrows[name] = self.append(Arrow(start, end, color))
        self.arrows[name].wide = self.widths[name]
        self.arrows[name].reshape(start, end)
        return self.arrows[name]

    def hide(self, *names: str) -> None:
        """Take arrows out."""
        for name in names:
            arrow = self.arrows.pop(name)
            self.content.remove(arrow)
            self.remove(arrow)

    def call(self, name: str, text: str) -> Label:
        """Write a text beyond the tip of an arrow, or near it where no arrow and no other text is; at once."""
        tip, (x, y) = self.point(self.vectors[name]), self.box.center
        angle, half = math.atan2(tip[1] - y, tip[0] - x), text_width(text, NOTE) / 2 + 0.06
        places = [
            (tip[0] + far * (half + 0.06) * math.cos(angle + turn), tip[1] + far * 0.24 * math.sin(angle + turn))
            for far in (1.0, 1.5, 2.2, 3.0)
            for turn in (0.0, 0.7, -0.7, 1.4, -1.4, 2.1, -2.1, 3.1)
        ]
        free = (at for at in places if self._is_free(at, half))
        return self.append(Label(text, NOTE, self.theme.role(self.roles[name]), at=next(free, places[0])))  # type: ignore[no-any-return]

    def _is_free(self, at: Point, half: float) -> bool:
        """Tell whether a text that reaches so far to both sides would cover nothing, and stay inside."""
        if not self.box.left + half <= at[0] <= self.box.right - half:
            return False
        words = [word.get_center()[:2] for word in self.content if isinstance(word, Label)]
        if any(abs(at[0] - u) <= 2 * half and abs(at[1] - v) <= _LINE for u, v in words):
            return False
        ends = [(self.box.center, self.point(vector)) for name, vector in self.vectors.items() if name != self.bold]
        ways = [(a + (c - a) * i / 40, b + (d - b) * i / 40) for (a, b), (c, d) in ends for i in range(41)]
        return all(abs(at[0] - u) > half + _WIDEST or abs(at[1] - v) > _LINE / 2 + _WIDEST for u, v in ways)

    def go(
        self, vectors: Mapping[str, Vector], widths: Mapping[str, float] = MappingProxyType({}), **options: Any
    ) -> Animation:
        """Return the animation that brings arrows to other vectors, on a straight way, and to other widths."""
        return _Go(self, vectors, widths, **options)

    def approach(self, reach: float, **options: Any) -> Animation:
        """Return the animation in which the plane comes closer, or goes away, until its edge is so far out."""
        return _Approach(self, reach, **options)


class _Approach(Animation):
    """Change the scale of a plane, its arrows included."""

    def __init__(self, plane: Arrows, reach: float, **options: Any) -> None:
        self.way = plane.reach, reach
        super().__init__(plane, **{"rate_func": smooth, **options})

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def begin(self) -> None:
        """Start from parts of one's own: what is drawn at every frame is listed only once."""
        self.mobject.draw(self.mobject.cell)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        far, near = self.way
        self.mobject.reach_to(far * (near / far) ** self.rate_func(alpha))


class _Go(Animation):
    """Move arrows without copying them."""

    def __init__(
        self, plane: Arrows, vectors: Mapping[str, Vector], widths: Mapping[str, float], **options: Any
    ) -> None:
        names = dict.fromkeys([*vectors, *widths])
        self.ways = {name: (plane.vectors[name], vectors.get(name, plane.vectors[name])) for name in names}
        self.widths = {name: (plane.widths[name], widths.get(name, plane.widths[name])) for name in names}
        super().__init__(plane, **{"rate_func": smooth, **options})

    def create_starting_mobject(self) -> Mobject:
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        share = self.rate_func(alpha)
        for name, (a, b) in self.ways.items():
            thin, wide = self.widths[name]
            at = b if share == 1.0 else [u + (v - u) * share for u, v in zip(a, b, strict=True)]
            self.mobject.show(name, at, thin + (wide - thin) * share)
