"""The sheet on which a changed part of a frame is put together before it is copied."""

from collections.abc import Sequence

import cairo
import numpy as np
from PIL import Image

from cnnviz.render.fast.sink import Box, Frame

_OPAQUE = 255


class Scratch:
    """Pixels to paint on whose content outside the changed rectangles does not matter.

    Cairo clips by cutting the outlines, which moves antialiased edges by a few grey levels. So nothing is clipped here:
    each picture is painted whole, and only the rectangles that changed are copied to the frame. Where no picture
    reaches out of its rectangle, the frame itself may be the sheet.
    """

    def __init__(self, pixels: Frame) -> None:
        self.pixels = pixels
        height, width = pixels.shape[:2]
        self.whole: Box = (0, 0, height, width)
        surface = cairo.ImageSurface.create_for_data(pixels.data, cairo.FORMAT_ARGB32, width, height)
        self.context = cairo.Context(surface)
        self.boxes: Sequence[Box] = ()

    def open(self, boxes: Sequence[Box], base: Frame) -> None:
        """Start on rectangles that do not meet, each holding what lies below."""
        self.boxes = boxes
        for top, left, bottom, right in boxes:
            self.pixels[top:bottom, left:right] = base[top:bottom, left:right]

    def close(self, target: Frame) -> None:
        """Copy the finished rectangles."""
        for top, left, bottom, right in self.boxes:
            target[top:bottom, left:right] = self.pixels[top:bottom, left:right]

    def overlay(self, box: Box, layer: Frame) -> None:
        """Put a layer over one rectangle, as Manim puts images over a frame."""
        top, left, bottom, right = box
        if layer[:, :, 3].min() < _OPAQUE:
            below = Image.fromarray(self.pixels[top:bottom, left:right])
            layer = np.asarray(Image.alpha_composite(below, Image.fromarray(layer)))
        self.pixels[top:bottom, left:right] = layer
