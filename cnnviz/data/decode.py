"""Decode picture files that come from anywhere: six formats, sizes known before decoding, first frame only."""

import warnings
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile

from cnnviz.data.fit import Size, resize
from cnnviz.data.quiet import quiet
from cnnviz.data.source import read_bytes, shown
from cnnviz.data.structure import CostlyError, Metered, check, orientation, webp_size
from cnnviz.errors import InputError

MAX_BYTES = 20_000_000
MAX_PIXELS = 25_000_000
MAX_WEBP_PIXELS = 16_000_000  # its decoder holds four copies
MAX_RLE_PIXELS = 1_000_000

_BAND = 256  # rows flattened at a time
_BITS_PER_SAMPLE, _PHOTOMETRIC = 258, 262

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
    label = format_.upper().replace("WEBP", "WebP")
    plugin: type[ImageFile.ImageFile] = getattr(import_module(f"PIL.{format_}ImagePlugin"), f"{format_}ImageFile")
    try:
        check(format_, data)
        if format_ == "WebP":
            _check_size(who, label, name, *webp_size(data))
        with quiet() if format_ == "Tiff" else nullcontext(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whatever is wrong ends in one line of ours
            image = plugin(Metered(data))
            _check_size(who, label, name, *image.size)
            _check_tiles(image)
            turn = None if format_ == "Tiff" else _TURNS.get(orientation(image.info.get("exif", b"")))
            flat = _over_white(image, mode)
            return np.asarray(resize(flat if turn is None else flat.transpose(turn), size))
    except InputError:
        raise
    except CostlyError as reason:
        raise InputError(
            f"{who}: expected an ordinary {label} file, got {name}, which {reason}; save it again as PNG"
        ) from None
    except Exception as error:  # damaged files make the decoders raise a dozen kinds of error
        raise InputError(
            f"{who}: expected a whole {label} file, got {name}, which is damaged or cut short; save it again"
        ) from error


def _check_size(who: str, label: str, name: str, width: int, height: int) -> None:
    most = MAX_WEBP_PIXELS if label == "WebP" else MAX_PIXELS
    if width * height > most:
        raise InputError(
            f"{who}: expected a {label} picture of at most {most // 1_000_000} megapixels, got {name} with "
            f"{width} × {height}; make it smaller first"
        )


def _check_tiles(image: ImageFile.ImageFile) -> None:
    """Refuse what would be drawn many times over, and large pictures in the packing that is decoded in plain Python."""
    pixels = image.width * image.height
    parts = [tile[1] for tile in image.tile if tile[1] is not None]
    drawn = sum((right - left) * (bottom - top) for left, top, right, bottom in parts)
    if drawn > pixels * max(len(image.getbands()), 1):
        raise CostlyError("draws the same pixels many times over")
    if any(tile[0] == "bmp_rle" for tile in image.tile) and pixels > MAX_RLE_PIXELS:
        raise CostlyError(f"is packed by run lengths beyond {MAX_RLE_PIXELS // 1_000_000} megapixel")


def _over_white(image: Image.Image, mode: str) -> Image.Image:
    """Make the picture gray or color with values from 0 to 255, white where it is transparent.

    Band by band, so that no second copy in another mode is held.
    """
    image.load()
    if image.mode in ("I", "F"):
        raise CostlyError("holds signed, 32-bit or floating-point numbers, whose black and white are not known")
    flat = Image.new(mode, image.size, "white")
    for top in range(0, image.height, _BAND):
        band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
        if band.mode.startswith("I;16"):
            flat.paste(_eight_bits(image, band), (0, top))
        elif image.has_transparency_data:
            colors = (band.convert("LA") if band.mode == "La" else band).convert("RGBA")
            flat.paste(colors.convert(mode), (0, top), colors.getchannel("A"))
        else:
            flat.paste(band.convert(mode), (0, top))
    return flat


def _eight_bits(image: Image.Image, band: Image.Image) -> Image.Image:
    """Bring 16-bit gray (12-bit in some TIFF files) to 0..255."""
    tags = getattr(image, "tag_v2", {})
    white = 4095 if tags.get(_BITS_PER_SAMPLE) == (12,) else 65535
    values = np.asarray(band)
    gray = np.rint(values * np.float32(255 / white)).astype(np.uint8)
    if tags.get(_PHOTOMETRIC) == 0:  # white is 0
        gray = 255 - gray
    gray[values == image.info.get("transparency", -1)] = 255
    return Image.fromarray(gray)
