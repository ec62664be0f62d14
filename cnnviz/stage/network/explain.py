"""What a lesson does again and again that explains a row of layers: frame above, enlarge below, carry up, light up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from manim import DOWN, FadeIn, Group, Mobject

from cnnviz.engine.trace import ConvStep
from cnnviz.stage.glide import Glide
from cnnviz.stage.layout import Box
from cnnviz.stage.lesson import Lesson
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.network.pipeline import LAYERS, Pipeline
from cnnviz.stage.network.sums import total
from cnnviz.subjects.reading import Reading

_AIR = 0.03  # units between a small cell and its frame


class PipelineLesson(Lesson):
    """A row of layers above, the explanation of one number below.

    A subclass puts up ``pipeline``.
    """

    pipeline: Pipeline

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.panel: list[Mobject] = []
        self.frames: list[Mobject] = []
        super().__init__(*args, **kwargs)

    def layer(self, name: str) -> None:
        """Advance the counter, and leave the last layer's explanation behind."""
        self.step(LAYERS.index(name), len(LAYERS) - 1, noun="layer")
        self.clear_panel()
        self.frame([], "muted")

    def light(self, layer: str, seconds: float = 1.5) -> None:
        """Light the maps of a layer, one after the other."""
        self.play(self.pipeline.walls[layer].lighting(), run_time=seconds)
        self.pipeline.announce(layer)
        self.hold(seconds / 2)

    def answer(self, reading: Reading, seconds: float) -> None:
        """Let the bars grow to the shares."""
        bars = self.pipeline.bars
        self.play(bars.grow(reading.shares.tolist()), run_time=seconds)
        bars.show(reading.shares.tolist(), reading.answer)

    def conclude(self, step: ConvStep, result: float, landing: Box) -> None:
        """Write sum, bias and ReLU line by line, and carry the number to its cell."""
        *lines, last = total(step, float(result), self.theme)
        for line in lines:
            self.write([line], seconds=0.3, pause=0.25)
        self.write([last], seconds=0.3)
        number = last[1].copy()
        x, y = number.get_center()[:2]
        self.play(Glide(number, (landing.center[0] - x, landing.center[1] - y)), run_time=0.7)
        self.remove(number)
        target = Rectangle(_around(landing), outline=self.theme.highlight, width=3.0)
        self.frames.append(target)
        self.add(target)

    def frame(self, boxes: Iterable[Box], role: str) -> None:
        """Frame cells of the row above; the frames from before go."""
        self.remove(*self.frames)
        self.frames = [Rectangle(box, outline=self.theme.role(role), width=3.0) for box in boxes]
        self.add(*self.frames)

    def lead(self, window: Box, patch: Box) -> Strokes:
        """Return the lines that lead from a window above to its enlarged copy below."""
        ends = (
            ((window.left, window.bottom), (patch.left, patch.top)),
            ((window.right, window.bottom), (patch.right, patch.top)),
        )
        return Strokes(ends, self.theme.muted, 1.6, 0.8)

    def write(self, parts: list[Mobject], *, seconds: float = 0.4, pause: float = 0.35) -> None:
        """Let parts of the explanation appear."""
        self.play(FadeIn(Group(*parts), shift=0.06 * DOWN), run_time=seconds)
        self.panel += parts
        self.hold(pause)

    def clear_panel(self) -> None:
        """Take the explanation away."""
        self.remove(*self.panel)
        self.panel = []


def _around(box: Box) -> Box:
    """Leave a cell free inside its frame."""
    return Box(box.left - _AIR, box.bottom - _AIR, box.right + _AIR, box.top + _AIR)
