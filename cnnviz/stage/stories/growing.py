"""How a count grows: a photograph at several sizes, how its count comes about, and a bar made of four like the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import RIGHT, LaggedStart
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.language import Template, say, written
from cnnviz.stage.layout import LABEL, NOTE, Box, units
from cnnviz.stage.mobjects.bars import Bars
from cnnviz.stage.mobjects.pixel_image import PixelImage, photo_pixels
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.picture import Slot
from cnnviz.stage.text import Line, size_within
from cnnviz.stage.theme import at_hand
from cnnviz.subjects.growth import GrowthRow

Run = tuple[str, Color]
_RIM = 4.0  # of a window, in stroke units


class Sharpening(Slot):
    """A square photograph that is shown at one size after the other."""

    def __init__(self, side: float, title: Template, peak: float) -> None:
        super().__init__(side, side, title, role="input")
        self.side, self.peak = side, peak

    def develop(self, pixels: NDArray[np.floating]) -> None:
        """Show it as pixels of shape (3, side, side)."""
        self.pixel = self.box.width / pixels.shape[-1]
        self.put(PixelImage(photo_pixels(pixels, self.peak, pixels[0] < 0, self.theme.ground), self.box))

    def sweep(self, scene: Any, kernel: int, seconds: float) -> None:
        """Let a window of ``kernel`` x ``kernel`` pixels run over it once, at half its height."""
        box, side = self.box, kernel * self.pixel
        top = box.top - (box.height / self.pixel) // 2 * self.pixel
        window = Rectangle(Box(box.left, top - side, box.left + side, top), outline=self.theme.kernel, width=_RIM)
        window.shift(units(_RIM) / 2 * RIGHT)
        self.append(window)
        scene.play(window.animate.shift((box.width - side - units(_RIM)) * RIGHT), run_time=seconds)


class Account(Slot):
    """How a count comes about: terms, line by line, then the total."""

    def __init__(self, width: float, height: float, size: float) -> None:
        super().__init__(width, height)
        self.type = size

    def write(self, scene: Any, *lines: Sequence[Run], total: str, seconds: float = 0.4) -> None:
        """Write it, at once if ``seconds`` is 0."""
        left, top, theme, pitch = self.box.left, self.box.top, self.theme, self.type / 55
        made = [Line(run, self.type, at=(left, top - (i + 0.45) * pitch), align="left") for i, run in enumerate(lines)]
        answer, at = [("= ", theme.muted), (total, theme.kernel)], (left, top - (len(lines) + 0.7) * pitch)
        made.append(Line(answer, 1.45 * self.type, at=at, align="left", bold=True))
        self.clear()
        if seconds:
            scene.appear(*made, into=self, seconds=seconds)
        else:
            self.put(*made)


def standing(rows: Sequence[GrowthRow]) -> Callable[[Box], Bars]:
    """Return what makes a bar for each size, and one for the convolution."""

    def make(box: Box) -> Bars:
        def write(value: float) -> str:
            return written(round(value)) if value else ""

        names = [*(f"{row.side} × {row.side}" for row in rows), say("conv")]
        size = max(NOTE, size_within(0.85 * box.width / len(names), LABEL, write(rows[-1].dense)))
        look: dict[str, Any] = {"role": "kernel", "peak": rows[-1].dense, "write": write, "size": size}
        return Bars(names, box, theme=at_hand(), upward=True, **look)

    return make


def raise_to(scene: Any, bars: Bars, values: Sequence[float]) -> None:
    """Let bars rise, the last one to be looked at."""
    best = len(values) - 1
    every = [*values, *[0.0] * (len(bars.labels) - len(values))]
    scene.play(bars.grow(every, best), run_time=0.6)
    bars.show(every, best)


def pile(scene: Any, bars: Bars, index: int, value: float, seconds: float = 1.2) -> None:
    """Let four bars like the one before it make a bar; it is pointed out from the start."""
    bars.show(bars.values, index)
    before, place = bars.bar_box(index - 1), bars.bar_box(index, value)
    blocks = [Rectangle(before, fill=bars.theme.role(bars.role), outline=bars.theme.ground, width=2) for _ in range(4)]
    middles = [(place.center[0], place.bottom + (i + 0.5) * place.height / 4, 0) for i in range(4)]
    moves = [block.animate.move_to(middle) for block, middle in zip(blocks, middles, strict=True)]
    scene.play(LaggedStart(*moves, lag_ratio=0.3), run_time=seconds)
    scene.remove(*blocks)
    bars.show([value if i == index else each for i, each in enumerate(bars.values)], index)
