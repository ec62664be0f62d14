"""A scene as a few pictures with the sentences that belong to them, on a sheet or as a hand-out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz.errors import OptionError
from cnnviz.render.catalog import check_options, load_scene, scene_options
from cnnviz.render.drawing import draw_scene
from cnnviz.render.runner import locate

__all__ = ["FORMATS", "Panel", "Still", "Story", "panels", "storyboard", "tell"]

FORMATS = ("png", "pdf")
FPS = 10
WIDTH, HEIGHT = 1280, 720
_STILL = 3  # frames that a picture stays, to be one that holds still
_PAD = 22  # pixels around the stage of a lesson
_MOST = 12  # pictures of a scene without captions

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Still:
    """A picture, the frame with which it came, and how many frames it stayed."""

    at: int
    frames: int
    data: bytes

    @property
    def pixels(self) -> Pixels:
        """The picture, (H, W, 3)."""
        return np.frombuffer(zlib.decompress(self.data), np.uint8).reshape(HEIGHT, WIDTH, 3)


@dataclass(frozen=True)
class Panel:
    """A picture and what is said to it; ``seconds`` is when."""

    pixels: Pixels
    text: str
    seconds: float


@dataclass(frozen=True)
class Story:
    """A scene as pictures, with what stands at its head."""

    title: str
    chapter: str
    takeaway: str
    panels: tuple[Panel, ...]


def storyboard(target: str | Path, path: str | Path, *, theme: str | None = None, **options: Any) -> Path:
    """Draw a scene and write a storyboard: a contact sheet (.png), or a hand-out to print (.pdf).

    There is a picture for each sentence that is said, taken where the scene holds still.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, a Python file with a Manim scene, or ``FILE.py:Class``.
    path : str or Path
        Where to write; its suffix is the format.
    theme : {"dark", "light"}, optional
        Of sheet and pictures; dark for a sheet and light for a hand-out if omitted.
    **options
        Of the scene, such as image or kernel.

    Raises
    ------
    InputError, OptionError
        If target, options or suffix are not what they should be.
    RenderError
        If the scene fails or the file cannot be written.
    """
    from cnnviz.render.output import staged
    from cnnviz.stage.theme import theme as look

    out = Path(path)
    kind = out.suffix[1:].lower()
    if kind not in FORMATS:
        raise OptionError(f"storyboard: expected a file name that ends in .png or .pdf, got {str(path)!r}")
    colors = look(theme or ("light" if kind == "pdf" else "dark"))
    with staged(out) as temporary:
        story = tell(target, theme=colors.name, **options)
        if kind == "pdf":
            from cnnviz.render.handout import write_handout

            write_handout(temporary, story, colors)
        else:
            from cnnviz.render.sheet import write_sheet

            write_sheet(temporary, story, colors)
    return out


def tell(target: str | Path, *, theme: str = "dark", **options: Any) -> Story:
    """Draw a scene and choose its pictures; captions go below them, so they are not drawn into them."""
    file, class_name, entry = locate(target)
    scene = load_scene(file, class_name)
    check_options(scene, options)
    known = scene_options(scene)
    usual = {name: value for name, value in {"theme": theme, "captions": "none"}.items() if name in known}
    camera = _Camera()
    drawn = draw_scene(scene, usual | options, camera, WIDTH, HEIGHT, FPS)
    said = [(line.start, line.end, line.text) for line in drawn.subcaptions]
    chosen = panels(camera.stills, said, FPS)
    if "captions" in usual and "captions" not in options:
        chosen = tuple(Panel(_stage(panel.pixels), panel.text, panel.seconds) for panel in chosen)
    title = entry.title if entry else getattr(scene, "title", "") or file.stem
    return Story(title, entry.chapter if entry else "", entry.takeaway if entry else "", chosen)


def panels(stills: Sequence[Still], said: Sequence[tuple[float, float, str]], fps: float) -> tuple[Panel, ...]:
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


def _shared(still: Still, line: tuple[float, float, str], fps: float) -> float:
    """Return for how many frames a picture is seen while a line is said; below 0, how far they are apart."""
    start, end, _ = line
    return min(end * fps, still.at + still.frames) - max(start * fps, still.at)


class _Camera:
    """Keep the pictures that hold still, and one for every second beside."""

    def __init__(self) -> None:
        self.stills: list[Still] = []
        self._frames = 0
        self._kept = 0

    def write(self, frame: Pixels, frames: int, box: Any) -> None:
        del box
        if frames >= _STILL or not self.stills or self._frames + frames - self._kept >= FPS:
            data = zlib.compress(np.ascontiguousarray(frame[..., :3]).data, 1)
            self.stills.append(Still(self._frames, frames, data))
            self._kept = self._frames + frames
        self._frames += frames


def _stage(pixels: Pixels) -> Pixels:
    """Cut off what the sheet says itself: title, caption band and progress line."""
    from cnnviz.stage import layout

    top, bottom = (
        (layout.FRAME_HEIGHT / 2 - y) * layout.PIXELS_PER_UNIT for y in (layout.STAGE_TOP, layout.STAGE_BOTTOM)
    )
    return pixels[int(top) - _PAD : int(bottom) + _PAD]
