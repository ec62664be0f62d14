"""Examples with their labels, and the fixed split of the digits into those to learn from and those to ask about."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from cnnviz.data.digits import PEAK, digits
from cnnviz.errors import ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Pictures and the class of each.

    Attributes
    ----------
    images : ndarray of float32 or float64, shape (N, ...)
        One picture, or one row of features, for each example.
    labels : ndarray of int64, shape (N,)
        Classes, counted from 0.

    Raises
    ------
    ShapeError
        If there are not as many labels as images.
    """

    images: npt.NDArray[np.floating]
    labels: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.images.ndim == 0 or self.labels.shape != self.images.shape[:1]:
            raise ShapeError(
                f"Examples: expected one label for each of the images, got labels of shape {self.labels.shape} for "
                f"images of shape {self.images.shape}; give labels of shape (N,)"
            )

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, places: npt.NDArray[np.integer] | slice) -> "Examples":
        """Give some of the examples.

        Examples
        --------
        >>> len(digits_split().train.take(slice(5)))
        5
        """
        return Examples(self.images[places], self.labels[places])


@dataclass(frozen=True, slots=True)
class Split:
    """Examples for learning, for choosing, and for the one question at the end how good it became."""

    train: Examples
    validation: Examples
    test: Examples


@cache
def digits_split() -> Split:
    """Divide the 1,797 digits, always in the same way, with each digit in the same proportion.

    Of the examples of each digit in their order, every fourth and fifth of five go to validation and test.

    Returns
    -------
    Split
        Images ``(N, 1, 8, 8)`` of float32 from 0 to 1, read-only.

    Examples
    --------
    >>> split = digits_split()
    >>> len(split.train), len(split.validation), len(split.test), split.test.images.shape[1:]
    (1085, 357, 355, (1, 8, 8))
    """
    data = digits()
    place = np.empty(len(data), np.int64)
    for label in range(10):
        chosen = data.labels == label
        place[chosen] = np.arange(chosen.sum()) % 5
    images = (data.images[:, None] / PEAK).astype(np.float32)
    parts = []
    for chosen in (place < 3, place == 3, place == 4):
        part = Examples(images[chosen], data.labels[chosen])
        part.images.setflags(write=False)
        part.labels.setflags(write=False)
        parts.append(part)
    return Split(*parts)
