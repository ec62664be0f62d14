"""One HTML page that asks, checks and explains without a network: everything it needs is in it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib import resources
from typing import Any
from xml.etree.ElementTree import Element

from cnnviz.quizzes.export.item import OTHERWISE, Item, rows_of
from cnnviz.quizzes.export.markup import grid, html, solution, statement, table, tag
from cnnviz.quizzes.model import LETTERS, Choice
from cnnviz.quizzes.value import plain, shape_of, text_of

HINTS = {
    "choice": "Choose one.",
    "numeric": "Type a number such as 3, -0.5 or 1/3.",
    "array": "Type a number such as 3, -0.5 or 1/3 into each cell.",
    "order": "Move the steps up and down until they are in order.",
}


def write(items: Sequence[Item], title: str) -> bytes:
    """Write the page; its policy allows its own style and script, pictures within it, and nothing else."""
    style, script = (_file(f"page.{ending}") for ending in ("css", "js"))
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # A "<" could end the element that holds the answers.
    answers = json.dumps([_answers(item) for item in items], ensure_ascii=True).replace("<", "\\u003c")
    count = f"0 of {len(items)} right"
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
            tag(
                "header",
                tag("h1", title),
                tag("p", count, id="score", role="status", aria_live="polite"),
                tag("div", tag("div", id="bar"), class_="track", aria_hidden="true"),
            ),
            tag("noscript", tag("p", "Answers are checked where scripts are allowed; the solutions open without.")),
            tag("main", *(_section(number, item) for number, item in enumerate(items, 1))),
            tag("script", answers, id="answers", type="application/json"),
            tag("script", script),
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{html(page)}\n".encode()


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
        "otherwise": OTHERWISE,
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
        *statement(question, steps=False),
        tag(
            "form",
            tag(
                "fieldset",
                tag("legend", HINTS[question.kind]),
                *ask(item),
            ),
            tag("button", "Check", type="submit", class_="check"),
            tag("p", role="status", aria_live="polite", class_="feedback"),
            autocomplete="off",
        ),
        tag(
            "details",
            tag("summary", "Solution"),
            tag("p", "Answer: ", tag("strong", item.right.text)),
            *(_plain_picture(part) for part in solution(item)),
        ),
        id=name,
        aria_labelledby=f"{name}-title",
    )


def _plain_picture(part: Element) -> Element:
    """Leave the style to the style sheet: the policy forbids it elsewhere."""
    for picture in part.iter("img"):
        picture.attrib.pop("style")
    return part


def _choices(item: Item) -> list[Element]:
    return [
        tag(
            "label",
            tag("input", type="radio", name="choice", value=str(place)),
            tag("span", f"{letter})", class_="letter"),
            _shown(choice),
        )
        for place, (letter, choice) in enumerate(zip(LETTERS, item.question.choices, strict=False))
    ]


def _shown(choice: Choice) -> Element:
    """Show a map as a map, and other choices as they read."""
    if shape_of(choice.value)[1:] and choice.text == text_of(choice.value):
        return table(rows_of(choice.value) or ())
    return tag("span", choice.text)


def _number(_item: Item) -> list[Element]:
    return [_field("Answer")]


def _cells(item: Item) -> list[Element]:
    rows = rows_of(item.question.answer)
    assert rows is not None
    return [
        grid(
            (_field(f"Row {row}, column {column}") for column, _ in enumerate(cells, 1))
            for row, cells in enumerate(rows, 1)
        )
    ]


def _field(label: str) -> Element:
    return tag("input", type="text", inputmode="text", size="6", maxlength="40", aria_label=label)


def _steps(item: Item) -> list[Element]:
    return [
        tag(
            "ol",
            *(
                tag(
                    "li",
                    tag("span", step),
                    tag("button", "↑", type="button", class_="up", aria_label=f"Move up: {step}"),
                    tag("button", "↓", type="button", class_="down", aria_label=f"Move down: {step}"),
                    data_step=str(number),
                )
                for number, step in enumerate(item.question.steps, 1)
            ),
            class_="steps",
        )
    ]
