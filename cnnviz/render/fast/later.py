"""What Manim imports at its start and few scenes use: imported when it is used first."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from cnnviz.render.fast.turn import Rotation
from cnnviz.render.library import Library

TURNS, LATER = "scipy.spatial.transform", ("av", "networkx", "bs4", "isosurfaces")
"""Turns in space, movies, graphs, colored source code and surfaces take more than half of Manim's import."""


@contextmanager
def later() -> Iterator[None]:
    """Let what is imported meanwhile have stand-ins for these libraries; who imports them afterwards gets themselves.

    IPython seems to be missing, unless somebody works in it: Manim would offer it its magic.
    """
    turns = ModuleType(TURNS)
    turns.Rotation = Rotation  # type: ignore[attr-defined]
    standing = {name: Library(name) for name in LATER} | {TURNS: turns, "IPython": None}
    standing = {name: library for name, library in standing.items() if name not in sys.modules}
    sys.modules.update(standing)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]
