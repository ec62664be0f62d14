"""Manim's global settings, lent to one rendering at a time."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

import numpy as np

__all__ = ["borrowed"]

_MANIM = RLock()


@contextmanager
def borrowed(**settings: Any) -> Iterator[None]:
    """Have Manim's settings for oneself, changed as told; they and the random numbers are as before afterwards.

    Manim's own `tempconfig` sets the renderer anew each time, which gives a hundred classes new bases.
    """
    from manim import config

    with _MANIM:
        before, renderer, template = dict(config._d), config.renderer, config.tex_template
        python, legacy = random.getstate(), np.random.get_state()  # noqa: NPY002 -- Manim seeds numpy's global numbers
        verbosity = config.verbosity
        try:
            for name, value in settings.items():
                setattr(config, name, value)
            yield
        finally:
            random.setstate(python)
            np.random.set_state(legacy)  # noqa: NPY002
            if config.renderer is not renderer:
                config.renderer = renderer
            if config.verbosity != verbosity:
                config.verbosity = verbosity
            config.tex_template = template
            config._d.clear()
            config._d.update(before)
