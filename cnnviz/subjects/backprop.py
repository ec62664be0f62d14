"""What a lesson on gradients is about: a convolution, the gradient of its output, and the trace of the way back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from cnnviz.data import Kernel
from cnnviz.engine.trace import ConvTrace, GatherStep, trace_conv, trace_conv_vjp
from cnnviz.errors import ShapeError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kernel import Rows
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.shares import input_sharing, weight_sharing
from cnnviz.subjects.sharing import Numbers, Sharing, Texts

_STEPS = ("stride", "padding", "padding_mode", "dilation")

GRADIENTS = ("sum", "squares", "pattern")

_PATTERN = np.array([[1.0, 2.0, 1.0], [3.0, -1.0, 2.0], [1.0, 2.0, 1.0]])


class Backprop(Subject):
    """A convolution, the gradient of its output, and the trace of how that goes back.

    Attributes
    ----------
    picture : Picture
    trace : ConvVjpTrace
    loss : {"sum", "squares", "given"}
        What dY comes from.
    labels : tuple of tuples of str
        dY as it is written.

    Examples
    --------
    >>> subject = Backprop()
    >>> subject.of_weight().result
    array([[33., 42., 41.],
           [48., 57., 46.],
           [33., 42., 41.]])
    >>> subject.of_input().result[0]
    array([ 1.,  1.,  0., -1., -1.])
    """

    image = Convolution.image.but("blackboard")
    kernel = Convolution.kernel.but("edge-x")
    size = Convolution.size
    stride = Convolution.stride
    padding = Convolution.padding
    padding_mode = Convolution.padding_mode
    dilation = Convolution.dilation
    dy = Option(
        Rows(*GRADIENTS),
        "sum",
        "Gradient of the output: that of a loss, sum (1 everywhere) or squares (the output itself), pattern (small "
        "whole numbers), or rows of numbers.",
    )

    def prepare(self) -> None:
        """Load, check and trace."""
        steps: dict[str, Any] = {name: getattr(self, name) for name in _STEPS}
        forward = Convolution(image=self.image, kernel=self.kernel, size=self.size, **steps)
        self.picture = forward.picture
        values, self.labels = _gradient(self.dy, forward.trace)
        self.loss = self.dy if self.dy in ("sum", "squares") else "given"
        self.trace = trace_conv_vjp(
            values[None, None], self.picture.values[None], self.kernel.values[None, None], **steps
        )

    def of_weight(self) -> Sharing:
        """Read the gradient of the filter."""
        return weight_sharing(self.trace, self.labels)

    def of_input(self) -> Sharing:
        """Read the gradient of the input."""
        return input_sharing(self.trace, self.labels, self.kernel.labels)

    @cached_property
    def rotated(self) -> ConvTrace | None:
        """The gradient of the input as a convolution: dY, spread out and padded, under the rotated kernel.

        Each dY cell stands where its window of the padded input began, ``dilation * (kernel - 1)`` cells further in;
        between them are zeros, where the stride is more than 1. None for padding that copies, which does not add up
        to a convolution.
        """
        trace = self.trace
        if trace.padding_mode != "zeros" and any(side for pair in trace.padding for side in pair):
            return None
        spread = np.zeros(self._spread)
        for cell, at in self.among_zeros.items():
            spread[at] = trace.dy[0][cell]
        weight = np.ascontiguousarray(trace.weight[:, :, ::-1, ::-1])
        return trace_conv(spread[None, None], weight, dilation=trace.dilation)

    @cached_property
    def among_zeros(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Where each cell of dY stands among the zeros of `rotated`, of those that do.

        >>> Backprop(stride=2).among_zeros
        {(0, 0): (2, 2), (0, 1): (2, 4), (1, 0): (4, 2), (1, 1): (4, 4)}
        """
        rows, columns = self._spread
        found = {}
        for step in self.trace:
            row, column = (o + r for o, r in zip(step.input_origin, self._reach, strict=True))
            if 0 <= row < rows and 0 <= column < columns:
                found[step.output_index[1], step.output_index[2]] = row, column
        return found

    @property
    def zeros(self) -> Any:
        """Which cells of `rotated` are zeros put around and between those of dY.

        >>> int(Backprop(stride=2).zeros.sum())
        45
        """
        zeros = np.ones(self._spread, dtype=bool)
        for place in self.among_zeros.values():
            zeros[place] = False
        return zeros

    @property
    def spread_labels(self) -> list[list[str]]:
        """What is written in the cells of `rotated`."""
        rows, columns = self._spread
        texts = [["0"] * columns for _ in range(rows)]
        for (i, j), (row, column) in self.among_zeros.items():
            texts[row][column] = self.labels[i][j]
        return texts

    @property
    def _spread(self) -> tuple[int, int]:
        """Rows and columns of dY with zeros around and between its cells."""
        rows, columns = (n + r for n, r in zip(self.trace.input.shape[1:], self._reach, strict=True))
        return rows, columns

    @property
    def _reach(self) -> list[int]:
        return [d * (k - 1) for d, k in zip(self.trace.dilation, self.trace.weight.shape[2:], strict=True)]

    @cached_property
    def crossed(self) -> ConvTrace:
        """The gradient of the filter as a convolution: the input under dY as the kernel.

        What was the stride between windows is now the distance between the cells of dY, and the other way round.
        """
        trace = self.trace
        return trace_conv(trace.padded[None], trace.dy[None], stride=trace.dilation, dilation=trace.stride)

    @cached_property
    def steepest(self) -> GatherStep:
        """The cell of X that moves the loss most; of several, the one that most cells of dY give to."""
        size = np.abs(self.trace.dx.fold()[0])
        largest = size.max()

        def rank(step: GatherStep) -> tuple[bool, int]:
            return size[step.output_index[1:]] >= largest * (1 - 1e-9), len(step.taps)

        return max(self.trace.dx, key=rank)

    @property
    def is_own_rotation(self) -> bool:
        """Whether half a turn leaves the kernel as it is."""
        weights = self.kernel.values
        return bool(np.array_equal(weights, weights[::-1, ::-1]))


def _gradient(dy: str | Kernel, forward: ConvTrace) -> tuple[Numbers, Texts]:
    output = forward.fold()[0]
    if dy == "sum":
        values = np.ones_like(output)
    elif dy == "squares":
        values = output
    elif dy == "pattern":
        rows, columns = np.ogrid[: output.shape[0], : output.shape[1]]
        values = _PATTERN[rows % 3, columns % 3]
    else:
        assert isinstance(dy, Kernel)  # words were told apart by the kind
        if dy.values.shape != output.shape:
            there, got = (" x ".join(map(str, shape)) for shape in (output.shape, dy.values.shape))
            raise ShapeError(f"dy: expected {there} numbers, one for each output, got {got}; write them row by row")
        return dy.values, dy.labels
    return values, tuple(tuple(cell_text(value) for value in row) for row in values.tolist())
