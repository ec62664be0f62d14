"""A deep network as a chain of blocks, each as full as a number of its own says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, VGroup, linear, smooth

from cnnviz.stage.color import mix
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.shapes import Rectangle, Strokes
from cnnviz.stage.theme import Theme, at_hand

_BODY, _WIDE = 0.7, 0.64  # shares: of the room for blocks, of a pitch for their width
_LIT = 0.75  # how strongly a layer is colored whose number is not compared
_FRONT = 4.0  # blocks that are filling at a time


class Chain(VGroup):
    """Layers in a row, all of one width, with arcs over those that a skip leads round.

    ::

          .--.  .--.
        -[]-[]--[]-[]-

    Parameters
    ----------
    count : int
        Layers.
    box : Box
        Room; a chain that is shorter than the longest leaves some of it.
    among : int
        Layers of the longest.
    role : str
        Color of a layer.
    skips : bool
        Lead round each pair but for the first layer.
    lit : bool
        Whether layers are colored before they are filled.

    Attributes
    ----------
    blocks, levels : list of Rectangle
        The layers, and what fills each from below.
    """

    def __init__(self, count: int, box: Box, *, among: int, role: str, skips: bool = False, lit: bool = False) -> None:
        super().__init__()
        self.theme: Theme = at_hand()
        self.role, self.box = role, box
        pitch, high = box.width / among, _BODY * box.height
        half, y = _WIDE * pitch / 2, box.bottom + high / 2
        middles = [box.left + (number + 0.5) * pitch for number in range(count)]
        bodies = [Box(x - half, box.bottom, x + half, box.bottom + high) for x in middles]
        self.blocks = [Rectangle(body, fill=self.shade(_LIT * lit)) for body in bodies]
        self.levels = [Rectangle(body, fill=self.theme.role(role)) for body in bodies]
        self._full = [level.points.copy() for level in self.levels]
        self.add(Strokes([[(box.left, y), (box.left + count * pitch, y)]], self.theme.muted, 2.0), *self.blocks)
        top, up = box.bottom + high, box.top
        if skips:
            ends = [(middles[at] - pitch / 2, middles[at + 1] + pitch / 2) for at in range(1, count - 1, 2)]
            ways = [_arc(left + 0.1 * pitch, right - 0.1 * pitch, y, top, up) for left, right in ends]
            self.add_to_back(Strokes(ways, self.theme.input, 2.4))

    def shade(self, share: float) -> str:
        """Return the color of a layer between dark, 0, and lit, 1."""
        dark = mix(self.theme.rail, self.theme.line, 0.5)
        return mix(dark, self.theme.role(self.role), max(0.0, min(share, 1.0)))

    def fill_up(self, shares: Sequence[float], done: float = 1.0) -> None:
        """Fill the layers from the last one back, as far as a share of the way."""
        count = len(self.blocks)
        reached = done * (count + _FRONT)
        for number, (level, full, share) in enumerate(zip(self.levels, self._full, shares, strict=True)):
            part = max(0.0, min(1.0, (reached - (count - 1 - number)) / _FRONT))
            level.points = full.copy()
            level.points[:, 1] = self.box.bottom + share * part * (full[:, 1] - self.box.bottom)

    def settle(self, box: Box) -> None:
        """Stand in another room, as full as before."""
        old, self.box = self.box, box
        grown = (box.width / old.width, box.height / old.height, 1.0)
        corner, there = np.array([old.left, old.bottom, 0.0]), np.array([box.left, box.bottom, 0.0])
        for part in {*self.submobjects, *self.levels}:
            part.points = there + (part.points - corner) * grown
        self._full = [there + (points - corner) * grown for points in self._full]


class Settling(Animation):
    """Let a chain travel and grow into another room."""

    def __init__(self, chain: Chain, box: Box, **options: Any) -> None:
        self.ways = [(getattr(chain.box, side), getattr(box, side)) for side in ("left", "bottom", "right", "top")]
        super().__init__(chain, rate_func=smooth, **options)

    def create_starting_mobject(self) -> Chain:
        """Start from the chain itself."""
        chain: Chain = self.mobject
        return chain

    def interpolate_mobject(self, alpha: float) -> None:
        """Stand where it is after a share ``alpha`` of the time."""
        share = self.rate_func(alpha)
        self.mobject.settle(Box(*(start + share * (end - start) for start, end in self.ways)))


class Filling(Animation):
    """Fill the layers of a chain one after the other, from its end."""

    def __init__(self, chain: Chain, shares: Sequence[float], **options: Any) -> None:
        self.shares = shares
        chain.fill_up(shares, 0.0)
        chain.add(*chain.levels)
        super().__init__(chain, rate_func=linear, **options)

    def create_starting_mobject(self) -> Chain:
        """Start from the chain itself."""
        chain: Chain = self.mobject
        return chain

    def interpolate_mobject(self, alpha: float) -> None:
        """Be as far as after a share ``alpha`` of the time."""
        self.mobject.fill_up(self.shares, self.rate_func(alpha))


def on_powers(values: Sequence[float], low: float, high: float) -> list[float]:
    """Return where numbers are between two others, by their powers of ten.

    >>> on_powers([0.01, 1.0], 0.01, 100.0)
    [0.0, 0.5]
    """
    return [math.log(max(value, low) / low) / math.log(high / low) for value in values]


def _arc(left: float, right: float, y: float, top: float, up: float) -> list[tuple[float, float]]:
    """Return a way over things from a line to the same line."""
    bend = 0.25 * (right - left)
    return [(left, y), (left, top), (left + bend, up), (right - bend, up), (right, top), (right, y)]
