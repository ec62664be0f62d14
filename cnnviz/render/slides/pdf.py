"""A deck on paper: a page for each slide, with the picture it comes to and its sentence; Typst sets and tags it."""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path

from cnnviz.render.slides.deck import Deck

__all__ = ["write"]

ACROSS = 960  # points
FOOT, BAND = 25, 58  # where a scene of ours leaves room for its sentence, at that width


def write(deck: Deck, path: Path) -> None:
    """Write the pages; the same deck gives the same bytes."""
    import typst

    height = ACROSS * deck.height / deck.width
    strip = 0 if deck.banded else BAND
    told = {
        "title": deck.title,
        "language": deck.language,
        "ground": deck.ground,
        "ink": deck.text,
        "width": ACROSS,
        "height": height,
        "strip": strip,
        "foot": FOOT if deck.banded else 0,
        "band": BAND,
        "slides": [
            {"number": number, "title": slide.title, "notes": slide.notes, "alt": slide.alt, "picture": f"{number}.png"}
            for number, slide in enumerate(deck.slides, 1)
        ],
    }
    fonts = Path(str(resources.files("cnnviz").joinpath("stage", "fonts")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, slide in enumerate(deck.slides, 1):
            (folder / f"{number}.png").write_bytes(slide.poster)
        (folder / "deck.json").write_text(json.dumps(told), encoding="utf-8")
        source = folder / "deck.typ"
        source.write_bytes(resources.files(__package__).joinpath("deck.typ").read_bytes())
        path.write_bytes(
            typst.compile(
                source, root=folder, font_paths=[fonts], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
            )
        )
