"""Pictures as arrays of whole numbers: built in, made by rule, or from a file."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cnnviz._checks import choice, integer
from cnnviz.data.digits import CREDIT, PEAK, digits
from cnnviz.data.pattern import RULES, TABLES
from cnnviz.data.source import hint, printable, shown
from cnnviz.errors import InputError, OptionError

if TYPE_CHECKING:
    from cnnviz.data.fit import Size

_WHO = "load_image"
_FOLDER = Path(__file__).parent / "builtin"
_MAX_CELLS = 25_000_000

PHOTOS = {
    "china": "Photo: danielbuechele, CC BY 2.0, resized",
    "flower": "Photo: vultilion, CC BY 2.0, resized",
    "grace_hopper": "Photo: James S. Davis, U.S. Navy, public domain",
}
FAVORITES = (3, 3, 0, 5, 8, 4, 1, 4, 0, 0)  # for each digit the example that reads best from the back row
"""For each digit, which of its examples ``digit:N`` shows."""


@dataclass(frozen=True, eq=False)
class Picture:
    """Hold a picture's numbers and what to write beside it.

    Attributes
    ----------
    values : ndarray of float64, shape (C, H, W)
        Whole numbers from 0 to ``peak``, read-only; C is 1 (gray) or 3 (red, green, blue).
    peak : float
        The value of full brightness: 255 for photographs and files, 16 for digits, its own for each pattern.
    name : str
        A short label, such as ``"digit 3"`` or ``"china"``.
    credit : str
        The line of attribution that its license asks for; empty where none is needed.
    """

    values: npt.NDArray[np.float64]
    peak: float
    name: str
    credit: str = ""

    def __post_init__(self) -> None:
        self.values.setflags(write=False)


def builtin_names() -> tuple[str, ...]:
    """List the names of the built-in pictures.

    Examples
    --------
    >>> builtin_names()[:2], "photo:china" in builtin_names()
    (('digit:0', 'digit:1'), True)
    """
    return (*(f"digit:{n}" for n in range(10)), *(f"photo:{name}" for name in PHOTOS), *RULES, *TABLES)


def load_image(source: str | Path, *, size: "Size" = None, channels: str = "gray") -> Picture:
    """Load a picture as whole numbers: a built-in one by its name, or a file.

    Parameters
    ----------
    source : str or Path
        A built-in name or the path of a PNG, JPEG, GIF, BMP, WebP or TIFF file of at most 20 MB and 25 megapixels:

        - ``"digit:3"``, a handwritten 3 of 8 × 8 cells; ``"digit:3#12"``, another one, counted from 0;
        - ``"photo:china"``, ``"photo:flower"``, ``"photo:grace_hopper"``;
        - ``"checkerboard"``, ``"ramp"``, ``"impulse"``, ``"edge"``, made by rule in any size;
        - ``"blackboard"``, ``"blackboard-4"``, ``"pooling-a"``, ``"pooling-b"``, the tables of worked examples.

        A built-in name goes before a file of that name; write ``./ramp`` for the file.
    size : int or (H, W), optional
        One number is the longer side, the other following in proportion (a pattern becomes a square). A pair is met
        exactly: the largest central part of these proportions is kept. None leaves the picture as it is. Smaller by
        Lanczos, larger by bicubic interpolation, on the stored (gamma-encoded) values, then rounded to whole numbers,
        so that sums can be checked by hand.
    channels : {"gray", "rgb"}
        Gray is the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B. A gray picture in RGB has three equal channels.

    Returns
    -------
    Picture
        With ``values`` of shape (1, H, W) or (3, H, W).

    Raises
    ------
    InputError
        Where there is no such picture, or the file is damaged, too large or something else.
    OptionError
        Where ``size`` or ``channels`` is not as above, or a worked table is asked for in another size.

    Examples
    --------
    >>> picture = load_image("blackboard")
    >>> picture.values[0, :2]
    array([[1., 2., 3., 4., 5.],
           [6., 7., 8., 9., 0.]])
    >>> load_image("digit:3").values.shape, load_image("photo:china", size=12, channels="rgb").values.shape
    ((1, 8, 8), (3, 8, 12))

    Notes
    -----
    Files: the first frame, turned upright by its EXIF note, transparent parts over white, 16 bits brought to 0..255;
    color profiles are not applied.
    """
    if not isinstance(source, str | Path):
        raise OptionError(
            f'{_WHO}: expected a built-in name or a path, got {type(source).__name__}; write "digit:3" for instance'
        )
    choice(_WHO, "channels", channels, ("gray", "rgb"))
    size = _checked_size(size)
    picture = _builtin(source, size, channels) if isinstance(source, str) else None
    return _from_file(source, size, channels) if picture is None else picture


def _checked_size(size: "Size") -> "Size":
    if size is None:
        return None
    if isinstance(size, tuple | list):
        if len(size) != 2:
            raise OptionError(f"{_WHO}: expected size as one number or (height, width), got {size!r}; give one or two")
        pair = (integer(_WHO, "height", size[0], 1), integer(_WHO, "width", size[1], 1))
        cells = pair[0] * pair[1]
    else:
        size = integer(_WHO, "size", size, 1)
        pair, cells = size, size * size  # type: ignore[assignment]
    if cells > _MAX_CELLS:
        raise OptionError(
            f"{_WHO}: expected a size of at most {_MAX_CELLS // 1_000_000} megapixels, got {size}; choose less"
        )
    return pair


def _builtin(name: str, size: "Size", channels: str) -> Picture | None:
    """Make a built-in picture; None where the name is not one of them."""
    if name in TABLES:
        return _table(name, size, channels)
    if name in RULES:
        make, side = RULES[name]
        height, width = size if isinstance(size, tuple) else (size or side, size or side)
        plane, peak = make(height, width)
        return Picture(_stacked(plane, channels), peak, name)
    kind, colon, rest = name.partition(":")
    if colon and kind == "digit":
        return _digit(rest, size, channels)
    if colon and kind == "photo":
        if rest not in PHOTOS:
            raise InputError(
                f"{_WHO}: expected a built-in photo, got {shown(name)}; {hint(rest, PHOTOS)}"
                f"the photos are {', '.join(f'photo:{photo}' for photo in PHOTOS)}"
            )
        return Picture(_decoded(_FOLDER / f"{rest}.jpg", size, channels), 255.0, rest, PHOTOS[rest])
    return None


def _table(name: str, size: "Size", channels: str) -> Picture:
    plane = np.array(TABLES[name], dtype=np.float64)
    if size not in (None, len(plane), plane.shape):
        raise OptionError(
            f"{_WHO}: expected no size for {name}, a worked example of {len(plane)} × {len(plane)}, got {size}; "
            f"leave size out"
        )
    return Picture(_stacked(plane, channels), float(plane.max()), name)


def _digit(text: str, size: "Size", channels: str) -> Picture:
    match = re.fullmatch(r"([0-9])(?:#([0-9]{1,4}))?", text)
    if match is None:
        raise InputError(
            f"{_WHO}: expected a digit as digit:3, or digit:3#12 for another example, got {shown('digit:' + text)}; "
            f"the digits are 0 to 9"
        )
    label = int(match[1])
    examples = digits().of(label)
    which = FAVORITES[label] if match[2] is None else int(match[2])
    if which >= len(examples):
        raise InputError(
            f"{_WHO}: expected one of the {len(examples)} examples of digit {label}, got #{which}; "
            f"choose #0 to #{len(examples) - 1}"
        )
    plane = examples[which].astype(np.float64)
    if size is not None:
        from PIL import Image

        from cnnviz.data.fit import resize

        resized = np.asarray(resize(Image.fromarray(plane.astype(np.float32)), size), dtype=np.float64)
        plane = np.clip(np.rint(resized), 0, PEAK)
    name = f"digit {label}" if match[2] is None else f"digit {label} #{which}"
    return Picture(_stacked(plane, channels), float(PEAK), name, CREDIT)


def _from_file(source: str | Path, size: "Size", channels: str) -> Picture:
    path = Path(source)
    text = str(source)
    if isinstance(source, str) and not any(mark in text for mark in "/\\.") and not _exists(path):
        raise InputError(
            f"{_WHO}: expected a built-in picture or a file, got {shown(text)}; {hint(text, builtin_names())}"
            f"built in are {', '.join(builtin_names())}"
        )
    return Picture(_decoded(path, size, channels), 255.0, printable(path.stem)[:40])


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long for a path, or a NUL in it
        return False


def _decoded(path: Path, size: "Size", channels: str) -> npt.NDArray[np.float64]:
    from cnnviz.data.decode import decode

    pixels = decode(_WHO, path, "L" if channels == "gray" else "RGB", size)
    return np.atleast_3d(pixels).transpose(2, 0, 1).astype(np.float64, order="C")


def _stacked(plane: npt.NDArray[np.float64], channels: str) -> npt.NDArray[np.float64]:
    """Give a plane its channel axis, three times over for RGB."""
    return np.repeat(plane[None], 1 if channels == "gray" else 3, axis=0)
