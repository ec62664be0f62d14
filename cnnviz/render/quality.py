"""Picture sizes and frame rates, by name."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.errors import OptionError

DEFAULT = "web"
WIDTHS = (160, 3840)
RATES = (1.0, 60.0)


@dataclass(frozen=True)
class Quality:
    """Width and height in pixels, frames a second for a video, and for a GIF.

    GIF delays are hundredths of a second, and its pictures are small because little changes from one to the next, so
    its rates are lower and divide a hundred.
    """

    width: int
    height: int
    fps: float
    gif_fps: float


QUALITIES = {
    "draft": Quality(854, 480, 15, 10),
    "web": Quality(1280, 720, 30, 20),
    "film": Quality(1920, 1080, 60, 25),
}


ASPECTS = {"16:9": (128 / 9, 8.0), "4:3": (32 / 3, 8.0), "1:1": (10.0, 10.0), "9:16": (8.0, 128 / 9)}
"""Width and height of a frame, in Manim's units."""

USUAL = "16:9"


def frame_size(
    quality: str | None,
    *,
    gif: bool,
    width: int | None = None,
    fps: float | None = None,
    aspect: str | None = None,
) -> tuple[int, int, float]:
    """Return (width, height, fps) for a quality, with a width, a rate or an aspect of the user's in its place.

    Whatever the aspect, the shorter side has the pixels of the quality's height.

    Examples
    --------
    >>> frame_size("web", gif=True)
    (1280, 720, 20)
    >>> frame_size("web", gif=True, width=640, fps=15)
    (640, 360, 15)
    >>> [frame_size("web", gif=True, aspect=aspect)[:2] for aspect in ("4:3", "1:1", "9:16")]
    [(960, 720), (720, 720), (720, 1280)]

    Raises
    ------
    OptionError
        If quality or aspect are unknown, or width or rate are out of range.
    """
    quality = DEFAULT if quality is None else quality
    aspect = USUAL if aspect is None else aspect
    if quality not in QUALITIES:
        raise OptionError(f"quality: expected one of {', '.join(QUALITIES)}, got {quality!r}")
    if aspect not in ASPECTS:
        raise OptionError(f"aspect: expected one of {', '.join(ASPECTS)}, got {aspect!r}")
    chosen = QUALITIES[quality]
    rate = fps if fps is not None else chosen.gif_fps if gif else chosen.fps
    if not RATES[0] <= rate <= RATES[1]:
        raise OptionError(f"fps: expected {RATES[0]:g} to {RATES[1]:g} frames a second, got {rate:g}")
    if width is None:
        sizes = {USUAL: (chosen.width, chosen.height), "9:16": (chosen.height, chosen.width)}
        across, down = ASPECTS[aspect]
        return *sizes.get(aspect, (round(chosen.height * across / down), chosen.height)), rate
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        raise OptionError(f"width: expected {WIDTHS[0]} to {WIDTHS[1]} pixels, got {width}")
    even = width - width % 2
    across, down = ASPECTS[aspect]
    return even, 2 * round(even * down / across / 2), rate
