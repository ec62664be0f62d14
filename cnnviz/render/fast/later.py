"""What Manim imports at its start and few scenes use: imported when it is used first."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from types import ModuleType
from typing import Any

from cnnviz.render.fast.turn import Rotation

TURNS, LATER = "scipy.spatial.transform", ("networkx", "bs4")
"""Turns in space, graphs and colored source code take half of Manim's import."""


@contextmanager
def later() -> Iterator[None]:
    """Let what is imported meanwhile have stand-ins for these libraries; who imports them afterwards gets themselves.

    IPython seems to be missing, unless somebody works in it: Manim would offer it its magic.
    """
    turns = ModuleType(TURNS)
    turns.Rotation = Rotation  # type: ignore[attr-defined]
    standing = {name: _Library(name) for name in LATER} | {TURNS: turns, "IPython": None}
    standing = {name: library for name, library in standing.items() if name not in sys.modules}
    sys.modules.update(standing)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]


class _Library(ModuleType):
    """Has every name that somebody asks for."""

    def __getattr__(self, name: str) -> "_Name":
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(self.__name__, name)


class _Name:
    """A function, class or module of a library, which is looked up when it is called or asked for its instances."""

    def __init__(self, library: str, *names: str) -> None:
        self._library, self._names = library, names

    def __getattr__(self, name: str) -> "_Name":
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(self._library, *self._names, name)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._itself()(*arguments, **options)

    def __instancecheck__(self, thing: Any) -> bool:
        return isinstance(thing, self._itself())

    def _itself(self) -> Any:
        return reduce(getattr, self._names, importlib.import_module(self._library))
