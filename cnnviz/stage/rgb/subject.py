"""What a lesson on color is about: a patch of a picture in three slices, a kernel of three slices, their trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel, Picture, kernel
from cnnviz.engine import parameter_count, trace_conv
from cnnviz.engine.trace import ConvTrace
from cnnviz.errors import OptionError
from cnnviz.stage.picture import lesson_picture

CHANNELS = ("red", "green", "blue")
# Yellow against blue: gray pixels, which hold as much of each color, are answered with 0.
KERNELS = ("0,1,0; 1,1,1; 0,1,0", "0,1,0; 1,1,1; 0,1,0", "0,-2,0; -2,-2,-2; 0,-2,0")
BIAS = 50.0
USUAL_SIDE = 40  # of the picture: coarse enough that a patch of five pixels shows something
SMALLEST_PATCH, LARGEST_PATCH = 3, 5
MOST_ROWS = 8  # of patch and kernel together, whose numbers stand one above the other


@dataclass(frozen=True)
class RgbSubject:
    """A patch of a color picture, a kernel of three slices and their trace.

    Attributes
    ----------
    picture : Picture
        In RGB.
    corner : (int, int)
        The patch's first row and column in the picture.
    kernels : tuple of Kernel
        One for each slice.
    trace : ConvTrace
        Over the patch, (3, rows, columns).

    Examples
    --------
    >>> subject = RgbSubject.from_options()
    >>> step = subject.trace[0]
    >>> step.products.size, len(step.channel_sums), subject.parameters
    (27, 3, 28)
    >>> float(step.channel_sums.sum() + step.bias) == step.result
    True
    """

    picture: Picture
    corner: tuple[int, int]
    kernels: tuple[Kernel, ...]
    trace: ConvTrace

    @classmethod
    def from_options(
        cls,
        image: str | Path | None = None,
        kernels: str | Path | Sequence[str | Path] | None = None,
        bias: float = BIAS,
        patch: int = 5,
        at: tuple[int, int] | None = None,
        size: int | tuple[int, int] | None = None,
    ) -> RgbSubject:
        """Load, check and trace.

        Parameters
        ----------
        image : str or Path, optional
            A built-in name or an image file; ``photo:flower`` if omitted.
        kernels : one or three names, texts or files of kernels, optional
            One for each of red, green and blue, or one for all; if omitted, one that weighs yellow against blue.
        bias : float
            What is added to every sum.
        patch : int
            Side of the patch in pixels, 3 to 5.
        at : (row, column), optional
            The patch's first pixel; where the colors differ most if omitted.
        size : int or (height, width), optional
            Pixels of the whole picture; photos and files become at most 40 along their longer side if omitted.

        Raises
        ------
        InputError, OptionError
            With one line that says what was expected.
        """
        picture = lesson_picture("photo:flower" if image is None else image, size, "rgb", usual=USUAL_SIDE)
        chosen = _kernels(KERNELS if kernels is None else kernels)
        rows, columns = chosen[0].values.shape
        side = _side(patch, picture.values.shape[1:], max(rows, columns))
        if side + rows > MOST_ROWS:
            raise OptionError(
                f"patch: expected at most {MOST_ROWS} rows of numbers, patch and kernel together, got {side} and "
                f"{rows}; choose a smaller patch or a smaller kernel"
            )
        if not isfinite(bias):
            raise OptionError(f"bias: expected a finite number, got {bias}; choose one such as 1 or -0.5")
        row, column = corner = _corner(at, picture.values, side)
        values = picture.values[:, row : row + side, column : column + side]
        weight = np.stack([one.values for one in chosen])
        return cls(picture, corner, chosen, trace_conv(values[None], weight[None], np.array([float(bias)])))

    @property
    def parameters(self) -> int:
        """Weights and bias of the filter."""
        _, channels, *kernel_size = self.trace.weight.shape
        return parameter_count(channels, 1, tuple(kernel_size))


def _kernels(kernels: str | Path | Sequence[str | Path]) -> tuple[Kernel, ...]:
    names = [kernels] if isinstance(kernels, str | Path) else list(kernels)
    if len(names) not in (1, len(CHANNELS)):
        raise OptionError(
            f"kernels: expected one kernel for all three slices or three, got {len(names)}; "
            f"give one each for {', '.join(CHANNELS)}"
        )
    chosen = tuple(kernel(name) for name in names) * (len(CHANNELS) // len(names))
    shapes = [" × ".join(map(str, one.values.shape)) for one in chosen]
    if len(set(shapes)) > 1:
        raise OptionError(
            f"kernels: expected three slices of one shape, got {', '.join(shapes)}; choose kernels of one size"
        )
    return chosen


def _side(patch: int, picture: tuple[int, ...], kernel_side: int) -> int:
    least, most = max(SMALLEST_PATCH, kernel_side), min(LARGEST_PATCH, *picture)
    if least > most:
        raise OptionError(
            f"patch: expected a kernel and a picture between which a patch of {SMALLEST_PATCH} to {LARGEST_PATCH} "
            f"pixels fits, got a kernel of {kernel_side} and a picture of {picture[0]} × {picture[1]}; "
            f"choose a smaller kernel or a larger picture"
        )
    if not isinstance(patch, int) or not least <= patch <= most:
        raise OptionError(f"patch: expected a whole number from {least} to {most}, got {patch!r}; choose one of these")
    return patch


def _corner(at: tuple[int, int] | None, values: NDArray[np.floating], side: int) -> tuple[int, int]:
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
