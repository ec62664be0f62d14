"""Squashing: a capsule's vector, what its length and direction can say, and lengths before and after."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import squash
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Many, Number
from cnnviz.subjects.option import Option, Subject

SHORTEST, LONGEST = 0.01, 100.0
MOST_DRAWN = 5.0
TURNS, FADES, CELLS = 40, 16, 48
SWING = math.radians(65)

Vector = tuple[float, float]


class Squash(Subject):
    """One vector squashed, and how lengths become shorter.

    Attributes
    ----------
    s, v : (float, float)
        The vector before and after.
    length, short, factor : float
        Both lengths, and their ratio.
    turns : list of (vector, picture)
        A thing that is turned, with the vector of the same length that would say so; there and back.
    fades : list of (vector, picture)
        It goes, and the vector becomes short with it.
    before, after : array
        The lengths asked about, and what becomes of them.
    kept : list of (float, float)
        The vector's direction at each of these.
    texts : list of str
        These, with up to four decimals.

    Examples
    --------
    >>> s = Squash()
    >>> s.length, s.short, s.texts
    (2.0, 0.8, ['0.2', '0.5', '0.8', '0.9901'])
    """

    vector = Option(Many(Number(), least=2, most=2), (1.2, 1.6), "The vector: how far to the right, and how far up.")
    lengths = Option(Many(Number(), most=5), (0.5, 1, 2, 10), "Lengths to squash.")

    def prepare(self) -> None:
        """Squash."""
        s = np.array(self.vector, dtype=float)
        v = squash(s)
        self.length, self.short = (float(np.sqrt((one * one).sum())) for one in (s, v))
        if not 0.1 <= self.length <= MOST_DRAWN:
            raise OptionError(
                f"vector: expected one of a length from 0.1 to {MOST_DRAWN:g}, got {self.length:.4g}; choose another"
            )
        self.factor = self.short / self.length
        self.s, self.v = _pair(s), _pair(v)
        self.before = np.array(self.lengths, dtype=float)
        for length in self.lengths:
            if not SHORTEST <= length <= LONGEST:
                raise OptionError(
                    f"lengths: expected numbers from {SHORTEST:g} to {LONGEST:g}, got {length:g}; choose others"
                )
        self.after = squash(self.before[:, None])[:, 0]
        self.kept = [_pair(short * s / self.length) for short in self.after]
        self.texts = [f"{value:.4f}".rstrip("0") for value in self.after]
        first = math.atan2(s[1], s[0])
        steps = (first + SWING * math.sin(2 * math.pi * i / TURNS) for i in range(TURNS + 1))
        self.turns = [(_pair(self.length * _unit(turn)), _thing(turn)) for turn in steps]
        shares = (1 - 0.8 * i / FADES for i in range(FADES + 1))
        self.fades = [(_pair(share * s), share * _thing(first)) for share in shares]


def _pair(vector: NDArray[np.floating]) -> Vector:
    return float(vector[0]), float(vector[1])


def _unit(turn: float) -> NDArray[np.float64]:
    return np.array([math.cos(turn), math.sin(turn)])


def _thing(turn: float) -> NDArray[np.float64]:
    """Draw a fish that swims where an arrow of this angle points, with soft borders."""
    at = (np.arange(CELLS) + 0.5) / CELLS * 2 - 1
    right, up = at[None], -at[:, None]
    ahead, aside = math.cos(turn) * right + math.sin(turn) * up, math.cos(turn) * up - math.sin(turn) * right
    body = 0.34 * (1 - np.hypot((ahead - 0.18) / 0.6, aside / 0.34))
    tail = np.minimum(np.minimum(ahead + 0.8, -0.25 - ahead), -0.28 - 0.75 * ahead - abs(aside))
    eye = 0.08 - np.hypot(ahead - 0.46, aside - 0.1)
    return np.asarray(np.clip(np.minimum(np.maximum(body, tail), -eye) * CELLS / 2 + 0.5, 0, 1), np.float64)
