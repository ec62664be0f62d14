"""Copying mobjects quickly, and without copying what never changes in them."""

import copyreg
import types
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
from manim import CapStyleType, LineJointType, ManimColor, Mobject
from manim.mobject.svg.svg_mobject import se

UNCHANGING = (se.Path, ManimColor, type(Path()))
"""Every letter keeps the drawing it was traced from, of some hundred objects, and nobody looks at it again."""

_SHARED = {
    *UNCHANGING,
    *(type(None), bool, int, float, str, bytes, LineJointType, CapStyleType),
    *(types.FunctionType, types.BuiltinFunctionType),
}


@contextmanager
def copies_share() -> Iterator[None]:
    """Have deep copies share colors, file names, and the drawings that letters were traced from.

    Manim copies mobjects all the time; more than half of that is for these. Python asks in `copyreg` how to take an
    object apart, and a name for an answer means that the copy is the object itself. The rest of a mobject is mostly
    numbers, arrays and lists of mobjects, which need not be asked.
    """
    before = {kind: copyreg.dispatch_table.get(kind) for kind in UNCHANGING}
    plain = Mobject.__deepcopy__
    for kind in UNCHANGING:
        copyreg.pickle(kind, _itself)
    Mobject.__deepcopy__ = _copy_mobject
    try:
        yield
    finally:
        Mobject.__deepcopy__ = plain
        for kind, way in before.items():
            if way is None:
                del copyreg.dispatch_table[kind]
            else:
                copyreg.dispatch_table[kind] = way


def _itself(thing: Any) -> str:
    return type(thing).__qualname__


def _copy_mobject(self: Mobject, memo: dict[int, Any]) -> Mobject:
    """Do what Manim's own `__deepcopy__` does."""
    kind: Any = type(self)
    result = kind.__new__(kind)
    memo[id(self)] = result
    plain = kind.__setattr__ is object.__setattr__
    for name, value in vars(self).items():
        copied = value if type(value) in _SHARED else _copy(value, memo)
        if plain:
            result.__dict__[name] = copied
        else:
            setattr(result, name, copied)
    result.original_id = str(id(self))
    return result


def _copy(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind is np.ndarray and not value.dtype.hasobject:
        known = memo.get(id(value))
        if known is None:
            known = memo[id(value)] = value.copy(order="K")
        return known
    if kind is list:
        known = memo.get(id(value))
        if known is None:
            known = memo[id(value)] = []
            for part in value:
                known.append(part if type(part) in _SHARED else _copy(part, memo))
        return known
    if kind is tuple and all(type(part) in _SHARED for part in value):
        return value
    return deepcopy(value, memo)
