"""Sentences as templates with named fields, in the language that is spoken: English is the source of all others."""

from __future__ import annotations

import gettext
import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.subjects.number import MINUS, as_in_cell

DOMAIN = "scenes"
MARKS = {"es": (",", "\u00a0")}
"""How a language writes numbers where it is not as English does: its decimal mark, and what parts thousands."""

NAMES = {"en": "English", "es": "Español"}
"""What languages call themselves."""

_NUMBER = re.compile(r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?")
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
    """Fill a template, in the language spoken, with its fields; numbers are written as in cells.

    Examples
    --------
    >>> say("Stride {stride}: {sum} in the cell.", stride=2, sum=-0.25)
    'Stride 2: −0.25 in the cell.'
    """
    return say_in(_spoken[0], template, **fields)


def say_in(language: str, template: Template, **fields: Any) -> str:
    """Fill a template in a language, whatever is spoken now; for pages, which stand beside what a scene says.

    >>> say_in("es", counted("{count} scene", "{count} scenes", 2))
    '2 escenas'
    """
    if isinstance(template, Counted):
        fields = {"count": template.count, **fields}
    text = translated(template, language)
    return text.format(**{name: written(value, language) for name, value in fields.items()}) if fields else text


def written(value: Any, language: str = "") -> str:
    """Write a field: integers in full, other numbers as in a cell, text as it is (translated where it is known).

    Of several there are commas between them.

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
    language = language or _spoken[0]
    if isinstance(value, tuple):
        return ", ".join(written(each, language) for each in value)
    return say_in(language, value) if isinstance(value, Counted) else _catalogue(language).gettext(str(value)) or ""


def marked(text: str, language: str = "") -> str:
    r"""Give the numbers of a text the marks of a language, the one spoken if none is named, as late as it is drawn.

    Spanish parts thousands from five digits on.

    >>> speak("es")
    >>> marked("0.5 of 1,234"), marked("150,528").replace("\u00a0", "_"), marked(marked("0.001"))
    ('0,5 of 1234', '150_528', '0,001')
    >>> speak("en")
    """
    if (language or _spoken[0]) not in MARKS:
        return text
    return _marked(text, *MARKS[language or _spoken[0]])


@lru_cache(maxsize=4096)
def _marked(text: str, decimal: str, thousands: str) -> str:
    def own(found: re.Match[str]) -> str:
        number = _NUMBER.fullmatch(found[0])
        if not number:
            return found[0]
        whole = number["whole"].split(",")
        return ("" if len(number["whole"]) < 6 else thousands).join(whole) + (number["rest"] or "").replace(
            ".", decimal
        )

    return re.sub(r"\d(?:[\d.,]*\d)?", own, text)


def fields_of(template: str) -> set[str]:
    """Return the names of the fields of a template.

    >>> sorted(fields_of("{rows} x {columns}"))
    ['columns', 'rows']
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def translated(template: Template, language: str) -> str:
    """Return a template in a language, whatever is spoken now; what it does not know stays as it is.

    >>> translated("Stride", "es"), translated("Stride", "en")
    ('Paso', 'Stride')

    Raises
    ------
    OptionError
        If there are no sentences in it.
    """
    catalogue = _catalogue(_known(language))
    if isinstance(template, Counted):
        return catalogue.ngettext(template.one, template.many, template.count)
    return catalogue.gettext(template) if template else ""


def speak(language: str) -> None:
    """Speak a language from now on.

    Raises
    ------
    OptionError
        If there are no sentences in it.
    """
    _spoken[0] = _known(language)


def _known(language: str) -> str:
    if language not in languages():
        raise OptionError(f"lang: expected one of {', '.join(languages())}, got {language!r}")
    return language


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
