"""Questions for `jupyterquiz`, which asks them in a notebook or a Jupyter book. Maps and orders become choices."""

from __future__ import annotations

import json
from typing import Any

from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.markup import html, tag
from cnnviz.quizzes.model import Choice


def write(quiz: Quiz) -> bytes:
    """Write a list of questions; the format has no place for a title, for points or for pools."""
    return json.dumps([_question(item) for item in quiz.items], ensure_ascii=False, indent=1).encode() + b"\n"


def _question(item: Item) -> dict[str, Any]:
    numeric = item.question.kind == "numeric"
    answers = [(_number if numeric else _choice)(item, choice) for choice in item.question.choices]
    if numeric:
        answers.append({"type": "default", "feedback": _safe(item.otherwise)})
    return {
        "question": _plain(html(*item.question.statement(styled=True))),
        "type": "numeric" if numeric else "multiple_choice",
        "answers": answers,
    }


def _choice(item: Item, choice: Choice) -> dict[str, Any]:
    return {
        "answer": _plain(html(item.offer(choice, "span", styled=True))),
        "correct": choice.correct,
        "feedback": _feedback(item, choice),
    }


def _number(item: Item, choice: Choice) -> dict[str, Any]:
    about = {"correct": choice.correct, "feedback": _feedback(item, choice)}
    value, tolerance = choice.value, item.question.tolerance
    if not tolerance:
        return {"type": "value", "value": value, **about}
    assert isinstance(value, int | float)
    return {"type": "range", "range": [round(value - tolerance, 10), round(value + tolerance, 10)], **about}


def _feedback(item: Item, choice: Choice) -> str:
    if not choice.correct:
        return _safe(choice.feedback)
    return _safe(choice.feedback) + _plain(html(*item.solution()))


def _safe(text: str) -> str:
    return _plain(html(tag("span", text)))


def _plain(text: str) -> str:
    """Keep a dollar sign from beginning a formula."""
    return text.replace("$", "&#36;")
