"""What a convolution lesson is about: one picture, one kernel and the trace of one meeting the other.

Made from what a user types, checked before anything heavy is loaded; the scene and the command line share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz.data import AtMost, Kernel, Picture, builtin_names, kernel, load_image
from cnnviz.engine.trace import ConvTrace, trace_conv
from cnnviz.errors import OptionError

LARGEST_SIDE, USUAL_SIDE = 128, 64
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
        picture = _load("digit:3" if image is None else image, size, channels)
        _check_side("size", picture.values.shape[1:], "pass a smaller --size")
        # A far reach is refused before anything of its size is made.
        for name, reach in (("padding", padding), ("dilation", dilation)):
            if _largest(reach) > LARGEST_SIDE:
                raise OptionError(f"{name}: expected at most {LARGEST_SIDE} for an animation, got {reach}; choose less")
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
        _check_side("padding", trace.padded.shape[1:], "pad less")
        return cls(picture, chosen, trace)


def _check_side(name: str, shape: tuple[int, ...], remedy: str) -> None:
    if max(shape) > LARGEST_SIDE:
        got = " x ".join(map(str, shape))
        raise OptionError(
            f"{name}: expected at most {LARGEST_SIDE} pixels a side for an animation, got {got}; {remedy}"
        )


def _largest(value: Any) -> int:
    """Return the largest integer in nested tuples; a word has none."""
    if isinstance(value, tuple | list):
        return max(map(_largest, value), default=0)
    return value if isinstance(value, int) else 0


def _load(image: str | Path, size: int | tuple[int, int] | None, channels: str) -> Picture:
    ready_made = {name.partition(":")[0] for name in builtin_names()} - {"photo"}
    if size is None and (isinstance(image, Path) or image.partition(":")[0] not in ready_made):
        size = AtMost(USUAL_SIDE)
    return load_image(image, size=size, channels=channels)


_kernel = kernel
