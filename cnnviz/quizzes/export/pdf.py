"""A hand-out to print: the questions with room to answer, and the answer key on pages of its own.

Typst lays out the pages and tags them, so that a reader for the blind can follow. ``paper.typ`` is all the markup there
is: what a question says goes there as data.
"""

from __future__ import annotations

import json
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.model import Choice
from cnnviz.quizzes.value import Value, rows_of, text_of


def write(quiz: Quiz) -> bytes:
    """Write questions, then a new page and the answers; the same questions give the same bytes."""
    import typst

    fonts = Path(str(resources.files("cnnviz").joinpath("stage", "fonts")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, item in enumerate(quiz.items, 1):
            if item.picture is not None:
                (folder / _picture(number)).write_bytes(item.picture)
        (folder / "quiz.json").write_text(json.dumps(told(quiz), ensure_ascii=True), encoding="utf-8")
        source = folder / "paper.typ"
        source.write_bytes(resources.files(__package__).joinpath("paper.typ").read_bytes())
        return typst.compile(
            source, root=folder, font_paths=[fonts], ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
        )


def told(quiz: Quiz) -> dict[str, Any]:
    """Tell everything that the pages say, as plain values."""
    words = {"name": "Name", "answers": "Answers", "answer": "Answer", "order": "Order"}
    return {
        "title": quiz.title or quiz.say("Quiz"),
        "language": quiz.language,
        "words": {key: quiz.say(word) for key, word in words.items()},
        "questions": [_question(number, item) for number, item in enumerate(quiz.items, 1)],
    }


def _question(number: int, item: Item) -> dict[str, Any]:
    question, language = item.question, item.question.language
    right = next(letter for letter, choice in item.lettered if choice.correct)
    blank = rows_of(question.answer) if question.kind == "array" else None
    return {
        "number": number,
        "title": question.title,
        "kind": question.kind,
        "prompt": question.prompt,
        "given": [
            {"name": name, "rows": _map(value, language), "text": text_of(value, language=language)}
            for name, value in question.given.items()
        ],
        "choices": [{"letter": letter, **_offer(choice, language)} for letter, choice in item.lettered],
        "blank": blank and [[""] * len(row) for row in blank],
        "steps": question.steps,
        "letter": right if question.kind == "choice" else None,
        "answer": _offer(item.right, language),
        "solution": question.solution,
        "picture": None if item.picture is None else _picture(number),
        "alt": item.alt,
    }


def _offer(choice: Choice, language: str) -> dict[str, Any]:
    return {"label": choice.label(language), "rows": _map(choice.map, language) if choice.map else None}


def _map(value: Value, language: str) -> list[list[str]] | None:
    rows = rows_of(value)
    return rows and [[text_of(cell, nested=True, language=language) for cell in row] for row in rows]  # type: ignore[return-value]


def _picture(number: int) -> str:
    return f"picture{number}.png"
