"""Fonts of the machine, for characters that ours lacks: each character by itself, in its weight."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cnnviz.stage.font import HEAVINESS, Font

__all__ = ["forget", "installed", "lacking", "lost", "machine_font", "name_of", "note"]

_PLACES = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    *("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
)
_ENDINGS = (".ttf", ".otf", ".ttc")
_FLAWS = (
    re.compile(r"italic|oblique", re.IGNORECASE),
    re.compile(r"mono|condensed|narrow", re.IGNORECASE),
    re.compile(r"(?<!sans)(?<!sans.)serif|math|symbol", re.IGNORECASE),
)
"""What a name says that makes a font go less well with ours, the worst first."""

_asked: dict[str, bool] = {}  # characters that ours lacked, and whether some font here has them


def forget() -> None:
    """Begin to count anew what is lacking."""
    _asked.clear()


def note(character: str, found: bool) -> None:
    """Take note that a character is not in our font, and whether some font here has it."""
    _asked[character] = found


def lacking() -> bool:
    """Tell whether fonts of this machine were needed, so that what was drawn depends on them."""
    return bool(_asked)


def lost() -> str:
    """Say in a sentence which characters no font here has; empty if there are none."""
    names = [character for character, found in _asked.items() if not found]
    shown = " ".join(sorted(names)[:8]) + (" ..." if len(names) > 8 else "")
    return f"no font here has {shown}; install one that does, see cnnviz doctor" if names else ""


def machine_font(character: str, weight: str) -> Font | None:
    """Return the font of this machine that has a character and goes best with ours, None where none has it."""
    for path in _ranked(weight):
        if ord(character) in _characters(path):
            return _opened(path, weight)
    return None


def name_of(character: str) -> str:
    """Name the family of the font that has a character, empty where none has it."""
    found = machine_font(character, "Regular")
    return found.family if found else ""


@cache
def _ranked(weight: str) -> tuple[str, ...]:
    def flaws(path: str) -> tuple[int | str, ...]:
        name = Path(path).stem
        said = next((HEAVINESS[each] for each in HEAVINESS if re.search(each, name, re.IGNORECASE)), 400)
        unlike = abs(said - HEAVINESS[weight.lower()])
        return (*(bool(flaw.search(name)) for flaw in _FLAWS), unlike, "sans" not in name.lower(), name, path)

    files = (f"{folder}{os.sep}{name}" for folder, names, _ in _folders() for name in names)
    return tuple(sorted((file for file in files if file.lower().endswith(_ENDINGS)), key=flaws))


@cache
def _characters(path: str) -> frozenset[int]:
    """Return the characters of a font that has outlines; none of one that cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with Path(path).open("rb") as opened, TTFont(opened, lazy=True, fontNumber=0) as file:
            outlined = any(table in file for table in ("glyf", "CFF ", "CFF2"))
            return frozenset(file.getBestCmap() or ()) if outlined else frozenset()
    except (OSError, TTLibError, AttributeError, KeyError, ValueError):
        return frozenset()


@cache
def _opened(path: str, weight: str) -> Font:
    return Font(Path(path).read_bytes(), weight)


def installed() -> str:
    """Return a checksum of which fonts this machine has: it changes when one comes or goes."""
    return hashlib.sha256(repr(sorted(_folders())).encode()).hexdigest()


def _folders() -> Iterator[tuple[str, list[str], int]]:
    """Give each folder of fonts with the names in it and when it last changed."""
    own = os.environ.get("XDG_DATA_HOME")
    for place in (*_PLACES, *([f"{own}/fonts"] if own else [])):
        for folder, _, names in os.walk(Path(place).expanduser()):
            yield folder, sorted(names), Path(folder).stat().st_mtime_ns
