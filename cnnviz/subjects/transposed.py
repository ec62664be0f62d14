"""What a lesson on the transposed convolution is about: a small picture, a kernel and the trace of its stamps."""

from __future__ import annotations

from typing import Any

from cnnviz._checks import integers
from cnnviz.engine import output_shape
from cnnviz.engine.trace import trace_conv_transpose
from cnnviz.subjects.axis import PaddingKind, Pair, PerAxis
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import check_side, subject_picture
from cnnviz.subjects.shares import stamp_sharing
from cnnviz.subjects.sharing import Sharing

_SMALL = "digit:7#1"


class Transposed(Subject):
    """A picture, a kernel and the trace of its stamps.

    Attributes
    ----------
    trace : ConvTransposeTrace
    added : tuple of int
        Cells of output padding along each axis.

    Examples
    --------
    >>> subject = Transposed(image="blackboard-4", kernel="1,1;1,1", stride=2)
    >>> subject.of_stamps().result[:2, :4]  # every cell becomes four
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """

    image = Convolution.image.but(None, "The picture; a digit of 3 x 3 pixels if left out.")
    kernel = Convolution.kernel.but("1,2,1;2,4,2;1,2,1")
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 24.")
    stride = Convolution.stride.but(2)
    padding = Option(PaddingKind(()), None, "Cells cut off on every side; STRIDE times as many remain if left out.")
    output_padding = Option(PerAxis(), None, "Cells added at the end before that; as for the padding if left out.")
    dilation = Convolution.dilation

    def prepare(self) -> None:
        """Load, check and trace."""
        image, size = (_SMALL, self.size or 3) if self.image is None else (self.image, self.size)
        self.picture = subject_picture(image, size, usual=24)
        shape = self.kernel.values.shape
        padding, added = self.padding, self.output_padding
        if padding is None and added is None:
            padding, added = _enlarging(shape, self.stride, self.dilation)
        options: dict[str, Any] = {"stride": self.stride, "output_padding": added or 0, "dilation": self.dilation}
        canvas = output_shape(self.picture.values.shape[1:], shape, transposed=True, **options)
        check_side("size", canvas, "pass a smaller --size")
        arrays = self.picture.values[None], self.kernel.values[None, None]
        self.trace = trace = trace_conv_transpose(*arrays, padding=padding or 0, **options)
        self.added = tuple(c - s.stop for c, s in zip(trace.canvas_shape[1:], trace[-1].window, strict=True))

    def of_stamps(self) -> Sharing:
        """Read the stamps."""
        return stamp_sharing(self.trace, self.kernel.labels)


def _enlarging(shape: tuple[int, ...], stride: Pair, dilation: Pair) -> tuple[Any, Any]:
    """Return the padding and output padding that make an output ``stride`` times as large, or as near as can be.

    >>> _enlarging((3, 2), 2, 1)  # 3 cells in steps of 2 are one too many, 2 are just right
    ((1, 0), (1, 0))
    """
    who = "trace_conv_transpose"
    steps, apart = (integers(who, name, value, 2, 1) for name, value in (("stride", stride), ("dilation", dilation)))
    pairs = []
    for k, s, d in zip(shape, steps, apart, strict=True):
        extra = d * (k - 1) + 1 - s
        cut, added = ((extra + 1) // 2, extra % 2) if extra >= 0 else (0, -extra)
        pairs.append((cut, added) if added < max(s, d) else (extra // 2, 0))
    cuts, added_each = zip(*pairs, strict=True)
    return cuts, added_each
