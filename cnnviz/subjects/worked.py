"""Arithmetic in print: with as many digits as it takes to come out for whoever does it again from what is printed."""

from __future__ import annotations

from collections.abc import Iterable

from cnnviz.subjects.number import MINUS, cell_text

_FEWEST, _MOST = 4, 6
_DIGITS = range(_FEWEST, _MOST + 1)


def adding(terms: Iterable[float], total: float) -> int:
    """Return the fewest digits with which printed terms add up to the printed total.

    >>> adding([1.274, 1.754], 3.028), adding([1.5, 2.25], 3.75)
    (5, 4)
    """
    numbers = list(terms)
    return next((n for n in _DIGITS if adds_up(numbers, total, n)), _MOST)


def adds_up(terms: Iterable[float], total: float, digits: int) -> bool:
    """Return whether terms printed with so many digits add up to the total printed with as many."""
    return _same(sum(_read(term, digits) for term in terms), total, digits)


def multiplying(pairs: Iterable[tuple[float, float]], digits: int = _FEWEST) -> int:
    """Return the fewest digits of printed factors that make the products with ``digits`` digits.

    >>> multiplying([(0.8125, -0.66125)]), multiplying([(0.5, 0.5)])
    (5, 4)
    """
    numbers = list(pairs)

    def comes_out(n: int) -> bool:
        return all(_same(_read(a, n) * _read(b, n), a * b, digits) for a, b in numbers)

    return next((n for n in _DIGITS if comes_out(n)), _MOST)


def _same(a: float, b: float, digits: int) -> bool:
    """Return whether two numbers are written the same."""
    return cell_text(round(a, 9), digits) == cell_text(round(b, 9), digits)


def _read(number: float, digits: int) -> float:
    text = cell_text(number, digits).replace(MINUS, "-")
    try:
        return float(text)
    except ValueError:  # 12k
        return number
