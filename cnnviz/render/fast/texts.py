"""Texts that were set before, copied instead of set again."""

from collections.abc import Iterator
from contextlib import contextmanager

from manim import Text, config
from manim.mobject.svg.svg_mobject import SVG_HASH_TO_MOB_MAP

MOST = 500
"""So many texts are remembered at once."""


@contextmanager
def texts_remembered() -> Iterator[None]:
    """Have Manim keep the outlines of each text and copy them when the same text comes again.

    Manim can do so and does for other drawings, but not for texts unless told. A grid of digits is drawn five times as
    fast. What was remembered is forgotten at the end.
    """
    plain, before = Text.__init__, set(SVG_HASH_TO_MOB_MAP)
    Text.set_default(use_svg_cache=True)
    try:
        yield
    finally:
        Text.__init__ = plain
        for key in set(SVG_HASH_TO_MOB_MAP) - before:
            del SVG_HASH_TO_MOB_MAP[key]


def forget_many_texts() -> None:
    """Start afresh when too many texts are remembered, as happens with a counter that is a new text in each frame."""
    if len(SVG_HASH_TO_MOB_MAP) > MOST:
        SVG_HASH_TO_MOB_MAP.clear()
        for file in config.get_dir("text_dir").glob("*.svg"):
            file.unlink(missing_ok=True)
