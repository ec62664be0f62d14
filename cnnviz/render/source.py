"""Files with scenes in them: what they hold, and how they are loaded."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import invalidate_caches
from importlib.machinery import EXTENSION_SUFFIXES, SOURCE_SUFFIXES, ExtensionFileLoader, FileFinder, SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from cnnviz.errors import InputError, RenderError
from cnnviz.render.kept.inputs import foreign
from cnnviz.render.trouble import uninterrupted

__all__ = [
    "beside",
    "check_file",
    "classes_in",
    "has_neighbors",
    "load_manim_for",
    "load_scene",
    "maybe_several",
    "real_scenes",
]


def check_file(path: Path) -> None:
    """Look whether there is such a file.

    Raises
    ------
    InputError
        If the file is missing.
    """
    if not path.is_file():
        raise InputError(f"render: expected a Python file with a Manim scene, but {path} does not exist")


def load_manim_for(path: Path) -> None:
    """Load Manim, which takes a second, if there is a file to use it for.

    Raises
    ------
    InputError
        If the file is missing.
    """
    check_file(path)
    with uninterrupted():
        from cnnviz.render.fast import load_manim

        load_manim()


class _Unwritten(SourceFileLoader):
    """Imports a file and leaves nothing beside it, as Python would: the folder is somebody's own."""

    def set_data(self, path: str, data: Any, *, _mode: int = 0o666) -> None:
        """Keep no compiled form."""


@contextmanager
def beside(path: Path) -> Iterator[None]:
    """Let a file import what lies beside it, as a script may, and forget those modules afterwards.

    Modules of the same names that lie elsewhere make room meanwhile, so that each file gets its own.
    """
    folder = path.resolve().parent
    names = {item.stem for item in folder.glob("*.py")} | {item.parent.name for item in folder.glob("*/__init__.py")}
    away = {name: module for name, module in sys.modules.items() if _lies_in(name, module, names)}
    for name in away:
        del sys.modules[name]
    before = set(sys.modules)

    def finder(path: str) -> FileFinder:
        if not Path(path).is_relative_to(folder):
            raise ImportError(path)
        return FileFinder(path, (ExtensionFileLoader, EXTENSION_SUFFIXES), (_Unwritten, SOURCE_SUFFIXES))

    sys.path.insert(0, str(folder))
    sys.path_hooks.insert(0, finder)
    sys.path_importer_cache.pop(str(folder), None)
    invalidate_caches()
    try:
        yield
    finally:
        sys.path_hooks.remove(finder)
        for place in [place for place in sys.path_importer_cache if Path(place).is_relative_to(folder)]:
            del sys.path_importer_cache[place]
        if str(folder) in sys.path:
            sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if _lies_in(name, sys.modules[name], names):
                del sys.modules[name]
        sys.modules.update(away)


def load_scene(path: Path, class_name: str | None = None) -> type[Any]:
    """Import a scene file by its path, as Manim does, and return its scene class.

    Raises
    ------
    InputError
        If the file is missing, holds no scene, or several and none was named.
    RenderError
        If the file cannot be imported.
    """
    found = classes_in(path)
    if class_name is None and len(real := _real(found) if len(found) > 1 else [*found.values()]) == 1:
        return real[0]
    if class_name in found:
        return found[class_name]
    names = ", ".join(found) or "none"
    raise InputError(f"render: expected the name of one scene in {path.name} (as FILE.py:Class); it has {names}")


def classes_in(path: Path) -> dict[str, type[Any]]:
    """Import a scene file and return the scene classes that it defines.

    Raises
    ------
    InputError, RenderError
        As `load_scene` does.
    """
    load_manim_for(path)
    from manim import Scene

    name = f"cnnviz_scene_{path.stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"render: expected a Python file (.py) with a Manim scene, got {path.name}")
    spec.loader = _Unwritten(name, str(spec.origin))
    module = sys.modules[spec.name] = module_from_spec(spec)  # where dataclasses and tracebacks look for it
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise RenderError(f"render: {path.name} cannot be imported: {type(error).__name__}: {error}") from error
    return {
        name: item
        for name, item in vars(module).items()
        if inspect.isclass(item) and issubclass(item, Scene) and item.__module__ == module.__name__
    }


def has_neighbors(path: Path) -> bool:
    """Tell whether other modules lie beside a file, which it may import."""
    return any(item.suffix == ".py" and item.name != path.name for item in path.resolve().parent.glob("*.py"))


def maybe_several(path: Path) -> bool:
    """Tell without running it whether a file may hold several scenes: whether it defines several classes."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False
    return sum(isinstance(node, ast.ClassDef) for node in ast.walk(tree)) > 1


def real_scenes(path: Path) -> list[str]:
    """Import a file and return the names of its scenes that show something, those that others build on left out."""
    return [scene.__name__ for scene in _real(classes_in(path))]


def _real(found: dict[str, type[Any]]) -> list[type[Any]]:
    """Return the scenes that tell something: those with a `construct` of their own, and heirs that nobody builds on."""
    from manim import Scene

    classes = dict.fromkeys(found.values())
    parents = {base for each in classes for base in each.__mro__[1:]}
    telling = [each for each in classes if each.construct is not Scene.construct]
    return [each for each in telling if "construct" in vars(each) or each not in parents]


def _lies_in(name: str, module: Any, names: set[str]) -> bool:
    """Tell whether a module has one of these names, or belongs to a package of such a name, and is somebody's own."""
    file = getattr(module, "__file__", None)
    return name != "__main__" and name.partition(".")[0] in names and isinstance(file, str) and foreign(file)
