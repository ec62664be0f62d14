"""Options with a number for each axis: strides, dilations, sizes, and cells of padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import index
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.subjects.picture import LARGEST_SIDE

Pair = int | tuple[int, int]
Sides = tuple[tuple[int, int], tuple[int, int]]

_WORDS = ("valid", "same", "full", "crop")


@dataclass(frozen=True)
class PerAxis:
    """A whole number for both axes, or one for rows and one for columns; whether it makes sense is the engine's to say.

    Examples
    --------
    >>> PerAxis().read("stride", "2"), PerAxis().read("stride", "2,1"), PerAxis().read("stride", (2, 1))
    (2, (2, 1), (2, 1))
    """

    most: int | None = LARGEST_SIDE
    metavar: str = "N[,N]"

    def read(self, name: str, value: Any) -> Pair:
        """Read one integer or two."""
        numbers = _integers(value)
        if len(numbers) not in (1, 2):
            raise OptionError(f"{name}: expected an integer, or two as ROWS,COLUMNS, got {value!r}")
        _check_reach(name, numbers, self.most, value)
        return numbers[0] if len(numbers) == 1 else (numbers[0], numbers[1])

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: numbers are typed."""
        return ()


@dataclass(frozen=True)
class PaddingKind:
    """Cells added around: what `PerAxis` takes, a word, or a pair for the rows and one for the columns.

    Examples
    --------
    >>> kind = PaddingKind()
    >>> kind.read("padding", "1,1;0,2"), kind.read("padding", "same"), kind.read("padding", 1)
    (((1, 1), (0, 2)), 'same', 1)
    """

    words: tuple[str, ...] = _WORDS

    @property
    def metavar(self) -> str:
        """A number, and that a word is taken too."""
        return "N|WORD" if self.words else "N[,N]"

    def read(self, name: str, value: Any) -> Pair | Sides | str:
        """Read a word, one integer, two, or two pairs."""
        if isinstance(value, str) and value in self.words:
            return value
        halves = value.split(";") if isinstance(value, str) else value if _pairs(value) else [value]
        sides = [_integers(half) for half in halves]
        for numbers in sides:
            _check_reach(name, numbers, LARGEST_SIDE, value)
        if len(sides) == 1 and len(sides[0]) in (1, 2):
            return sides[0][0] if len(sides[0]) == 1 else (sides[0][0], sides[0][1])
        if len(sides) == 2 and all(len(side) == 2 for side in sides):
            (top, bottom), (left, right) = sides
            return (top, bottom), (left, right)
        words = f" or one of {', '.join(self.words)}" if self.words else ""
        raise OptionError(f"{name}: expected N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT{words}, got {value!r}")

    def offers(self) -> tuple[str, ...]:
        """Offer the words."""
        return self.words


def _pairs(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(side, Sequence) and len(side) == 2 for side in value)


def _integers(value: Any) -> list[int]:
    """Return the integers of a text, a number or a sequence; none if one of them is not."""
    parts = value.split(",") if isinstance(value, str) else value if _several(value) else [value]
    try:
        return [int(part) if isinstance(part, str) else _whole(part) for part in parts]
    except (TypeError, ValueError):
        return []


def _several(value: Any) -> bool:
    return isinstance(value, Sequence) or getattr(value, "ndim", 0) == 1


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    return index(value)


def _check_reach(name: str, numbers: Sequence[int], most: int | None, value: Any) -> None:
    """Refuse a padding, stride or dilation beyond the largest side, before anything of its size is made."""
    if most is not None and max(numbers, default=0) > most:
        raise OptionError(f"{name}: expected at most {most} for an animation, got {value}; choose less")
