"""What an answer is made of, how it is written as text, and when two of them are the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

Value: TypeAlias = "int | float | str | tuple[Value, ...]"
"""A number, a word, or rows of them: nothing that JSON could not hold."""

MINUS = "−"


def settle(value: Any) -> Value:
    """Turn numbers and arrays of any kind into plain values that are the same on every machine.

    Whole numbers become int; others keep ten digits, because the last ones of an exponential differ between machines,
    and twelve decimals: what is left of 0.1 + 0.2 − 0.3 is 0.

    Examples
    --------
    >>> settle(np.array([[1.0, 0.5], [-0.0, 1 / 3]]))
    ((1, 0.5), (0, 0.3333333333))
    >>> settle(0.1 + 0.2 - 0.3)
    0
    """
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Sequence):
        return tuple(settle(item) for item in value)
    rounded = round(float(f"{value:.10g}"), 12) if isinstance(value, float) else value
    return int(rounded) if rounded == int(rounded) else rounded


MARKS = {"en": (".", ",", ", "), "es": (",", "\u202f", "; ")}
"""By language: the decimal mark, what stands between thousands, and what parts the cells of a row."""


def text_of(value: Value, *, nested: bool = False, language: str = "en") -> str:
    """Write a value for people: a true minus sign, marks between thousands, four decimals, brackets around rows.

    Within brackets thousands have no marks, since commas part the cells there.

    Examples
    --------
    >>> text_of(150528), text_of(-0.5), text_of(4 / 3), text_of(((1, -2), (3, 4))), text_of("ReLU")
    ('150,528', '−0.5', '1.3333', '[[1, −2], [3, 4]]', 'ReLU')
    >>> text_of((0.5, 1200), language="es")
    '[0,5; 1200]'
    """
    point, thousands, between = MARKS[language]
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"[{between.join(text_of(item, nested=True, language=language) for item in value)}]"
    text = f"{value:,}" if isinstance(value, int) else _decimals(value)
    return text.replace("-", MINUS).translate({ord(","): "" if nested else thousands, ord("."): point})


def _decimals(value: float) -> str:
    """Write four decimals at most, and more only where nothing would be left."""
    if abs(value) < 0.0001:
        return f"{value:.3g}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def same(one: Value, other: Value, tolerance: float = 0.0) -> bool:
    """Say whether two values have one shape and no number differs by more than ``tolerance``.

    Examples
    --------
    >>> same((1, 0.5), (1, 0.51)), same((1, 0.5), (1, 0.51), 0.02), same(1, (1,))
    (False, True, False)
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= tolerance + 1e-9 * max(1.0, abs(one))
    return one == other


def shape_of(value: Value) -> tuple[int, ...]:
    """Count the rows and columns; ragged rows count as their first.

    Examples
    --------
    >>> shape_of(((1, 2, 3), (4, 5, 6))), shape_of(7)
    ((2, 3), ())
    """
    return (len(value), *(shape_of(value[0]) if value else ())) if isinstance(value, tuple) else ()


def plain(value: Value) -> Any:
    """Turn rows into lists, as JSON has them."""
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def rows_of(value: Value) -> tuple[tuple[Value, ...], ...] | None:
    """Lay a value out as rows, or say that it is no map.

    Examples
    --------
    >>> rows_of((1, 2)), rows_of(((1,), (2,))), rows_of(3)
    (((1, 2),), ((1,), (2,)), None)
    """
    if not isinstance(value, tuple) or not value:
        return None
    rows = value if all(isinstance(row, tuple) for row in value) else (value,)
    flat = all(isinstance(row, tuple) and not any(isinstance(cell, tuple) for cell in row) for row in rows)
    return rows if flat else None  # type: ignore[return-value]


def rows_text(name: str, value: Value, language: str = "en") -> str:
    """Write a named value, rows under each other in columns.

    Examples
    --------
    >>> print(rows_text("X", ((1, -2), (30, 4))))
    X =
       1  −2
      30   4
    >>> print(rows_text("x", (1, 2)))
    x = [1, 2]
    """
    if not (isinstance(value, tuple) and all(isinstance(row, tuple) for row in value)):
        return f"{name} = {text_of(value, language=language)}"
    cells = [[text_of(cell, nested=True, language=language) for cell in row] for row in value if isinstance(row, tuple)]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join([f"{name} =", *("  " + "  ".join(cell.rjust(width) for cell in row) for row in cells)])
