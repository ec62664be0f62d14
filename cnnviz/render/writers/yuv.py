"""The picture on the screen as movies want it: brightness, and color at half the size."""

from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import VideoReformatter

from cnnviz.render.writers.screen import Box, Screen

__all__ = ["BT709", "LIMITED", "Yuv"]

BT709 = 1
"""FFmpeg's number for the matrix, the primaries and the transfer of HD television."""

LIMITED = 1
"""FFmpeg's number for brightness from 16 to 235."""

_MARGIN = 8  # pixels around a changed rectangle that the color filter may look at


class Yuv:
    """Keep a screen's YUV 4:2:0 picture, converting only what changed.

    Players take a movie of this size for BT.709 whatever it says, so that is what it is.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        height, width = screen.pixels.shape
        self._planes = np.zeros((height * 3 // 2, width), np.uint8)
        half = height * width // 4
        flat = self._planes.reshape(-1)
        self._y = self._planes[:height]
        self._u = flat[4 * half : 5 * half].reshape(height // 2, width // 2)
        self._v = flat[5 * half :].reshape(height // 2, width // 2)
        self._converter = VideoReformatter()

    def update(self, box: Box) -> None:
        """Convert a rectangle of the screen again."""
        height, width = self._y.shape
        top, left = box[0] & -2, box[1] & -2
        bottom, right = box[2] + 1 & -2, box[3] + 1 & -2
        y0, x0 = max(top - _MARGIN, 0), max(left - _MARGIN, 0)
        y1, x1 = min(bottom + _MARGIN, height), min(right + _MARGIN, width)
        pixels = np.ascontiguousarray(self._screen.pixels[y0:y1, x0:x1])
        source = av.VideoFrame.from_numpy_buffer(pixels.view(np.uint8).reshape(y1 - y0, x1 - x0, 4), "rgba")
        target = self._converter.reformat(source, format="yuv420p", dst_colorspace=BT709)
        rows, columns = slice(top - y0, bottom - y0), slice(left - x0, right - x0)
        self._y[top:bottom, left:right] = _plane(target, 0)[rows, columns]
        rows, columns = slice((top - y0) // 2, (bottom - y0) // 2), slice((left - x0) // 2, (right - x0) // 2)
        for plane, number in ((self._u, 1), (self._v, 2)):
            plane[top // 2 : bottom // 2, left // 2 : right // 2] = _plane(target, number)[rows, columns]

    def frame(self) -> Any:
        """Return a copy of the picture as a frame for an encoder."""
        frame = av.VideoFrame.from_numpy_buffer(self._planes, "yuv420p")
        frame.colorspace, frame.color_range = BT709, LIMITED
        return frame


def _plane(frame: Any, number: int) -> npt.NDArray[np.uint8]:
    plane = frame.planes[number]
    return np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]
