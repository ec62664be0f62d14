"""Picture sizes and frame rates, by name."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviz.errors import OptionError

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


def frame_size(
    quality: str, *, gif: bool, width: int | None = None, fps: float | None = None
) -> tuple[int, int, float]:
    """Return (width, height, fps) for a quality, with a width or rate of the user's in its place.

    Examples
    --------
    >>> frame_size("web", gif=True)
    (1280, 720, 20)
    >>> frame_size("web", gif=True, width=640, fps=15)
    (640, 360, 15)

    Raises
    ------
    OptionError
        If the quality is unknown, or width or rate are out of range.
    """
    if quality not in QUALITIES:
        raise OptionError(f"quality: expected one of {', '.join(QUALITIES)}, got {quality!r}")
    chosen = QUALITIES[quality]
    rate = fps if fps is not None else chosen.gif_fps if gif else chosen.fps
    if not RATES[0] <= rate <= RATES[1]:
        raise OptionError(f"fps: expected {RATES[0]:g} to {RATES[1]:g} frames a second, got {rate:g}")
    if width is None:
        return chosen.width, chosen.height, rate
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        raise OptionError(f"width: expected {WIDTHS[0]} to {WIDTHS[1]} pixels, got {width}")
    even = width - width % 2
    return even, 2 * round(even * 9 / 32), rate
