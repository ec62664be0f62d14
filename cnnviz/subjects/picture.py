"""The picture of a subject: a name, a file, typed rows, an array or a `Picture`; small enough to animate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz.data import AtMost, Picture, builtin_names, load_image
from cnnviz.errors import OptionError

if TYPE_CHECKING:
    from cnnviz.data.fit import Size

LARGEST_SIDE, USUAL_SIDE = 128, 64
Source = str | Path | Picture

_LUMA = np.array([0.299, 0.587, 0.114])


@dataclass(frozen=True)
class PictureKind:
    """A picture: what `cnnviz.data.load_image` reads, an array of shape (H, W) or (C, H, W), or a `Picture`.

    Its pixels are read by `subject_picture`, for they depend on size and channels.

    Examples
    --------
    >>> PictureKind().read("image", [[0, 1], [2, 3]]).values
    array([[[0., 1.],
            [2., 3.]]])
    """

    metavar: str = "NAME|ROWS|FILE"

    def read(self, name: str, value: Any) -> Source:
        """Take names, paths and pictures as they are; make a picture of an array or of lists."""
        if isinstance(value, str | Path | Picture):
            return value
        return _from_array(name, value)

    def offers(self) -> tuple[str, ...]:
        """Offer the built-in pictures."""
        return tuple(builtin_names())


def subject_picture(image: Source, size: Size = None, channels: str = "gray", *, usual: int = USUAL_SIDE) -> Picture:
    """Load a picture; photos, files and arrays of no given size get at most ``usual`` pixels along their longer side.

    Raises
    ------
    InputError, OptionError
        If there is no such picture, or it has more than 128 pixels a side.

    Examples
    --------
    >>> subject_picture("photo:china").values.shape, subject_picture("digit:3").values.shape
    ((1, 43, 64), (1, 8, 8))
    """
    ready_made = {name.partition(":")[0] for name in builtin_names()} - {"photo"}
    if size is None and not (isinstance(image, str) and image.partition(":")[0] in ready_made):
        size = AtMost(usual)
    picture = loaded(image, size=size, channels=channels)
    check_side("size", picture.values.shape[1:], "pass a smaller --size")
    return picture


def loaded(image: Source, *, size: Size = None, channels: str = "gray") -> Picture:
    """Load a picture as `cnnviz.data.load_image` does; one that is there already is brought to size and channels.

    Examples
    --------
    >>> loaded(load_image("photo:flower", channels="rgb"), size=4).values.shape
    (1, 3, 4)
    """
    if not isinstance(image, Picture):
        return load_image(image, size=size, channels=channels)
    values, count = image.values, 1 if channels == "gray" else 3
    if len(values) != count:
        luma = np.tensordot(_LUMA, values, 1)[None] if count == 1 else np.repeat(values, count, axis=0)
        values = np.rint(luma) if count == 1 else luma
    values = np.stack([_resized(plane, size, image.peak) for plane in values])
    return replace(image, values=values)


def check_side(name: str, shape: tuple[int, ...], remedy: str, most: int = LARGEST_SIDE) -> None:
    """Refuse what has more than ``most`` pixels a side."""
    if max(shape) > most:
        got = " x ".join(map(str, shape))
        raise OptionError(f"{name}: expected at most {most} pixels a side for an animation, got {got}; {remedy}")


def _from_array(name: str, value: Any) -> Picture:
    """Take (H, W), (C, H, W) or, as image libraries have it, (H, W, 3); bytes go up to 255, other numbers to theirs."""
    expected = f"{name}: expected a picture as a name, a path, rows of numbers or an array of shape (H, W) or (3, H, W)"
    try:
        given = np.asarray(value)
        values = given.astype(np.float64)
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim == 3 and len(values) not in (1, 3) and values.shape[-1] == 3:
        values = values.transpose(2, 0, 1)
    values = values[None] if values.ndim == 2 else values
    if values.ndim != 3 or len(values) not in (1, 3) or not values.size:
        got = f"shape {np.shape(value)}" if isinstance(value, np.ndarray) else repr(value)[:60]
        raise OptionError(f"{expected}, got {got}")
    if not np.isfinite(values).all():
        raise OptionError(f"{expected}, got one that holds NaN or infinity; replace these first")
    peak = 255.0 if given.dtype == np.uint8 else float(np.abs(values).max()) or 1.0
    return Picture(np.ascontiguousarray(values), peak, "your picture")


def _resized(plane: np.ndarray[Any, np.dtype[np.float64]], size: Size, peak: float) -> Any:
    from PIL import Image

    from cnnviz.data.fit import resize, target

    if target(size, *plane.shape) == plane.shape:
        return plane
    made = np.asarray(resize(Image.fromarray(plane.astype(np.float32)), size), dtype=np.float64)
    made = np.clip(made, plane.min(), plane.max())
    return np.rint(made) if peak > 1 else made
