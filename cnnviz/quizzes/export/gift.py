"""GIFT: text that Moodle and others read. Maps become multiple choice, orders become matching."""

from __future__ import annotations

import re

from cnnviz.quizzes.export.item import Item, Quiz, digits
from cnnviz.quizzes.markup import html, tag
from cnnviz.quizzes.model import Choice

_SPECIAL = re.compile(r"([\\~=#{}:])")


def write(quiz: Quiz) -> bytes:
    """Write a category and its questions, or a category within it for each pool."""
    parts = []
    for name, items in quiz.groups.items():
        path = "/".join(part.replace("/", "//").replace("\\", " ") for part in (quiz.title, name) if part)
        parts += [f"$CATEGORY: $course$/top/{path}", *map(_question, items)]
    return "\n\n".join(parts).encode() + b"\n"


def _question(item: Item) -> str:
    question = item.question
    answers = {"numeric": _numeric, "order": _matching}.get(question.kind, _choice)(item)
    lines = [*answers, f"####{_escaped(html(*item.solution()))}"]
    text = _escaped(html(*question.statement(styled=True, steps=False)))
    known = re.sub(r"[^\w \[\]:-]", " ", " ".join(f"[tag:{name}]" for name in item.tags))
    about = f"// [id:{item.name}] {known}"
    return f"{about}\n::{_escaped(item.title)}::[html]{text}{{{chr(10).join(lines)}\n}}"


def _escaped(text: str) -> str:
    """Put a backslash before each sign of the format; there are no line ends left in a text."""
    return _SPECIAL.sub(r"\\\1", text)


def _says(text: str) -> str:
    return _escaped(html(tag("p", text)))


def _choice(item: Item) -> list[str]:
    def line(choice: Choice) -> str:
        shown = _escaped(html(item.offer(choice, styled=True)))
        return f"{'=' if choice.correct else '~'}{shown}#{_says(choice.feedback)}"

    return ["", *map(line, item.question.choices)]


def _numeric(item: Item) -> list[str]:
    def line(choice: Choice) -> str:
        worth = "=" if choice.correct else "=%0%"
        return f"{worth}{digits(choice.value)}:{digits(item.question.tolerance)}#{_says(choice.feedback)}"

    ordered = sorted(item.question.choices, key=lambda choice: not choice.correct)
    return ["#", *map(line, ordered), f"~#{_says(item.otherwise)}"]


def _matching(item: Item) -> list[str]:
    pairs = zip(item.question.steps, item.places, strict=True)
    return ["", *(f"={_says(step)} -> {place}" for step, place in pairs)]
