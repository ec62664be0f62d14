"""Colors by role, in a dark theme for the screen and a light one for print.

A role means the same in every scene. The hues start from the Okabe-Ito palette (Okabe and Ito, 2008, "Color universal
design"), moved apart in lightness so that they also differ for color-blind viewers and on both grounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cnnviz.errors import OptionError
from cnnviz.stage.color import Color, contrast, mix
from cnnviz.stage.font import WEIGHTS, wear

WHITE, BLACK = "#ffffff", "#000000"
ROLES = ("input", "kernel", "output", "gradient", "highlight", "negative")
CHANNELS = ("red", "green", "blue")
"""The slices of a color picture, each tinted in its own color."""


@dataclass(frozen=True)
class Theme:
    """The colors of one look; roles are attributes.

    ``faces`` are the files of a font of its own, regular and bold, ``logo`` is a picture for the corner, and where
    ``header`` is false scenes stand without title and chapter.

    Examples
    --------
    >>> theme("dark").fill("input", 0.0) == theme("dark").cell
    True
    >>> theme("light").text_on("#000000")
    '#ffffff'
    """

    name: str
    ground: Color
    cell: Color
    line: Color
    text: Color
    muted: Color
    input: Color
    kernel: Color
    output: Color
    gradient: Color
    highlight: Color
    negative: Color
    red: Color
    green: Color
    blue: Color
    faces: tuple[Path, ...] = ()
    logo: Path | None = None
    header: bool = True

    def role(self, name: str) -> Color:
        """Return the color of a role: one of ``ROLES``, ``CHANNELS``, or ``text``, ``muted``, ``line``, ``cell``..."""
        color: Color = getattr(self, name)
        return color

    @property
    def glow(self) -> Color:
        """The highlight as a fill: yellow on a light ground, too, where the highlight itself is dark to be read."""
        is_dark = contrast(WHITE, self.highlight) > contrast(BLACK, self.highlight)
        return mix(self.highlight, _YELLOW, _GOLD) if is_dark else self.highlight

    @property
    def rail(self) -> Color:
        """Where a bar or a dot may come to lie, before it does."""
        return mix(self.cell, self.line, _FAINT)

    def fill(self, role: str, strength: float) -> Color:
        """Return the fill of a cell: ``strength`` is value / scale, -1 to 1; below 0 another color rules."""
        hue = self.role(role) if strength >= 0 else self.below(role)
        return mix(self.cell, hue, min(abs(strength), 1.0) * _FULL)

    def below(self, role: str) -> Color:
        """Return the color of what is below 0: gray in a channel, as red is one of them."""
        return self.muted if role in CHANNELS else self.negative

    @staticmethod
    def text_on(fill: Color) -> Color:
        """Return white or black, whichever reads better; one of the two always has a contrast above 4.5."""
        return _text_on(fill)


# The strongest fill stays a little below the pure role color, so that outlines in that color still stand out on it.
_FULL = 0.86
_FAINT = 0.3  # how far a rail is on its way from a cell to the lines
_YELLOW, _GOLD = "#ffd400", 0.88  # a dark highlight as a fill is so far on its way to yellow


@lru_cache(maxsize=4096)
def _text_on(fill: Color) -> Color:
    return WHITE if contrast(WHITE, fill) >= contrast(BLACK, fill) else BLACK


_THEMES = {
    "dark": Theme(
        name="dark",
        ground="#0f1419",
        cell="#151b21",
        line="#343d47",
        text="#eef1f4",
        muted="#98a2ad",
        input="#3d9fe8",
        kernel="#ffab3d",
        output="#52d68a",
        gradient="#d3aefa",
        highlight="#f7ef66",
        negative="#e0533d",
        red="#ea5f63",
        green="#4cc474",
        blue="#6c97ff",
    ),
    "light": Theme(
        name="light",
        ground="#ffffff",
        cell="#f7f8fa",
        line="#c3cad2",
        text="#14181d",
        muted="#5b6570",
        input="#0a4f9c",
        kernel="#b06000",
        output="#1a824c",
        gradient="#8a4fd0",
        highlight="#3f3c00",
        negative="#b3200f",
        red="#b3202c",
        green="#1b7a3c",
        blue="#2a50c8",
    ),
}
THEMES = tuple(_THEMES)
ENDING = ".toml"


def shipped() -> Mapping[str, Theme]:
    """Return the themes that ship, by their names."""
    return _THEMES


def theme(name: str | Path | Theme) -> Theme:
    """Return the theme called ``name``, or that of a ``.toml`` file.

    Raises
    ------
    OptionError, InputError
        If there is no such theme, or the file says none.
    """
    if isinstance(name, Theme):
        return name
    if str(name).lower().endswith(ENDING):
        from cnnviz.stage.theme_file import read_theme

        return read_theme(Path(name))
    try:
        return _THEMES[str(name)]
    except KeyError:
        raise OptionError(f"theme: expected one of {', '.join(THEMES)} or a {ENDING} file, got {name!r}") from None


_at_hand = [_THEMES["dark"]]


def use(look: Theme) -> None:
    """Draw pictures in a theme from now on, where they are given none, and set texts in its font."""
    _at_hand[0] = look
    wear(dict(zip(WEIGHTS, look.faces, strict=False)))


def at_hand() -> Theme:
    """Return the theme that pictures are drawn in."""
    return _at_hand[0]
