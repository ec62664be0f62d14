"""What a lesson on color is about: a patch of a picture in three slices, a kernel of three slices, their trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine import parameter_count, trace_conv
from cnnviz.errors import OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kernel import KernelKind
from cnnviz.subjects.kinds import Integer, Many, Number
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

CHANNELS = ("red", "green", "blue")
# Yellow against blue: gray pixels, which hold as much of each color, are answered with 0.
KERNELS = ("0,1,0; 1,1,1; 0,1,0", "0,1,0; 1,1,1; 0,1,0", "0,-2,0; -2,-2,-2; 0,-2,0")
BIAS = 10.0
USUAL_SIDE = 40  # of the picture: coarse enough that a patch of five pixels shows something
SMALLEST_PATCH, LARGEST_PATCH = 3, 5
MOST_ROWS = 8  # of patch and kernel together, whose numbers stand one above the other


@dataclass(frozen=True)
class Slices:
    """A kernel for each of red, green and blue, of one shape, or one for all."""

    metavar: str = "KERNEL[|KERNEL|KERNEL]"
    several: ClassVar[bool] = True

    def read(self, name: str, value: Any) -> tuple[Kernel, ...]:
        """Read three, or one and take it three times."""
        given = Many(KernelKind(), separator="|").read(name, value)
        if len(given) not in (1, len(CHANNELS)):
            raise OptionError(
                f"{name}: expected one kernel for all three slices or three, got {len(given)}; "
                f"give one each for {', '.join(CHANNELS)}"
            )
        shapes = [" × ".join(map(str, one.values.shape)) for one in given]
        if len(set(shapes)) > 1:
            raise OptionError(
                f"{name}: expected three slices of one shape, got {', '.join(shapes)}; choose kernels of one size"
            )
        return given * (len(CHANNELS) // len(given))

    def offers(self) -> tuple[str, ...]:
        """Offer the gallery."""
        return KernelKind().offers()


class Rgb(Subject):
    """A patch of a color picture, a kernel of three slices and their trace.

    Attributes
    ----------
    picture : Picture
        In RGB.
    corner : (int, int)
        The patch's first row and column in the picture.
    trace : ConvTrace
        Over the patch, (3, rows, columns).

    Examples
    --------
    >>> subject = Rgb()
    >>> step = subject.trace[0]
    >>> step.products.size, len(step.channel_sums), subject.parameters
    (27, 3, 28)
    >>> float(step.channel_sums.sum() + step.bias) == step.result
    True
    """

    image = Convolution.image.but("photo:flower")
    kernels = Option(Slices(), KERNELS, "One for each of red, green and blue with | between, or one for all.")
    bias = Option(Number(), BIAS, "What is added to every sum.")
    patch = Option(Integer(SMALLEST_PATCH, LARGEST_PATCH), 5, "Side of the patch in pixels.")
    at = Option(
        Many(Integer(), 2, 2), None, "The patch's first pixel, ROW,COLUMN; where the colors differ most if left out."
    )
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 40.")

    def prepare(self) -> None:
        """Load, check and trace."""
        self.picture = subject_picture(self.image, self.size, "rgb", usual=USUAL_SIDE)
        rows, columns = self.kernels[0].values.shape
        side = _side(self.patch, self.picture.values.shape[1:], max(rows, columns))
        if side + rows > MOST_ROWS:
            raise OptionError(
                f"patch: expected at most {MOST_ROWS} rows of numbers, patch and kernel together, got {side} and "
                f"{rows}; choose a smaller patch or a smaller kernel"
            )
        row, column = self.corner = corner_of(self.at, self.picture.values, side)
        values = self.picture.values[:, row : row + side, column : column + side]
        weight = np.stack([one.values for one in self.kernels])
        self.trace = trace_conv(values[None], weight[None], np.array([self.bias]))

    @property
    def parameters(self) -> int:
        """Weights and bias of the filter."""
        _, channels, *kernel_size = self.trace.weight.shape
        return parameter_count(channels, 1, tuple(kernel_size))


def _side(patch: int, picture: tuple[int, ...], kernel_side: int) -> int:
    least, most = max(SMALLEST_PATCH, kernel_side), min(LARGEST_PATCH, *picture)
    if least > most:
        raise OptionError(
            f"patch: expected a kernel and a picture between which a patch of {SMALLEST_PATCH} to {LARGEST_PATCH} "
            f"pixels fits, got a kernel of {kernel_side} and a picture of {picture[0]} × {picture[1]}; "
            f"choose a smaller kernel or a larger picture"
        )
    if not least <= patch <= most:
        raise OptionError(f"patch: expected a whole number from {least} to {most}, got {patch!r}; choose one of these")
    return patch


def corner_of(at: tuple[int, ...] | None, values: NDArray[np.floating], side: int) -> tuple[int, int]:
    """Return the first pixel of the patch: the one asked for, or that of the patch whose pixels differ most."""
    last = tuple(size - side for size in values.shape[1:])
    if at is None:
        patches = np.lib.stride_tricks.sliding_window_view(values, (side, side), axis=(1, 2))
        row, column = np.unravel_index(patches.var(axis=(3, 4)).sum(axis=0).argmax(), (last[0] + 1, last[1] + 1))
        return int(row), int(column)
    row, column = at
    if not (0 <= row <= last[0] and 0 <= column <= last[1]):
        raise OptionError(
            f"at: expected a first pixel from (0, 0) to ({last[0]}, {last[1]}), got ({row}, {column}); "
            f"the patch has to lie on the picture"
        )
    return row, column
