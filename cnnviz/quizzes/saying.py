"""Sentences with named fields, which know their template and so can be said in another language.

The English template is the key of the catalogs in ``cnnviz/locale``, domain ``quizzes``; a field is a number, rows of
numbers, or another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import NullTranslations, translation
from importlib import resources
from types import MappingProxyType
from typing import Any

from cnnviz._checks import choice
from cnnviz.quizzes.value import MARKS, Value, settle, text_of

LANGUAGES = ("en", "es")
NOUNS = {
    "cell": ("{number} cell", "{number} cells"),
    "row": ("{number} row", "{number} rows"),
    "more row": ("{number} more row", "{number} more rows"),
    "column": ("{number} column", "{number} columns"),
    "move": ("{number} move", "{number} moves"),
    "window": ("{number} window", "{number} windows"),
    "channel": ("{number} channel", "{number} channels"),
    "filter": ("{number} filter", "{number} filters"),
    "input channel": ("{number} input channel", "{number} input channels"),
}
"""What can be counted: one, and several."""


class Said(str):
    """A sentence in English that knows its template and its fields.

    Attributes
    ----------
    template : str
        With a name in braces for each field.
    fields : Mapping of str to Value
        What stands there.
    """

    __slots__ = ("fields", "template")

    template: str
    fields: Mapping[str, Value]

    def __new__(cls, template: str, fields: Mapping[str, Value]) -> Said:
        """Fill the template in."""
        said = super().__new__(cls, template.format_map({name: text_of(value) for name, value in fields.items()}))
        said.template, said.fields = template, MappingProxyType(dict(fields))
        return said


class Figures(str):
    """A line of arithmetic without words, as a trace writes it, with the marks of `text_of` between thousands."""

    __slots__ = ()

    def __new__(cls, line: str) -> Figures:
        """Put the marks in."""
        return super().__new__(cls, re.sub(r"(?<![0-9.])[0-9]{4,}", lambda found: f"{int(found[0]):,}", line))


def say(template: str, /, **fields: Any) -> Said:
    """Fill in a template; numbers are written by the one rule of `text_of`.

    Examples
    --------
    >>> say("{over} / {under} = {answer}", over=2916, under=4, answer=[729, 0.5])
    '2,916 / 4 = [729, 0.5]'
    """
    return Said(template, {name: settle(value) for name, value in fields.items()})


def written(value: Value) -> Said:
    """Say a value alone."""
    return say("{value}", value=value)


def listed(parts: Iterable[Any], separator: str = ", ") -> Said:
    """Join values or sentences so that each of them can still be said in another language.

    Examples
    --------
    >>> listed([3, 1200, 800], " × ")
    '3 × 1,200 × 800'
    """
    fields = {f"part{number}": part for number, part in enumerate(parts)}
    return say(separator.join(f"{{{name}}}" for name in fields), **fields)


def shape_text(shape: Value) -> Said:
    """Say a shape.

    Examples
    --------
    >>> shape_text((3, 224, 224))
    '3 × 224 × 224'
    """
    return listed(shape if isinstance(shape, tuple) else (shape,), " × ")


def count(number: int, noun: str) -> Said:
    """Say how many there are of something.

    Examples
    --------
    >>> count(1, "cell"), count(2000, "cell")
    ('1 cell', '2,000 cells')
    """
    return say(NOUNS[noun][number != 1], number=number)


def spoken(text: str, language: str = "en") -> str:
    """Say a sentence in a language; what its catalog does not have stays English.

    Examples
    --------
    >>> spoken(written((0.5, 150528)), "es"), spoken(Figures("Y[0, 1] = 1×0.5 = 0.5"), "es")
    ('[0,5; 150528]', 'Y[0, 1] = 1×0,5 = 0,5')
    """
    if language == "en":
        return str(text)
    if isinstance(text, Figures):
        marks = {".": MARKS[language][0], ",": MARKS[language][1]}
        return re.sub(r"(?<=[0-9])[.,](?=[0-9])", lambda found: marks[found[0]], text)
    if not isinstance(text, Said):
        return catalog(language).gettext(text) if text else text
    fields = {
        name: spoken(value, language) if isinstance(value, str) else text_of(value, language=language)
        for name, value in text.fields.items()
    }
    return catalog(language).gettext(text.template).format_map(fields)


@cache
def catalog(language: str) -> NullTranslations:
    """Load the sentences of a language; English has none to load."""
    choice("quiz", "language", language, LANGUAGES)
    if language == "en":
        return NullTranslations()
    return translation("quizzes", str(resources.files("cnnviz").joinpath("locale")), [language])
