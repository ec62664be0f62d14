"""A deck: slides with a movie, the picture it comes to, and what is said."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cnnviz.render.writers.slides import LIST

__all__ = ["Deck", "Slide", "read_slides"]


@dataclass(frozen=True)
class Slide:
    """A piece of a scene.

    Attributes
    ----------
    scene : str
        The scene's title.
    name : str
        Of the slide: its section's, or empty.
    notes : str
        What is said.
    seconds : float
        How long the movie lasts.
    movie, poster : bytes
        An MP4 file, and the picture it comes to as a PNG file.
    card : bool
        Whether it is the card before a chapter.
    others : dict of str
        What is said, in other languages, by their codes.
    """

    scene: str
    name: str
    notes: str
    seconds: float
    movie: bytes
    poster: bytes
    card: bool = False
    others: Mapping[str, str] = field(default_factory=dict)

    def spoken(self, language: str) -> Slide:
        """Say what is said in another language, where that is known."""
        return replace(self, notes=self.others.get(language, self.notes))

    @property
    def title(self) -> str:
        """What the slide is called."""
        return f"{self.scene}: {self.name}" if self.name else self.scene

    @property
    def alt(self) -> str:
        """What is seen, in words."""
        return " ".join(f"{self.title}. {self.notes}".split())


@dataclass(frozen=True)
class Deck:
    """Slides of one size, in the colors of ground and text; ``banded`` pictures leave room for a sentence."""

    title: str
    slides: tuple[Slide, ...]
    width: int
    height: int
    ground: str
    text: str
    banded: bool = False
    language: str = "en"


def read_slides(path: Path, scene: str, *, card: bool = False) -> list[Slide]:
    """Read the pieces of a scene."""
    with zipfile.ZipFile(path) as file:
        return [
            Slide(
                scene,
                each["title"],
                each["text"],
                each["seconds"],
                file.read(f"{number}.mp4"),
                file.read(f"{number}.png"),
                card,
                each["others"],
            )
            for number, each in enumerate(json.loads(file.read(LIST)))
        ]
