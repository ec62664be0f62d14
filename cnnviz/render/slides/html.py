"""A deck as one HTML page that holds all it needs, and reads as a document where scripts are off."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from pathlib import Path
from xml.etree.ElementTree import Element

from cnnviz.quizzes.markup import html, tag
from cnnviz.render.slides.deck import Deck, Slide
from cnnviz.stage.language import Template, say_in, translated

__all__ = ["write"]

DOES: dict[str, Template] = {
    "back": "Back (left arrow)",
    "play": "Pause or play (P)",
    "next": "Next (right arrow or space)",
    "loop": "Loop this slide (L)",
    "black": "Black screen (B)",
    "overview": "All slides (O)",
    "speaker": "Speaker view (S)",
    "full": "Full screen (F)",
}
"""What buttons do."""

SIGNS = dict(zip(DOES, "‹►›⟳■▦☰□", strict=True))


def write(deck: Deck, path: Path) -> None:
    """Write the page; its policy allows its own style and script, what it holds, and nothing else."""
    style = _file("deck.css").replace("#ground", deck.ground).replace("#ink", deck.text)
    style += f"\n:root {{ --shape: {deck.width} / {deck.height}; --ratio: {deck.width / deck.height:.5f} }}"
    script = _file("deck.js")
    policy = (
        f"default-src 'none'; img-src data:; media-src blob:; style-src '{_hash(style)}'; "
        f"script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )
    page = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=policy),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="referrer", content="no-referrer"),
            tag("title", deck.title),
            tag("style", style),
        ),
        tag(
            "body",
            tag("h1", deck.title),
            tag("main", *(_slide(number, slide) for number, slide in enumerate(deck.slides, 1)), id="slides"),
            tag(
                "div",
                tag("div", id="screen"),
                tag("p", id="said", role="status", aria_live="polite"),
                tag(
                    "nav",
                    *(
                        tag("button", sign, id=name, type="button", title=text, aria_label=text)
                        for name, sign in SIGNS.items()
                        for text in [translated(DOES[name], deck.language)]
                    ),
                    tag("span", id="place"),
                    aria_label=say_in(deck.language, "Slides"),
                ),
                id="stage",
                hidden="hidden",
                data_now=say_in(deck.language, "Now"),
                data_then=say_in(deck.language, "Next"),
                data_notes=say_in(deck.language, "Notes"),
            ),
            *(
                tag("script", b64encode(slide.movie).decode(), id=f"m{number}", type="text/plain")
                for number, slide in enumerate(deck.slides, 1)
            ),
            tag("script", script),
        ),
        lang=deck.language,
    )
    path.write_text(f"<!DOCTYPE html>\n{html(page)}\n", encoding="utf-8")


def _slide(number: int, slide: Slide) -> Element:
    image = f"data:image/png;base64,{b64encode(slide.poster).decode()}"
    return tag(
        "section",
        tag("h2", f"{number} · {slide.title}"),
        tag("img", src=image, alt=slide.alt),
        tag("p", slide.notes),
        id=f"s{number}",
        data_title=slide.title,
    )


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
