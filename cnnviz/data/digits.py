"""The 1,797 handwritten digits of 8 × 8 cells that ship with the package."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cnnviz.data.npz import read_npz
from cnnviz.errors import InputError

_FILE = Path(__file__).parent / "builtin" / "digits.npz"

PEAK = 16
CREDIT = "Digits: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, CC BY 4.0"


@dataclass(frozen=True, eq=False)
class DigitSet:
    """Hold the digits and what they are.

    Attributes
    ----------
    images : ndarray of uint8, shape (1797, 8, 8)
        Ink in each cell, 0 (none) to 16 (full); read-only.
    labels : ndarray of int64, shape (1797,)
        The digit, 0 to 9; read-only.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        self.images.setflags(write=False)
        self.labels.setflags(write=False)

    def __len__(self) -> int:
        return len(self.labels)

    def of(self, label: int) -> npt.NDArray[np.uint8]:
        """Give all examples of one digit, in their order in the set: shape (count, 8, 8)."""
        chosen: npt.NDArray[np.uint8] = self.images[self.labels == label]
        return chosen


@cache
def digits() -> DigitSet:
    """Load the handwritten digits: 8 × 8 cells, ink from 0 to 16.

    Returns
    -------
    DigitSet
        Loaded once; every call gives the same object.

    Raises
    ------
    InputError
        Where the shipped file is damaged.

    Examples
    --------
    >>> data = digits()
    >>> data.images.shape, int(data.images.max())
    ((1797, 8, 8), 16)
    >>> data.labels[:12].tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]

    Notes
    -----
    Each cell counts the inked pixels of a 4 × 4 block of a 32 × 32 scan. These are the 1,797 test examples of the
    original set, written by 13 people. Scenes ch02-s02 and ch06-s05 show one of them.

    References
    ----------
    E. Alpaydin and C. Kaynak, Cascading classifiers, Kybernetika 34 (1998).
    """
    arrays = read_npz("digits", _FILE, keys={"images", "labels"})
    images, labels = arrays["images"], arrays["labels"]
    if images.shape != (1797, 8, 8) or labels.shape != (1797,) or images.dtype != np.uint8 or images.max() > PEAK:
        raise InputError("digits: expected the shipped 1,797 digits of 8 × 8, got another file; install cnnviz again")
    return DigitSet(images, labels.astype(np.int64))
