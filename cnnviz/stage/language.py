"""Sentences as templates with named fields, in the language that is spoken: English is the source of all others."""

from __future__ import annotations

import gettext
import string
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.subjects.number import MINUS, as_in_cell

DOMAIN = "scenes"
_spoken = ["en"]  # the one language spoken now


@dataclass(frozen=True)
class Counted:
    """A template for one and one for many, and the count that chooses."""

    one: str
    many: str
    count: int


Template = str | Counted


def counted(one: str, many: str, count: int) -> Counted:
    """Let a count choose between two templates, as `gettext.ngettext` does; each may name it ``{count}``.

    >>> say(counted("{count} row is lost.", "{count} rows are lost.", 2))
    '2 rows are lost.'
    """
    return Counted(one, many, count)


def say(template: Template, **fields: Any) -> str:
    """Fill a template, in the language spoken, with its fields; numbers are written as on stage.

    Examples
    --------
    >>> say("Stride {stride}: {sum} in the cell.", stride=2, sum=-0.25)
    'Stride 2: −0.25 in the cell.'
    """
    if isinstance(template, Counted):
        text = _catalogue(_spoken[0]).ngettext(template.one, template.many, template.count)
        fields = {"count": template.count, **fields}
    else:
        text = _catalogue(_spoken[0]).gettext(template) if template else ""
    return text.format(**{name: written(value) for name, value in fields.items()}) if fields else text


def written(value: Any) -> str:
    """Write a field: integers in full, other numbers as in a cell, text as it is (translated where it is known).

    >>> written(-1234), written(0.5), written(1 / 3), written("input")
    ('−1,234', '0.5', '≈ 0.33', 'input')
    """
    if isinstance(value, bool):
        raise TypeError("a sentence is chosen by a truth, it does not print it")
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        return f"{value:,}".replace("-", MINUS)
    if isinstance(value, float):
        return as_in_cell(value)
    return say(value) if isinstance(value, Counted) else _catalogue(_spoken[0]).gettext(str(value)) or ""


def fields_of(template: str) -> set[str]:
    """Return the names of the fields of a template.

    >>> sorted(fields_of("{rows} x {columns}"))
    ['columns', 'rows']
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def speak(language: str) -> None:
    """Speak a language from now on.

    Raises
    ------
    OptionError
        If there are no sentences in it.
    """
    if language not in languages():
        raise OptionError(f"lang: expected one of {', '.join(languages())}, got {language!r}")
    _spoken[0] = language


@cache
def languages() -> tuple[str, ...]:
    """List the languages there are sentences in, English first."""
    folder = resources.files("cnnviz") / "locale"
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    return ("en", *(name for name in names if (folder / name / "LC_MESSAGES" / f"{DOMAIN}.mo").is_file()))


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    file = resources.files("cnnviz") / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)
