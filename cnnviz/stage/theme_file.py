"""A theme of one's own, read from a TOML file and checked: colors, font, logo, and whether scenes have a header."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from cnnviz.data.source import read_bytes
from cnnviz.errors import InputError, OptionError
from cnnviz.stage.color import READABLE, contrast, difference, seen_with
from cnnviz.stage.font import WEIGHTS, Font
from cnnviz.stage.theme import ROLES, Theme, shipped

__all__ = ["APART", "check_theme", "read_theme"]

APART = 5.0
"""How different roles look at least, in the units of `cnnviz.stage.color.difference`, to every kind of eye."""

KEYS = ("base", "colors", "font", "bold", "logo", "header")
_EYES = ("protanopia", "deuteranopia", "tritanopia")
_MOST = {"toml": 2**16, "font": 2**25, "logo": 2**23}  # bytes
_PIXELS = 2**24


def read_theme(path: Path) -> Theme:
    """Read a theme; what the file leaves out is as in its base, ``dark`` where it names none.

    Raises
    ------
    InputError
        If a file cannot be read.
    OptionError
        If it says something that is no theme, or one in which something cannot be read or told apart.
    """
    who = f"theme: {path.name}"
    try:
        told = tomllib.loads(read_bytes("theme", path, _MOST["toml"]).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{who}: expected a TOML file, got: {' '.join(str(error).split())}; mend it there") from error
    _known(who, told, KEYS, "")
    base = told.get("base", "dark")
    if not isinstance(base, str) or base not in shipped():
        raise OptionError(f"{who}: expected base as one of {', '.join(shipped())}, got {base!r}")
    header = told.get("header", True)
    if not isinstance(header, bool):
        raise OptionError(f"{who}: expected header as true or false, got {header!r}")
    made = replace(
        shipped()[base],
        name=str(path),
        **_colors(who, told.get("colors", {})),
        faces=_faces(who, told, path.parent),
        logo=_logo(who, told, path.parent),
        header=header,
    )
    check_theme(made, who)
    return made


def check_theme(theme: Theme, who: str = "theme") -> None:
    """Say in one line which color of a theme cannot be read on its ground, or told from another by some eyes.

    Raises
    ------
    OptionError
        For the first that is so.

    Examples
    --------
    >>> from dataclasses import replace
    >>> check_theme(replace(shipped()["light"], muted="#aaaaaa"))
    Traceback (most recent call last):
    cnnviz.errors.OptionError: theme: expected muted to have a contrast of 4.5 or more on the ground, got 2.3 of #aaaaaa
    on #ffffff; make it darker
    """
    for name in ("text", "muted", *ROLES):
        color = theme.role(name)
        if (got := contrast(color, theme.ground)) < READABLE:
            way = "lighter" if contrast("#ffffff", theme.ground) > contrast("#000000", theme.ground) else "darker"
            raise OptionError(
                f"{who}: expected {name} to have a contrast of {READABLE} or more on the ground, got {got:.1f} of "
                f"{color} on {theme.ground}; make it {way}"
            )
    for eyes, (a, b) in itertools.product(_EYES, itertools.combinations(ROLES, 2)):
        apart = difference(seen_with(eyes, theme.role(a)), seen_with(eyes, theme.role(b)))
        if apart < APART:
            raise OptionError(
                f"{who}: expected {a} and {b} to look {APART:g} apart or more with {eyes}, got {apart:.1f}; "
                f"make one of them lighter or darker"
            )


def _known(who: str, told: Mapping[str, Any], names: tuple[str, ...], what: str) -> None:
    for name in told:
        if name not in names:
            raise OptionError(f"{who}: expected {what}{', '.join(names)}, got {name!r}; leave it out or mend its name")


def _colors(who: str, told: Any) -> dict[str, str]:
    names = tuple(each.name for each in fields(Theme) if each.type == "Color")
    if not isinstance(told, dict):
        raise OptionError(f"{who}: expected [colors] with a line for each, got {told!r}")
    _known(who, told, names, "colors ")
    for name, color in told.items():
        if not isinstance(color, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise OptionError(f"{who}: expected {name} as a color such as #0a4f9c, got {color!r}")
    return {name: color.lower() for name, color in told.items()}


def _file(who: str, name: str, told: Any, folder: Path, endings: tuple[str, ...]) -> Path:
    if not isinstance(told, str) or not told.lower().endswith(endings):
        raise OptionError(f"{who}: expected {name} as the name of a {' or '.join(endings)} file, got {told!r}")
    return folder / told


def _faces(who: str, told: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """Return the files of the font, for each of its weights."""
    if "font" not in told:
        if "bold" in told:
            raise OptionError(f"{who}: expected font beside bold, got bold alone; name the regular one, too")
        return ()
    names = [("font", told["font"]), ("bold", told.get("bold", told["font"]))]
    paths = tuple(_file(who, name, each, folder, (".ttf", ".otf")) for name, each in names)
    for path, weight in zip(paths, WEIGHTS, strict=True):
        data = read_bytes("theme", path, _MOST["font"])
        try:
            complete = Font(data, weight).has("0123456789Aa")
        except Exception as error:  # whatever fontTools makes of it
            raise InputError(
                f"{who}: expected a font, got {path.name}, which cannot be read as one; take another"
            ) from error
        if not complete:
            raise InputError(f"{who}: expected a font with digits and letters, got {path.name} without; take another")
    return paths


def _logo(who: str, told: Mapping[str, Any], folder: Path) -> Path | None:
    if "logo" not in told:
        return None
    from PIL import Image

    path = _file(who, "logo", told["logo"], folder, (".png",))
    read_bytes("theme", path, _MOST["logo"])
    try:
        with Image.open(path, formats=["PNG"]) as picture:
            wide, high = picture.size
            if wide * high <= _PIXELS:
                picture.load()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise InputError(
            f"{who}: expected a PNG picture, got {path.name}, which cannot be read; save it anew"
        ) from error
    if wide * high > _PIXELS or not 1 / 8 <= wide / high <= 8:
        raise InputError(
            f"{who}: expected a logo of at most {_PIXELS // 10**6} million pixels and 8 times as wide as high or less, "
            f"got {wide} x {high}; make it smaller"
        )
    return path
