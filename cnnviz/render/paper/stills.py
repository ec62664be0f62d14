"""The pictures of a scene that hold still, and which of them goes with which sentence."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnviz.render.fast import Beat
from cnnviz.render.paper.story import Panel, Pixels

__all__ = ["Still", "Stills", "endings", "panels"]

_STILL = 3  # frames that a picture stays, to be one that holds still
_MOST = 12  # pictures of a scene without captions


@dataclass(frozen=True)
class Still:
    """A picture, the frame with which it came, how many frames it stayed, and its rows and columns."""

    at: int
    frames: int
    size: tuple[int, int]
    data: bytes

    @property
    def pixels(self) -> Pixels:
        """The picture, (H, W, 3)."""
        return np.frombuffer(zlib.decompress(self.data), np.uint8).reshape(*self.size, 3)


class Stills:
    """A sink that keeps the pictures that hold still, and one for every second beside."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self.stills: list[Still] = []
        self._frames = 0
        self._kept = 0

    def write(self, frame: Pixels, frames: int, box: Any) -> None:
        """Take a picture."""
        del box
        if frames >= _STILL or not self.stills or self._frames + frames - self._kept >= self._fps:
            data = zlib.compress(np.ascontiguousarray(frame[..., :3]).data, 1)
            self.stills.append(Still(self._frames, frames, frame.shape[:2], data))
            self._kept = self._frames + frames
        self._frames += frames


def endings(stills: Sequence[Still], beats: Sequence[Beat], fps: float) -> tuple[Panel, ...]:
    """Choose for each beat the picture it comes to: the last that holds still before its end."""
    chosen = []
    for beat in beats:
        seen = [still for still in stills if still.at < round(beat.end * fps)] or stills[:1]
        held = [still for still in seen if still.frames >= _STILL and _ends(still) > round(beat.start * fps)]
        chosen.append(Panel((held or seen)[-1].pixels, beat.text, beat.start))
    return tuple(chosen)


def _ends(still: Still) -> int:
    return still.at + still.frames


def panels(stills: Sequence[Still], said: Sequence[Sequence[Any]], fps: float) -> tuple[Panel, ...]:
    """Choose a picture for each sentence: the one that holds still longest while it is said, the later of equals.

    A picture that is seen longer with a later sentence belongs to that one, if there is another. Where nothing is
    said, those that hold still longest, and the last.
    """
    if not said:
        longest = sorted(stills[:-1], key=lambda still: -still.frames)[: _MOST - 1]
        held = [still for still in stills[:-1] if still in longest and still.frames >= _STILL]
        return tuple(Panel(still.pixels, "", still.at / fps) for still in [*held, stills[-1]])
    chosen = []
    for number, (start, _, text) in enumerate(said):

        def fitness(still: Still, number: int = number) -> tuple[bool, float, int]:
            shares = [_shared(still, line, fps) for line in said[number:]]
            own = shares[0] >= _STILL and shares[0] == max(shares)
            return own, shares[0], still.at

        chosen.append(Panel(max(stills, key=fitness).pixels, text, start))
    return tuple(chosen)


def _shared(still: Still, line: Sequence[Any], fps: float) -> float:
    """Return for how many frames a picture is seen while a line is said; below 0, how far they are apart."""
    start, end = float(line[0]), float(line[1])
    return min(end * fps, still.at + still.frames) - max(start * fps, still.at)
