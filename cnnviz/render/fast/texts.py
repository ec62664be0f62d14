"""Texts that were set before, copied instead of set again."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from manim import ManimColor, Mobject, Text, VMobject, config
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP, SVGMobject

MOST = 200
"""So many texts are remembered at once, for each takes some hundred kilobytes; those used longest ago go first."""

_known: dict[Hashable, Text] = {}


@contextmanager
def texts_remembered() -> Iterator[None]:
    """Have the same text, asked for with the same words, be a copy of the one made before.

    Manim sets, traces and places each text anew. It can keep the outlines and does so for other drawings, but not for
    texts unless told. A grid of digits is made ten times as fast. What was remembered is forgotten at the end.
    """
    plain, before = Text.__init__, set(SVG_HASH_TO_MOB_MAP)
    Text.__init__ = _remembering(plain)
    try:
        yield
    finally:
        Text.__init__ = plain
        _known.clear()
        for key in set(SVG_HASH_TO_MOB_MAP) - before:
            del SVG_HASH_TO_MOB_MAP[key]


def forget_many_texts() -> None:
    """Start afresh when too many outlines are kept, as happens with a counter that is a new text in each frame."""
    if len(SVG_HASH_TO_MOB_MAP) > MOST:
        SVG_HASH_TO_MOB_MAP.clear()
        for file in config.get_dir("text_dir").glob("*.svg"):
            file.unlink(missing_ok=True)


def _remembering(make: Callable[..., None]) -> Callable[..., None]:
    @wraps(make)
    def init(self: Text, *args: Any, **options: Any) -> None:
        key = _key(self, args, options)
        if key is None:
            make(self, *args, **{"use_svg_cache": True, **options})
            return
        known = _known.pop(key, None)
        if known is None:
            make(self, *args, **options)
            _known[key] = self.copy()
            if len(_known) > MOST:
                _known.pop(next(iter(_known))).file_name.unlink(missing_ok=True)
            return
        _known[key] = known  # the last to go
        copied = vars(known.copy())
        del copied["original_id"]
        self.__dict__.update(copied)

    return init


def _key(text: Text, args: tuple[Any, ...], options: dict[str, Any]) -> Hashable | None:
    """Return what decides how a text looks, None where that cannot be told."""
    if type(text) is not Text or vars(text):
        return None
    parts: list[Hashable] = []
    for value in (*args, *options.values()):
        if isinstance(value, ManimColor):
            parts.append(value.to_rgba().tobytes())
        elif isinstance(value, (str, int, float, type(None))):
            parts.append((type(value), value))
        else:
            return None
    made_by = (SVGMobject.__init__, VMobject.__init__, Mobject.__init__)  # which `set_default` changes
    return (*parts, *options, config.pixel_width, config.pixel_height, *made_by)
