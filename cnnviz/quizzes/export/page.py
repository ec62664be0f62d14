"""One HTML page that asks, checks and explains without a network: everything it needs is in it."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element

from cnnviz.quizzes.export.item import Item, Quiz
from cnnviz.quizzes.markup import grid, html, tag
from cnnviz.quizzes.saying import say
from cnnviz.quizzes.value import plain, rows_of

SILENT = say("Answers are checked where scripts are allowed; the solutions open without.")
HINTS = {
    "choice": say("Choose one."),
    "numeric": say("Type a number such as 3, {half} or 1/3.", half=-0.5),
    "array": say("Type a number such as 3, {half} or 1/3 into each cell.", half=-0.5),
    "order": say("Move the steps up and down until they are in order."),
}


WORDS = {
    "right": say("Right."),
    "wrong": say("Not yet."),
    "score": say("{{right}} of {{all}} right"),
    "choice": say("Choose one of the answers first."),
    "numeric": say("That is no number yet: write digits such as 3, {half} or 1/3.", half=-0.5),
    "array": say("Some cells hold no number yet: write digits such as 3, {half} or 1/3 into each.", half=-0.5),
    "cells": say("{{right}} of {{all}} cells are right."),
    "steps": say("{{right}} of {{all}} steps are in their place."),
}
"""What the script says; it fills in the names in braces."""


def write(quiz: Quiz) -> bytes:
    """Write the page; its policy allows its own style and script, pictures within it, and nothing else."""
    title, style = quiz.title, f"{question_style()}\n{_file('page.css')}"
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(question_script())}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = tag(
        "html",
        tag(
            "head",
            tag("meta", charset="utf-8"),
            _meta(http_equiv="Content-Security-Policy", content=policy),
            _meta(name="viewport", content="width=device-width, initial-scale=1"),
            _meta(name="color-scheme", content="dark light"),
            _meta(name="referrer", content="no-referrer"),
            tag("title", title),
            tag("style", style),
        ),
        tag(
            "body",
            tag("header", tag("h1", title), *score(quiz)),
            tag("noscript", tag("p", quiz.say(SILENT))),
            tag("main", *sections(quiz), class_="quiz"),
            answers(quiz),
            tag("script", question_script()),
        ),
        lang=quiz.language,
    )
    return f"<!DOCTYPE html>\n{html(page)}\n".encode()


def score(quiz: Quiz) -> tuple[Element, Element]:
    """Draw how many answers are right: in words, and as a bar."""
    count = quiz.say(WORDS["score"]).format(right=0, all=len(quiz.items))
    said = tag("p", count, id="score", role="status", aria_live="polite")
    return said, tag("div", tag("div", id="bar"), class_="track", aria_hidden="true")


def sections(quiz: Quiz) -> list[Element]:
    """Draw the questions; they belong into an element of the class ``quiz``."""
    return [_section(number, item) for number, item in enumerate(quiz.items, 1)]


def answers(quiz: Quiz) -> Element:
    """Write down the answers, for the script."""
    told = {
        "language": quiz.language,
        "words": {name: quiz.say(text) for name, text in WORDS.items()},
        "questions": [_answers(item) for item in quiz.items],
    }
    # A "<" could end the element that holds them.
    return tag(
        "script",
        json.dumps(told, ensure_ascii=True).replace("<", "\\u003c"),
        id="answers",
        type="application/json",
    )


def question_style() -> str:
    """Return the style sheet of questions, which has the colors of the page."""
    return _file("question.css")


def question_script() -> str:
    """Return the script that checks answers."""
    return _file("question.js")


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _meta(**attributes: str) -> Element:
    return tag("meta", **attributes)


def _answers(item: Item) -> dict[str, Any]:
    question = item.question
    return {
        "kind": question.kind,
        "tolerance": question.tolerance,
        "otherwise": item.otherwise,
        "choices": [
            {"value": plain(choice.value), "correct": choice.correct, "feedback": choice.feedback}
            for choice in question.choices
        ],
    }


def _section(number: int, item: Item) -> Element:
    question, name = item.question, f"q{number}"
    ask = {"choice": _choices, "numeric": _number, "array": _cells, "order": _steps}[question.kind]
    return tag(
        "section",
        tag("h2", tag("span", f"{number}", class_="number"), question.title, id=f"{name}-title"),
        *question.statement(steps=False),
        tag(
            "form",
            tag(
                "fieldset",
                tag("legend", item.say(HINTS[question.kind])),
                *ask(item),
            ),
            tag("button", item.say("Check"), type="submit", class_="check"),
            tag("p", role="status", aria_live="polite", class_="feedback"),
            autocomplete="off",
        ),
        tag(
            "details",
            tag("summary", item.say("Solution")),
            tag("div", item.say("Answer"), ": ", item.offer(item.right, "strong"), class_="answer"),
            *item.solution(),
        ),
        id=name,
        aria_labelledby=f"{name}-title",
    )


def _choices(item: Item) -> list[Element]:
    return [
        tag(
            "label",
            tag("input", type="radio", name="choice", value=str(place)),
            tag("span", f"{letter})", class_="letter"),
            *choice.drawn(item.question.language),
        )
        for place, (letter, choice) in enumerate(item.lettered)
    ]


def _number(item: Item) -> list[Element]:
    return [_field(item.say("Answer"))]


def _cells(item: Item) -> list[Element]:
    rows = rows_of(item.question.answer)
    assert rows is not None
    return [
        grid(
            (
                _field(item.say(say("Row {row}, column {column}", row=row, column=column)))
                for column, _ in enumerate(cells, 1)
            )
            for row, cells in enumerate(rows, 1)
        )
    ]


def _field(label: str) -> Element:
    return tag("input", type="text", inputmode="text", size="6", maxlength="40", aria_label=label)


def _steps(item: Item) -> list[Element]:
    def up(step: str) -> str:
        return item.say(say("Move up: {step}", step=step))

    def down(step: str) -> str:
        return item.say(say("Move down: {step}", step=step))

    return [
        tag(
            "ol",
            *(
                tag(
                    "li",
                    tag("span", step),
                    tag(
                        "button",
                        "↑",
                        type="button",
                        class_="up",
                        aria_label=up(step),
                    ),
                    tag(
                        "button",
                        "↓",
                        type="button",
                        class_="down",
                        aria_label=down(step),
                    ),
                    data_step=str(number),
                )
                for number, step in enumerate(item.question.steps, 1)
            ),
            class_="steps",
        )
    ]
