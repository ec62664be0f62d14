"""Strides: a picture, a kernel, every window there is, and those that a stride visits."""

from __future__ import annotations

from collections.abc import Iterator

from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Integer, Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.output_size import OutputSize
from cnnviz.subjects.picture import check_side, subject_picture

USUAL_SIDE = 32  # of a photo


class Stride(Subject):
    """A picture and a kernel with the trace of stride 1, every window, and one trace for each stride above.

    Examples
    --------
    >>> subject = Stride()
    >>> [trace.output_shape for trace in (subject.every, *subject.traces)]
    [(1, 6, 6), (1, 3, 3), (1, 2, 2)]
    >>> list(subject.visited(subject.traces[1]))
    [(0, 0), (0, 3), (3, 0), (3, 3)]
    """

    image = Convolution.image
    kernel = Convolution.kernel
    size = Convolution.size
    strides = Option(
        Many(Integer(2, 128), most=3), "2,3", "One to three strides above 1; stride 1 comes first by itself."
    )
    padding = Convolution.padding
    dilation = Convolution.dilation

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        arrays = self.picture.values[None], self.kernel.values[None, None]
        self.every = trace_conv(*arrays, padding=self.padding, dilation=self.dilation)
        check_side("padding", self.every.padded.shape[1:], "pad less")
        # The pairs, because "same" is only said of stride 1.
        around = self.every.padding
        self.traces = tuple(
            trace_conv(*arrays, stride=stride, padding=around, dilation=self.dilation) for stride in self.strides
        )

    def visited(self, trace: ConvTrace) -> Iterator[tuple[int, int]]:
        """List the windows of stride 1 that a trace visits, as places in the map of stride 1."""
        for step in trace:
            row, column = step.padded_origin
            yield row, column

    def left_over(self, trace: ConvTrace) -> tuple[int, int]:
        """Count the rows and columns at the end that no window of a trace reaches."""
        rows, columns = (self.size_along(trace, axis).left_over for axis in (0, 1))
        return rows, columns

    def size_along(self, trace: ConvTrace, axis: int = 1) -> OutputSize:
        """Return what the output's size along an axis is made of."""
        return OutputSize(
            trace.input.shape[1 + axis],
            trace.weight.shape[2 + axis],
            trace.stride[axis],
            trace.padding[axis],
            trace.dilation[axis],
        )
