"""What a lesson on the transposed convolution is about: a small picture, a kernel and the trace of its stamps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz._checks import integers
from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine import output_shape
from cnnviz.engine.trace import ConvTransposeTrace, trace_conv_transpose
from cnnviz.stage.backprop.reading import stamp_sharing
from cnnviz.stage.backprop.sharing import Sharing
from cnnviz.stage.picture import check_reach, check_side, lesson_picture


@dataclass(frozen=True)
class TransposedSubject:
    """A picture, a kernel and the trace of its stamps.

    Attributes
    ----------
    output_padding : (int, int)
        Cells added at the end of each axis.

    Examples
    --------
    >>> subject = TransposedSubject.from_options(image="blackboard-4", kernel="1,1;1,1", stride=2)
    >>> subject.of_stamps().result[:2, :4]  # every cell becomes four
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """

    picture: Picture
    kernel: Kernel
    trace: ConvTransposeTrace
    output_padding: tuple[int, ...]

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        stride: int | tuple[int, int] = 2,
        padding: Any = None,
        output_padding: int | tuple[int, ...] | None = None,
        dilation: int | tuple[int, int] = 1,
    ) -> TransposedSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name (``digit:3``, ``photo:china``, ...) or an image file; a digit of 3 x 3 pixels if omitted.
        kernel : str or Path, optional
            A name of the gallery, rows as text or a file; ``"1,2,1;2,4,2;1,2,1"`` if omitted.
        size : int or (height, width), optional
            Pixels. If omitted, photos and files become at most 24 along their longer side; digits and patterns stay.
        stride, padding, output_padding, dilation
            As in `cnnviz.engine.conv_transpose2d`. If neither ``padding`` nor ``output_padding`` is given, they are
            such that the output has ``stride`` times the size of the input.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        if image is None:
            image, size = "digit:7#1", size or 3
        picture = lesson_picture(image, size, usual=24)
        chosen = _kernel("1,2,1;2,4,2;1,2,1" if kernel is None else kernel)
        if padding is None and output_padding is None:
            padding, output_padding = _enlarging(chosen.values.shape, stride, dilation)
        padding, output_padding = padding or 0, output_padding or 0
        options: dict[str, Any] = {"stride": stride, "output_padding": output_padding, "dilation": dilation}
        for name, value in {**options, "padding": padding}.items():
            check_reach(name, value)
        canvas = output_shape(picture.values.shape[1:], chosen.values.shape, transposed=True, **options)
        check_side("size", canvas, "pass a smaller --size")
        trace = trace_conv_transpose(picture.values[None], chosen.values[None, None], padding=padding, **options)
        extra = tuple(c - s.stop for c, s in zip(trace.canvas_shape[1:], trace[-1].window, strict=True))
        return cls(picture, chosen, trace, extra)

    @property
    def sizes_alike(self) -> tuple[int, ...]:
        """The heights from which the convolution that this one transposes makes the height of its input.

        >>> TransposedSubject.from_options("blackboard-4", "1,1,1;1,1,1;1,1,1", stride=2, padding=1).sizes_alike
        (7, 8)
        """
        trace = self.trace
        reach, stride = trace.weight.shape[2], trace.stride[0]
        options: dict[str, Any] = {"stride": stride, "padding": (trace.padding[0],), "dilation": trace.dilation[0]}
        least = trace.output_shape[1] - self.output_padding[0]
        return tuple(
            size
            for size in range(least, least + stride)
            if output_shape((size,), reach, **options) == (trace.input.shape[1],)
        )

    def of_stamps(self) -> Sharing:
        """Read the stamps."""
        return stamp_sharing(self.trace, self.kernel.labels)


def _enlarging(shape: tuple[int, ...], stride: Any, dilation: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
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


_kernel = kernel
