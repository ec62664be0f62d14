"""What a gallery is about: one picture, and what each of up to eight kernels makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel, Picture
from cnnviz.engine import conv2d, trace_conv
from cnnviz.engine.trace import ConvStep
from cnnviz.errors import ShapeError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Many
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

KERNELS = ("box-blur", "gaussian", "sharpen", "emboss", "sobel-x", "sobel-y", "outline", "laplacian")
MOST = len(KERNELS)
USUAL_SIDE = 112  # of a picture, fine enough for a face


@dataclass(frozen=True)
class Exhibit:
    """What one kernel makes of the picture, and how it is shown.

    A kernel whose weights have a positive sum gathers its window, so its answers are shown as a picture: black is 0,
    white the sum times the picture's peak. The answers of any other kernel are signed and shown in the colors of
    positive and negative numbers, the strongest color from a quarter of the largest magnitude on.

    Attributes
    ----------
    kernel : Kernel
    map : array, (H, W)
        Every answer.
    step : ConvStep
        The answer at the window that all exhibits of a gallery share.
    total : float
        The sum of the weights.
    scale : float
        The value that is white or in the strongest color.
    """

    kernel: Kernel
    map: NDArray[np.floating]
    step: ConvStep
    total: float
    scale: float

    @property
    def signed(self) -> bool:
        """Whether it is shown in the colors of signs."""
        return self.total <= 0

    @property
    def beyond(self) -> tuple[bool, bool]:
        """Whether answers lie below and above what the scale can tell apart."""
        return bool(self.map.min() < (-self.scale if self.signed else 0)), bool(self.map.max() > self.scale)

    def ends(self, least: str, most: str) -> tuple[str, str]:
        """Write the ends of the scale, with a sign where answers lie beyond them."""
        low, high = self.beyond
        return f"≤ {least}" if low else least, f"≥ {most}" if high else most


class Gallery(Subject):
    """A picture, a window on it and an exhibit for each kernel.

    Attributes
    ----------
    picture : Picture
    center : (int, int)
        The pixel in the middle of the shared window: where the picture is richest.
    exhibits : tuple of Exhibit

    Examples
    --------
    >>> subject = Gallery(image="blackboard", kernels=["box-blur", "edge-x"])
    >>> [exhibit.signed for exhibit in subject.exhibits], subject.exhibits[1].map[0].tolist()
    ([False, True], [-6.0, -6.0, 4.0])
    """

    image = Convolution.image.but("photo:grace_hopper")
    kernels = Option(
        Many(KernelKind(), most=MOST, separator="|"),
        KERNELS,
        "Up to eight, with | between; two blurs, sharpen, emboss and four edge finders if left out.",
    )
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 112.")

    def prepare(self) -> None:
        """Load, check and convolve."""
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        self.center = _richest(self.picture.values[0], self.kernels)
        self.exhibits = tuple(_exhibit(self.picture, one, self.center) for one in self.kernels)


def _exhibit(picture: Picture, one: Kernel, center: tuple[int, int]) -> Exhibit:
    image, weight = picture.values[None], one.values[None, None]
    answers = conv2d(image, weight)[0, 0]
    row, column = (middle - size // 2 for middle, size in zip(center, one.values.shape, strict=True))
    step = trace_conv(image, weight).at((0, row, column))
    total = round(float(one.values.sum()), 9)
    scale = total * picture.peak if total > 0 else float(np.abs(answers).max()) / 4
    return Exhibit(one, answers, step, total, scale or 1.0)


def _richest(plane: NDArray[np.floating], kernels: Sequence[Kernel]) -> tuple[int, int]:
    """Return the middle of the window, large enough for every kernel, whose pixels differ most."""
    rows, columns = (max(one.values.shape[axis] for one in kernels) for axis in (0, 1))
    if rows > plane.shape[0] or columns > plane.shape[1]:
        raise ShapeError(
            f"kernels: expected kernels that fit the picture of {plane.shape[0]} × {plane.shape[1]}, "
            f"got {rows} × {columns}; choose smaller kernels or a larger picture"
        )
    variances = np.lib.stride_tricks.sliding_window_view(plane, (rows, columns)).var(axis=(2, 3))
    row, column = np.unravel_index(variances.argmax(), variances.shape)
    return int(row) + rows // 2, int(column) + columns // 2
