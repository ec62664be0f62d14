"""The built-in pictures by name: handwritten digits, photographs, patterns and worked examples."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnviz.data.digits import CREDIT, PEAK, digits
from cnnviz.data.pattern import RULES, TABLES
from cnnviz.data.picture import Picture, from_pixels, from_plane
from cnnviz.data.source import hint, shown
from cnnviz.errors import InputError, OptionError

if TYPE_CHECKING:
    from cnnviz.data.fit import Size

PHOTOS = {
    "china": "Photo: danielbuechele, CC BY 2.0, resized",
    "flower": "Photo: vultilion, CC BY 2.0, resized",
    "grace_hopper": "Photo: James S. Davis, U.S. Navy, public domain",
}
FAVORITES = (3, 3, 0, 5, 8, 4, 1, 4, 0, 0)  # for each digit the example that reads best from the back row

_FOLDER = Path(__file__).parent / "builtin"


def builtin_names() -> tuple[str, ...]:
    """List the names of the built-in pictures.

    Examples
    --------
    >>> builtin_names()[:2], "photo:china" in builtin_names()
    (('digit:0', 'digit:1'), True)
    """
    return (*(f"digit:{n}" for n in range(10)), *(f"photo:{name}" for name in PHOTOS), *RULES, *TABLES)


def builtin(who: str, name: str, size: "Size", channels: str) -> Picture | None:
    """Make a built-in picture; None where the name is not of their form.

    Examples
    --------
    >>> builtin("load_image", "digit:3", None, "gray").name
    'digit 3'
    >>> builtin("load_image", "holiday.jpg", None, "gray") is None
    True
    """
    if name in TABLES:
        return _table(who, name, size, channels)
    if name in RULES:
        make, side = RULES[name]
        height, width = size if isinstance(size, tuple) else (size or side, size or side)
        plane, peak = make(height, width)
        return from_plane(plane, channels, peak, name)
    kind, _, rest = name.partition(":")
    if kind == "digit" and rest:
        return _digit(who, rest, size, channels)
    if kind == "photo" and rest:
        return _photo(who, rest.replace("-", "_"), size, channels)
    return None


def _table(who: str, name: str, size: "Size", channels: str) -> Picture:
    plane = np.array(TABLES[name], dtype=np.float64)
    if size not in (None, len(plane), plane.shape):
        raise OptionError(
            f"{who}: expected no size for {name}, a worked example of {len(plane)} × {len(plane)}, got {size}; "
            f"leave size out"
        )
    return from_plane(plane, channels, plane.max(), name)


def _digit(who: str, text: str, size: "Size", channels: str) -> Picture:
    match = re.fullmatch(r"([0-9])(?:#([0-9]{1,4}))?", text)
    if match is None:
        raise InputError(
            f"{who}: expected a digit as digit:3, or digit:3#12 for another example, got {shown('digit:' + text)}; "
            f"the digits are 0 to 9"
        )
    label = int(match[1])
    examples = digits().of(label)
    which = FAVORITES[label] if match[2] is None else int(match[2])
    if which >= len(examples):
        raise InputError(
            f"{who}: expected one of the {len(examples)} examples of digit {label}, got #{which}; "
            f"choose #0 to #{len(examples) - 1}"
        )
    plane = examples[which].astype(np.float64)
    if size is not None:
        from PIL import Image

        from cnnviz.data.fit import resize

        resized = np.asarray(resize(Image.fromarray(plane.astype(np.float32)), size), dtype=np.float64)
        plane = np.clip(np.rint(resized), 0, PEAK)
    name = f"digit {label}" if match[2] is None else f"digit {label} #{which}"
    return from_plane(plane, channels, PEAK, name, CREDIT)


def _photo(who: str, name: str, size: "Size", channels: str) -> Picture:
    if name not in PHOTOS:
        raise InputError(
            f"{who}: expected a built-in photo, got {shown('photo:' + name)}; {hint(name, PHOTOS)}"
            f"the photos are {', '.join(f'photo:{photo}' for photo in PHOTOS)}"
        )
    from cnnviz.data.decode import decode

    pixels = decode(who, _FOLDER / f"{name}.jpg", "L" if channels == "gray" else "RGB", size)
    return from_pixels(pixels, name.replace("_", " "), PHOTOS[name])
