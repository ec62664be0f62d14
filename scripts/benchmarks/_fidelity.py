"""How near a clip comes to the pictures that Manim itself draws."""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from cnnviz.render.catalog import load_scene
from cnnviz.render.fast import stock_render_scene
from cnnviz.render.plan import locate

Shown = tuple[float, np.ndarray]
"""From when on a picture is seen, in seconds, and its red, green and blue."""


def fidelity(clip: Path, scene: str, width: int, height: int, fps: int) -> tuple[float, float]:
    """Return the PSNR of a clip against the true frames, in dB, and how many seconds its length is off."""
    pictures, periods = (_gif(clip), _gif_periods(fps)) if clip.suffix == ".gif" else (_movie(clip), lambda _: True)
    comparison = _Comparison(pictures, periods, fps)
    file, class_name, _ = locate(scene)
    made = load_scene(file, class_name)
    drawn = stock_render_scene(
        lambda renderer: made(renderer=renderer), width=width, height=height, fps=fps, sink=comparison
    )
    return comparison.psnr, abs(_seconds(clip) - drawn.seconds)


class _Comparison:
    """A sink that holds each true frame against what the clip shows at that time."""

    def __init__(self, pictures: Iterator[Shown], compared: Callable[[int], bool], fps: int) -> None:
        self._pictures, self._compared, self._fps = pictures, compared, fps
        self._now: Shown = next(pictures)
        self._next = next(pictures, None)
        self._period = self._count = 0
        self._error = 0.0

    def write(self, frame: np.ndarray, frames: int, box: object) -> None:
        del box
        known = None
        for _ in range(frames):
            known = None if self._advance() else known
            if self._compared(self._period):
                if known is None:
                    known = float(np.mean(np.square(frame[..., :3].astype(np.int16) - self._now[1], dtype=np.int32)))
                self._error += known
                self._count += 1
            self._period += 1

    @property
    def psnr(self) -> float:
        return 10 * math.log10(255**2 * self._count / self._error) if self._error else math.inf

    def _advance(self) -> bool:
        """Go on to the picture of this period; a GIF may be up to a hundredth of a second late."""
        moved = False
        while self._next is not None and self._next[0] <= self._period / self._fps + 0.0101:
            self._now, self._next, moved = self._next, next(self._pictures, None), True
        return moved


def _gif(path: Path) -> Iterator[Shown]:
    at = Fraction(0)
    with Image.open(path) as image:
        for number in range(image.n_frames):
            image.seek(number)
            yield float(at), np.asarray(image.convert("RGB"))
            at += Fraction(image.info["duration"], 1000)


def _movie(path: Path) -> Iterator[Shown]:
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            yield frame.time, frame.to_ndarray(format="rgb24")


def _gif_periods(fps: int) -> Callable[[int], bool]:
    """Tell the frames that a GIF can show: of those that come faster than 50 a second, the ones nearest its times."""
    step = Fraction(1, 100) if fps <= 50 else Fraction(1, 50)
    return lambda period: round(round(Fraction(period, fps) / step) * step * fps) == period


def _seconds(path: Path) -> float:
    if path.suffix == ".gif":
        with Image.open(path) as image:
            total = 0
            for number in range(image.n_frames):
                image.seek(number)
                total += image.info["duration"]
            return total / 1000
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        return float(stream.duration * stream.time_base)
