"""Mean 0 and variance 1: what batch and layer normalization share."""

import numpy as np

from cnnviz._checks import Floats, same_dtype
from cnnviz.errors import ShapeError


def normalize(x: Floats, mean: Floats, spread: Floats, weight: Floats | None, bias: Floats | None) -> Floats:
    """Compute ``(x - mean) / sqrt(spread) * weight + bias``."""
    y = np.asarray(x - mean)
    with np.errstate(invalid="ignore", divide="ignore"):  # a negative or zero spread shows as NaN or infinity
        rate = 1 / np.sqrt(spread)
        y *= rate if weight is None else rate * weight
    if bias is not None:
        y += bias
    return y


def normal_vjp(dy: Floats, away: Floats, level: Floats, along: Floats, rate: Floats, gain: Floats) -> Floats:
    """Bring a gradient back through `normalize`, whose ``rate`` is ``1 / sqrt(spread)`` and ``gain`` all it scales by.

    Its own mean ``level``, and its part along the distances from the mean ``away``, have no effect; ``along`` is the
    mean of the products of the two.
    """
    dx = np.asarray(away * -(along * rate * rate))
    dx += dy
    dx -= level
    dx *= gain
    return dx


def variance(x: Floats, mean: Floats, over: tuple[int, ...]) -> Floats:
    """Average the squared distances from the mean."""
    away = x - mean
    return np.asarray((away * away).mean(axis=over, keepdims=True))


def check_sizes(who: str, name: str, values: Floats, x: Floats, shape: tuple[int, ...], why: str) -> None:
    """Require one number for each that there is in ``shape``, ``why`` saying where that comes from."""
    same_dtype(who, "x", x, name, values)
    if values.shape != shape:
        raise ShapeError(
            f"{who}: expected {name} of shape {shape}, {why}, got {values.shape}; give those numbers or None"
        )
