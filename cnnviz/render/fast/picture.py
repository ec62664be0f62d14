"""One mobject as it was drawn: everything needed to draw it again, and nothing of the mobject itself."""

from collections.abc import Hashable
from typing import Protocol

import cairo
import numpy as np
import numpy.typing as npt

from cnnviz.render.fast.boxes import meet, overlap
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.sink import Box, Frame


class Picture(Protocol):
    """A drawn mobject; two pictures are the same picture only if they are the same object."""

    @property
    def box(self) -> Box | None:
        """The pixels it may touch, None for none."""

    @property
    def look(self) -> Hashable:
        """All that decides how it looks; the mobject is drawn anew when this differs."""

    def paint(self, scratch: Scratch) -> None:
        """Draw it onto the open rectangles."""


class Stroke:
    """A line along a path: its paint, width in Manim units, joints and ends."""

    __slots__ = ("cap", "join", "paint", "width")

    def __init__(self, paint: cairo.Pattern, width: float, join: cairo.LineJoin, cap: cairo.LineCap) -> None:
        self.paint = paint
        self.width = width
        self.join = join
        self.cap = cap

    def prepare(self, context: "cairo.Context[cairo.ImageSurface]") -> None:
        """Set the context's pen."""
        context.set_source(self.paint)
        context.set_line_width(self.width)
        context.set_line_join(self.join)
        context.set_line_cap(self.cap)


class Outline:
    """A path with a stroke behind it, a fill, and a stroke in front, each of them optional."""

    __slots__ = ("back", "box", "fill", "flat", "front", "look", "path")

    def __init__(self, look: Hashable, path: cairo.Path) -> None:
        self.look = look
        self.path = path
        self.box: Box | None = None
        self.back: Stroke | None = None
        self.fill: cairo.Pattern | None = None
        self.flat = False
        self.front: Stroke | None = None

    def paint(self, scratch: Scratch) -> None:
        """Draw behind, inside, in front."""
        context = scratch.context
        context.new_path()
        context.append_path(self.path)
        if self.back is not None:
            self.back.prepare(context)
            context.stroke_preserve()
        if self.fill is not None:
            context.set_source(self.fill)
            context.fill_preserve()
        if self.front is not None:
            self.front.prepare(context)
            context.stroke_preserve()


class Layer:
    """Pixels put over what is below, by their opacity: an image."""

    __slots__ = ("box", "look", "pixels")

    def __init__(self, look: Hashable, box: Box | None, pixels: Frame) -> None:
        self.look = look
        self.box = box
        self.pixels = pixels

    def paint(self, scratch: Scratch) -> None:
        """Blend the part within each rectangle."""
        if self.box is None:
            return
        for box in scratch.boxes:
            part = overlap(self.box, box)
            if part is not None:
                top, left = part[0] - self.box[0], part[1] - self.box[1]
                scratch.overlay(part, self.pixels[top : top + part[2] - part[0], left : left + part[3] - part[1]])


class Dots:
    """Single pixels that replace what is below: a point cloud."""

    __slots__ = ("box", "look", "mask", "pixels")

    def __init__(self, look: Hashable, box: Box | None, pixels: Frame, mask: npt.NDArray[np.bool_]) -> None:
        self.look = look
        self.box = box
        self.pixels = pixels
        self.mask = mask

    def paint(self, scratch: Scratch) -> None:
        """Set the pixels."""
        if self.box is not None and any(meet(self.box, box) for box in scratch.boxes):
            top, left, bottom, right = self.box
            scratch.pixels[top:bottom, left:right][self.mask] = self.pixels[self.mask]


class Nothing:
    """A mobject that leaves no mark."""

    __slots__ = ("box", "look")

    def __init__(self, look: Hashable) -> None:
        self.look = look
        self.box: Box | None = None

    def paint(self, scratch: Scratch) -> None:
        """Do nothing."""
