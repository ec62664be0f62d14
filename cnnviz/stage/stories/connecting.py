"""Neurons in a column, and the wires that every pixel of a line sends to them: one weight each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import Circle, Create, linear

from cnnviz.stage.layout import LABEL, Box
from cnnviz.stage.mobjects.shapes import Strokes
from cnnviz.stage.pictures.made import Made
from cnnviz.stage.stories.flattening import Flat
from cnnviz.stage.text import Label

_RADIUS = 0.16
_BRIGHT, _FAINT = 0.65, 0.07  # opacity of the wires to one neuron


class Neurons(Made):
    """Neurons one below the other, each with its name.

    Parameters
    ----------
    names : sequence of str
    width, height : float
        Units.

    Attributes
    ----------
    fans : list of Strokes
        The wires to each neuron that was connected, in the order of that.
    """

    def __init__(self, names: Sequence[str], width: float, height: float) -> None:
        self.names = names
        super().__init__(width, height, self._circles)
        self.fans: list[Strokes] = []

    def connect(self, scene: Any, neuron: int, line: Flat, seconds: float) -> None:
        """Draw a wire from every pixel to a neuron, one after the other; those to other neurons step back."""
        circle, boxes = self.made[neuron], [line.place(cell) for cell in line.grid.everywhere()]
        end = circle.points[:, 0].min(), circle.points[:, 1].mean()
        fan = Strokes([[(box.right, box.center[1]), end] for box in boxes], self.theme.kernel, 1.3)
        self.fans.append(fan)
        self.only(fan)
        circle.set_fill(self.theme.kernel, opacity=1.0, family=False)
        scene.play(Create(fan, rate_func=linear), run_time=seconds)

    def only(self, bright: Strokes) -> None:
        """Let the wires to one neuron stand out."""
        for fan in self.fans:
            fan.set_stroke(opacity=_BRIGHT if fan is bright else _FAINT)

    def _circles(self, box: Box) -> list[Any]:
        made, pitch = [], box.height / len(self.names)
        for index, name in enumerate(self.names):
            x, y = box.left + _RADIUS, box.top - (index + 0.5) * pitch
            circle = Circle(_RADIUS, color=self.theme.text, stroke_width=2.5).move_to((x, y, 0))
            made.append(circle.add(Label(name, LABEL, self.theme.text, at=(x + 2.5 * _RADIUS, y))))
        return made
