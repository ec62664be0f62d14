"""What a scene on the way into a network is about: a picture brought to a square, its numbers brought around 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data import AtMost, Picture
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Choice, Integer, Number
from cnnviz.subjects.number import share_text
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind, loaded

Floats = NDArray[np.float64]
WAYS = ("crop", "letterbox", "stretch")
BINS, PATCH = 8, 3
_FINEST, _SHOWN = 640, 96  # pixels along the longer side that are read, and that are drawn


@dataclass(frozen=True, eq=False)
class Fitted:
    """A picture in a square.

    Attributes
    ----------
    way : str
        ``crop``, ``letterbox`` or ``stretch``.
    values : array, shape (C, size, size)
    lost, empty : float
        Share of the picture that is cut off, and of the square that is left empty.
    squeezed : float
        How many times as much one axis is shrunk as the other.
    """

    way: str
    values: Floats
    lost: float = 0.0
    empty: float = 0.0
    squeezed: float = 1.0

    @property
    def cost(self) -> str:
        """What the way costs, as one writes it: a share, or how many times."""
        if self.way == "stretch":
            return _short(self.squeezed, 2)
        return share_text(self.lost if self.way == "crop" else self.empty)


class Preprocessing(Subject):
    """A picture on its way into a network.

    Attributes
    ----------
    picture, shown : Picture
        As it is read, and as it is drawn.
    fitted : tuple of Fitted
        All three ways.
    chosen : Fitted
        The one that goes on.
    stages : list of array, shape (size, size)
        The last channel: as it is, from 0 to 1, less the mean, divided by the spread.
    normalized : list of (center, scale, array of shape (size, size))
        Every channel, less a mean of its own and divided by a spread of its own, where none are given.
    counts : array, shape (BINS,)
        How many numbers lie in each of as many equal parts from 0 to the peak.
    corner, pixel : (int, int)
        Where the patch begins that is looked at, and the pixel in it that is worked out.

    Examples
    --------
    >>> subject = Preprocessing(image="0,255;51,102", size=2, mean=0.5, spread=0.25)
    >>> [stage.round(2).tolist() for stage in subject.stages[1:]]
    [[[0.0, 1.0], [0.2, 0.4]], [[-0.5, 0.5], [-0.3, -0.1]], [[-2.0, 2.0], [-1.2, -0.4]]]
    >>> [round(one.lost + one.empty + one.squeezed - 1, 2) for one in Preprocessing().fitted]
    [0.33, 0.34, 0.5]
    """

    image = Option(PictureKind(), "photo:flower", "The picture.")
    size = Option(Integer(2, 64), 32, "Rows and columns that the network reads.")
    fit = Option(Choice(*WAYS), "crop", "How the picture gets into the square.")
    mean = Option(Number(), None, "What is taken away, of numbers from 0 to 1; the mean of the picture if left out.")
    spread = Option(Number(), None, "What is divided by; the standard deviation of the picture if left out.")

    def prepare(self) -> None:
        """Fit, scale, and center."""
        self.picture = loaded(self.image, size=AtMost(_FINEST), channels="rgb")
        if (self.picture.values == self.picture.values[:1]).all():
            self.picture = loaded(self.image, size=AtMost(_FINEST))
        self.shown = loaded(self.picture, size=AtMost(_SHOWN), channels=self.channels)
        self.fitted = tuple(self._fitted(way) for way in WAYS)
        self.chosen = self.fitted[WAYS.index(self.fit)]
        plane = self.chosen.values[-1]
        unit = plane / self.peak
        self.of_picture = self.mean is None or self.spread is None
        self.center, self.scale = self._measured(unit)
        if self.scale <= 0:
            got = "a picture of one gray" if self.spread is None else f"{self.scale:g}"
            raise OptionError(f"spread: expected a number above 0, got {got}; choose one such as 0.25")
        self.stages = [plane, unit, unit - self.center, (unit - self.center) / self.scale]
        self.normalized = [self._normalized(plane) for plane in self.chosen.values]
        self.counts = np.histogram(plane, BINS, (0, self.peak))[0]
        self.corner, self.pixel = self._patch(plane)

    @property
    def peak(self) -> float:
        """The number of white."""
        return self.picture.peak

    @property
    def channels(self) -> str:
        """Whether it is gray or in color."""
        return "gray" if len(self.picture.values) == 1 else "rgb"

    @property
    def side(self) -> int:
        """Rows and columns of the patch; a small picture is looked at as a whole."""
        return self.size if self.size <= PATCH + 1 else PATCH

    def part(self, stage: int) -> Floats:
        """Return the patch at a stage."""
        row, column = self.corner
        part: Floats = self.stages[stage][row : row + self.side, column : column + self.side]
        return part

    def strip(self, plane: Floats) -> Floats:
        """Return the row of the patch in which the pixel is that is worked out, of any channel."""
        (row, column), (down, _) = self.corner, self.pixel
        return plane[row + down : row + down + 1, column : column + self.side]

    def line(self, stage: int) -> tuple[str, str, str]:
        """Work out the pixel: the number before, what is done to it, and what that makes."""
        before, after = (float(self.part(at)[self.pixel]) for at in (stage - 1, stage))
        done, number = (("/", self.peak), ("−", self.center), ("/", self.scale))[stage - 1]
        digits = 3 if stage == 3 else 4  # what is printed, divided, comes to it
        exact = abs(after - round(after, digits)) < 1e-9 or done == "−"
        return _short(before), f" {done} {_short(number)}", (" = " if exact else " ≈ ") + _short(after, digits)

    def reckoning(self, channel: int) -> tuple[str, str]:
        """Work out the pixel in two lines, in any channel.

        >>> Preprocessing(image="0,255;51,102", size=2, mean=0.5, spread=0.25).reckoning(0)
        ('(255 / 255 − 0.5)', '/ 0.25 = 2')
        """
        row, column = (a + b for a, b in zip(self.corner, self.pixel, strict=True))
        (center, scale, values), number = self.normalized[channel], float(self.chosen.values[channel][row, column])
        after = float(values[row, column])
        equal = "=" if abs(after - round(after, 2)) < 1e-9 else "≈"
        first = f"({_short(number)} / {_short(self.peak)} − {_short(center)})"
        return first, f"/ {_short(scale)} {equal} {_short(after, 2)}"

    def within(self, part: int) -> list[tuple[int, int]]:
        """List the pixels of the last channel that one of the `counts` counts."""
        plane = self.chosen.values[-1]
        parts = np.minimum((plane * BINS / self.peak).astype(int), BINS - 1)
        return [(int(row), int(column)) for row, column in np.argwhere(parts == part)]

    def marks(self, stage: int) -> tuple[float, float, float]:
        """Return what 0, the mean and the peak have become at a stage."""
        unit = self.center, self.scale
        return (
            (0.0, unit[0] * self.peak, self.peak),
            (0.0, unit[0], 1.0),
            (-unit[0], 0.0, 1 - unit[0]),
            (-unit[0] / unit[1], 0.0, (1 - unit[0]) / unit[1]),
        )[stage]

    def _normalized(self, plane: Floats) -> tuple[float, float, Floats]:
        """Center a channel and divide it; what is given counts for all of them."""
        unit = plane / self.peak
        center, scale = self._measured(unit)
        scale = scale or self.scale  # a channel of one gray has none of its own
        return center, scale, (unit - center) / scale

    def _measured(self, unit: Floats) -> tuple[float, float]:
        """Return what is taken away from numbers and what they are divided by: as given, else their own."""
        center = round(float(unit.mean()), 2) if self.mean is None else self.mean
        return center, round(float(unit.std()), 2) if self.spread is None else self.spread

    def _fitted(self, way: str) -> Fitted:
        high, wide = self.picture.values.shape[1:]
        size = self.size
        if way == "crop":
            values = loaded(self.picture, size=(size, size), channels=self.channels).values
            return Fitted(way, values, lost=1 - min(high, wide) / max(high, wide))
        if way == "stretch":
            return Fitted(way, self._stretched(), squeezed=max(high, wide) / min(high, wide))
        small = loaded(self.picture, size=size, channels=self.channels).values
        top, left = ((size - n) // 2 for n in small.shape[1:])
        values = np.zeros((len(small), size, size))
        values[:, top : top + small.shape[1], left : left + small.shape[2]] = small
        return Fitted(way, values, empty=1 - small[0].size / size**2)

    def _stretched(self) -> Floats:
        """Shrink each axis by itself, after making the picture square by repeating rows or columns evenly."""
        planes = self.picture.values
        side = max(planes.shape[1:])
        rows, columns = (np.arange(side) * n // side for n in planes.shape[1:])
        square = Picture(np.ascontiguousarray(planes[:, rows][:, :, columns]), self.peak, self.picture.name)
        return loaded(square, size=(self.size, self.size), channels=self.channels).values

    def _patch(self, plane: Floats) -> tuple[tuple[int, int], tuple[int, int]]:
        """Choose the patch of most contrast, all of a small picture, and its largest number."""
        side = self.side
        windows = np.lib.stride_tricks.sliding_window_view(plane, (side, side))
        row, column = np.unravel_index(int(windows.std(axis=(2, 3)).argmax()), windows.shape[:2])
        at = int(plane[row : row + side, column : column + side].argmax())
        return (int(row), int(column)), divmod(at, side)


def _short(number: float, most: int = 4) -> str:
    """Write a number with few decimals.

    >>> _short(-0.25), _short(245.0), _short(1 / 3)
    ('−0.25', '245', '0.3333')
    """
    return f"{number:.{most}f}".rstrip("0").rstrip(".").replace("-", "−")
