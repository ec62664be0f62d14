"""APNG: exact, with alpha, shown by every browser."""

import struct
from fractions import Fraction
from pathlib import Path

from PIL import Image

from cnnviz.render.writers.base import Clip, Facts, mapped
from cnnviz.render.writers.patches import PatchWriter
from cnnviz.render.writers.png import SIGNATURE, chunk, chunks, deflate, header
from cnnviz.render.writers.screen import Words

__all__ = ["ApngWriter"]

_SOURCE, _OVER = 0, 1  # pixels that replace those before, or lie over them


class ApngWriter(PatchWriter):
    """Write patches as frames of a PNG file.

    Delays are fractions of a second, exact for every rate.
    """

    name = "apng"

    def __init__(self, path: Path, clip: Clip) -> None:
        super().__init__(path, clip)
        self._file.write(SIGNATURE + header(clip.width, clip.height, alpha=True))
        self._control = self._file.tell()
        self._file.write(self._count())
        self._number = 0  # of frame controls and data, counted together

    def _read(self) -> Facts:
        with Image.open(self.path) as image:
            image.load()
            width, height, pictures = *image.size, getattr(image, "n_frames", 1)
        with mapped(self.path) as file:
            controls = [data for name, data in chunks(file) if name == b"fcTL"]
        seconds = sum((Fraction(*struct.unpack_from(">HH", data, 20)) for data in controls), Fraction(0))
        return Facts(width, height, pictures, seconds)

    def _put(self, left: int, top: int, patch: Words, start: int, end: int) -> None:
        height, width = patch.shape
        data = deflate(patch, alpha=True)
        longest = 0xFFFF // self.clip.fps.denominator  # frames that one delay can hold
        while start < end:
            delay = min(end - start, longest) / self.clip.fps
            place = struct.pack(">4I", width, height, left, top)
            time = struct.pack(
                ">HHBB", delay.numerator, delay.denominator, 0, _SOURCE if self.clip.transparent else _OVER
            )
            self._file.write(chunk(b"fcTL", self._next() + place + time))
            self._file.write(chunk(b"fdAT", self._next() + data) if self.pictures else chunk(b"IDAT", data))
            self.pictures += 1
            start += longest

    def _complete(self) -> None:
        self._file.write(chunk(b"IEND", b""))
        self._file.seek(self._control)
        self._file.write(self._count())

    def _count(self) -> bytes:
        return chunk(b"acTL", struct.pack(">II", self.pictures, 0))

    def _next(self) -> bytes:
        self._number += 1
        return struct.pack(">I", self._number - 1)
