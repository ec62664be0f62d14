"""Anki: a deck with a card for each question, answer and way on the back. Needs the extra ``anki``."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

from cnnviz.errors import InputError
from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.markup import html, tag

MODEL = 1_736_251_904
"""The number by which Anki knows cards of this kind."""
FIRST = 1_736_251_904.0
"""The second from which notes are numbered and dated, so that the same questions give the same file."""
STYLE = (
    ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: 0 auto; } "
    "img { max-width: 100%; } table { margin: 0.4em 0; }"
)


def write(quiz: Quiz) -> bytes:
    """Write a deck; the same questions keep their cards, so that a second import adds no others."""
    try:
        import genanki
    except ImportError:
        raise InputError(
            "export: expected genanki for Anki decks, got none installed; install it with pip install 'cnnviz[anki]'"
        ) from None
    model = genanki.Model(
        MODEL,
        "cnnviz",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card", "qfmt": "{{Question}}", "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}"}],
        css=STYLE,
    )
    deck = genanki.Deck(int(sha256(quiz.title.encode()).hexdigest()[:8], 16), quiz.title)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        media = []
        for item in quiz.items:
            if item.picture is not None:
                media.append(folder / f"{item.name}.png")
                media[-1].write_bytes(item.picture)
            fields = [_braces(_front(item)), _braces(_back(item))]
            tags = [tag.replace(" ", "-") for tag in item.tags]
            deck.add_note(genanki.Note(model, fields, guid=genanki.guid_for(item.name), tags=tags))
        path = folder / "deck.apkg"
        genanki.Package(deck, media_files=[str(file) for file in media]).write_to_file(str(path), timestamp=FIRST)
        return path.read_bytes()


def _front(item: Item) -> str:
    parts = item.question.statement(styled=True)
    if item.question.kind == "choice":
        parts += [
            tag("div", f"{letter}) ", item.offer(choice, "span", styled=True)) for letter, choice in item.lettered
        ]
    return html(*parts)


def _back(item: Item) -> str:
    letter = next(letter for letter, choice in item.lettered if choice.correct)
    named = f"{letter}) " if item.question.kind == "choice" else ""
    return html(
        tag("div", named, item.offer(item.right, "strong", styled=True)), *item.solution(picture=f"{item.name}.png")
    )


def _braces(text: str) -> str:
    """Keep braces from naming a field, and brackets a sound."""
    return text.replace("{", "&#123;").replace("[", "&#91;")
