"""Animated WebP: exact, and the smallest of the formats that are."""

import io
import struct
from collections.abc import Iterator
from fractions import Fraction
from mmap import mmap
from pathlib import Path

import numpy as np
from PIL import Image

from cnnviz.render.writers.base import Clip, Facts, mapped
from cnnviz.render.writers.patches import PatchWriter
from cnnviz.render.writers.screen import Words

__all__ = ["WebpWriter"]

_ANIMATED, _ALPHA = 0x02, 0x10
_INSTEAD = b"\x02"  # of the pixels before, not over them
_LONGEST = (1 << 24) - 1  # milliseconds


class WebpWriter(PatchWriter):
    """Write patches as lossless frames of a WebP file.

    Delays are milliseconds; the rounding error is carried forward.
    """

    name = "webp"
    tolerance = Fraction(1, 1000)

    def __init__(self, path: Path, clip: Clip) -> None:
        super().__init__(path, clip)
        extended = struct.pack("<I", _ANIMATED | _ALPHA) + _u24(clip.width - 1) + _u24(clip.height - 1)
        self._file.write(b"RIFF\0\0\0\0WEBP" + _chunk(b"VP8X", extended))
        self._file.write(_chunk(b"ANIM", struct.pack("<IH", 0, 0)))  # clear behind, for ever

    def _read(self) -> Facts:
        with Image.open(self.path) as image:
            image.load()
            width, height, pictures = *image.size, getattr(image, "n_frames", 1)
        with mapped(self.path) as file:
            return Facts(width, height, pictures, Fraction(sum(_durations(file)), 1000))

    def _put(self, left: int, top: int, patch: Words, start: int, end: int) -> None:
        patch = np.pad(patch, ((top % 2, 0), (left % 2, 0)))  # places are even
        height, width = patch.shape
        buffer = io.BytesIO()
        Image.fromarray(patch.view(np.uint8).reshape(height, width, 4)).save(
            buffer, "WEBP", lossless=True, quality=50, method=1, exact=self.clip.transparent
        )
        how = _INSTEAD if self.clip.transparent else b"\0"
        place = b"".join(map(_u24, (left // 2, top // 2, width - 1, height - 1)))
        now, until = self._milliseconds(start), self._milliseconds(end)
        while now < until:
            delay = min(until - now, _LONGEST)
            self._file.write(_chunk(b"ANMF", place + _u24(delay) + how + _bitstream(buffer.getvalue())))
            self.pictures += 1
            now += delay

    def _complete(self) -> None:
        size = self._file.tell() - 8
        self._file.seek(4)
        self._file.write(struct.pack("<I", size))

    def _milliseconds(self, frame: int) -> int:
        return round(frame * 1000 / self.clip.fps)


def _u24(value: int) -> bytes:
    return struct.pack("<I", value)[:3]


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _chunks(data: bytes | mmap) -> Iterator[tuple[bytes, bytes]]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or struct.unpack_from("<I", data, 4) != (len(data) - 8,):
        raise ValueError("the file is no WebP, or cut short")
    at = 12
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _bitstream(file: bytes) -> bytes:
    """Return the part of a still's file that a frame of an animation holds."""
    return b"".join(_chunk(name, data) for name, data in _chunks(file) if name in (b"ALPH", b"VP8 ", b"VP8L"))


def _durations(file: bytes | mmap) -> list[int]:
    return [int.from_bytes(data[12:15], "little") for name, data in _chunks(file) if name == b"ANMF"]
