"""Questions as HTML elements. Text becomes part of a tree and is escaped where the tree is written, never by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, tostring

from cnnviz.quizzes.export.item import Item, rows_of
from cnnviz.quizzes.model import LETTERS, Question
from cnnviz.quizzes.value import Value, text_of

CELL = "border: 1px solid; padding: 0.2em 0.5em; text-align: right"
"""The style of a cell where no style sheet can be sent along."""


def tag(name: str, /, *content: Element | str | None, **attributes: str) -> Element:
    """Make an element; ``class_`` and ``for_`` stand for the words that Python keeps for itself.

    Examples
    --------
    >>> html(tag("p", "1 < 2", tag("b", "!"), class_="note"))
    '<p class="note">1 &lt; 2<b>!</b></p>'
    """
    element = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    for part in content:
        if isinstance(part, Element):
            element.append(part)
        elif part:
            last = element[-1] if len(element) else None
            if last is None:
                element.text = (element.text or "") + part
            else:
                last.tail = (last.tail or "") + part
    return element


def html(*elements: Element) -> str:
    """Write elements as HTML."""
    return "".join(tostring(element, encoding="unicode", method="html") for element in elements)


def table(rows: Iterable[Iterable[Value]], *, styled: bool = False) -> Element:
    """Make a table of numbers."""
    return grid(([text_of(cell, nested=True) for cell in row] for row in rows), styled=styled)


def grid(rows: Iterable[Iterable[Element | str]], *, styled: bool = False) -> Element:
    """Make a table of anything."""
    cell = (lambda it: tag("td", it, style=CELL)) if styled else (lambda it: tag("td", it))
    body = tag("tbody", *(tag("tr", *map(cell, row)) for row in rows))
    return tag("table", body, style="border-collapse: collapse") if styled else tag("table", body, class_="map")


def statement(question: Question, *, styled: bool = False, steps: bool = True) -> list[Element]:
    """Say what is asked: the prompt, the arrays, and the steps of an order."""
    parts = [tag("p", question.prompt)]
    for name, value in question.given.items():
        rows = rows_of(value)
        if rows is None:
            parts.append(tag("p", tag("strong", name), f" = {text_of(value)}"))
        else:
            parts += [tag("p", tag("strong", name), " ="), table(rows, styled=styled)]
    if steps and question.steps:
        parts.append(tag("ol", *(tag("li", step) for step in question.steps)))
    return parts


def solution(item: Item, *, picture: Callable[[Item], str] | None = None) -> list[Element]:
    """Show the way to the answer; ``picture`` gives the address of the picture."""
    parts = [tag("ol", *(tag("li", line) for line in item.question.solution))]
    if item.picture is not None:
        source = picture(item) if picture else item.data_uri
        parts.append(tag("p", tag("img", src=source, alt=item.alt, style="max-width: 100%")))
    return parts


def notebook(question: Question) -> str:
    """Show a question in a notebook, its answer folded away."""
    item = Item(question)
    parts = [tag("p", tag("strong", question.title)), *statement(question, styled=True)]
    if question.kind == "choice":
        pairs = zip(LETTERS, question.choices, strict=False)
        parts += [tag("p", *(line for pair in pairs for line in (f"{pair[0]}) {pair[1].text}", tag("br"))))]
    parts.append(tag("details", tag("summary", "Answer"), tag("p", tag("strong", item.right.text)), *solution(item)))
    return html(tag("div", *parts, class_="cnnviz-question"))
