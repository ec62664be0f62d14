"""A picture as a sum of waves: its spectrum, what is left of it without the fast or the slow ones, and two kernels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import Kernel
from cnnviz.engine import conv2d, frequency_response, high_pass, low_pass, spectrum
from cnnviz.errors import OptionError
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.kinds import Many, Number
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

Array = NDArray[np.floating]
USUAL_SIDE = 96
EXAMPLES = (0.0, 0.03), (0.07, 0.07), (0.25, 0.0)  # waves per cell, down and across
_ALIKE = 0.02  # what counts as no difference


@dataclass(frozen=True)
class Cut:
    """The waves up to a frequency, and the others.

    Attributes
    ----------
    limit : float
        Waves per cell.
    low : bool array, shape (H, W)
        True where the spectrum holds a wave up to the limit.
    slow, fast : array, shape (H, W)
        What the waves up to the limit make, and what the others make; together the picture.
    """

    limit: float
    low: NDArray[np.bool_]
    slow: Array
    fast: Array


@dataclass(frozen=True)
class Filter:
    """A kernel, how much of each wave it lets through, and the map that it makes of the picture."""

    kernel: Kernel
    response: Array
    map: Array

    @property
    def total(self) -> float:
        """The sum of the weights: what an even gray is multiplied by."""
        return round(float(self.kernel.values.sum()), 9)


class Frequency(Subject):
    """A picture, its spectrum, and what is left of it without its fast or its slow waves.

    Examples
    --------
    >>> subject = Frequency(image="digit:3", cutoffs="0.2")
    >>> cut, = subject.cuts
    >>> int(cut.low.sum()), cut.low.size, bool(np.allclose(cut.slow + cut.fast, subject.picture.values[0]))
    (9, 64, True)
    >>> [each.total for each in subject.filters]
    [1.0, 0.0]
    """

    image = Convolution.image.but("photo:china")
    size = Convolution.size.but(None, "Pixels along the longer side, or ROWS,COLUMNS; photos get at most 96.")
    cutoffs = Option(Many(Number(), most=6), (0.03, 0.08, 0.2), "Up to six, in waves per cell, from 0 to 0.5.")
    kernel = Convolution.kernel.but("gaussian", "The first kernel, a blur if left out.")
    against = Convolution.kernel.but("laplacian", "The second one, an edge finder if left out.")

    def prepare(self) -> None:
        """Load, check and filter."""
        for limit in self.cutoffs:
            if not 0 <= limit <= 0.5:
                raise OptionError(f"cutoffs: expected numbers from 0 to 0.5, got {limit:g}; choose some in between")
        self.picture = subject_picture(self.image, self.size, usual=USUAL_SIDE)
        plane = self.picture.values[0]
        self.shape = plane.shape
        strength = np.log1p(spectrum(plane))
        self.spectrum = strength - strength.min()
        down, across = (np.fft.fftshift(np.fft.fftfreq(length)) for length in plane.shape)
        self.frequency = np.hypot(down[:, None], across)
        self.cuts = [
            Cut(limit, self.frequency <= limit, low_pass(plane, limit), high_pass(plane, limit))
            for limit in self.cutoffs
        ]
        self.filters = [
            Filter(
                kernel,
                frequency_response(kernel.values, plane.shape),
                conv2d(plane[None, None], kernel.values[None, None], padding="same", padding_mode="circular")[0, 0],
            )
            for kernel in (self.kernel, self.against)
        ]

    @property
    def examples(self) -> list[tuple[int, int]]:
        """How many crests some waves have, down and across the picture: a slow one, a faster one, a fast one."""
        rows, columns = self.shape
        return [(int(np.ceil(down * rows)), int(np.ceil(across * columns))) for down, across in EXAMPLES]

    def wave(self, crests: tuple[int, int]) -> Array:
        """Draw the wave with so many crests down and across, from 0 to 1."""
        rows, columns = np.ogrid[: self.shape[0], : self.shape[1]]
        turns = crests[0] * rows / self.shape[0] + crests[1] * columns / self.shape[1]
        return np.asarray((1 + np.cos(2 * np.pi * turns)) / 2)

    @property
    def disc(self) -> NDArray[np.bool_]:
        """The points of the slow waves: the widest mask that leaves some fast ones."""
        return max((cut.low for cut in self.cuts if not cut.low.all()), key=np.sum, default=self.frequency == 0)

    @property
    def ring(self) -> float:
        """The frequency up to which waves are slow ones, in waves per cell."""
        return max((cut.limit for cut in self.cuts if not cut.low.all()), default=0.0)

    @property
    def points(self) -> list[list[tuple[int, int]]]:
        """The points of the slow waves and those of the fast ones."""
        return [[(int(row), int(column)) for row, column in np.argwhere(each)] for each in (self.disc, ~self.disc)]

    def factors(self, each: Filter) -> tuple[float, float]:
        """Say what slow waves and fast ones are multiplied by, on average."""
        slow = self.disc
        return float(each.response[slow].mean()), float(each.response[~slow if not slow.all() else slow].mean())

    def passes(self, each: Filter) -> str:
        """Say which waves a kernel lets through more of: ``slow``, ``fast`` or ``alike``."""
        slow, fast = self.factors(each)
        if abs(fast - slow) <= _ALIKE * max(fast, slow):
            return "alike"
        return "slow" if fast < slow else "fast"
