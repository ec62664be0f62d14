"""Where numbers land in grids, and the soft sound of it, as samples and as the file that Manim plays."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.stage.pictures.grid import Grid

RATE = 48_000  # samples a second
TICK = Path(__file__).parent / "sounds" / "tick.wav"
APART = 0.09  # seconds between two of them at least: faster ones are one rustle

_SECONDS, _PITCH, _OVERTONE = 0.08, 1046.5, 0.35
_SWELL, _FADE, _LOUDNESS = 0.002, 0.016, 0.16


def samples() -> NDArray[np.int16]:
    """Return what `TICK` holds: a high C and its octave, there at once and soon gone.

    >>> samples().shape, int(abs(samples()).max()) < 6000
    ((3840,), True)
    """
    time = np.arange(round(_SECONDS * RATE)) / RATE
    tone = np.sin(2 * np.pi * _PITCH * time) + _OVERTONE * np.sin(4 * np.pi * _PITCH * time)
    return np.rint(32767 * _LOUDNESS * tone * np.minimum(time / _SWELL, 1.0) * np.exp(-time / _FADE)).astype(np.int16)


class Landings:
    """Notice when cells of a grid are filled that were empty before."""

    def __init__(self) -> None:
        self._filled: dict[Grid, int] = {}
        self._last = -APART

    def heard(self, mobjects: Iterable[Any], time: float) -> bool:
        """Say whether there is something to hear: a number has landed since the last call, and not too soon."""
        family = (part for mobject in mobjects for part in mobject.get_family())
        filled = {part: len(part.shown) for part in family if isinstance(part, Grid)}
        landed = any(count > self._filled.get(grid, count) for grid, count in filled.items())
        self._filled = filled
        if not landed or time - self._last < APART:
            return False
        self._last = time
        return True
