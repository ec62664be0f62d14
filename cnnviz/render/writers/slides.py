"""A scene in slides: a movie and the picture it comes to for each, in one file that decks are made of."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from cnnviz.errors import RenderError
from cnnviz.render.writers.base import Clip
from cnnviz.render.writers.movie import Mp4Writer
from cnnviz.render.writers.screen import Box, Frame

__all__ = ["LIST", "SlidesWriter"]

LIST = "slides.json"


class SlidesWriter:
    """A sink that begins a new movie at every start of a slide.

    Parameters
    ----------
    path : Path
        The file to write, a zip: ``slides.json``, and ``N.mp4`` and ``N.png`` for each slide.
    clip : Clip
        Size and rate.
    starts : callable
        Returns the frames at which slides begin, as far as they are known; more may follow while the scene is drawn.
    joined : bool
        Whether a slide in which nothing moves belongs to the one before.
    """

    def __init__(self, path: Path, clip: Clip, starts: Callable[[], Iterable[int]], *, joined: bool = False) -> None:
        self._path, self._clip, self._starts, self._joined = path, clip, starts, joined
        self._room = tempfile.TemporaryDirectory(dir=path.parent, prefix="slides-")
        self._begins: list[int] = []
        self._movie: Mp4Writer | None = None
        self._last: Any = None
        self.frames = 0

    def write(self, frame: Frame, frames: int = 1, box: Box | None = None) -> None:
        """Take a picture, which may stay from one slide to the next."""
        end = self.frames + frames
        for cut in self._cuts(end):
            if cut > self.frames:
                self._add(frame, cut - self.frames, box)
            self._turn()
        self._add(frame, end - self.frames, box)

    def finish(self, told: Callable[[float, float], dict[str, Any]]) -> None:
        """Complete the file; ``told`` says what belongs to a slide that lasts from one second to another."""
        if self._movie is None:
            raise RenderError("slides: expected one frame or more, got none; let the scene show something")
        self._turn()
        fps = float(self._clip.fps)
        spans = zip(self._begins, [*self._begins[1:], self.frames], strict=True)
        slides = [{"seconds": (end - start) / fps, **told(start / fps, end / fps)} for start, end in spans]
        with zipfile.ZipFile(self._path, "w") as file:
            file.writestr(LIST, json.dumps(slides))
            for number in range(len(slides)):
                for kind in ("mp4", "png"):
                    file.write(self._place(number, kind), f"{number}.{kind}")

    def close(self) -> None:
        """Give up what is held."""
        if self._movie is not None:
            self._movie.close()
        self._room.cleanup()

    def _cuts(self, end: int) -> Sequence[int]:
        """Return where slides begin while a picture stays; the first begins with the scene."""
        starts = {*self._starts()}
        found = sorted(start for start in starts if max(self.frames, 1) <= start < end)
        if self._joined and found:
            # What begins and ends while the picture stays moves nothing.
            return found[-1:] if end not in starts else found[:1] if found[0] == self.frames else []
        return found

    def _add(self, frame: Frame, frames: int, box: Box | None) -> None:
        if self._movie is None:
            self._begins.append(self.frames)
            self._movie = Mp4Writer(self._place(len(self._begins) - 1, "mp4"), self._clip)
            box = None
        self._movie.write(frame, frames, box)
        self._last = frame[..., :3].copy()
        self.frames += frames

    def _turn(self) -> None:
        """End a slide."""
        if self._movie is None:
            return
        self._movie.finish()
        self._movie.check()
        self._movie.close()
        self._movie = None
        Image.fromarray(self._last).save(self._place(len(self._begins) - 1, "png"))

    def _place(self, number: int, kind: str) -> Path:
        return Path(self._room.name, f"{number}.{kind}")
