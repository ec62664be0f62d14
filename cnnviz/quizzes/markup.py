"""HTML elements: text becomes part of a tree and is escaped where the tree is written, never by hand."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

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


def table(rows: Iterable[Iterable[Value]], language: str = "en", *, styled: bool = False) -> Element:
    """Make a table of numbers."""
    return grid(([text_of(cell, nested=True, language=language) for cell in row] for row in rows), styled=styled)


def grid(rows: Iterable[Iterable[Element | str]], *, styled: bool = False) -> Element:
    """Make a table of anything."""
    cell = (lambda it: tag("td", it, style=CELL)) if styled else (lambda it: tag("td", it))
    body = tag("tbody", *(tag("tr", *map(cell, row)) for row in rows))
    return tag("table", body, style="border-collapse: collapse") if styled else tag("table", body, class_="map")
