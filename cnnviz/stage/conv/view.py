"""A convolution on stage: the padded input, the kernel, the sum being made and the feature map, side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from manim import Mobject, VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.engine.trace import ConvStep
from cnnviz.stage import layout
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.kernel_window import KernelWindow
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.shapes import Point, Rectangle
from cnnviz.stage.text import Line
from cnnviz.stage.theme import Theme
from cnnviz.subjects.convolution import Convolution

TOP, BOTTOM, LABEL_Y = 1.98, -2.5, 2.34
GAP = 0.6  # between columns, at least


class ConvView(ABC):
    """What a lesson needs of a picture of a convolution, whatever it looks like.

    Attributes
    ----------
    static : list of Mobject
        What stands there from the start.
    window, target : KernelWindow, Rectangle
        The frame on the input and the one on the feature map.
    """

    def __init__(self, subject: Convolution, theme: Theme) -> None:
        self.subject, self.trace, self.theme = subject, subject.trace, theme
        self.map = self.trace.fold()[0]
        self.scale = float(np.abs(self.map).max())
        self.static: list[Mobject] = []
        self.window: KernelWindow
        self.target: Rectangle

    @abstractmethod
    def input_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the padded input is."""

    @abstractmethod
    def output_cell(self, index: tuple[int, int]) -> Box:
        """Return where a cell of the feature map is."""

    @abstractmethod
    def terms(self, step: ConvStep) -> Sequence[Mobject]:
        """Return what a step multiplies, in the order in which it is told."""

    @abstractmethod
    def result(self, step: ConvStep) -> VGroup:
        """Return the sum of a step; its last part is the number itself."""

    @abstractmethod
    def flows(self, step: ConvStep) -> Sequence[VMobject]:
        """Return the arrows that lead to the terms and from the result, for a step."""

    def formula(self, step: ConvStep | None) -> Sequence[VMobject]:  # noqa: ARG002
        """Return the formula, in general or with the numbers of a step put in; nothing where there is no room."""
        return []

    @abstractmethod
    def fill(self, steps: Sequence[ConvStep]) -> Sequence[Mobject]:
        """Write the results of steps into the feature map; return what has to be added to the scene for it."""

    def window_shift(self, step: ConvStep) -> Point:
        """Return how far the window moves to reach a step."""
        row, column = step.padded_origin
        return self.window.shift_to(self.input_cell((row, column)))

    def landing(self, step: ConvStep) -> Box:
        """Return where a step lands in the feature map."""
        row, column = step.output_index[1:]
        return self.output_cell((row, column))

    def _kernel_grid(self, values: NDArray[np.floating], side: float, at: tuple[float, float]) -> NumberGrid:
        return NumberGrid(
            values,
            role="kernel",
            scale=float(np.abs(self.trace.weight).max()),
            cell=side,
            theme=self.theme,
            texts=self.subject.kernel.labels,
            at=at,
        )

    def _titles(self, x_input: float, x_kernel: float, x_output: float) -> list[Line]:
        theme = self.theme
        shape_in = " × ".join(map(str, self.trace.input.shape[1:]))
        if len(self.trace.input) > 1:
            shape_in = f"{len(self.trace.input)} × {shape_in}"
        shape_out = " × ".join(map(str, self.map.shape))
        columns = (
            ("input", shape_in, theme.input, x_input),
            ("kernel", self.subject.kernel.title, theme.kernel, x_kernel),
            ("feature map", shape_out, theme.output, x_output),
        )
        return [
            Line([(name, color), ("  " + what, theme.muted)], layout.LABEL, at=(x, LABEL_Y))
            for name, what, color, x in columns
        ]

    def _border(self) -> list[Rectangle]:
        """Frame the picture inside its padding, if there is any."""
        if not self.trace.is_padding.any():
            return []
        (above, _), (before, _) = self.trace.padding
        rows, columns = self.trace.input.shape[1:]
        first = self.input_cell((above, before))
        box = Box(first.left, first.top - rows * first.height, first.left + columns * first.width, first.top)
        return [Rectangle(box, outline=self.theme.input, width=3.0)]

    def _frames(self) -> None:
        first = self.input_cell((0, 0))
        self.window = KernelWindow(first, self.trace.weight.shape[2:], self.trace.dilation, self.theme.kernel)
        self.target = Rectangle(self.output_cell((0, 0)), outline=self.theme.text, width=4.0)
