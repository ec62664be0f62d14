"""The frame, its regions and its type sizes, in one place.

The frame is Manim's: 14 2/9 x 8 units, x to the right, y up, the origin in the middle; one unit is 90 pixels at 720p.
"""

from __future__ import annotations

from dataclasses import dataclass

FRAME_WIDTH, FRAME_HEIGHT = 128 / 9, 8.0
MARGIN = 0.45
PIXELS_PER_UNIT = 90.0  # at 720p, the size in which type is given

LEFT, RIGHT = -FRAME_WIDTH / 2 + MARGIN, FRAME_WIDTH / 2 - MARGIN
TITLE_Y = 3.27
STAGE_TOP, STAGE_BOTTOM = 2.62, -2.55
CAPTION_Y = -3.12
PROGRESS_Y = -3.74

LARGEST_CELL = 1.05  # side of a cell, in units, however much room there is

# Type sizes in pixels at 720p.
TITLE, SUBTITLE, CAPTION, LABEL, TERM, RESULT, CRUMB, NOTE, SMALLEST = 42, 25, 28, 25, 24, 40, 23, 19, 16


@dataclass(frozen=True)
class Box:
    """An upright rectangle of the frame, in units."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of_pixels(cls, left: float, top: float, right: float, bottom: float) -> Box:
        """Make a box from its sides in a picture of 1280 x 720 pixels, counted from the upper left corner.

        Examples
        --------
        >>> Box.of_pixels(640, 360, 730, 405)
        Box(left=0.0, bottom=-0.5, right=1.0, top=0.0)
        """
        return cls(*pixel(left, bottom), *pixel(right, top))

    @property
    def width(self) -> float:
        """Width in units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in units."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        """The point in the middle, (x, y)."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The corners, (x, y): lower left, right, up, left."""
        return [(self.left, self.bottom), (self.right, self.bottom), (self.right, self.top), (self.left, self.top)]


def units(pixels: float) -> float:
    """Convert pixels at 720p to units of the frame."""
    return pixels / PIXELS_PER_UNIT


def pixel(x: float, y: float) -> tuple[float, float]:
    """Return the point at a pixel of a picture of 1280 x 720, counted from the upper left corner.

    >>> pixel(730, 315)
    (1.0, 0.5)
    """
    return units(x - 640), units(360 - y)


def on_title_baseline(pixels: float) -> float:
    """Return the y at which text of another size stands on the title's baseline (the font's capitals are 8/11 em)."""
    return TITLE_Y - units(TITLE - pixels) * 4 / 11
