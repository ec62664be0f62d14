"""GIF: one palette for the clip, only the pixels that changed, pauses as delays."""

import struct
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import numpy as np

from cnnviz.render.writers.census import Census
from cnnviz.render.writers.lzw import compress
from cnnviz.render.writers.palette import Indices, Palette, make_palette
from cnnviz.render.writers.screen import Box, Frame, Screen
from cnnviz.render.writers.tape import Entry, Tape

__all__ = ["GifWriter"]

_LONGEST = 0xFFFF
_FASTEST = 2  # hundredths of a second; what is shorter, browsers play at ten frames per second


class GifWriter:
    """Collect a clip's changes, then write them with the palette they need.

    Where the clip has at most 256 colors every pixel is exact. Else the palette is made for this clip, and a pixel may
    take the nearest entry. Pixels that stay as they are become transparent, which is what makes the rectangles small.

    Delays are hundredths of a second; the rounding error is carried forward, so the clip lasts its true time. Faster than
    50 frames per second the frames nearest to every second hundredth are shown.
    """

    def __init__(self, path: Path, *, width: int, height: int, fps: Fraction, colors: int = 256) -> None:
        self._path, self._size, self._fps, self._colors = path, (width, height), fps, colors
        self._screen = Screen(height=height, width=width)
        self._census = Census()
        self._tape = Tape(path.parent)
        self._frames = 0

    def write(self, frame: Frame, frames: int = 1, box: Box | None = None) -> None:
        """Show `frame` for `frames` frame periods; outside of `box` nothing changed since the last."""
        change = self._screen.update(frame, box)
        if change is not None:
            words = change.words[change.mask]
            numbers = self._census.enter(words, at=self._frames)
            if self._frames:
                self._census.leave(change.before[change.mask], at=self._frames)
            self._tape.append(Entry(self._frames, change.box, change.mask, numbers))
        self._frames += frames

    def finish(self) -> None:
        """Write the file."""
        palette = self._palette()
        with self._path.open("wb") as file:
            GifStream(file, self._size, palette).play(self._tape, self._frames, self._fps)

    def close(self) -> None:
        """Give up what is held, whether or not the file was written."""
        self._tape.close()

    def _palette(self) -> Palette:
        colors, weights = self._census.colors, self._census.weights(until=self._frames)
        exact = len(colors) <= self._colors
        return make_palette(colors, weights, self._colors if exact else min(self._colors, 255))


def ticks(frame: int, fps: Fraction) -> int:
    """Return the time of a frame in hundredths of a second, in steps that a GIF can show.

    Examples
    --------
    >>> [ticks(n, Fraction(30)) for n in range(5)]
    [0, 3, 7, 10, 13]
    >>> [ticks(n, Fraction(60)) for n in range(7)]
    [0, 2, 4, 6, 6, 8, 10]
    """
    step = 1 if fps <= 100 // _FASTEST else _FASTEST
    return step * int(frame * 100 / fps / step + Fraction(1, 2))


class GifStream:
    """Draw changes on a canvas of palette indices and write each picture that is shown as one rectangle."""

    def __init__(self, file: BinaryIO, size: tuple[int, int], palette: Palette) -> None:
        self._file, (width, height) = file, size
        self._clear = len(palette.colors) < 256  # is there an entry left for "as before"? It is entry 0.
        self._index: Indices = palette.index + np.uint8(self._clear)
        self._canvas = np.zeros((height, width), np.uint8)
        self._shown = np.zeros((height, width), np.uint8)
        table = bytes(3 * self._clear) + palette.colors.tobytes()
        bits = max(1, (len(table) // 3 - 1).bit_length())
        file.write(
            b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF0 | bits - 1, 0, 0) + table.ljust(3 << bits, b"\0")
        )
        file.write(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0")  # for ever
        self._picture = b""  # the rectangle on screen, written when it is known how long it stays
        self._since = 0
        self._painted = 0
        self._dirty: Box | None = None

    def play(self, tape: Tape, frames: int, fps: Fraction) -> None:
        """Write every picture of the tape, the last one until frame `frames`, and end the file."""
        for entry in tape:
            now = ticks(entry.at, fps)
            if self._dirty is not None and now > self._painted:
                self._show(self._painted)
            self._paint(entry)
            self._painted = now
        if self._dirty is not None:
            self._show(self._painted)
        self._flush(max(ticks(frames, fps), self._since + _FASTEST))
        self._file.write(b";")

    def _paint(self, entry: Entry) -> None:
        top, left, bottom, right = entry.box
        self._canvas[top:bottom, left:right][entry.mask] = self._index[entry.numbers]
        if self._dirty is not None:
            a, b, c, d = self._dirty
            top, left, bottom, right = min(top, a), min(left, b), max(bottom, c), max(right, d)
        self._dirty = (top, left, bottom, right)

    def _show(self, at: int) -> None:
        """Encode what was painted since the last picture, to be seen from `at` on."""
        assert self._dirty is not None
        top, left, bottom, right = self._dirty
        self._dirty = None
        canvas, shown = self._canvas[top:bottom, left:right], self._shown[top:bottom, left:right]
        differs = canvas != shown
        first = not self._picture
        if first:
            differs[:] = True
        ys, xs = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
        if not len(ys):
            return
        self._flush(at)
        part = np.s_[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
        pixels, differs = canvas[part], differs[part]
        data = compress(pixels)
        if self._clear and not first:
            data = min(compress(np.where(differs, pixels, np.uint8(0))), data, key=len)
        place = struct.pack("<4HB", left + xs[0], top + ys[0], pixels.shape[1], pixels.shape[0], 0)
        self._picture, self._since = b"," + place + data, at
        shown[:] = canvas

    def _flush(self, until: int) -> None:
        """Write the picture on screen with the time it was there."""
        delay = until - self._since
        picture = self._picture
        while picture:
            part = min(delay, _LONGEST)
            if 0 < delay - part < _FASTEST:
                part -= _FASTEST
            self._file.write(b"!\xf9\x04" + struct.pack("<BHBB", 4 | self._clear, part, 0, 0) + picture)
            delay -= part
            picture = self._pause() if delay else b""

    def _pause(self) -> bytes:
        """Return one pixel that changes nothing, for a delay that one picture cannot hold."""
        return (
            b","
            + struct.pack("<4HB", 0, 0, 1, 1, 0)
            + compress(np.where(self._clear, 0, self._shown[:1, :1]).astype(np.uint8))
        )
