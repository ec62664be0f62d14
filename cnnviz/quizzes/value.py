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

    Whole numbers become int; others keep ten digits, because the last ones of an exponential differ between machines.

    Examples
    --------
    >>> settle(np.array([[1.0, 0.5], [-0.0, 1 / 3]]))
    ((1, 0.5), (0, 0.3333333333))
    """
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Sequence):
        return tuple(settle(item) for item in value)
    rounded = float(f"{value:.10g}") if isinstance(value, float) else value
    return int(rounded) if rounded == int(rounded) else rounded


def text_of(value: Value, *, nested: bool = False) -> str:
    """Write a value for people: a true minus sign, commas between thousands, three decimals, brackets around rows.

    Examples
    --------
    >>> text_of(150528), text_of(-0.5), text_of(4 / 3), text_of(((1, -2), (3, 4))), text_of("ReLU")
    ('150,528', '−0.5', '1.333', '[[1, −2], [3, 4]]', 'ReLU')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"[{', '.join(text_of(item, nested=True) for item in value)}]"
    if isinstance(value, int):
        text = str(value) if nested else f"{value:,}"
    else:
        text = f"{round(value, 3):.10g}" if abs(value) >= 0.1 else f"{value:.3g}"
    return text.replace("-", MINUS)


def shape_text(shape: Value) -> str:
    """Write a shape.

    Examples
    --------
    >>> shape_text((3, 224, 224))
    '3 × 224 × 224'
    """
    return " × ".join(str(size) for size in shape) if isinstance(shape, tuple) else text_of(shape)


def count(number: int, noun: str) -> str:
    """Write how many there are of something.

    Examples
    --------
    >>> count(1, "cell"), count(2000, "cell")
    ('1 cell', '2,000 cells')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


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


def rows_text(name: str, value: Value) -> str:
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
        return f"{name} = {text_of(value)}"
    cells = [[text_of(cell, nested=True) for cell in row] for row in value if isinstance(row, tuple)]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join([f"{name} =", *("  " + "  ".join(cell.rjust(width) for cell in row) for row in cells)])
