"""A trace: a sequence whose steps are built only when somebody asks for them."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from math import prod
from operator import index as as_int
from typing import Any, Generic, Self, TypeVar, overload

import numpy as np

from cnnviz._table import table
from cnnviz.engine.trace.step import Array, Cell, Step, SumStep, plain, to_text

__all__ = ["Excerpt", "SumTrace", "Trace"]

S = TypeVar("S", bound=Step)
R = TypeVar("R", bound=SumStep)

_FEW = 1024  # numbers that a notebook shows


class Trace(Sequence[S], Generic[S]):
    """Every step of one calculation, in order; each is worked out anew when it is asked for.

    ``len(trace)``, ``trace[i]``, ``trace[-1]``, ``trace[a:b]`` and ``for step in trace`` work as for a tuple. Asking
    for one step builds that step alone, so a trace of a large image costs no more than the image.

    Attributes
    ----------
    shape : tuple of int
        There is one step for each cell of an array of this shape, in row-major order.
    """

    # The attributes that ``to_json`` puts before the steps.
    _facts: tuple[str, ...] = ()

    def __init__(self, shape: Cell) -> None:
        self.shape = shape

    @abstractmethod
    def _build(self, index: int, cell: Cell) -> S:
        """Work out step ``index``, which belongs to ``cell``."""

    def __len__(self) -> int:
        return prod(self.shape)

    @overload
    def __getitem__(self, index: int) -> S: ...
    @overload
    def __getitem__(self, index: slice) -> "Excerpt[S]": ...
    def __getitem__(self, index: int | slice) -> "S | Excerpt[S]":
        if isinstance(index, slice):
            return Excerpt(self, range(len(self))[index])
        place = _place(index, len(self), type(self).__name__)
        return self._build(place, tuple(int(i) for i in np.unravel_index(place, self.shape)))

    def __iter__(self) -> Iterator[S]:
        return (self[index] for index in range(len(self)))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} steps>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook: what comes of it, where that is one array of few numbers."""
        told = f"{type(self).__name__}: {len(self)} steps, one for each cell of {' × '.join(map(str, self.shape))}"
        made = self.fold() if hasattr(self, "fold") else None
        if not isinstance(made, np.ndarray) or made.size > _FEW:
            return table((), told)
        rows = made.reshape(-1, made.shape[-1] if made.ndim else 1).tolist()
        return table(([f"{value:.4g}" for value in row] for row in rows), told)

    def at(self, cell: Sequence[int]) -> S:
        """Return the step that belongs to one cell of ``shape``.

        Raises
        ------
        IndexError
            If there is no such cell.
        """
        place = tuple(as_int(i) for i in cell)
        if len(place) != len(self.shape) or not all(0 <= i < n for i, n in zip(place, self.shape, strict=True)):
            raise IndexError(f"{type(self).__name__}: expected a cell of an array of shape {self.shape}, got {place}")
        return self[int(np.ravel_multi_index(place, self.shape))]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole trace as plain Python values; this builds every step."""
        facts = {name: plain(getattr(self, name)) for name in self._facts}
        steps = [step.to_dict() for step in self]
        return {"trace": type(self).__name__, **facts, "shape": plain(self.shape), "steps": steps}

    def to_json(self) -> str:
        """Return the whole trace as one strict JSON object: the settings, the arrays and the list of ``steps``."""
        return to_text(self.to_dict())


class SumTrace(Trace[R], Generic[R]):
    """A trace each of whose steps ends in the one number that belongs to its cell."""

    def __init__(self, shape: Cell, dtype: np.dtype[Any]) -> None:
        super().__init__(shape)
        self._dtype = dtype

    def fold(self) -> Array:
        """Return the array of all results, in the precision of the input."""
        output = np.zeros(self.shape, self._dtype)
        with np.errstate(over="ignore"):  # a sum too large for float32 is infinite there, as it is in the operation
            for step in self:
                output[step.output_index] = step.result
        return output


class Excerpt(Sequence[S], Generic[S]):
    """Some steps of a trace, such as ``trace[10:20]`` or ``trace[::-1]``; still lazy, and can be cut again."""

    def __init__(self, trace: Trace[S], places: range) -> None:
        self._trace = trace
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> S: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> S | Self:
        if isinstance(place, slice):
            return type(self)(self._trace, self._places[place])
        return self._trace[self._places[_place(place, len(self), "excerpt")]]

    def __iter__(self) -> Iterator[S]:
        return (self._trace[place] for place in self._places)

    def __repr__(self) -> str:
        return f"<{len(self)} of the {len(self._trace)} steps of a {type(self._trace).__name__}>"

    def to_json(self) -> str:
        """Return the chosen steps as one strict JSON list."""
        return to_text([step.to_dict() for step in self])


def _place(index: int, length: int, who: str) -> int:
    place = as_int(index)
    if not -length <= place < length:
        steps = f"steps 0 to {length - 1}" if length else "no steps"
        raise IndexError(f"{who}: expected an index into {steps}, got {place}")
    return place % length
