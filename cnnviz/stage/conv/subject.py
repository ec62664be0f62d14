"""What a convolution lesson is about: one picture, one kernel and the trace of one meeting the other.

Made from what a user types, checked before anything heavy is loaded; the scene and the command line share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError
from cnnviz.stage.picture import check_reach, check_side, lesson_picture

CHANNELS = ("gray", "rgb")


@dataclass(frozen=True)
class ConvSubject:
    """A picture, a kernel and their trace.

    Examples
    --------
    >>> subject = ConvSubject.from_options(image="blackboard", kernel="edge-x")
    >>> subject.trace[0].result
    -6.0
    """

    picture: Picture
    kernel: Kernel
    trace: ConvTrace

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernel: str | Path | None = None,
        size: int | tuple[int, int] | None = None,
        stride: int | tuple[int, int] = 1,
        padding: Any = 0,
        padding_mode: str = "zeros",
        dilation: int | tuple[int, int] = 1,
        channels: str = "gray",
    ) -> ConvSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name (``digit:3``, ``photo:china``, ...) or an image file; ``digit:3`` if omitted.
        kernel : str or Path, optional
            A name of the gallery, rows as text (``"1,0,-1;1,0,-1;1,0,-1"``) or a file; ``sobel-x`` if omitted.
        size : int or (height, width), optional
            Pixels. If omitted, photos and files become at most 64 along their longer side; digits and patterns stay.
        stride, padding, padding_mode, dilation
            As in `cnnviz.engine.conv2d`.
        channels : {"gray", "rgb"}
            Whether the picture is one slice or three; a kernel without slices of its own is used on each.

        Raises
        ------
        InputError, OptionError, ShapeError
            With one line that says what was expected.
        """
        if channels not in CHANNELS:
            raise OptionError(f"channels: expected one of {', '.join(CHANNELS)}, got {channels!r}")
        picture = lesson_picture("digit:3" if image is None else image, size, channels)
        check_reach("padding", padding)
        check_reach("dilation", dilation)
        chosen = _kernel("sobel-x" if kernel is None else kernel)
        weight = np.repeat(chosen.values[None, None], len(picture.values), axis=1)
        trace = trace_conv(
            picture.values[None],
            weight,
            stride=stride,
            padding=padding,
            padding_mode=padding_mode,
            dilation=dilation,
        )
        check_side("padding", trace.padded.shape[1:], "pad less")
        return cls(picture, chosen, trace)


_kernel = kernel
