"""Steps as a line of text, the way one would write them on a blackboard."""

from collections.abc import Iterable

from cnnviz.engine.trace.step import Array

__all__ = ["cell_text", "number_text", "product_text", "sum_text"]


def number_text(value: float) -> str:
    """Write a number with four digits at most and a true minus sign.

    Examples
    --------
    >>> [number_text(v) for v in (-6.0, 0.5, 2 / 3)]
    ['−6', '0.5', '0.6667']
    """
    return f"{value:.4g}".replace("-", "−")


def cell_text(name: str, index: Iterable[int]) -> str:
    """Write a cell of an array.

    Examples
    --------
    >>> cell_text("Y", (0, 1, 2))
    'Y[0, 1, 2]'
    """
    return f"{name}[{', '.join(map(str, index))}]"


def sum_text(values: Iterable[float]) -> str:
    """Write a sum; negative numbers are taken away.

    Examples
    --------
    >>> sum_text([3.0, -4.0, 0.5])
    '3 − 4 + 0.5'
    """
    return _joined([number_text(value) for value in values])


def product_text(values: Array, weights: Array, bias: float = 0.0) -> str:
    """Write the sum of ``values * weights``, and the bias if there is one.

    Examples
    --------
    >>> import numpy as np
    >>> product_text(np.array([1.0, 2.0]), np.array([0.5, -1.0]), bias=3.0)
    '1×0.5 + 2×(−1) + 3'
    """
    pairs = zip(values.ravel().tolist(), weights.ravel().tolist(), strict=True)
    terms = [f"{number_text(value)}×{_factor(weight)}" for value, weight in pairs]
    return _joined([*terms, number_text(bias)] if bias else terms)


def _factor(value: float) -> str:
    number = number_text(value)
    return f"({number})" if number.startswith("−") else number


def _joined(terms: list[str]) -> str:
    return " + ".join(terms).replace("+ −", "− ") or "0"
