"""The blocks of a GIF file: how they are written, and read back."""

import struct
from mmap import mmap
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.lzw import compress

__all__ = ["FASTEST", "GifStream", "delays"]

FASTEST = 2
"""Hundredths of a second; what is shorter, browsers play at ten pictures per second."""

_LONGEST = 0xFFFF
_FOREVER = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"

Indices = npt.NDArray[np.uint8]


class GifStream:
    """Write a header, then pictures: rectangles of palette indices, each with the time at which it is first seen.

    Parameters
    ----------
    table
        Red green blue of every entry, at most 256.
    clear
        Is entry 0 transparent, which means "as before"?
    dispose
        Clear a picture before the next one is shown.
    """

    def __init__(self, file: BinaryIO, width: int, height: int, table: bytes, *, clear: bool, dispose: bool) -> None:
        bits = max(1, (len(table) // 3 - 1).bit_length())
        file.write(
            b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF0 | bits - 1, 0, 0) + table.ljust(3 << bits, b"\0")
        )
        file.write(_FOREVER)
        self._file, self._clear, self._dispose = file, clear, 8 if dispose else 4
        self._last = b""  # written when it is known how long it stays
        self._since = 0
        self.pictures = 0

    def show(self, left: int, top: int, pixels: Indices, *, at: int, patch: Indices | None = None) -> None:
        """Show a rectangle from `at` on, in hundredths of a second.

        Parameters
        ----------
        pixels
            What is to be seen there, (h, w).
        patch
            The same with 0 where nothing changed. Of the two the one that makes the smaller file is taken.
        """
        self._flush(at)
        height, width = pixels.shape
        if patch is None:
            data = compress(pixels)
        else:
            data = compress(patch)
            if _breaks(pixels) < _breaks(patch):
                data = min(data, compress(pixels), key=len)
        self._last, self._since = b"," + struct.pack("<4HB", left, top, width, height, 0) + data, at

    def end(self, at: int) -> None:
        """Let the last picture stay until `at`, and end the file."""
        self._flush(max(at, self._since + FASTEST))
        self._file.write(b";")

    def _flush(self, until: int) -> None:
        delay, picture = until - self._since, self._last
        while picture:
            part = min(delay, _LONGEST)
            if 0 < delay - part < FASTEST:
                part -= FASTEST
            self._file.write(b"!\xf9\x04" + struct.pack("<BHBB", self._dispose | self._clear, part, 0, 0) + picture)
            self.pictures += 1
            delay -= part
            picture = picture if delay else b""  # a pause that one delay cannot hold: the same picture again


def _breaks(pixels: Indices) -> int:
    """Count the places where a pixel differs from its left neighbor: a cheap guess at the compressed size."""
    return int(np.count_nonzero(pixels[:, 1:] != pixels[:, :-1]))


def delays(data: bytes | mmap) -> list[int]:
    """Walk over the blocks of a GIF file and return the delay of each picture, in hundredths of a second.

    Raises
    ------
    ValueError
        If a block is cut short or unknown.
    """
    if data[:6] != b"GIF89a":
        raise ValueError("no GIF header")
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    found, delay = [], 0
    try:
        while (kind := data[at]) != 0x3B:
            if kind == 0x21:
                if data[at + 1] == 0xF9:
                    (delay,) = struct.unpack_from("<H", data, at + 4)
                at += 2
            elif kind == 0x2C:
                found.append(delay)
                at += 11 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0)
            else:
                raise ValueError(f"no block begins with {kind:#04x}")
            while data[at]:
                at += data[at] + 1
            at += 1
    except (IndexError, struct.error):
        raise ValueError("the file is cut short") from None
    if at + 1 != len(data):
        raise ValueError("bytes after the end")
    return found
