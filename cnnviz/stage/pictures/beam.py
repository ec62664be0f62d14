"""What leads from cells of one sheet to cells of another: the sides of a beam of light, and its edges."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from manim import FadeIn, VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Point, Strokes, polyline
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline

Span = tuple[Collection[int], Collection[int]]
"""Rows and columns."""

_VEIL = 0.15


class Beam(VGroup):
    """A beam from one outline to another, corner to corner.

    Attributes
    ----------
    ends : (Outline, Outline)
        Where it begins and ends; a test compares this with where it is drawn.
    """

    def __init__(self, far: Outline, near: Outline, color: Color, *, veil: float = _VEIL, width: float = 1.6) -> None:
        super().__init__()
        self.ends, self.veil = (far, near), veil
        pairs = list(zip(far.corners, near.corners, strict=True))
        sides = VMobject(fill_color=color, fill_opacity=veil, stroke_width=0.0)
        sides.points = np.concatenate([_side(*a, *b) for a, b in zip(pairs, pairs[1:] + pairs[:1], strict=True)])
        self.add(sides, Strokes(pairs, color, width, 0.8))


class Cone:
    """What a cell of the nearest of some sheets sees of those behind it: cells in the light, outlines, and beams.

    Parameters
    ----------
    sheets : sequence of Grid
        From the back to the front.

    Attributes
    ----------
    marks : list of Outline
        What is seen of each sheet.
    """

    def __init__(self, sheets: Sequence[Grid]) -> None:
        self.sheets, self.marks = list(sheets), list[Outline]()
        self._deep: dict[float, Any] = {0: self.sheets[0]}

    @property
    def drawn(self) -> list[Any]:
        """What is drawn, from the back to the front."""
        return [part for _, part in sorted(self._deep.items(), key=lambda item: item[0])]

    def open(self, scene: Any, spans: Sequence[Span], *, seconds: float = 0.25) -> None:
        """Let a sheet appear and its neuron look down, from one sheet to the next.

        Parameters
        ----------
        scene : Scene
        spans : sequence of (rows, columns)
            What the neuron sees of each sheet, its own cell last.
        seconds : float
            Of each beam.
        """
        top, ink = len(spans) - 1, scene.theme.highlight
        scene.remove(*self.drawn)
        self._deep = dict(enumerate(self.sheets[: top + 1]))
        self.marks = []
        for sheet, (down, across) in zip(self.sheets, spans, strict=False):
            size = max(down) - min(down) + 1, max(across) - min(across) + 1
            self.marks.append(Outline(sheet, (min(down), min(across)), *size, color=ink, width=3.0))
        for sheet in self.sheets[1 : top + 1]:
            sheet.sink()
        scene.add(*self.drawn)
        scene.play(FadeIn(self.sheets[top]), run_time=0.3)
        for i in range(top, -1, -1):
            if i < top:
                self._deep[i + 0.6] = beam = Beam(self.marks[i], self.marks[i + 1], ink)
                self._restack(scene)
                scene.play(FadeIn(beam), run_time=seconds)
            self._deep[i + 0.3] = self.marks[i]
            if i:
                self.sheets[i].only((row, column) for row in spans[i][0] for column in spans[i][1])
            self._restack(scene)
            scene.hold(0.1)

    def _restack(self, scene: Any) -> None:
        scene.remove(*self.drawn)
        scene.add(*self.drawn)


def _side(a: Point, b: Point, c: Point, d: Point) -> NDArray[np.float64]:
    """Return the side between the edges a-b and c-d, always turned the same way, so that sides do not cancel out."""
    ring = [a, b, d, c]
    area = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:] + ring[:1], strict=True))
    ring = ring if area >= 0 else ring[::-1]
    return polyline([*ring, ring[0]])
