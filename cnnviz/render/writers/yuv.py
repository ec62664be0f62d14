"""The picture on the screen as movies want it: brightness, and color at half the size."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.pyav import av
from cnnviz.render.writers.screen import Box, Screen

__all__ = ["BT709", "LIMITED", "Yuv", "Yuva"]

BT709 = 1
"""FFmpeg's number for the matrix, the primaries and the transfer of HD television."""

LIMITED = 1
"""FFmpeg's number for brightness from 16 to 235."""

_MARGIN = 8  # pixels around a changed rectangle that the color filter may look at
_GRID = 64  # rectangles are widened to a multiple of so many pixels: a converter is set up anew for every other size
_SIZES = 32  # converters that are kept


class Yuv:
    """Keep a screen's YUV 4:2:0 picture, converting only what changed.

    Players take a movie of this size for BT.709 whatever it says, so that is what it is.
    """

    form = "yuv420p"

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        height, width = screen.pixels.shape
        self.frame: Any = av.VideoFrame(width, height, "yuv420p")
        """The picture, to be copied before it changes."""
        self.frame.colorspace, self.frame.color_range = BT709, LIMITED
        self._converters = lru_cache(maxsize=_SIZES)(lambda size: av.video.reformatter.VideoReformatter())  # noqa: ARG005

    def update(self, box: Box) -> None:
        """Convert a rectangle of the screen again."""
        height, width = self._screen.pixels.shape
        top, left = box[0] & -2, box[1] & -2
        bottom, right = box[2] + 1 & -2, box[3] + 1 & -2
        y0, y1 = _around(top, bottom, height)
        x0, x1 = _around(left, right, width)
        pixels = np.ascontiguousarray(self._screen.pixels[y0:y1, x0:x1])
        source = av.VideoFrame.from_numpy_buffer(pixels.view(np.uint8).reshape(y1 - y0, x1 - x0, 4), "rgba")
        target = self._converters(pixels.shape).reformat(source, format="yuv420p", dst_colorspace=BT709)
        for number, size in enumerate((1, 2, 2)):  # brightness, and two of color at half the size
            rows, columns = slice(top // size, bottom // size), slice(left // size, right // size)
            part = _plane(target, number)[(top - y0) // size :, (left - x0) // size :]
            place = _plane(self.frame, number)[rows, columns]
            place[:] = part[: place.shape[0], : place.shape[1]]

    def copy(self) -> Any:
        """Return the picture as it is now, for an encoder that reads it while the next one is made."""
        frame = av.VideoFrame(self.frame.width, self.frame.height, "yuv420p")
        frame.colorspace, frame.color_range = BT709, LIMITED
        for number in range(3):
            _plane(frame, number)[:] = _plane(self.frame, number)
        return frame


class Yuva:
    """A screen's picture with its alpha, converted as a whole."""

    form = "yuva420p"

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._converter = av.video.reformatter.VideoReformatter()

    def update(self, box: Box) -> None:
        """Take note of nothing: all of it is converted when it is wanted."""

    def copy(self) -> Any:
        """Return the picture as it is now."""
        height, width = self._screen.pixels.shape
        pixels = self._screen.pixels.copy().view(np.uint8).reshape(height, width, 4)
        source = av.VideoFrame.from_ndarray(pixels, "rgba")
        return self._converter.reformat(source, format=self.form, dst_colorspace=BT709, dst_color_range=LIMITED)


def _around(start: int, stop: int, end: int) -> tuple[int, int]:
    """Return an interval of pixels with its margin, as wide as a multiple of the grid where the picture is.

    >>> _around(10, 20, 720), _around(700, 720, 720), _around(10, 20, 40)
    ((2, 66), (656, 720), (0, 40))
    """
    start, stop = max(start - _MARGIN, 0), min(stop + _MARGIN, end)
    wide = min(-((start - stop) // _GRID) * _GRID, end)
    start = min(start, end - wide)
    return start, start + wide


def _plane(frame: Any, number: int) -> npt.NDArray[np.uint8]:
    plane = frame.planes[number]
    return np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
