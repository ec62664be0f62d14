"""The changes of a clip, kept small until it is known how they will be encoded."""

import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cnnviz.render.writers.screen import Box, Mask, Words

__all__ = ["Entry", "Tape"]

_HEAD = struct.Struct("<I4HBII")
_MEMORY = 4 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: the frame it came with, the rectangle, which of its pixels, and the numbers of their new colors."""

    at: int
    box: Box
    mask: Mask
    numbers: Words


class Tape:
    """Changes one after the other, compressed; in memory while they are few, then in a nameless file in `folder`.

    Examples
    --------
    >>> tape = Tape(Path("."))
    >>> tape.append(Entry(7, (0, 0, 1, 3), np.array([[True, False, True]]), np.array([4, 900], np.uint32)))
    >>> [(entry.at, entry.mask.tolist(), entry.numbers.tolist()) for entry in tape]
    [(7, [[True, False, True]], [4, 900])]
    >>> tape.close()
    """

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.SpooledTemporaryFile(_MEMORY, dir=str(folder))  # noqa: SIM115 - closed by close()

    def append(self, entry: Entry) -> None:
        """Add a change after the others."""
        wide = len(entry.numbers) > 0 and int(entry.numbers.max()) > 0xFFFF
        numbers = entry.numbers.astype("<u4" if wide else "<u2", copy=False)
        packed = zlib.compress(np.packbits(entry.mask).tobytes() + numbers.tobytes(), 1)
        self._file.write(_HEAD.pack(entry.at, *entry.box, wide, len(numbers), len(packed)))
        self._file.write(packed)

    def __iter__(self) -> Iterator[Entry]:
        """Read the changes from the first on; appending meanwhile is not allowed."""
        self._file.seek(0)
        while head := self._file.read(_HEAD.size):
            at, top, left, bottom, right, wide, count, size = _HEAD.unpack(head)
            data = zlib.decompress(self._file.read(size))
            shape = (bottom - top, right - left)
            bits = shape[0] * shape[1]
            mask = (
                np.unpackbits(np.frombuffer(data, np.uint8, (bits + 7) // 8), count=bits).view(np.bool_).reshape(shape)
            )
            numbers = np.frombuffer(data, "<u4" if wide else "<u2", count, (bits + 7) // 8)
            yield Entry(at, (top, left, bottom, right), mask, numbers.astype(np.uint32, copy=False))

    def close(self) -> None:
        """Give the memory or the file back."""
        self._file.close()
