"""What a lesson on the transposed convolution is about: a small picture, a kernel and the trace of its stamps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine import output_shape
from cnnviz.engine.trace import ConvTransposeTrace, trace_conv_transpose
from cnnviz.stage.backprop.sharing import Sharing, stamp_sharing
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
        padding: Any = 0,
        output_padding: int | tuple[int, int] = 0,
        dilation: int | tuple[int, int] = 1,
    ) -> TransposedSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name (``digit:3``, ``photo:china``, ...) or an image file; ``digit:3`` if omitted.
        kernel : str or Path, optional
            A name of the gallery, rows as text or a file; ``"1,2,1;2,4,2;1,2,1"`` if omitted.
        size : int or (height, width), optional
            Pixels. If omitted, photos and files become at most 24 along their longer side; digits and patterns stay.
        stride, padding, output_padding, dilation
            As in `cnnviz.engine.conv_transpose2d`.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        picture = lesson_picture("digit:3" if image is None else image, size, usual=24)
        chosen = _kernel("1,2,1;2,4,2;1,2,1" if kernel is None else kernel)
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


_kernel = kernel
