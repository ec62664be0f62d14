"""The picture that a lesson is about: loaded from what a user types, and small enough to animate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cnnviz.data import AtMost, Picture, builtin_names, load_image
from cnnviz.errors import OptionError

LARGEST_SIDE, USUAL_SIDE = 128, 64


def lesson_picture(
    image: str | Path, size: int | tuple[int, int] | None = None, channels: str = "gray", *, usual: int = USUAL_SIDE
) -> Picture:
    """Load a picture; photos and files of no given size become at most ``usual`` pixels along their longer side.

    Raises
    ------
    InputError, OptionError
        If there is no such picture, or it has more than 128 pixels a side.

    Examples
    --------
    >>> lesson_picture("photo:china").values.shape, lesson_picture("digit:3").values.shape
    ((1, 43, 64), (1, 8, 8))
    """
    ready_made = {name.partition(":")[0] for name in builtin_names()} - {"photo"}
    if size is None and (isinstance(image, Path) or image.partition(":")[0] not in ready_made):
        size = AtMost(usual)
    picture = load_image(image, size=size, channels=channels)
    check_side("size", picture.values.shape[1:], "pass a smaller --size")
    return picture


def check_side(name: str, shape: tuple[int, ...], remedy: str, most: int = LARGEST_SIDE) -> None:
    """Refuse what has more than ``most`` pixels a side."""
    if max(shape) > most:
        got = " x ".join(map(str, shape))
        raise OptionError(f"{name}: expected at most {most} pixels a side for an animation, got {got}; {remedy}")


def check_reach(name: str, value: Any) -> None:
    """Refuse a padding, stride or dilation beyond the largest side, before anything of its size is made."""
    if _largest(value) > LARGEST_SIDE:
        raise OptionError(f"{name}: expected at most {LARGEST_SIDE} for an animation, got {value}; choose less")


def _largest(value: Any) -> int:
    """Return the largest integer in nested tuples; a word has none."""
    if isinstance(value, tuple | list):
        return max(map(_largest, value), default=0)
    return value if isinstance(value, int) else 0
