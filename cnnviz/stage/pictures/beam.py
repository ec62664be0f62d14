"""What leads from cells of one sheet to cells of another: the sides of a beam of light, and its edges."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import Any

import numpy as np
from manim import FadeIn, VGroup, VMobject
from numpy.typing import NDArray

from cnnviz.stage.color import Color
from cnnviz.stage.mobjects.shapes import Point, Strokes, polyline
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline

Span = tuple[Set[int], Set[int]]
"""Rows and columns."""

_VEIL = 0.15
_SEEN = 0.2  # depth of what has been seen so far of the last sheet


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

    def open(
        self, scene: Any, spans: Sequence[Span], looks: Sequence[Sequence[Span]] = (), *, each: float = 0.2
    ) -> None:
        """Let a neuron look down, from one sheet to the next, behind it those of its window, one by one.

        Parameters
        ----------
        scene : Scene
        spans : sequence of (rows, columns)
            What the neuron sees of each sheet, its own cell last.
        looks : sequence of sequences of (rows, columns)
            The same for each neuron in its window.
        each : float
            Seconds of a beam, and of the look of a neuron in the window.
        """
        top, ink = len(spans) - 1, scene.theme.highlight
        scene.remove(*self.drawn)
        before = dict.fromkeys([_SEEN], self.marks[0]) if self.marks else {}
        self._deep = {**dict(enumerate(self.sheets)), **before}
        self.marks = [_mark(sheet, span, ink) for sheet, span in zip(self.sheets, spans, strict=False)]
        for sheet in self.sheets[1:]:
            sheet.sink()
        for i in range(top, -1, -1):
            if i < top:
                self._deep[i + 0.6] = beam = Beam(self.marks[i], self.marks[i + 1], ink)
                self._restack(scene)
                scene.play(FadeIn(beam), run_time=each)
            self._deep[i + 0.3] = self.marks[i]
            if i:
                self._light(i, spans)
            self._restack(scene)
            scene.hold(0.1)
            if i == top - 1:
                scene.remove(*before.values())
                self._deep.pop(_SEEN, None)
                self._sweep(scene, looks, each)

    def _sweep(self, scene: Any, looks: Sequence[Sequence[Span]], each: float) -> None:
        """Let each neuron of a window look down; a frame grows around all that they have seen of the last sheet."""
        whole: Span = set[int](), set[int]()
        for look in looks:
            marks = [_mark(sheet, span, scene.theme.text) for sheet, span in zip(self.sheets, look, strict=False)]
            whole = whole[0] | set(look[0][0]), whole[1] | set(look[0][1])
            frame = _mark(self.sheets[0], whole, scene.theme.highlight)
            beams = {i + 0.65: Beam(far, near, scene.theme.text) for i, (far, near) in enumerate(pairwise(marks))}
            swept: dict[float, Any] = {_SEEN: frame, **{i + 0.4: mark for i, mark in enumerate(marks)}, **beams}
            for i in range(1, len(look) - 1):
                self._light(i, look)
            self._deep |= swept
            self._restack(scene)
            scene.hold(each)
            scene.remove(*swept.values())
            self._deep = {depth: part for depth, part in self._deep.items() if depth not in swept}

    def _light(self, i: int, spans: Sequence[Span]) -> None:
        self.sheets[i].only((row, column) for row in spans[i][0] for column in spans[i][1])

    def _restack(self, scene: Any) -> None:
        scene.remove(*self.drawn)
        scene.add(*self.drawn)


def _mark(sheet: Grid, span: Span, ink: Color) -> Outline:
    down, across = span
    size = max(down) - min(down) + 1, max(across) - min(across) + 1
    return Outline(sheet, (min(down), min(across)), *size, color=ink, width=3.0)


def _side(a: Point, b: Point, c: Point, d: Point) -> NDArray[np.float64]:
    """Return the side between the edges a-b and c-d, always turned the same way, so that sides do not cancel out."""
    ring = [a, b, d, c]
    area = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:] + ring[:1], strict=True))
    ring = ring if area >= 0 else ring[::-1]
    return polyline([*ring, ring[0]])
