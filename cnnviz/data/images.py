"""Load pictures as arrays of whole numbers: built in, made by rule, or from a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnviz._checks import choice, integer
from cnnviz.data.collection import builtin, builtin_names
from cnnviz.data.kernel_text import TYPED, parse
from cnnviz.data.picture import AtMost, Picture, from_pixels, from_plane
from cnnviz.data.source import hint, is_there, printable, shown
from cnnviz.errors import InputError, OptionError

if TYPE_CHECKING:
    from cnnviz.data.fit import Size

_AXES = ("height", "width")
_MAX_CELLS = 25_000_000


def load_image(source: str | Path, *, size: "Size" = None, channels: str = "gray") -> Picture:
    """Load a picture as whole numbers: a built-in one by its name, or a file.

    Parameters
    ----------
    source : str or Path
        A built-in name or the path of a PNG, JPEG, GIF, BMP, WebP or TIFF file of at most 20 MB and 25 megapixels:

        - ``"digit:3"``, a handwritten 3 of 8 × 8 cells; ``"digit:3#12"``, another one, counted from 0;
        - ``"photo:china"``, ``"photo:flower"``, ``"photo:grace_hopper"``;
        - ``"checkerboard"``, ``"ramp"``, ``"impulse"``, ``"edge"``, made by rule in any size;
        - ``"1,2,3; 4,5,6"``, a small gray picture typed as rows of numbers, as for `kernel`;
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
            f'load_image: expected a built-in name or a path, got {type(source).__name__}; write "digit:3" for instance'
        )
    choice("load_image", "channels", channels, ("gray", "rgb"))
    size = _checked_size(size)
    if isinstance(source, str) and set(source) <= TYPED and any(mark in source for mark in ",;\n"):
        return _typed(source, size, channels)
    picture = builtin("load_image", source, size, channels) if isinstance(source, str) else None
    return _from_file(source, size, channels) if picture is None else picture


def _typed(text: str, size: "Size", channels: str) -> Picture:
    """Take the numbers as they are; the largest is the peak."""
    values, _ = parse("load_image", text, "picture")
    given = " × ".join(map(str, values.shape))
    if not (size is None or isinstance(size, AtMost) or size in (values.shape, max(values.shape))):
        wanted = " × ".join(map(str, size)) if isinstance(size, tuple) else f"{size} along its longer side"
        raise OptionError(
            f"load_image: expected a typed picture to have the cells of its size, {wanted}, got {given}; "
            f"type as many, or choose another size"
        )
    return from_plane(values, channels, float(np.abs(values).max()) or 1.0, "typed picture")


def _checked_size(size: "Size") -> "Size":
    checked: Size
    if size is None:
        return None
    if isinstance(size, tuple | list):
        if len(size) != 2:
            raise OptionError(
                f"load_image: expected size as one number or (height, width), got {size!r}; give one or two numbers"
            )
        height, width = (integer("load_image", name, side, 1) for name, side in zip(_AXES, size, strict=True))
        checked = height, width
    else:
        checked = height = width = integer("load_image", "size", size, 1)
        if isinstance(size, AtMost):
            checked = size
    if height * width > _MAX_CELLS:
        raise OptionError(
            f"load_image: expected a size of at most {_MAX_CELLS // 1_000_000} megapixels, got {height} × {width}; "
            f"choose less"
        )
    return checked


def _from_file(source: str | Path, size: "Size", channels: str) -> Picture:
    text = str(source)
    if isinstance(source, str) and not any(mark in text for mark in "/\\.") and not (text and is_there(text)):
        raise InputError(
            f"load_image: expected a built-in picture or a file, got {shown(text)}; {hint(text, builtin_names())}"
            f"built in are {', '.join(builtin_names())}"
        )
    from cnnviz.data.decode import decode

    path = Path(source)
    return from_pixels(
        decode("load_image", path, "L" if channels == "gray" else "RGB", size), printable(path.stem)[:40]
    )
