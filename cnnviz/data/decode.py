"""Decode picture files that come from anywhere: six formats, sizes known before decoding, first frame only."""

import warnings
from importlib import import_module
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from cnnviz.data.fit import Size, resize
from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError

MAX_BYTES = 20_000_000
MAX_PIXELS = 25_000_000

_SIGNATURES = (  # how a file begins, at which byte, and the format's name as Pillow spells it
    (b"\x89PNG\r\n\x1a\n", 0, "Png"),
    (b"\xff\xd8\xff", 0, "Jpeg"),
    (b"GIF87a", 0, "Gif"),
    (b"GIF89a", 0, "Gif"),
    (b"BM", 0, "Bmp"),
    (b"WEBP", 8, "WebP"),
    (b"II*\0", 0, "Tiff"),
    (b"MM\0*", 0, "Tiff"),
)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(who: str, path: Path, mode: str, size: Size) -> npt.NDArray[np.uint8]:
    """Read the first frame of a picture file, upright, over white, and resized.

    Parameters
    ----------
    who : str
        The name the user called; messages begin with it.
    path : Path
        A PNG, JPEG, GIF, BMP, WebP or TIFF file of at most 20 MB and 25 megapixels.
    mode : {"L", "RGB"}
        Gray or color.
    size : int, pair of int or None
        As in `cnnviz.data.fit.target`.

    Returns
    -------
    ndarray of uint8, shape (H, W) or (H, W, 3)

    Raises
    ------
    InputError
        Where the file is not such a picture.
    """
    name = shown(str(path))
    data = read_bytes(who, path, MAX_BYTES)
    format_ = next((f for start, at, f in _SIGNATURES if data.startswith(start, at)), None)
    if format_ is None:
        raise InputError(
            f"{who}: expected a PNG, JPEG, GIF, BMP, WebP or TIFF picture, got {name}, which is none of these inside; "
            f"save it as one of them"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is wrong ends in one line of ours
        try:
            plugin = import_module(f"PIL.{format_}ImagePlugin")
            image: ImageFile.ImageFile = getattr(plugin, f"{format_}ImageFile")(BytesIO(data))
            _check_size(who, name, image)
            turn = _TURNS.get(image.getexif().get(0x0112, 1)) if format_ != "Tiff" else None
            flat = _over_white(image, mode)
            if turn is not None:
                flat = flat.transpose(turn)
            return np.asarray(resize(flat, size))
        except InputError:
            raise
        except Exception as error:  # damaged files make the decoders raise a dozen kinds of error
            raise InputError(
                f"{who}: expected a whole {format_.upper()} file, got {name}, which is damaged or cut short; "
                f"save it again"
            ) from error


def _check_size(who: str, name: str, image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise InputError(
            f"{who}: expected at most {MAX_PIXELS // 1_000_000} megapixels, got {name} with "
            f"{image.width} × {image.height}; make it smaller first"
        )


def _over_white(image: Image.Image, mode: str) -> Image.Image:
    """Lay the picture over white, where it is transparent, and make it gray or color with values from 0 to 255."""
    if image.mode.startswith("I;16"):
        return Image.fromarray(np.rint(np.asarray(image) / np.float32(257)).astype(np.uint8)).convert(mode)
    if not image.has_transparency_data:
        return image.convert(mode)
    colors = image.convert("RGBA")
    flat = Image.new(mode, colors.size, "white")
    flat.paste(colors.convert(mode), mask=colors.getchannel("A"))
    return flat
