"""What a lesson on strides is about: a picture, a kernel, every window there is, and those that a stride visits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError
from cnnviz.stage.output_size import OutputSize
from cnnviz.stage.picture import check_reach, check_side, lesson_picture

MOST_STRIDES = 3
USUAL_SIDE = 32  # of a photo


@dataclass(frozen=True)
class StrideSubject:
    """A picture and a kernel with the trace of stride 1, every window, and one trace for each stride above.

    Examples
    --------
    >>> subject = StrideSubject.from_options()
    >>> [trace.output_shape for trace in (subject.every, *subject.traces)]
    [(1, 6, 6), (1, 3, 3), (1, 2, 2)]
    >>> list(subject.visited(subject.traces[1]))
    [(0, 0), (0, 3), (3, 0), (3, 3)]
    """

    picture: Picture
    kernel: Kernel
    every: ConvTrace
    traces: tuple[ConvTrace, ...]

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        strides: tuple[int, ...] | int | str = (2, 3),
        padding: Any = 0,
        dilation: int | tuple[int, int] = 1,
    ) -> StrideSubject:
        """Load, check and trace.

        Parameters
        ----------
        image, kernel, size, padding, dilation
            As for `ConvSubject`; photos become at most 32 pixels.
        strides : tuple of int
            Up to three strides above 1, also as text (``"2,3"``).

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        wanted = _strides(strides)
        picture = lesson_picture("digit:3" if image is None else image, size, usual=USUAL_SIDE)
        check_reach("padding", padding)
        check_reach("dilation", dilation)
        chosen = _kernel("sobel-x" if kernel is None else kernel)
        arrays = picture.values[None], chosen.values[None, None]
        every = trace_conv(*arrays, padding=padding, dilation=dilation)
        check_side("padding", every.padded.shape[1:], "pad less")
        # The pairs, because "same" is only said of stride 1.
        others = [trace_conv(*arrays, stride=s, padding=every.padding, dilation=dilation) for s in wanted]
        return cls(picture, chosen, every, tuple(others))

    def visited(self, trace: ConvTrace) -> Iterator[tuple[int, int]]:
        """List the windows of stride 1 that a trace visits, as places in the map of stride 1."""
        for step in trace:
            row, column = step.padded_origin
            yield row, column

    def left_over(self, trace: ConvTrace) -> tuple[int, int]:
        """Count the rows and columns at the end that no window of a trace reaches."""
        rows, columns = (self.size(trace, axis).left_over for axis in (0, 1))
        return rows, columns

    def size(self, trace: ConvTrace, axis: int = 1) -> OutputSize:
        """Return what the output's size along an axis is made of."""
        return OutputSize(
            trace.input.shape[1 + axis],
            trace.weight.shape[2 + axis],
            trace.stride[axis],
            trace.padding[axis],
            trace.dilation[axis],
        )


def _strides(strides: Any) -> tuple[int, ...]:
    given = (
        strides.split(",") if isinstance(strides, str) else strides if isinstance(strides, tuple | list) else [strides]
    )
    try:
        wanted = tuple(int(text) for text in given)
    except (TypeError, ValueError):
        wanted = ()
    if not 1 <= len(wanted) <= MOST_STRIDES or any(s < 2 for s in wanted):
        raise OptionError(
            f"strides: expected one to {MOST_STRIDES} whole numbers of at least 2, as in 2,3, got {strides!r}; "
            f"stride 1 comes first by itself"
        )
    return wanted


_kernel = kernel
