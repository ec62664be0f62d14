"""GIF: one palette for the clip, only the pixels that changed, pauses as delays."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from cnnviz.errors import OptionError
from cnnviz.render.writers.base import Clip, Facts, Writer, mapped
from cnnviz.render.writers.census import Census
from cnnviz.render.writers.dither import Dither
from cnnviz.render.writers.gif_stream import FASTEST, GifStream, delays
from cnnviz.render.writers.palette import Palette, make_palette
from cnnviz.render.writers.screen import Box, Change, Words
from cnnviz.render.writers.tape import Entry, Tape

__all__ = ["GifWriter", "ticks"]

_KEY = np.uint32(0x030102)  # stands for what is clear
_HALF = 128  # of an alpha of 255
_BLACK = np.zeros(1, np.uint32), np.ones(1)


class GifWriter(Writer):
    """Collect a clip's changes, then write them with the palette they need.

    Where the clip has at most 256 colors every pixel is exact. Else the palette is made for this clip, and a pixel may
    take the nearest entry. Pixels that stay as they are become transparent, which is what makes the rectangles small.

    Delays are hundredths of a second; the rounding error is carried forward, so the clip lasts its true time. At more
    than 50 frames per second the frames nearest to every second hundredth are shown.

    A transparent clip has each picture whole, for a GIF can clear no pixels but all; each is clear or opaque.

    Parameters
    ----------
    colors
        The most entries the palette may have, 2 to 256.
    dither
        Mix two entries in a fixed pattern where a color has no entry of its own. For photographs; larger files.

    Attributes
    ----------
    palette
        What was chosen, after `finish`; `palette.psnr` is the fidelity of the whole clip.
    """

    name = "gif"
    tolerance = Fraction(2, 100)

    def __init__(self, path: Path, clip: Clip, *, colors: int = 256, dither: bool = False) -> None:
        if not 2 <= colors <= 256:
            raise OptionError(f"gif: expected 2 to 256 colors, got {colors}")
        super().__init__(path, clip)
        self.palette: Palette | None = None
        self._colors, self._dither = colors, dither
        self._census, self._tape = Census(), Tape(path.parent)

    def close(self) -> None:
        """Give up the memory or the file of the changes."""
        self._tape.close()

    def _read(self) -> Facts:
        with Image.open(self.path) as image:
            image.load()
            width, height, pictures = *image.size, getattr(image, "n_frames", 1)
        with mapped(self.path) as data:
            seen = delays(data)
        if len(seen) != pictures:
            raise ValueError(f"{pictures} pictures, but {len(seen)} delays")
        return Facts(width, height, pictures, Fraction(sum(seen), 100))

    def _change(self, change: Change) -> None:
        words, before = change.words[change.mask], change.before[change.mask]
        if self.clip.transparent:
            words, before = _keyed(words), _keyed(before)
        numbers = self._census.enter(words, at=self.frames)
        if self.frames:
            self._census.leave(before, at=self.frames)
        self._tape.append(Entry(self.frames, change.box, change.mask, numbers))

    def _end(self) -> None:
        colors, weights = self._census.colors, self._census.weights(until=self.frames)
        # An exact palette may take all 256 entries; a chosen one leaves one for "as before", which saves more.
        size = self._colors if len(colors) <= self._colors else min(self._colors, 255)
        if self.clip.transparent:
            self.palette = _beside_clear(colors, weights, min(self._colors, 255))
        else:
            self.palette = make_palette(colors, weights, size)
        with self.path.open("wb") as file:
            dither = Dither(colors, self.palette) if self._dither else None
            painter = _Painter(file, self.clip, self.palette, dither)
            for entry in self._tape:
                painter.paint(entry)
            self.pictures = painter.end(self.frames)


class _Painter:
    """Paint the changes on a canvas of palette indices, and show it whenever the time has come for a picture."""

    def __init__(self, file: BinaryIO, clip: Clip, palette: Palette, dither: Dither | None) -> None:
        self._clear = len(palette.colors) < 256  # is there an entry left for "as before"? It is entry 0 then.
        table = bytes(3 * self._clear) + palette.colors.tobytes()
        self._stream = GifStream(file, clip.width, clip.height, table, clear=self._clear, dispose=clip.transparent)
        self._transparent = clip.transparent
        self._palette, self._dither = palette, dither
        self._fps = clip.fps
        self._canvas = np.zeros((clip.height, clip.width), np.uint8)
        self._shown = self._canvas.copy()
        self._dirty: Box | None = None
        self._time = 0

    def paint(self, entry: Entry) -> None:
        """Take a change; changes less than two hundredths of a second apart become one picture."""
        now = ticks(entry.at, self._fps)
        if now > self._time:
            self._show()
        top, left, bottom, right = entry.box
        index = self._palette.index[entry.numbers] if self._dither is None else self._dither.mix(entry)
        self._canvas[top:bottom, left:right][entry.mask] = index + np.uint8(self._clear)
        self._dirty = entry.box if self._dirty is None else _hull(self._dirty, entry.box)
        self._time = now

    def end(self, frames: int) -> int:
        """End the file at a frame and return the number of pictures."""
        self._show()
        self._stream.end(ticks(frames, self._fps))
        return self._stream.pictures

    def _show(self) -> None:
        if self._dirty is None:
            return
        top, left, bottom, right = self._dirty
        self._dirty = None
        if self._transparent:
            self._stream.show(0, 0, self._canvas.copy(), at=self._time)
            return
        canvas, shown = self._canvas[top:bottom, left:right], self._shown[top:bottom, left:right]
        if self._time == 0:
            self._stream.show(left, top, canvas, at=0)
        else:
            differs = canvas != shown
            ys, xs = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
            if not len(ys):
                return  # colors that have one entry in common
            part = np.s_[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1]
            pixels = canvas[part]
            patch = np.where(differs[part], pixels, np.uint8(0)) if self._clear else None
            self._stream.show(left + int(xs[0]), top + int(ys[0]), pixels, at=self._time, patch=patch)
        shown[:] = canvas


def _keyed(words: Words) -> Words:
    """Give pixels that are more clear than not a color of their own, which no other pixel keeps."""
    colors = words & np.uint32(0xFFFFFF)
    colors = np.where(colors == _KEY, _KEY ^ np.uint32(1), colors)
    return np.where(words >> np.uint32(24) < _HALF, _KEY, colors)


def _beside_clear(colors: Words, weights: npt.NDArray[np.float64], size: int) -> Palette:
    """Make a palette for all colors but the clear one, whose entry is the one before the first."""
    seen = colors != _KEY
    palette = make_palette(colors[seen], weights[seen], size) if seen.any() else make_palette(*_BLACK, size)
    index = np.full(len(colors), 255, np.uint8)
    index[seen] = palette.index[: int(seen.sum())]
    return replace(palette, index=index)


def _hull(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def ticks(frame: int, fps: Fraction) -> int:
    """Return the time of a frame in hundredths of a second, in steps that a GIF can show.

    Examples
    --------
    >>> [ticks(n, Fraction(30)) for n in range(5)]
    [0, 3, 7, 10, 13]
    >>> [ticks(n, Fraction(60)) for n in range(7)]
    [0, 2, 4, 6, 6, 8, 10]
    """
    step = 1 if fps <= 100 // FASTEST else FASTEST
    return step * int(frame * 100 / fps / step + Fraction(1, 2))
