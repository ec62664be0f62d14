"""What options take: numbers, words, yes or no, and several of a kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from cnnviz.errors import OptionError
from cnnviz.subjects.option import Kind

T = TypeVar("T")

_FLAGS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


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
class Number:
    """A finite number.

    Examples
    --------
    >>> Number().read("bias", "-0.5")
    -0.5
    """

    metavar: str = "NUMBER"

    def read(self, name: str, value: Any) -> float:
        """Read ``0.5`` or ``"0.5"``."""
        try:
            number = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise OptionError(f"{name}: expected a finite number, got {value!r}; choose one such as 1 or -0.5")
        return number

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: numbers are typed."""
        return ()


@dataclass(frozen=True)
class Flag:
    """Yes or no.

    Examples
    --------
    >>> Flag().read("ceil_mode", "true"), Flag().read("ceil_mode", False)
    (True, False)
    """

    metavar: str = "true|false"

    def read(self, name: str, value: Any) -> bool:
        """Read a truth value, or one of the words true, yes, on and 1, false, no, off and 0."""
        found = _FLAGS.get(str(value).lower())
        if found is None:
            raise OptionError(f"{name}: expected true or false, got {value!r}")
        return found

    def offers(self) -> tuple[str, ...]:
        """Offer both words."""
        return ("true", "false")


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
        if not isinstance(value, str) or value not in self.words:
            raise OptionError(f"{name}: expected one of {', '.join(self.words)}, got {value!r}")
        return value

    def offers(self) -> tuple[str, ...]:
        """Offer the words."""
        return self.words


@dataclass(frozen=True)
class Many(Generic[T]):
    """Several of a kind, as a list or as text with a separator.

    Examples
    --------
    >>> Many(Integer(2, 9), most=3).read("strides", "2,3"), Many(Integer(2, 9)).read("strides", 4)
    ((2, 3), (4,))
    """

    kind: Kind[T]
    least: int = 1
    most: int = 8
    separator: str = ","
    several: ClassVar[bool] = True

    @property
    def metavar(self) -> str:
        """One after the other."""
        one = self.kind.metavar
        return self.separator.join([one] * self.least) if self.least == self.most else f"{one}[{self.separator}...]"

    def read(self, name: str, value: Any) -> tuple[T, ...]:
        """Read each."""
        if isinstance(value, str):
            value = value.split(self.separator)
        elif isinstance(value, np.ndarray) and value.ndim in (1, 3):
            value = [*value]
        values = value if isinstance(value, list | tuple) else [value]
        if not self.least <= len(values) <= self.most:
            count = f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"
            raise OptionError(f"{name}: expected {count} values, each {self.kind.metavar}, got {len(values)}")
        return tuple(self.kind.read(name, one) for one in values)

    def offers(self) -> tuple[str, ...]:
        """Offer what completes the first."""
        return self.kind.offers()
