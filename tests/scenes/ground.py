"""What a text stands on: the topmost filled shape or image under its middle, drawn before it."""

import numpy as np
from manim import ImageMobject

from cnnviz.stage.color import mix
from cnnviz.stage.text import Words


class Ground:
    """The painted shapes under the labels, in the order in which they are drawn."""

    def __init__(self, ground):
        self.ground = ground
        self.boxes, self.paints = [], []

    def add(self, mobject):
        """Put a shape or an image on top of what is there."""
        if isinstance(mobject, Words) or not len(mobject.points):
            return
        if isinstance(mobject, ImageMobject):
            self._add(mobject, lambda x, y: _pixel(mobject, x, y))
        elif (opacity := float(mobject.get_fill_opacity())) > 0:
            color = mobject.get_fill_color().to_hex().lower()
            self._add(mobject, lambda *_: (color, opacity))

    def under(self, x, y):
        """The color at a point."""
        if not self.boxes:
            return self.ground
        boxes = np.array(self.boxes)
        inside = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        color = self.ground
        for index in np.flatnonzero(inside):
            over, opacity = self.paints[index](x, y)
            color = mix(color, over, opacity)
        return color

    def _add(self, mobject, paint):
        (left, bottom, _), (right, top, _) = mobject.points.min(axis=0), mobject.points.max(axis=0)
        self.boxes.append((left, bottom, right, top))
        self.paints.append(paint)


def _pixel(image, x, y):
    pixels = image.get_pixel_array()
    (left, bottom, _), (right, top, _) = image.points.min(axis=0), image.points.max(axis=0)
    column = min(int((x - left) / (right - left) * pixels.shape[1]), pixels.shape[1] - 1)
    row = min(int((top - y) / (top - bottom) * pixels.shape[0]), pixels.shape[0] - 1)
    red, green, blue, alpha = (int(channel) for channel in pixels[row, column])
    return f"#{red:02x}{green:02x}{blue:02x}", alpha / 255
