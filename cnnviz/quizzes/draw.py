"""Numbers by chance that are the same on every machine and under every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
Rows = tuple[tuple[int, ...], ...]


class Draw:
    """Draw what a question is about.

    Only ``random()`` is used, whose sequence Python promises to keep; what is made of it is worked out here.

    Attributes
    ----------
    level : int
        How hard the question may be, 1 to 3.

    Examples
    --------
    >>> draw = Draw("kernel/1/7", level=1)
    >>> draw.integer(1, 6) == Draw("kernel/1/7", level=1).integer(1, 6)
    True
    """

    def __init__(self, seed: str, level: int) -> None:
        self._random = random.Random(seed).random
        self.level = level

    def integer(self, low: int, high: int) -> int:
        """Draw a whole number from ``low`` to ``high``, both included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """Draw one of the options."""
        return options[self.integer(0, len(options) - 1)]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Draw different options, in an order by chance."""
        left = list(options)
        return [left.pop(self.integer(0, len(left) - 1)) for _ in range(count)]

    def by_level(self, *options: T) -> T:
        """Take the option for this level."""
        return options[self.level - 1]

    def row(self, length: int, low: int, high: int) -> tuple[int, ...]:
        """Draw whole numbers in a row."""
        return tuple(self.integer(low, high) for _ in range(length))

    def rows(self, height: int, width: int, low: int, high: int) -> Rows:
        """Draw whole numbers in rows."""
        return tuple(self.row(width, low, high) for _ in range(height))
