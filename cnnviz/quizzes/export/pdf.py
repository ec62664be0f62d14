"""A hand-out to print: the questions with room to answer, and the answer key on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence

from cnnviz.quizzes.export.item import Item, rows_of
from cnnviz.quizzes.export.paper import MUTED, Paper
from cnnviz.quizzes.model import LETTERS
from cnnviz.quizzes.value import text_of

INDENT = 7.0
GAP = 7.0


def write(items: Sequence[Item], title: str) -> bytes:
    """Write questions, then a new page and the answers."""
    paper = Paper(title)
    _head(paper, title, "Name:")
    for number, item in enumerate(items, 1):
        _question(paper, number, item)
        paper.keep()
    paper.turn()
    _head(paper, f"{title}: answers", "")
    for number, item in enumerate(items, 1):
        _answer(paper, number, item)
        paper.keep()
    return paper.save()


def _head(paper: Paper, title: str, note: str) -> None:
    paper.text(title, size=18, bold=True)
    paper.space(2)
    if note:
        paper.text(note, color=MUTED)
    paper.space(6)


def _question(paper: Paper, number: int, item: Item) -> None:
    question = item.question
    paper.text(f"{number}. {question.title}", bold=True, size=11.5)
    paper.space(1)
    paper.text(question.prompt, indent=INDENT)
    for name, value in question.given.items():
        rows = rows_of(value)
        paper.space(1.5)
        paper.text(f"{name} =" if rows else f"{name} = {text_of(value)}", indent=INDENT)
        if rows:
            paper.cells([[text_of(cell, nested=True) for cell in row] for row in rows], indent=INDENT)
    paper.space(2)
    if question.kind == "choice":
        for letter, choice in zip(LETTERS, question.choices, strict=False):
            paper.text(f"{letter}) {choice.text}", indent=INDENT)
            paper.space(0.8)
    elif question.kind == "array":
        rows = rows_of(question.answer)
        assert rows is not None
        paper.text("Answer =", indent=INDENT)
        paper.cells([["        "] * len(row) for row in rows], indent=INDENT)
    elif question.kind == "order":
        for place, step in enumerate(question.steps, 1):
            paper.text(f"{place}. {step}", indent=INDENT)
        paper.space(2)
        paper.text("Order: " + "____ " * len(question.steps), indent=INDENT)
    else:
        paper.text("Answer: ________________", indent=INDENT)
    paper.space(GAP)


def _answer(paper: Paper, number: int, item: Item) -> None:
    choices = zip(LETTERS, item.question.choices, strict=False)
    letter = next(letter for letter, choice in choices if choice.correct)
    named = f"{letter}) " if item.question.kind == "choice" else ""
    paper.text(f"{number}. {named}{item.right.text}", bold=True, size=11)
    paper.space(0.8)
    for line in item.question.solution:
        paper.text(line, indent=INDENT, size=9.5)
    if item.picture is not None:
        paper.space(2)
        paper.picture(item.picture, indent=INDENT)
    paper.space(GAP - 2)
