"""Words for what went wrong: the checks on arguments that every public function shares.

Each takes ``who``, the name the user called, so that the message begins with it, and returns the checked value.
"""

import math
from collections.abc import Iterable, Sequence
from operator import index
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.errors import OptionError, ShapeError

Floats = npt.NDArray[np.floating[Any]]
Ints = int | Sequence[int]

SPATIAL = {0: (), 1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}
_FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def batch_axes(spatial: int) -> tuple[str, ...]:
    """Name the axes of a batch with so many spatial axes: ``("N", "C", "H", "W")`` for 2."""
    return ("N", "C", *SPATIAL[spatial])


def shape_text(axes: Sequence[str], shape: Sequence[int]) -> str:
    """Write a shape with its axis names, ``(N=1, C=3, H=8, W=8)``; without them where the counts differ."""
    if len(axes) != len(shape):
        return str(tuple(shape))
    return f"({', '.join(f'{name}={size}' for name, size in zip(axes, shape, strict=True))})"


def floats(who: str, name: str, value: object) -> Floats:
    """Take a float32 or float64 array; NaN and infinity are values and pass."""
    # A masked array or a matrix would silently mean something else: only plain arrays, in memory or in a file.
    if not isinstance(value, np.ndarray) or type(value) not in (np.ndarray, np.memmap):
        raise OptionError(
            f"{who}: expected {name} as a numpy array of float32 or float64, got {_kind(value)}; "
            f"make one with np.array({name}, dtype=np.float32)"
        )
    if value.dtype not in _FLOATS:
        if value.dtype.newbyteorder("=") in _FLOATS:
            return np.asarray(native(value))
        raise OptionError(
            f"{who}: expected {name} as float32 or float64, got {value.dtype}; "
            f"convert it with {name}.astype(np.float32)"
        )
    return value


def native(value: Any) -> Any:
    """Put the bytes of floats from a file of another machine into this one's order; let everything else pass.

    Examples
    --------
    >>> native(np.array([1.5], ">f4")).dtype == np.float32
    True
    """
    if type(value) is np.ndarray and value.dtype not in _FLOATS and value.dtype.newbyteorder("=") in _FLOATS:
        return value.astype(value.dtype.newbyteorder("="))
    return value


def array(who: str, name: str, value: object, axes: Sequence[str], *, empty: bool = False) -> Floats:
    """Take a float array with exactly these axes and, unless ``empty``, at least one cell along each but N."""
    x = floats(who, name, value)
    if x.ndim != len(axes):
        missing = len(axes) - x.ndim
        if missing > 0:
            remedy = f"add the missing in front with {name}[{', '.join(['None'] * missing)}]"
        else:
            remedy = f"take one entry of the first with {name}[{', '.join(['0'] * -missing)}] or reshape it"
        raise ShapeError(
            f"{who}: expected {name} with {len(axes)} {'axis' if len(axes) == 1 else 'axes'} ({', '.join(axes)}), "
            f"got shape {x.shape}; {remedy}"
        )
    if not empty and 0 in x.shape[axes[0] == "N" :]:
        raise ShapeError(
            f"{who}: expected {name} with at least one cell along every axis, got {shape_text(axes, x.shape)}; "
            f"look at what selected this data"
        )
    return x


def same_dtype(who: str, name: str, x: Floats, other: str, y: Floats) -> None:
    """Require one precision for both arrays, so that nothing is widened or rounded unseen."""
    if x.dtype.newbyteorder("=") != y.dtype.newbyteorder("="):
        raise OptionError(
            f"{who}: expected {name} and {other} of one dtype, got {x.dtype} and {y.dtype}; "
            f"convert one with {other}.astype({name}.dtype)"
        )


def same_shape(who: str, name: str, x: Floats, axes: Sequence[str], shape: Sequence[int], why: str) -> None:
    """Require exactly this shape, ``why`` saying where it comes from."""
    if x.shape != tuple(shape):
        raise ShapeError(
            f"{who}: expected {name} of shape {shape_text(axes, shape)}, got {shape_text(axes, x.shape)}; {why}"
        )


LARGEST = 2**63 - 1
"""What numpy can count."""


def integer(who: str, name: str, value: object, low: int, high: int = LARGEST) -> int:
    """Take one whole number from ``low`` to ``high``, both included."""
    try:
        if isinstance(value, bool | np.bool_):
            raise TypeError
        number = index(value)  # type: ignore[arg-type]  # refusing is its work
    except TypeError:
        raise OptionError(
            f"{who}: expected {name} as a whole number of at least {low}, got {value!r}; "
            f"write it without quotes or a decimal point"
        ) from None
    if number < low:
        raise OptionError(f"{who}: expected {name} of at least {low}, got {number}; choose {low} or more")
    if number > high:
        raise OptionError(f"{who}: expected {name} of at most {high}, got {number}; choose {high} or less")
    return number


def integers(who: str, name: str, value: object, count: int, low: int, high: int = LARGEST) -> tuple[int, ...]:
    """Take one whole number, or one for each of ``count`` axes, as a tuple of ``count``."""
    if type(value) is int and low <= value <= high:  # the common case, without the words
        return (value,) * count
    if isinstance(value, str | bytes) or not isinstance(value, Iterable) or np.ndim(value) == 0:  # type: ignore[arg-type]
        return (integer(who, name, value, low, high),) * count
    numbers = tuple(value)
    if len(numbers) != count:
        raise OptionError(
            f"{who}: expected {name} as one whole number or {count} ({', '.join(_axis_names(count))}), "
            f"got {len(numbers)}: {repr(numbers)[:60]}; give {_one_per(count)}"
        )
    return tuple(integer(who, f"{name}[{i}]", number, low, high) for i, number in enumerate(numbers))


def number(who: str, name: str, value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """Take one finite number between ``low`` and ``high``, both included."""
    try:
        if isinstance(value, bool | np.bool_ | str | bytes):
            raise TypeError
        result = float(value)  # type: ignore[arg-type]  # refusing is its work
    except (TypeError, ValueError):
        raise OptionError(
            f"{who}: expected {name} as a number, got {value!r}; write it without quotes, as in {name}=0.5"
        ) from None
    if not (math.isfinite(result) and low <= result <= high):
        if math.isinf(low) and math.isinf(high):
            span = "a finite number"
        elif math.isinf(high):
            span = f"a finite number of at least {low:g}"
        else:
            span = f"a number from {low:g} to {high:g}"
        raise OptionError(f"{who}: expected {name} as {span}, got {result:g}; choose one in that range")
    return result


def flag(who: str, name: str, value: object) -> bool:
    """Take a truth value."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    raise OptionError(f"{who}: expected {name} as True or False, got {value!r}; write one of the two")


def choice(who: str, name: str, value: object, options: Iterable[str]) -> str:
    """Take one of the words listed."""
    valid = tuple(options)
    if not isinstance(value, str) or value not in valid:
        raise OptionError(
            f"{who}: expected {name} as one of {', '.join(valid)}, got {value!r}; write one of these words"
        )
    return value


def _axis_names(count: int) -> Sequence[str]:
    return SPATIAL.get(count, tuple(f"axis {i}" for i in range(count)))


def _one_per(count: int) -> str:
    return "one number" if count == 1 else f"one number for all axes, or {count}"


def _kind(value: object) -> str:
    kind = type(value).__name__
    return f"{'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
