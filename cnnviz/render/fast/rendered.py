"""What a rendered scene was like, beside its pixels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a scene, as `Scene.next_section` starts it; `start` and `frames` count frame periods."""

    name: str
    kind: str
    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class Subcaption:
    """A line of text and when it shows, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Beat:
    """A sentence that a scene tells, what it is called, when it stands, in seconds, and what it is in other tongues."""

    name: str
    text: str
    start: float
    end: float
    others: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file and when it starts, in seconds; `gain` is in decibels, None for as it is."""

    path: Path
    start: float
    gain: float | None


@dataclass(frozen=True, slots=True)
class RenderedScene:
    """What a scene was like.

    `plays` holds the frame at which each animation starts, `beats` what the scene tells, `lost` what no font had.
    """

    frames: int
    fps: float
    plays: tuple[int, ...]
    sections: tuple[Section, ...]
    subcaptions: tuple[Subcaption, ...]
    sounds: tuple[Sound, ...]
    beats: tuple[Beat, ...] = ()
    lost: str = ""

    @property
    def seconds(self) -> float:
        """Return how long the scene lasts."""
        return self.frames / self.fps
