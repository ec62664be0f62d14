"""Frames on their way from the process that draws them to the one that writes the file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Recorder", "replay"]

Frame = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]

_HEAD = struct.Struct("<I4H?I")  # frames, box, is that all that is known to have changed, bytes that follow


class Recorder:
    """A sink that gives away the frames of each block as bytes, when it is complete.

    Examples
    --------
    >>> frame = np.zeros((2, 3, 4), np.uint8)
    >>> reels = {}
    >>> recorder = Recorder(reels.__setitem__)
    >>> recorder.begin(4)
    >>> recorder.write(frame, 2, None)
    >>> frame[1, 2] = 9
    >>> recorder.write(frame, 1, (1, 2, 2, 3))
    >>> recorder.end()
    >>> class Show:
    ...     def write(self, frame, frames, box):
    ...         print(frame[..., 0].tolist(), frames, box)
    >>> replay(reels[4], np.empty((2, 3, 4), np.uint8), Show())
    [[0, 0, 0], [0, 0, 0]] 2 None
    [[0, 0, 0], [0, 0, 9]] 1 (1, 2, 2, 3)
    """

    def __init__(self, emit: Callable[[int, bytes], None]) -> None:
        self._emit = emit
        self._block: int | None = None
        self._records: list[bytes] = []

    def begin(self, block: int) -> None:
        """Give away the block before, and take the frames that follow as those of the next one."""
        self.end()
        self._block = block

    def write(self, frame: Frame, frames: int, box: Box | None) -> None:
        """Take a picture."""
        place = box or (0, 0, *frame.shape[:2])
        top, left, bottom, right = place
        pixels = zlib.compress(np.ascontiguousarray(frame[top:bottom, left:right]).data, 1)
        self._records.append(_HEAD.pack(frames, *place, box is not None, len(pixels)) + pixels)

    def end(self) -> None:
        """Give away the last block."""
        if self._block is not None:
            self._emit(self._block, b"".join(self._records))
        self._block, self._records = None, []


def replay(reel: bytes, screen: Frame, sink: Any) -> None:
    """Show the pictures of a block on a screen, and each of them to a sink."""
    at = 0
    while at < len(reel):
        frames, top, left, bottom, right, known, size = _HEAD.unpack_from(reel, at)
        at += _HEAD.size
        part = screen[top:bottom, left:right]
        part[:] = np.frombuffer(zlib.decompress(reel[at : at + size]), np.uint8).reshape(part.shape)
        at += size
        sink.write(screen, frames, (top, left, bottom, right) if known else None)
