"""What options take: numbers, words, one number for each axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cnnviz.errors import OptionError


@dataclass(frozen=True)
class Integer:
    """A whole number from ``least`` to ``most``.

    Examples
    --------
    >>> Integer(1, 9).read("stride", "2")
    2
    """

    least: int = 0
    most: int = 10**6
    metavar: str = "N"

    def read(self, name: str, value: Any) -> int:
        """Read ``3`` or ``"3"``."""
        try:
            number = int(value) if not isinstance(value, float) or value == int(value) else None
        except (TypeError, ValueError, OverflowError):
            number = None
        if number is None or isinstance(value, bool) or not self.least <= number <= self.most:
            raise OptionError(f"{name}: expected a whole number from {self.least} to {self.most}, got {value!r}")
        return number

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: numbers are typed."""
        return ()


@dataclass(frozen=True)
class Choice:
    """One of a few words.

    Examples
    --------
    >>> Choice("gray", "rgb").read("channels", "rgb")
    'rgb'
    """

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        object.__setattr__(self, "words", words)

    @property
    def metavar(self) -> str:
        """The words."""
        return "|".join(self.words)

    def read(self, name: str, value: Any) -> str:
        """Take one of the words."""
        if value not in self.words:
            raise OptionError(f"{name}: expected one of {', '.join(self.words)}, got {value!r}")
        return str(value)

    def offers(self) -> tuple[str, ...]:
        """Offer the words."""
        return self.words
