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


def stratified(examples: Examples, generator: np.random.Generator | None = None) -> Split:
    """Divide examples 3 to 1 to 1, each class in the same proportion.

    Of the examples of each class, every fourth and fifth of five go to validation and test.

    Parameters
    ----------
    examples
        At least five of each class, so that each part gets some.
    generator
        Shuffles the examples of each class first; they keep their order, if None.

    Examples
    --------
    >>> split = stratified(Examples(np.arange(10.0), np.array([0, 1] * 5)))
    >>> split.train.images.tolist(), split.validation.images.tolist(), split.test.images.tolist()
    ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0], [8.0, 9.0])
    """
    place = np.empty(len(examples), np.int64)
    for label in np.unique(examples.labels):
        chosen = np.flatnonzero(examples.labels == label)
        place[chosen if generator is None else generator.permutation(chosen)] = np.arange(len(chosen)) % 5
    return Split(*(examples.take(np.flatnonzero(part)) for part in (place < 3, place == 3, place == 4)))


@cache
def digits_split() -> Split:
    """Divide the 1,797 digits, always in the same way, as `stratified` does.

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
    split = stratified(Examples((data.images[:, None] / PEAK).astype(np.float32), data.labels))
    for part in (split.train, split.validation, split.test):
        part.images.setflags(write=False)
        part.labels.setflags(write=False)
    return split
