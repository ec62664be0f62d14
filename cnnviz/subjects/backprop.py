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

_GIVEN = "The layers that follow have sent back this dY: how the loss changes with each output."

_STEPS = ("stride", "padding", "padding_mode", "dilation")

LOSSES = {
    "sum": "The loss is the sum of all outputs: one more in any is one more in the loss, so dY is 1 everywhere.",
    "squares": "The loss is half the sum of all squared outputs, so dY is the output itself.",
    "pattern": _GIVEN,
}
"""What dY can be by name, and why it is what it is."""

_PATTERN = np.array([[1.0, 2.0, 1.0], [3.0, -1.0, 2.0], [1.0, 2.0, 1.0]])


class Backprop(Subject):
    """A convolution, the gradient of its output, and the trace of how that goes back.

    Attributes
    ----------
    picture : Picture
    trace : ConvVjpTrace
    loss : str
        Why dY is what it is, in one sentence.
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
        Rows(*LOSSES),
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
        self.loss = LOSSES.get(self.dy, _GIVEN) if isinstance(self.dy, str) else _GIVEN
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
        reach = [d * (k - 1) for d, k in zip(trace.dilation, trace.weight.shape[2:], strict=True)]
        spread = np.zeros([n + r for n, r in zip(trace.input.shape[1:], reach, strict=True)])
        for step in trace:
            cell = tuple(o + r for o, r in zip(step.input_origin, reach, strict=True))
            if all(0 <= c < n for c, n in zip(cell, spread.shape, strict=True)):
                spread[cell] = step.gradient
        weight = np.ascontiguousarray(trace.weight[:, :, ::-1, ::-1])
        return trace_conv(spread[None, None], weight, dilation=trace.dilation)

    @cached_property
    def crossed(self) -> ConvTrace:
        """The gradient of the filter as a convolution: the input under dY as the kernel.

        What was the stride between windows is now the distance between the cells of dY, and the other way round.
        """
        trace = self.trace
        return trace_conv(trace.padded[None], trace.dy[None], stride=trace.dilation, dilation=trace.stride)

    @cached_property
    def most_reached(self) -> GatherStep:
        """The cell of dX that most cells of dY give to; of several, the one nearest to the middle."""
        rows, columns = self.trace.input.shape[1:]

        def from_middle(step: GatherStep) -> float:
            _, row, column = step.output_index
            return float(abs(row - (rows - 1) / 2) + abs(column - (columns - 1) / 2))

        return min(self.trace.dx, key=lambda step: (-len(step.taps), from_middle(step)))

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
