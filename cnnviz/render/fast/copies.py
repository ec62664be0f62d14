"""Copying mobjects without copying what never changes in them."""

import copyreg
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import ManimColor
from manim.mobject.svg.svg_mobject import se

UNCHANGING = (se.Path, ManimColor, type(Path()))
"""Every letter keeps the drawing it was traced from, of some hundred objects, and nobody looks at it again."""


@contextmanager
def copies_share() -> Iterator[None]:
    """Have deep copies share colors, file names, and the drawings that letters were traced from.

    Manim copies mobjects all the time; more than half of that is for these. Python asks in `copyreg` how to take an
    object apart, and a name for an answer means that the copy is the object itself.
    """
    before = {kind: copyreg.dispatch_table.get(kind) for kind in UNCHANGING}
    for kind in UNCHANGING:
        copyreg.pickle(kind, _itself)
    try:
        yield
    finally:
        for kind, way in before.items():
            if way is None:
                del copyreg.dispatch_table[kind]
            else:
                copyreg.dispatch_table[kind] = way


def _itself(thing: Any) -> str:
    return type(thing).__qualname__
