"""Which colors a clip shows, and for how long."""

import mmap

import numpy as np
import numpy.typing as npt

from cnnviz.render.writers.screen import Words

__all__ = ["Census"]


class Census:
    """Give every color a number in order of appearance, and count the pixel-frames it is shown.

    A color's weight is the number of pixels that show it, summed over the frames. Only changed pixels are looked at: a
    pixel that takes a color at frame t of T adds T - t, and one that gives it up takes that away again.

    Examples
    --------
    A pixel shows color 5 for two frames, then 7 for three:

    >>> census = Census()
    >>> census.enter(np.array([5], np.uint32), at=0)
    array([0], dtype=uint32)
    >>> census.leave(np.array([5], np.uint32), at=2)
    >>> census.enter(np.array([7], np.uint32), at=2)
    array([1], dtype=uint32)
    >>> census.colors, census.weights(until=5)
    (array([5, 7], dtype=uint32), array([2., 3.]))
    """

    def __init__(self) -> None:
        # One number + 1 for each of 2**24 colors; mapped, so that the pages of colors that never occur take nothing.
        self._numbers: Words = np.frombuffer(mmap.mmap(-1, 4 << 24), np.uint32)
        self._colors = np.empty(256, np.uint32)
        self._pixels = np.zeros(256)
        self._frames = np.zeros(256)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def colors(self) -> Words:
        """The colors, ``red | green << 8 | blue << 16``, in order of appearance."""
        return self._colors[: self._count]

    def weights(self, until: int) -> npt.NDArray[np.float64]:
        """Return the pixel-frames of each color in a clip of `until` frames."""
        return until * self._pixels[: self._count] - self._frames[: self._count]

    def enter(self, words: Words, at: int) -> Words:
        """Count the pixels `words` (1-D, alpha ignored) as shown from frame `at` on, and return the colors' numbers."""
        values, lengths = _runs(words)
        numbers = self._numbers[values]
        fresh = values[numbers == 0]
        if len(fresh):
            self._register(np.unique(fresh, return_counts=True)[0])  # without counts, numpy loads its masked arrays
            numbers = self._numbers[values]
        numbers -= np.uint32(1)
        self._add(numbers, lengths, at)
        return np.repeat(numbers, lengths)

    def leave(self, words: Words, at: int) -> None:
        """Count the pixels `words`, which entered before, as no longer shown from frame `at` on."""
        values, lengths = _runs(words)
        self._add(self._numbers[values] - np.uint32(1), -lengths, at)

    def _add(self, numbers: Words, pixels: npt.NDArray[np.intp], at: int) -> None:
        if self._count > 4 * len(numbers):  # few pixels, many colors: do not walk over all of them
            np.add.at(self._pixels, numbers, pixels)
            np.add.at(self._frames, numbers, pixels * at)
            return
        total = np.bincount(numbers, pixels, self._count)
        self._pixels[: self._count] += total
        self._frames[: self._count] += total * at

    def _register(self, fresh: Words) -> None:
        count = self._count + len(fresh)
        if count > len(self._colors):
            room = max(count, 2 * len(self._colors)) - len(self._colors)
            self._colors = np.concatenate([self._colors, np.empty(room, np.uint32)])
            self._pixels = np.concatenate([self._pixels, np.zeros(room)])
            self._frames = np.concatenate([self._frames, np.zeros(room)])
        self._colors[self._count : count] = fresh
        self._numbers[fresh] = np.arange(self._count + 1, count + 1, dtype=np.uint32)
        self._count = count


def _runs(words: Words) -> tuple[Words, npt.NDArray[np.intp]]:
    """Return the colors of neighbors that are equal, once each, and how many they are; drawings are mostly flat."""
    ends = np.flatnonzero(words[1:] != words[:-1])
    edges = np.empty(len(ends) + 2, np.intp)
    edges[0], edges[1:-1], edges[-1] = 0, ends + 1, len(words)
    return words[edges[:-1]] & np.uint32(0xFFFFFF), edges[1:] - edges[:-1]
