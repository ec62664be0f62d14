"""The window that a kernel lays on its input: one frame, or with dilation a frame and its taps."""

from __future__ import annotations

from manim import VGroup

from cnnviz.stage.color import Color
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, Rectangle


class KernelWindow(VGroup):
    """The outline of a window of ``kernel`` cells, ``dilation`` apart, with its first cell at ``first``.

    ``first`` is the box of the window's first cell; ``move_to_cell`` animates or jumps to another one.
    """

    def __init__(self, first: Box, kernel: tuple[int, ...], dilation: tuple[int, ...], color: Color) -> None:
        super().__init__()
        self.first = first
        rows, columns = ((k - 1) * d + 1 for k, d in zip(kernel, dilation, strict=True))
        side = first.width
        frame = Box(first.left, first.top - rows * side, first.left + columns * side, first.top)
        if dilation == (1, 1):
            self.add(Rectangle(frame, outline=color, width=5.0))
            return
        self.add(Rectangle(frame, outline=color, width=1.5))
        for i in range(kernel[0]):
            for j in range(kernel[1]):
                left, top = first.left + j * dilation[1] * side, first.top - i * dilation[0] * side
                self.add(Rectangle(Box(left, top - side, left + side, top), outline=color, width=4.0))

    def shift_to(self, first: Box) -> Point:
        """Return the shift that lays the window's first cell on ``first``, and note that it is there from now on."""
        move = (first.left - self.first.left, first.top - self.first.top)
        self.first = first
        return move
