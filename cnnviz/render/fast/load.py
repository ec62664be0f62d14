"""Importing Manim, which is most of the wait for a short scene."""

import gc
import sys


def load_manim() -> None:
    """Import Manim, a tenth faster than a plain import.

    Python's collector of cyclic garbage would pass over all that Manim and what it needs create, and again during every
    rendering. None of it is garbage.
    """
    if "manim" in sys.modules:
        return
    enabled = gc.isenabled()
    gc.disable()
    try:
        import manim  # noqa: F401
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
