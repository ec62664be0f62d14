"""Moodle XML: multiple choice and numbers with feedback for each mistake, maps as gaps, orders as matching."""

from __future__ import annotations

from base64 import b64encode
from xml.etree.ElementTree import Element, indent, tostring

from cnnviz.quizzes.export.item import Item, Quiz, digits
from cnnviz.quizzes.markup import grid, html, tag
from cnnviz.quizzes.value import rows_of

PICTURE = "solution.png"
GAP = "\x01"
"""Stands for a gap until everything else is escaped; `cleaned` lets no such character through."""


def write(quiz: Quiz) -> bytes:
    """Write a question bank with a category, or one within it for each pool."""
    elements = []
    for name, items in quiz.groups.items():
        elements += [_category(quiz.title, name), *(_question(item, quiz) for item in items)]
    bank = tag("quiz", *elements)
    indent(bank)
    return bytes(tostring(bank, encoding="utf-8", xml_declaration=True)) + b"\n"


def _category(*names: str) -> Element:
    # A stroke would begin a category within the category; two stand for one.
    path = "/".join(["$course$/top", *(name.replace("/", "//") for name in names if name)])
    return tag("question", tag("category", tag("text", path)), type="category")


def _question(item: Item, quiz: Quiz) -> Element:
    kind, parts = {"choice": _choice, "numeric": _numeric, "array": _gaps, "order": _matching}[item.question.kind](item)
    feedback = _text("generalfeedback", html(*item.solution(picture=f"@@PLUGINFILE@@/{PICTURE}")))
    if item.picture is not None:
        data = b64encode(item.picture).decode()
        feedback.append(tag("file", data, name=PICTURE, path="/", encoding="base64"))
    question = tag(
        "question",
        tag("name", tag("text", item.title)),
        feedback,
        tag("defaultgrade", f"{quiz.points:.7g}"),
        tag("penalty", f"{quiz.penalty:.7f}"),
        tag("hidden", "0"),
        tag("idnumber", item.name),
        *parts,
        tag("tags", *(tag("tag", tag("text", name)) for name in item.tags)),
        type=kind,
    )
    if kind != "cloze":  # which has its own
        question.insert(1, _text("questiontext", html(*item.question.statement(styled=True, steps=False))))
    return question


def _text(name: str, content: str, /, **attributes: str) -> Element:
    return tag(name, tag("text", content), format="html", **attributes)


def _says(content: str) -> str:
    return html(tag("p", content))


def _choice(item: Item) -> tuple[str, list[Element]]:
    answers = [
        tag(
            "answer",
            tag("text", html(item.offer(choice, styled=True))),
            _text("feedback", _says(choice.feedback)),
            fraction="100" if choice.correct else "0",
            format="html",
        )
        for choice in item.question.choices
    ]
    return "multichoice", [
        tag("single", "true"),
        tag("shuffleanswers", "true"),
        tag("answernumbering", "ABCD"),
        *answers,
    ]


def _numeric(item: Item) -> tuple[str, list[Element]]:
    tolerance = digits(item.question.tolerance)
    answers = [
        tag(
            "answer",
            tag("text", digits(choice.value)),
            _text("feedback", _says(choice.feedback)),
            tag("tolerance", tolerance),
            fraction="100" if choice.correct else "0",
            format="moodle_auto_format",
        )
        for choice in sorted(item.question.choices, key=lambda choice: not choice.correct)
    ]
    other = tag(
        "answer",
        tag("text", "*"),
        _text("feedback", _says(item.otherwise)),
        tag("tolerance", "0"),
        fraction="0",
        format="moodle_auto_format",
    )
    return "numerical", [*answers, other, tag("unitgradingtype", "0"), tag("showunits", "3")]


def _gaps(item: Item) -> tuple[str, list[Element]]:
    rows = rows_of(item.question.answer)
    assert rows is not None
    asked = [*item.question.statement(styled=True), grid(((GAP for _ in row) for row in rows), styled=True)]
    # A brace in the question itself must not begin a gap.
    text = html(*asked).replace("{", "&#123;").replace("}", "&#125;")
    for row in rows:
        for cell in row:
            gap = f"{{1:NUMERICAL:={digits(cell)}:{digits(item.question.tolerance)}}}"
            text = text.replace(GAP, gap, 1)
    return "cloze", [_text("questiontext", text)]


def _matching(item: Item) -> tuple[str, list[Element]]:
    pairs = []
    for step, place in zip(item.question.steps, item.places, strict=True):
        pair = _text("subquestion", _says(step))
        pair.append(tag("answer", tag("text", str(place))))
        pairs.append(pair)
    return "matching", [tag("shuffleanswers", "true"), *pairs]
