"""A library that is loaded when something of it is used first."""

import importlib
import sys
from functools import reduce
from types import ModuleType
from typing import Any

__all__ = ["Library"]


class Library(ModuleType):
    """Has what the library has. While it stands in the library's place, it has every name that somebody imports."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is not self:
            return getattr(importlib.import_module(self.__name__), name)
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
