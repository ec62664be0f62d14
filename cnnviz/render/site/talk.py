"""A scene as a page tells it: one movie, and for each beat when it plays, what is said and what it comes to."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from cnnviz.render.result import Render
from cnnviz.render.slides.deck import Slide, read_slides
from cnnviz.render.writers import Chapter
from cnnviz.render.writers.captions import Caption, srt, transcript, vtt
from cnnviz.render.writers.splice import splice

__all__ = ["Talk", "read_talk"]

MOVIE, CAPTIONS, SUBTITLES, TRANSCRIPT = "movie.mp4", "captions.vtt", "captions.srt", "transcript.txt"


@dataclass(frozen=True)
class Talk:
    """A scene in beats; ``fps`` is the rate of its movie, ``banded`` whether its pictures leave room for a sentence."""

    title: str
    beats: tuple[Slide, ...]
    width: int
    height: int
    fps: float
    banded: bool
    language: str = "en"

    @property
    def starts(self) -> list[float]:
        """When each beat begins, and when the last one ends, in seconds."""
        return [0.0, *accumulate(beat.seconds for beat in self.beats)]

    @property
    def spans(self) -> list[tuple[float, float, Slide]]:
        """Each beat with its start and its end."""
        return list(zip(self.starts, self.starts[1:], self.beats, strict=False))

    @property
    def captions(self) -> list[Caption]:
        """What is said, and when."""
        return [Caption(start, end, beat.notes) for start, end, beat in self.spans if beat.notes]

    @property
    def stills(self) -> dict[str, Slide]:
        """The beats by the names of their stills."""
        return {still(number): beat for number, beat in enumerate(self.beats)}

    @property
    def texts(self) -> dict[str, str]:
        """What is said, by the names of its files."""
        return {
            CAPTIONS: vtt(self.captions, title=self.title),
            SUBTITLES: srt(self.captions),
            TRANSCRIPT: transcript(self.captions, title=self.title),
        }

    def spoken(self, language: str, title: str) -> Talk:
        """Tell the same in another language."""
        return replace(self, title=title, language=language, beats=tuple(beat.spoken(language) for beat in self.beats))

    def write(self, folder: Path) -> None:
        """Write the movie, whose pictures are not encoded again, and a still for each beat."""
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as name:
            parts = []
            for number, beat in enumerate(self.beats):
                part = Path(name, f"{number}.mp4")
                part.write_bytes(beat.movie)
                parts.append((part, beat.seconds))
            for file, beat in self.stills.items():
                (folder / file).write_bytes(beat.poster)
            marks = [Chapter(start, end, beat.notes or beat.title) for start, end, beat in self.spans]
            splice(parts, folder / MOVIE, title=self.title, chapters=marks)


def still(number: int) -> str:
    """Name the picture that a beat comes to, by its place from 0."""
    return f"{number + 1}.png"


def read_talk(made: Render, title: str, *, banded: bool, language: str = "en") -> Talk:
    """Read a scene that was rendered in the pieces of a deck."""
    beats: Sequence[Slide] = read_slides(made.path, title)
    return Talk(title, tuple(beats), made.width, made.height, made.frames / made.seconds, banded, language)
