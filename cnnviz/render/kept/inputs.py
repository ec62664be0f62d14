"""Which files a scene read, so that a clip kept from earlier is known to be out of date when one of them changed."""

from __future__ import annotations

import hashlib
import os
import site
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from cnnviz.stage import fallback

__all__ = ["FONTS", "Inputs", "digest", "foreign", "noticed"]

FONTS = "the fonts of this machine"
"""Stands among the files where a scene needed characters that our font lacks."""

_BEGUN = time.time_ns()
_OWN = str(Path(__file__).resolve().parents[2])
_PASSING = ("cnnviz-room-", ".cnnviz-", "__pycache__")  # our own temporary files, and what Python keeps of modules
_listeners: list[set[str]] = []


class Inputs:
    """Files by the paths under which they were opened, so that relative ones mean what they mean in the folder of the
    moment; a file that was looked for and not found counts too.
    """  # noqa: D205

    def __init__(self, *known: Path) -> None:
        self._paths = {str(path) for path in known}
        self._since = time.time_ns()

    def digests(self) -> dict[str, str | None] | None:
        """Return a checksum for each file, or None if one was written while the scene ran and so may be another now."""
        modules = _modules()
        if any(_written(path) > self._since for path in self._paths) or any(
            _written(path) > _BEGUN for path in modules
        ):
            return None
        fonts = {FONTS} if fallback.lacking() else set()
        return {path: digest(path) for path in sorted(self._paths | modules | fonts)}


@contextmanager
def noticed(*known: Path) -> Iterator[Inputs]:
    """Notice what is opened for reading in this process meanwhile; what is ``known`` to matter counts in any case.

    Examples
    --------
    >>> note = getfixture("tmp_path") / "note.txt"
    >>> _ = note.write_text("hello")
    >>> with noticed() as inputs:
    ...     _ = note.read_text()
    >>> str(note) in inputs._paths
    True
    """
    _listen()
    inputs = Inputs(*known)
    _listeners.append(inputs._paths)
    try:
        yield inputs
    finally:
        # By identity: two sets of the same paths are equal.
        _listeners[:] = [paths for paths in _listeners if paths is not inputs._paths]
        # Modules that lie beside the scene are forgotten after it, so what was read of them is noted now.
        inputs._paths = {path for path in inputs._paths | _modules() if foreign(path)}


def digest(path: str | Path) -> str | None:
    """Return the SHA-256 of a file, or None where there is none to read; of ``FONTS``, what fonts this machine has."""
    if path == FONTS:
        return fallback.installed()
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


@cache
def _listen() -> None:
    """Ask Python to say what it opens; such a request cannot be withdrawn, so there is one for the whole process."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and _listeners:
            path, _, flags = arguments
            if isinstance(path, (str, bytes)) and not (flags or 0) & (os.O_WRONLY | os.O_RDWR):
                for paths in _listeners:
                    paths.add(os.fsdecode(path))

    sys.addaudithook(hear)


@cache
def _installed() -> tuple[str, ...]:
    """Return the folders whose contents the versions of packages tell: Python, site-packages, and our own package."""
    python = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders = {*python, *site.getsitepackages(), site.getusersitepackages(), _OWN, "/proc", "/sys"}
    return tuple(form + os.sep for folder in sorted(folders) for form in {folder, os.path.realpath(folder)})


def foreign(path: str) -> bool:
    """Tell whether a file is neither Python's nor a package's nor ours."""
    return not path.startswith(_installed()) and not any(part in path for part in _PASSING)


def _modules() -> set[str]:
    """Return the source files of the modules that are neither Python's nor a package's nor ours, nor scene files.

    Those were perhaps imported before anybody noticed.
    """
    modules = [module for name, module in list(sys.modules.items()) if not name.startswith("cnnviz_scene_")]
    files = {getattr(module, "__file__", None) for module in modules}
    return {file for file in files if isinstance(file, str) and file.endswith(".py") and foreign(file)}


def _written(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except (OSError, ValueError):
        return 0
