"""One mobject as it was drawn: everything needed to draw it again, and nothing of the mobject itself."""

from collections.abc import Hashable
from typing import Any, Protocol

import cairo
import numpy as np
import numpy.typing as npt

from cnnviz.render.fast.boxes import meet, overlap
from cnnviz.render.fast.scratch import Scratch
from cnnviz.render.fast.shape import Pen, Shape, take_up
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
    """A line along a path: its paint and its pen."""

    __slots__ = ("paint", "pen")

    def __init__(self, paint: cairo.Pattern, pen: Pen) -> None:
        self.paint = paint
        self.pen = pen


class Outline:
    """A shape with a stroke behind it, a fill, and a stroke in front, each of them optional."""

    __slots__ = ("back", "box", "fill", "front", "look", "shape")

    def __init__(
        self,
        look: tuple[Any, ...],
        shape: Shape,
        box: Box | None,
        back: Stroke | None,
        fill: cairo.Pattern | None,
        front: Stroke | None,
    ) -> None:
        self.look = look
        self.shape = shape
        self.box = box
        self.back = back
        self.fill = fill
        self.front = front

    def paint(self, scratch: Scratch) -> None:
        """Draw behind, inside, in front."""
        context = scratch.context
        context.new_path()
        context.append_path(self.shape.path)
        if self.back is not None:
            _line(context, self.back)
        if self.fill is not None:
            context.set_source(self.fill)
            context.fill_preserve()
        if self.front is not None:
            _line(context, self.front)


def _line(context: "cairo.Context[Any]", stroke: Stroke) -> None:
    context.set_source(stroke.paint)
    take_up(context, stroke.pen)
    context.stroke_preserve()


class Layer:
    """Pixels put over what is below, by their opacity: an image."""

    __slots__ = ("box", "look", "pixels")

    def __init__(self, look: Hashable, box: Box, pixels: Frame) -> None:
        self.look = look
        self.box = box
        self.pixels = pixels

    def paint(self, scratch: Scratch) -> None:
        """Blend the part within each rectangle."""
        for box in scratch.boxes:
            part = overlap(self.box, box)
            if part is not None:
                top, left = part[0] - self.box[0], part[1] - self.box[1]
                scratch.overlay(part, self.pixels[top : top + part[2] - part[0], left : left + part[3] - part[1]])


class Dots:
    """Single pixels that replace what is below: a point cloud."""

    __slots__ = ("box", "look", "mask", "pixels")

    def __init__(self, look: Hashable, box: Box, pixels: Frame, mask: npt.NDArray[np.bool_]) -> None:
        self.look = look
        self.box = box
        self.pixels = pixels
        self.mask = mask

    def paint(self, scratch: Scratch) -> None:
        """Set the pixels."""
        if any(meet(self.box, box) for box in scratch.boxes):
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
