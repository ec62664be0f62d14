"""PNG: the last picture of a clip, or a folder with all of them."""

import struct
import zlib
from collections.abc import Iterator
from mmap import mmap
from pathlib import Path

import numpy as np
from PIL import Image

from cnnviz.render.writers.base import Clip, Facts, Writer
from cnnviz.render.writers.screen import Change, Words

__all__ = ["SIGNATURE", "FramesWriter", "PngWriter", "chunk", "chunks", "deflate", "header", "still"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_FLAT = 0.25  # drawings have fewer changes along a row than this, photographs more


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a PNG chunk.

    Examples
    --------
    >>> chunk(b"IEND", b"").hex(" ")
    '00 00 00 00 49 45 4e 44 ae 42 60 82'
    """
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(name)))


def chunks(data: bytes | mmap) -> Iterator[tuple[bytes, bytes]]:
    """Walk over the chunks of a PNG file: names and contents.

    Raises
    ------
    ValueError
        If the file is cut short or a checksum is wrong.
    """
    at = len(SIGNATURE)
    if data[:at] != SIGNATURE:
        raise ValueError("no PNG header")
    name = b""
    while name != b"IEND":
        (size,) = struct.unpack(">I", data[at : at + 4].rjust(4))
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if data[at : at + 12 + size] != chunk(name, content):
            raise ValueError("the file is damaged or cut short")
        at += 12 + size
        yield name, content


def header(width: int, height: int, *, alpha: bool) -> bytes:
    """Return the first chunk of a PNG with 8 bits for each of RGB or RGBA."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0))


def deflate(words: Words, *, alpha: bool) -> bytes:
    """Compress pixels (H, W): rows as they are for drawings, as differences between neighbors for photographs."""
    height, width = words.shape
    pixels = np.ascontiguousarray(words).view(np.uint8).reshape(height, width, 4)
    if not alpha:
        pixels = np.ascontiguousarray(pixels[..., :3])
    breaks = np.count_nonzero(words[:, 1:] != words[:, :-1])
    if breaks > _FLAT * words.size:
        return Image.fromarray(pixels).tobytes("zip", "RGBA" if alpha else "RGB", False, 6, -1, b"")
    rows = np.zeros((height, 1 + pixels[0].size), np.uint8)  # each begins with the number of its filter, 0
    rows[:, 1:] = pixels.reshape(height, -1)
    return zlib.compress(rows.data, 6)


def still(words: Words, *, alpha: bool = False) -> bytes:
    r"""Return a picture (H, W) of ``red | green << 8 | blue << 16`` as a PNG file.

    Examples
    --------
    >>> list(chunks(still(np.array([[0xFF0000]], np.uint32))))[0]
    (b'IHDR', b'\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00')
    """
    height, width = words.shape
    data = deflate(words, alpha=alpha)
    return SIGNATURE + header(width, height, alpha=alpha) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


class _StillWriter(Writer):
    def _facts(self, path: Path, pictures: int) -> Facts:
        """Read a picture back and compare every pixel with the screen."""
        with Image.open(path) as image:
            found = np.asarray(image.convert("RGBA" if self.clip.transparent else "RGB"))
        words = self._screen.pixels
        if not np.array_equal(found, words.view(np.uint8).reshape(*words.shape, 4)[..., : found.shape[2]]):
            raise ValueError("another picture than was drawn")
        return Facts(found.shape[1], found.shape[0], pictures, self.frames / self.clip.fps)


class PngWriter(_StillWriter):
    """Keep the last picture."""

    name = "png"

    def _change(self, change: Change) -> None:
        del change  # the screen has it

    def _end(self) -> None:
        self.path.write_bytes(still(self._screen.pixels, alpha=self.clip.transparent))
        self.pictures = 1

    def _read(self) -> Facts:
        return self._facts(self.path, pictures=1)


class FramesWriter(_StillWriter):
    """Write a picture for every frame: 00001.png, 00002.png, ... in the folder `path`."""

    name = "frames"

    def __init__(self, path: Path, clip: Clip) -> None:
        super().__init__(path, clip)
        self._picture = b""

    def _change(self, change: Change) -> None:
        del change
        self._repeat()
        self._picture = still(self._screen.pixels, alpha=self.clip.transparent)

    def _end(self) -> None:
        self._repeat()

    def _read(self) -> Facts:
        return self._facts(self._name(self.frames), pictures=len(list(self.path.glob("*.png"))))

    def _repeat(self) -> None:
        for number in range(self.pictures, self.frames):
            self._name(number + 1).write_bytes(self._picture)
        self.pictures = self.frames

    def _name(self, number: int) -> Path:
        return self.path / f"{number:05}.png"
