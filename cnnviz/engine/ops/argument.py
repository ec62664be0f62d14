"""Arguments that only operations have: the incoming gradient, a dimension, a reduction."""

import math
from collections.abc import Sequence
from numbers import Real

import numpy as np

from cnnviz._checks import Floats, choice, floats, integer, same_dtype, same_shape
from cnnviz.errors import OptionError

REDUCTIONS = ("mean", "sum", "none")


def cotangent(who: str, dy: object, x: Floats, shape: Sequence[int], axes: Sequence[str] = ()) -> Floats:
    """Take the gradient of an output of this ``shape`` made from ``x``; a plain number will do for a single one."""
    if not shape and isinstance(dy, Real):
        return np.asarray(dy, x.dtype)
    gradient = floats(who, "dy", dy)
    same_dtype(who, "x", x, "dy", gradient)
    same_shape(who, "dy", gradient, axes, shape, "dy is the gradient of the output and has its shape")
    return gradient


def dimension(who: str, name: str, value: object, ndim: int) -> int:
    """Take the number of an axis, counted from the front or, negative, from the back; return it from the front."""
    span = max(ndim, 1)  # as in PyTorch, a single number has one dimension to name
    axis = integer(who, name, value, -(10**9))
    if not -span <= axis < span:
        raise OptionError(
            f"{who}: expected {name} from {-span} to {span - 1} for an array of {ndim} axes, got {axis}; "
            f"choose one of its axes"
        )
    return axis % span


def reduced(who: str, reduction: object) -> str:
    """Take ``mean``, ``sum`` or ``none``."""
    return choice(who, "reduction", reduction, REDUCTIONS)


def positive(who: str, name: str, value: object) -> float:
    """Take one finite number above 0."""
    try:
        if isinstance(value, bool | str | bytes):
            raise TypeError
        result = float(value)  # type: ignore[arg-type]  # refusing is its work
    except (TypeError, ValueError):
        result = math.nan
    if not 0 < result < math.inf:
        raise OptionError(f"{who}: expected {name} as a finite number above 0, got {value!r}; choose one, such as 1.0")
    return result


def reduce(losses: Floats, reduction: str, count: float) -> Floats:
    """Join the losses as ``reduction`` says; the mean is their sum divided by ``count``."""
    if reduction == "none":
        return losses
    total = np.asarray(losses.sum())
    if reduction == "sum":
        return total
    with np.errstate(invalid="ignore", divide="ignore"):  # the mean of nothing is NaN
        return np.asarray(total / np.asarray(count, losses.dtype))
