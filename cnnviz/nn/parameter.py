"""A parameter: numbers that a layer keeps, known by their shape before they exist."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats
from cnnviz.errors import OptionError

Start = Callable[[tuple[int, ...], np.random.Generator], npt.NDArray[np.float64]]


@dataclass(slots=True, eq=False, kw_only=True)
class Parameter:
    """Numbers that a layer keeps; no memory is taken until they are given values.

    Examples
    --------
    >>> Parameter(shape=(512, 512, 3, 3), fans=(4608, 4608)).size
    2359296
    """

    shape: tuple[int, ...]
    fans: tuple[int, int] | None = None
    """For weights: how many numbers each output sums, and how many outputs each input reaches."""
    start: float | Start = 0.0
    """Where there are no fans: the number that fills it at first, or what draws its numbers."""
    learned: bool = True
    """Whether training changes it; running means and fixed codes are kept but not learned, and not counted."""
    frozen: bool = False
    """Whether training leaves it alone for now."""
    values: Floats | None = None

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return prod(self.shape)

    def array(self, who: str) -> Floats:
        """Give the numbers.

        Raises
        ------
        OptionError
            If they do not exist yet.
        """
        if self.values is None:
            raise OptionError(
                f"{who}: expected weights, got none yet; call network.initialize(seed) or network.load(path) first"
            )
        return self.values
