"""Where finished frames go, one after the other."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

Frame = npt.NDArray[np.uint8]
"""Pixels of one picture, ``(height, width, 4)`` RGBA, rows from the top."""

Box = tuple[int, int, int, int]
"""A rectangle of pixels: top, left, bottom, right; bottom and right lie outside."""


class FrameSink(Protocol):
    """Anything that takes the frames of a scene: a GIF, a movie, a list in a test."""

    def write(self, frame: Frame, frames: int, box: Box | None) -> None:
        """Take one picture and how long it stays.

        Parameters
        ----------
        frame
            The pixels, ``(height, width, 4)`` RGBA. The array belongs to the renderer and changes after the call:
            copy what is to be kept.
        frames
            For how many frame periods the picture stays, at least 1.
        box
            The rectangle outside of which the picture equals the one before; None where that is not known, as for the
            first picture.
        """
