"""A convolution: one picture, one kernel and the trace of one sliding over the other."""

from __future__ import annotations

import numpy as np

from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.subjects.axis import PaddingKind, PerAxis
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Choice
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, check_side, subject_picture

PADDING_MODES = ("zeros", "replicate", "reflect", "circular")


class Convolution(Subject):
    """A picture, a kernel and their trace.

    Attributes
    ----------
    picture : Picture
        The image, loaded.
    trace : ConvTrace

    Examples
    --------
    >>> subject = Convolution(image="blackboard", kernel="edge-x")
    >>> subject.trace[0].result
    -6.0
    """

    image = Option(PictureKind(), "digit:3", "The picture: a built-in name, rows of numbers, a file or an array.")
    kernel = Option(KernelKind(), "sobel-x", "A name of the gallery, rows as text, a text file or an array.")
    size = Option(PerAxis(most=None), None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 64.")
    stride = Option(PerAxis(), 1, "Cells the window moves on.")
    padding = Option(PaddingKind(), 0, "Cells added: N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT, valid, same or full.")
    padding_mode = Option(Choice(*PADDING_MODES), "zeros", "What the added cells hold.")
    dilation = Option(PerAxis(), 1, "Distance between neighbors in the kernel.")
    channels = Option(Choice("gray", "rgb"), "gray", "One slice or three.")

    trace: ConvTrace

    def prepare(self) -> None:
        """Load, check and trace; a kernel without slices of its own is used on each."""
        self.picture = subject_picture(self.image, self.size, self.channels)
        self.trace = trace_conv(
            self.picture.values[None],
            np.repeat(self.kernel.values[None, None], len(self.picture.values), axis=1),
            stride=self.stride,
            padding=self.padding,
            padding_mode=self.padding_mode,
            dilation=self.dilation,
        )
        check_side("padding", self.trace.padded.shape[1:], "pad less")
