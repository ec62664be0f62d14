"""How large and how smooth a clip is, and what it gives up to fit into a number of bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from cnnviz.errors import OptionError, RenderError

__all__ = ["Look", "byte_count", "fit"]

RATES = (20, 12.5, 10, 8)  # frames a second; each divides a hundred, as the delays of a GIF must
COLORS = (128, 64, 32)
NARROWEST = 320
SMALLEST = 1000  # bytes
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


@dataclass(frozen=True)
class Look:
    """Pixels, frames a second, and for a GIF the most colors its palette may have.

    ``frame`` is what is in sight, in Manim's units, None for what the scene itself says; ``speed`` is how fast the
    scene plays, and where it is ``transparent`` nothing stands behind it.
    """

    width: int
    height: int
    fps: float
    colors: int | None = None
    frame: tuple[float, float] | None = None
    speed: float = 1.0
    transparent: bool = False

    @property
    def pace(self) -> float:
        """Frames for a second of the scene's own time."""
        return self.fps / self.speed

    def __str__(self) -> str:
        colors = f", {self.colors} colors" if self.colors else ""
        return f"{self.width}x{self.height} at {self.fps:g} frames a second{colors}"


def byte_count(size: str | int) -> int:
    """Read a number of bytes: ``2MB``, ``500 kB``, ``1.5MiB`` or an integer.

    Examples
    --------
    >>> byte_count("2MB"), byte_count("1.5 MiB"), byte_count(5000)
    (2000000, 1572864, 5000)

    Raises
    ------
    OptionError
        If it is no size, or one that no clip fits into.
    """
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,9})?)\s*([kmg]?i?b?)", str(size).strip().lower())
    unit = match[2] if match else "?"
    factor = _UNITS.get(unit if unit.endswith("b") or not unit else f"{unit}b")
    count = round(float(match[1]) * factor) if match and factor else 0
    if count < SMALLEST:
        raise OptionError(f"max-size: expected {SMALLEST} bytes or more, such as 2MB or 500kB, got {str(size)!r}")
    return count


def fit(start: Look, limit: int, make: Callable[[Look], int], *, palette: bool) -> tuple[Look, str]:
    """Make a clip, and make it again with fewer frames, then smaller, then with fewer colors, until it fits.

    Parameters
    ----------
    start : Look
        How it is wanted.
    limit : int
        Bytes it may have.
    make : callable
        Makes the clip with a look and returns its bytes; the last call made the one to keep.
    palette : bool
        Whether the format has a number of colors to lower.

    Returns
    -------
    look, note
        How the clip came out, and a sentence that says what was given up; empty if nothing was.

    Raises
    ------
    RenderError
        If the clip is too large even so.

    Examples
    --------
    >>> fit(Look(640, 360, 20), 900, lambda look: int(50 * look.fps), palette=True)
    (Look(width=640, height=360, fps=12.5, colors=None, ...), 'fewer frames to fit into 900 bytes: 640x360 at 12.5 ...')
    """
    look, size = start, make(start)
    if size <= limit:
        return look, ""
    for rate in (rate for rate in RATES if rate < start.fps):
        # The size falls at most as fast as the rate: pass over those that cannot do.
        if size * rate / look.fps > limit and rate != RATES[-1]:
            continue
        look = replace(look, fps=rate)
        size = make(look)
        if size <= limit:
            return look, _note(start, look, limit)
    while look.width > NARROWEST and size > limit:
        look = _narrower(look, math.sqrt(limit / size))
        size = make(look)
    for colors in COLORS if palette else ():
        if size <= limit:
            break
        look = replace(look, colors=colors)
        size = make(look)
    if size > limit:
        raise RenderError(
            f"max-size: expected at most {limit} bytes, got {size} even with {look}; allow more, or take another format"
        )
    return look, _note(start, look, limit)


def _narrower(look: Look, share: float) -> Look:
    """Scale a look by ``share``, by a tenth at least and to a half at most, its sizes even as movies want them."""
    width = max(NARROWEST, 2 * int(look.width * min(max(share, 0.5), 0.9) / 2))
    return replace(look, width=width, height=2 * round(width * look.height / look.width / 2))


def _note(start: Look, look: Look, limit: int) -> str:
    given_up = {
        "fewer frames": look.fps < start.fps,
        "smaller": look.width < start.width,
        "fewer colors": look.colors != start.colors,
    }
    return f"{', '.join(what for what, true in given_up.items() if true)} to fit into {limit} bytes: {look}"
