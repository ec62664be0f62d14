"""What APNG and animated WebP have in common: exact pictures drawn over the last one."""

from abc import abstractmethod
from pathlib import Path

import numpy as np

from cnnviz.render.writers.base import Clip, Writer
from cnnviz.render.writers.screen import Change, Words

__all__ = ["PatchWriter"]

_OPAQUE = np.uint32(0xFF000000)


class PatchWriter(Writer):
    """Encode each change as a rectangle that is clear where nothing changed, and write it when its time is known."""

    def __init__(self, path: Path, clip: Clip) -> None:
        super().__init__(path, clip)
        self._file = path.open("w+b")
        self._held: tuple[int, int, Words] | None = None
        self._since = 0

    def close(self) -> None:
        """Close the file, finished or not."""
        self._file.close()

    def _change(self, change: Change) -> None:
        self._flush()
        if self.clip.transparent:  # which puts pixels in place of others, at places that are even
            top, left = change.box[0] & -2, change.box[1] & -2
            self._held = left, top, self._screen.pixels[top : change.box[2], left : change.box[3]].copy()
            self._since = self.frames
            return
        patch = np.where(change.mask, change.words | _OPAQUE, np.uint32(0))
        self._held = change.box[1], change.box[0], patch
        self._since = self.frames

    def _end(self) -> None:
        self._flush()
        self._complete()
        self._file.close()

    def _flush(self) -> None:
        if self._held is not None:
            self._put(*self._held, self._since, self.frames)

    @abstractmethod
    def _put(self, left: int, top: int, patch: Words, start: int, end: int) -> None:
        """Write a patch (h, w), to be seen from frame `start` to frame `end`."""

    @abstractmethod
    def _complete(self) -> None:
        """Write the end of the file, and what its beginning could not know."""
