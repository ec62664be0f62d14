"""What every writer has in common: it takes frames, notices what changed, and ends as one file."""

import contextlib
import mmap
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, NamedTuple

from cnnviz.errors import OptionError, RenderError
from cnnviz.render.writers.screen import Box, Change, Frame, Screen

__all__ = ["Chapter", "Clip", "Facts", "Writer", "mapped"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a clip, from `start` to `end` in seconds."""

    start: float
    end: float
    title: str


@dataclass(frozen=True, slots=True)
class Clip:
    """Size, rate and title of what is being written, and whether it is to have an alpha channel.

    Examples
    --------
    >>> Clip.of(width=64, height=48, fps=29.97).fps
    Fraction(2997, 100)
    >>> Clip.of(width=0, height=48, fps=30)
    Traceback (most recent call last):
    cnnviz.errors.OptionError: clip: expected 1 to 16384 pixels each way, got width=0, height=48
    """

    width: int
    height: int
    fps: Fraction
    title: str = ""
    transparent: bool = False
    variable_rate: bool = False

    @classmethod
    def of(
        cls,
        *,
        width: int,
        height: int,
        fps: float | Fraction,
        title: str = "",
        transparent: bool = False,
        variable_rate: bool = False,
    ) -> "Clip":
        """Check the values and make the rate a fraction."""
        if not (1 <= width <= 16384 and 1 <= height <= 16384):  # what WebP can hold, the least of all formats
            raise OptionError(f"clip: expected 1 to 16384 pixels each way, got width={width}, height={height}")
        if not 0.1 <= fps <= 1000:
            raise OptionError(f"clip: expected 0.1 to 1000 frames a second, got fps={fps}")
        # Numerator and denominator fit 16 bits, which is what APNG has for a delay.
        rate = Fraction(fps).limit_denominator(min(1001, int(0xFFFF / fps)))
        return cls(width, height, rate, title, transparent, variable_rate)


class Facts(NamedTuple):
    """What a finished file says of itself."""

    width: int
    height: int
    pictures: int
    seconds: Fraction

    def __str__(self) -> str:
        return f"{self.pictures} pictures of {self.width}x{self.height} in {float(self.seconds):g} s"


@contextlib.contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """Look into a file without taking memory for all of it."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


class Writer(ABC):
    """A sink for the frames of a clip, which `finish` turns into a file at `path`.

    Subclasses say what to do with a change (`_change`), how to end the file (`_end`) and how to read it back (`_read`).

    Attributes
    ----------
    frames
        The frame periods taken so far.
    pictures
        The pictures written to the file so far; what stays as it is takes none.
    chapters
        May be added to until `finish`; movies carry them, other formats do not.
    """

    name: ClassVar[str]
    tolerance: ClassVar[Fraction] = Fraction(0)
    """How many seconds the file's time may be off, where the format counts in coarse units."""

    def __init__(self, path: Path, clip: Clip) -> None:
        self.path, self.clip = path, clip
        self.frames = self.pictures = 0
        self.chapters: list[Chapter] = []
        self._screen = Screen(height=clip.height, width=clip.width)

    def write(self, frame: Frame, frames: int = 1, box: Box | None = None) -> None:
        """Show `frame` for `frames` frame periods.

        Parameters
        ----------
        frame
            uint8 (H, W, 4), red green blue alpha; alpha is taken as opaque. Not kept after the call.
        frames
            At least 1.
        box
            (top, left, bottom, right), outside of which nothing changed since the last frame; None when not known.
        """
        if frames < 1:
            raise OptionError(f"writer: expected a frame to stay 1 frame period or more, got {frames}")
        change = self._screen.update(frame, box)
        if change is not None:
            self._change(change)
        self.frames += frames

    def finish(self) -> None:
        """Complete the file."""
        if not self.frames:
            raise RenderError(f"{self.name}: expected one frame or more, got none; let the scene show something")
        self._end()

    def check(self) -> None:
        """Read the finished file back; raise `RenderError` where it is not what was written."""
        try:
            found = self._read()
        except (OSError, ValueError, SyntaxError, StopIteration) as error:
            raise RenderError(
                f"{self.name}: expected a file that opens, got a broken one ({error}); run it again"
            ) from error
        expected = Facts(self.clip.width, self.clip.height, self.pictures, self.frames / self.clip.fps)
        if found[:3] != expected[:3] or abs(found.seconds - expected.seconds) > self.tolerance:
            raise RenderError(f"{self.name}: expected {expected}, got {found} in the finished file; run it again")

    def close(self) -> None:  # noqa: B027 - most writers hold nothing
        """Give up what is held, whether or not the file was finished."""

    @abstractmethod
    def _change(self, change: Change) -> None:
        """Take a change that is to be seen from frame `self.frames` on."""

    @abstractmethod
    def _read(self) -> Facts:
        """Read the finished file back; any error means that it is broken."""

    @abstractmethod
    def _end(self) -> None:
        """Write what is missing; the last picture stays until frame `self.frames`."""
