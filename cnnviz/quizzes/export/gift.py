"""GIFT: text that Moodle and others read. Maps become multiple choice, orders become matching."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cnnviz.quizzes.export.item import OTHERWISE, Item, digits
from cnnviz.quizzes.export.markup import html, solution, statement, tag
from cnnviz.quizzes.model import Choice

_SPECIAL = re.compile(r"([\\~=#{}:])")


def write(items: Sequence[Item], title: str) -> bytes:
    """Write a category and its questions."""
    name = title.replace("/", "//").replace("\\", " ")
    return "\n\n".join([f"$CATEGORY: $course$/top/{name}", *map(_question, items)]).encode() + b"\n"


def _question(item: Item) -> str:
    question = item.question
    answers = {"numeric": _numeric, "order": _matching}.get(question.kind, _choice)(item)
    lines = [*answers, f"####{_escaped(html(*solution(item)))}"]
    text = _escaped(html(*statement(question, styled=True, steps=False)))
    return f"::{_escaped(f'{question.title} ({item.name})')}::[html]{text}{{{chr(10).join(lines)}\n}}"


def _escaped(text: str) -> str:
    """Put a backslash before each sign of the format; there are no line ends left in a text."""
    return _SPECIAL.sub(r"\\\1", text)


def _says(text: str) -> str:
    return _escaped(html(tag("p", text)))


def _choice(item: Item) -> list[str]:
    return ["", *(f"{'=' if it.correct else '~'}{_says(it.text)}#{_says(it.feedback)}" for it in item.question.choices)]


def _numeric(item: Item) -> list[str]:
    def line(choice: Choice) -> str:
        worth = "=" if choice.correct else "=%0%"
        return f"{worth}{digits(choice.value)}:{digits(item.question.tolerance)}#{_says(choice.feedback)}"

    ordered = sorted(item.question.choices, key=lambda choice: not choice.correct)
    return ["#", *map(line, ordered), f"~#{_says(OTHERWISE)}"]


def _matching(item: Item) -> list[str]:
    pairs = zip(item.question.steps, item.places, strict=True)
    return ["", *(f"={_says(step)} -> {place}" for step, place in pairs)]
