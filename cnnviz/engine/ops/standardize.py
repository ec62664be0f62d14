"""Mean 0 and variance 1: what batch and layer normalization share."""

import numpy as np

from cnnviz._checks import Floats, same_dtype
from cnnviz.errors import ShapeError


def normalize(x: Floats, mean: Floats, spread: Floats, weight: Floats | None, bias: Floats | None) -> Floats:
    """Compute ``(x - mean) / sqrt(spread) * weight + bias``."""
    with np.errstate(invalid="ignore", divide="ignore"):  # a negative or zero spread shows as NaN or infinity
        rate = 1 / np.sqrt(spread)
        y: Floats = (x - mean) * (rate if weight is None else rate * weight)
    return y if bias is None else y + bias


def normal_vjp(dnormal: Floats, normal: Floats, rate: Floats, over: tuple[int, ...]) -> Floats:
    """Bring a gradient back to what was normalized: its own mean and its part along ``normal`` have no effect."""
    level = dnormal.mean(axis=over, keepdims=True)
    along = (dnormal * normal).mean(axis=over, keepdims=True)
    return np.asarray(rate * (dnormal - level - normal * along))


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
