"""Dilation: one kernel with its weights further and further apart, and what a stack of such layers sees."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import conv2d_vjp
from cnnviz.engine.trace import trace_conv
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture


class Dilation(Subject):
    """A picture under one kernel at several dilations, and the cells that three layers see.

    Examples
    --------
    >>> subject = Dilation()
    >>> [subject.reach(d) for d in subject.dilations]
    [3, 5, 7]
    >>> [int((subject.seen(stack) > 0).sum()) for stack in ((1, 2, 4), (2, 2, 2))]
    [225, 49]
    """

    image = Convolution.image
    kernel = Convolution.kernel
    size = Convolution.size
    dilations = Option(Many(Integer(1, 16), most=3), "1,2,3", "One to three dilations, shown in this order.")

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, self.size, usual=32)
        arrays = self.picture.values[None], self.kernel.values[None, None]
        self.traces = [trace_conv(*arrays, dilation=d) for d in self.dilations]

    def reach(self, dilation: int) -> int:
        """Count the cells of a row from the first weight to the last, d (k - 1) + 1."""
        return int(dilation * (self.kernel.values.shape[1] - 1) + 1)

    def levels(self, dilations: tuple[int, ...]) -> list[NDArray[Any]]:
        """Count the ways to one result below its own layer, below that and the next one, and so on.

        >>> [level.shape for level in Dilation().levels((1, 2, 4))]
        [(9, 9), (13, 13), (15, 15)]
        """
        return [self.seen(dilations[-depth:]) for depth in range(1, len(dilations) + 1)]

    @staticmethod
    def seen(dilations: tuple[int, ...]) -> NDArray[Any]:
        """Count the ways from each cell of the input to one result of a stack of 3 x 3 layers, by their gradient."""
        ways: NDArray[Any] = np.ones((1, 1, 1, 1))
        for dilation in reversed(dilations):
            below = np.zeros((1, 1, *(side + 2 * dilation for side in ways.shape[2:])))
            ways = conv2d_vjp(ways, below, np.ones((1, 1, 3, 3)), dilation=dilation)[0]
        field: NDArray[Any] = ways[0, 0]
        return field
