"""Orthographic space: where the sheets of a stack stand when one looks at them from the side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

import numpy as np
from manim import Animation, Mobject, smooth
from numpy.typing import NDArray

from cnnviz.stage.mobjects.shapes import Point


@dataclass(frozen=True)
class View:
    """A direction to look from: turned by ``yaw`` about the vertical and tilted by ``pitch``, in degrees.

    Depth ``z`` grows toward the eye: nearer sheets stand further to the right and lower.

    Examples
    --------
    >>> View(0, 0).project(2, 1, 5)
    (2.0, 1.0)
    """

    yaw: float = 42.0
    pitch: float = 16.0

    def project(self, x: float, y: float, z: float) -> Point:
        """Return where a point of space is in the frame."""
        turn, tilt = radians(self.yaw), radians(self.pitch)
        return (
            x * cos(turn) + z * sin(turn),
            y * cos(tilt) + (x * sin(turn) - z * cos(turn)) * sin(tilt),
        )

    def plane(self, center: Point, z: float = 0.0, at: Point = (0.0, 0.0)) -> Plane:
        """Return the plane of a sheet that stands upright at a depth, its middle ``at`` a point of its plane.

        ``center`` is where depth 0 is.
        """
        x, y = self.project(*at, z)
        across, up = self.project(1, 0, 0), self.project(0, 1, 0)
        return Plane((center[0] + x, center[1] + y), across, up)

    def between(self, other: View, share: float) -> View:
        """Return the view a share of the way to another."""
        return View(self.yaw + (other.yaw - self.yaw) * share, self.pitch + (other.pitch - self.pitch) * share)


FRONT = View(0.0, 0.0)


@dataclass(frozen=True)
class Plane:
    """Where a flat picture stands: its middle, and what one unit across and one unit up have become."""

    center: Point
    across: Point = (1.0, 0.0)
    up: Point = (0.0, 1.0)

    def lay(self, points: NDArray[np.float64], middle: Point) -> NDArray[np.float64]:
        """Return flat points, (n, 3), around a flat ``middle``, as they are in the frame."""
        laid = points.copy()
        x, y = points[:, 0] - middle[0], points[:, 1] - middle[1]
        laid[:, 0] = self.center[0] + x * self.across[0] + y * self.up[0]
        laid[:, 1] = self.center[1] + x * self.across[1] + y * self.up[1]
        return laid

    def point(self, at: Point, middle: Point) -> Point:
        """Return one flat point as it is in the frame."""
        x, y = at[0] - middle[0], at[1] - middle[1]
        return (
            self.center[0] + x * self.across[0] + y * self.up[0],
            self.center[1] + x * self.across[1] + y * self.up[1],
        )

    def flat(self, at: Point, middle: Point) -> Point:
        """Return where a point of the frame is in the flat picture: the inverse of `point`."""
        (a, c), (b, d) = self.across, self.up
        x, y = at[0] - self.center[0], at[1] - self.center[1]
        area = a * d - b * c
        return middle[0] + (d * x - b * y) / area, middle[1] + (a * y - c * x) / area


class Turn(Animation):
    """Move sheets to planes: each ``sheet`` from where it stands to its new ``Plane``, turning on the way.

    Parameters
    ----------
    moves : sequence of (sheet, Plane)
        A sheet is a picture with ``plane`` and ``stand``.
    whole : Mobject, optional
        What the sheets are parts of, and stay parts of.
    """

    def __init__(self, moves: Sequence[tuple[Any, Plane]], *, whole: Mobject | None = None, **options: Any) -> None:
        self.moves = [(sheet, sheet.plane, plane) for sheet, plane in moves]
        options.setdefault("rate_func", smooth)
        first: Mobject = moves[0][0] if whole is None else whole
        if whole is None and len(moves) > 1:
            from manim import Group

            first = Group(*(sheet for sheet, _ in moves))
        super().__init__(first, **options)

    def create_starting_mobject(self) -> Mobject:
        """Start from the sheets themselves."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where the sheets are after a share ``alpha`` of the time."""
        share = self.rate_func(alpha)
        for sheet, start, end in self.moves:
            sheet.stand(_mixed(start, end, share))


def _mixed(a: Plane, b: Plane, share: float) -> Plane:
    def mix(p: Point, q: Point) -> Point:
        return p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share

    return Plane(mix(a.center, b.center), mix(a.across, b.across), mix(a.up, b.up))
