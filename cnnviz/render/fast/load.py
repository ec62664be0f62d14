"""Importing Manim, which is most of the wait for a short scene."""

import gc
import sys

from cnnviz.render.fast.later import later


def load_manim() -> None:
    """Import Manim, in half of the time that a plain import takes.

    Python's collector of cyclic garbage would pass over all that Manim and what it needs create, and again during every
    rendering. None of it is garbage. And what few scenes use is left for those.
    """
    if "manim" in sys.modules:
        return
    enabled = gc.isenabled()
    gc.disable()
    try:
        with later():
            import manim  # noqa: F401
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
