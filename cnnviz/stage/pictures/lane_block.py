"""A box in space, seen nearly from its side: so many maps, or a kernel that runs through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Point, Strokes
from cnnviz.stage.mobjects.tiles import Rings
from cnnviz.stage.space import View

VIEW = View(68.0, 11.0)


class Block(VGroup):
    """A box in space, seen nearly from its side."""

    def __init__(self, center: Point, side: float, high: float, deep: float, fills: Sequence[str], **look: Any) -> None:
        half = side / 2, high / 2, deep / 2

        def at(x: float, y: float, z: float) -> Point:
            a, b = VIEW.project(x * half[0], y * half[1], z * half[2])
            return center[0] + a, center[1] + b

        roof, front, left = fills
        slices, outline = look.pop("slices", 0), look.pop("outline", None)
        faces = (
            (left, [at(-1, -1, -1), at(-1, 1, -1), at(-1, 1, 1), at(-1, -1, 1)]),
            (roof, [at(-1, 1, -1), at(1, 1, -1), at(1, 1, 1), at(-1, 1, 1)]),
            (front, [at(-1, -1, 1), at(1, -1, 1), at(1, 1, 1), at(-1, 1, 1)]),
        )
        super().__init__(*(Rings([ring], fill=fill, outline=outline, width=1.6) for fill, ring in faces))
        cuts = [2 * place / slices - 1 for place in range(1, slices)]
        if cuts:
            self.add(Strokes([[at(-1, -1, z), at(-1, 1, z), at(1, 1, z)] for z in cuts], outline, 1.0, 0.7))
        points = [at(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
        xs, ys = zip(*points, strict=True)
        self.box = Box(min(xs), min(ys), max(xs), max(ys))
        self.ends = at(0, 0, -1), at(0, 0, 1)
