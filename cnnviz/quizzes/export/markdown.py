"""Markdown: the questions, and after them the answers with their solutions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.model import Choice
from cnnviz.quizzes.value import Value, rows_of, text_of

_SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")
"""Every sign of ASCII that is no letter, digit or space: a backslash takes any meaning from it."""


def write(quiz: Quiz) -> bytes:
    """Write questions and answers under headings of their own."""
    parts = [f"# {_escaped(quiz.title)}"]
    for number, item in enumerate(quiz.items, 1):
        parts += [f"## {number}. {_escaped(item.question.title)}", *_question(item)]
    parts.append(f"# {_escaped(quiz.say('Answers'))}")
    for number, item in enumerate(quiz.items, 1):
        label = item.right.label(quiz.language) or item.right.text
        parts += [f"## {number}. {_escaped(label)}", *_answer(item)]
    return "\n\n".join(parts).encode() + b"\n"


def _question(item: Item) -> list[str]:
    question = item.question
    parts = [_escaped(question.prompt)]
    for name, value in question.given.items():
        rows = rows_of(value)
        if rows is None:
            parts.append(f"{_escaped(name)} = {_escaped(text_of(value, language=question.language))}")
        else:
            parts += [f"{_escaped(name)} =", _block(rows, question.language)]
    if question.steps:
        parts.append(_list(question.steps))
    if question.kind == "choice":
        parts.append(_bullets(_offer(item, letter, choice) for letter, choice in item.lettered))
    return parts


def _answer(item: Item) -> list[str]:
    parts = [_list(item.question.solution)]
    named = item.question.kind == "choice"
    parts.append(
        _bullets(
            f"{f'**{letter})** ' if named else ''}{_escaped(it.text)}: {_escaped(it.feedback)}"
            for letter, it in item.lettered
            if not it.correct
        )
    )
    if item.picture is not None:
        parts.append(f"![{_escaped(item.alt)}]({item.data_uri})")
    return parts


def _offer(item: Item, letter: str, choice: Choice) -> str:
    """Write a choice; a map stands in a block under its letter, indented as what belongs to it."""
    language = item.question.language
    line = f"**{letter})** {_escaped(choice.label(language))}".rstrip()
    if not choice.map:
        return line
    return f"{line}\n\n" + "\n".join(f"  {row}" for row in _block(rows_of(choice.map) or (), language).splitlines())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {_escaped(line)}" for number, line in enumerate(lines, 1))


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _block(rows: Sequence[Sequence[Value]], language: str) -> str:
    """Write numbers in columns, indented by four: nothing in such a block has a meaning."""
    cells = [[text_of(cell, nested=True, language=language) for cell in row] for row in rows]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join("    " + " ".join(cell.rjust(width) for cell in row) for row in cells)
