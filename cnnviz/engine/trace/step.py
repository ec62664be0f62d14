"""One step of a calculation: a frozen record that can be compared, printed and written as JSON."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from math import isfinite, isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Cell", "Step", "SumStep", "frozen", "plain", "to_text"]

Array = NDArray[Any]
Cell = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Step:
    """What one step read and what came of it.

    Attributes
    ----------
    index : int
        Place of the step in its trace, counted from 0.
    """

    index: int

    def to_dict(self) -> dict[str, Any]:
        """Return the step as plain Python values: numbers, strings, lists.

        A number that JSON cannot write becomes one of the strings ``"NaN"``, ``"Infinity"``, ``"-Infinity"``.
        """
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}

    def to_json(self) -> str:
        """Return the step as one strict JSON object, with the attributes as its keys."""
        return to_text(self.to_dict())

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(_same(getattr(self, field.name), getattr(other, field.name)) for field in fields(self))

    def __hash__(self) -> int:
        return hash((type(self), self.index))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SumStep(Step):
    """A step that ends in one number.

    Attributes
    ----------
    index : int
        Place of the step in its trace.
    output_index : tuple of int
        The cell that the number belongs to, the channel first.
    result : float
        The number, in double precision.
    """

    output_index: Cell
    result: float


def frozen(values: Any) -> Array:
    """Return ``values`` as an array that refuses to be written to; a fresh array is not copied."""
    array = np.asarray(values)
    array.setflags(write=False)
    return array


def plain(value: Any) -> Any:
    """Turn arrays, slices, ranges and numpy numbers into what strict JSON can hold."""
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, slice):
        return {"start": value.start, "stop": value.stop, "step": value.step}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def to_text(value: Any) -> str:
    """Write plain values as JSON that every reader accepts."""
    return json.dumps(value, allow_nan=False)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f")
    return bool(a == b or (a != a and b != b))
