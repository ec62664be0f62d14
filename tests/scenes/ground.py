"""What texts stand on and what covers them: the filled shapes and the images of a picture, in the order of drawing."""

from functools import lru_cache

import numpy as np
from manim import ImageMobject

from cnnviz.stage.color import mix

OPAQUE = 0.95
_NEAR = 1e-6


class Ground:
    """The painted shapes of one picture; a point is asked about with its place in the order of drawing."""

    def __init__(self, color):
        self.color = color
        self.orders, self.quads, self.paints = [], [], []

    def add(self, mobject, order):
        """Put a shape or an image on top of what is there."""
        if isinstance(mobject, ImageMobject):
            left_top, right_top, left_bottom, right_bottom = mobject.points[:4, :2]
            quad = np.array([left_top, right_top, right_bottom, left_bottom])
            opacity, paint = OPAQUE, _Pixels(mobject, quad)
        else:
            rgba = mobject.get_fill_rgbas()[0]
            opacity = float(rgba[3])
            if opacity <= 0:
                return
            quad, paint = _quad(mobject.points), (_hex(rgba.tobytes()), opacity)
        self.orders.append(order)
        self.quads.append(quad)
        self.paints.append((opacity, paint))

    def look(self, points, orders):
        """For each point of something drawn in its turn: the color below it, and whether something covers it later."""
        points, orders = np.asarray(points), np.asarray(orders)
        if not self.quads or not len(points):
            return [self.color] * len(points), [False] * len(points)
        inside = self._inside(points)
        below = inside & (np.array(self.orders)[None] < orders[:, None])
        opaque = np.array([opacity >= OPAQUE for opacity, _ in self.paints])
        covered = (inside & ~below & opaque[None]).any(axis=1)
        return [self._mixed(point, row) for point, row in zip(points, below, strict=True)], covered.tolist()

    def covers(self, point, after, before):
        """Whether an opaque shape that is drawn between two turns covers a point."""
        if not self.quads:
            return False
        orders = np.array(self.orders)
        opaque = np.array([opacity >= OPAQUE for opacity, _ in self.paints])
        return bool((self._inside(np.array([point]))[0] & opaque & (after < orders) & (orders < before)).any())

    def _mixed(self, point, below):
        color = self.color
        for index in np.flatnonzero(below):
            paint = self.paints[index][1]
            over, opacity = paint(point) if callable(paint) else paint
            color = over if opacity >= 1 else mix(color, over, opacity)
        return color

    def _inside(self, points):
        quads = np.array(self.quads)
        low, high = quads.min(axis=1) - _NEAR, quads.max(axis=1) + _NEAR
        x, y = points[:, :1], points[:, 1:]
        inside = (low[:, 0] <= x) & (x <= high[:, 0]) & (low[:, 1] <= y) & (y <= high[:, 1])
        edges = np.roll(quads, -1, axis=1) - quads
        slanted = (np.abs(edges).min(axis=2) > 1e-4).any(axis=1)
        for index in np.flatnonzero(slanted & inside.any(axis=0)):
            asked = np.flatnonzero(inside[:, index])
            way = points[asked, None] - quads[index][None]
            turns = edges[index, :, 0] * way[..., 1] - edges[index, :, 1] * way[..., 0]
            inside[asked, index] = (turns >= -_NEAR).all(axis=1) | (turns <= _NEAR).all(axis=1)
        return inside


def _quad(points):
    """The corners of a shape of four straight sides; of another one, those of the box around it."""
    if len(points) == 16:
        return points[::4, :2]
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


@lru_cache(maxsize=4096)
def _hex(rgba):
    return "#" + "".join(f"{round(255 * part):02x}" for part in np.frombuffer(rgba)[:3])


def color_of(mobject):
    """The fill of a mobject, and how opaque it is."""
    rgba = mobject.get_fill_rgbas()[0]
    return _hex(np.asarray(rgba, dtype=float).tobytes()), float(rgba[3])


class _Pixels:
    """The colors of an image, at points of the frame."""

    def __init__(self, image, quad):
        self.pixels, self.quad = image.get_pixel_array(), quad

    def __call__(self, point):
        corner, across, down = self.quad[0], self.quad[1] - self.quad[0], self.quad[3] - self.quad[0]
        share = np.linalg.solve(np.array([across, down]).T, point - corner)
        rows, columns = self.pixels.shape[:2]
        row, column = (min(max(int(s * n), 0), n - 1) for s, n in ((share[1], rows), (share[0], columns)))
        red, green, blue, alpha = (int(channel) for channel in self.pixels[row, column])
        return f"#{red:02x}{green:02x}{blue:02x}", alpha / 255
