"""From the name of a scene to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cnnviz.render.plan import plan
from cnnviz.render.request import Request, takes_a_request
from cnnviz.render.result import Render

__all__ = ["make", "render"]


@takes_a_request
def render(target: str | Path, *, progress: Callable[[int, int], None] | None = None, **options: Any) -> Render:
    """Render a scene into a file that appears whole or not at all.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, a Python file with a Manim scene, or ``FILE.py:Class``.
    format : str
        One of `cnnviz.render.plan.KINDS`: gif, mp4, webm, webp, apng, png, frames, svg; slides or animations are
        the pieces of a deck.
    quality : {"draft", "web", "film"}, optional
        480, 720 or 1080 pixels along the shorter side; "web" if omitted, or what a file of one's own says itself.
    fps, width : optional
        Instead of the quality's.
    aspect : {"16:9", "4:3", "1:1", "9:16"}, optional
        The shape of the frame. Scenes of the catalogue are laid out for each.
    speed : float
        How fast the scene plays, 0.5 to 2.
    transparent : bool
        Leave out the background, in a format that can.
    captions : {"burned", "sidecar", "both", "none"}, optional
        Into the picture, into files beside it, both, or neither; "both" if omitted. Only lessons have some to burn in.
    path : optional
        Where to write; ``renders/NAME.gif`` if omitted.
    renderer : {"fast", "stock"}
        Ours, or Manim's own drawing for comparison; both give the same pictures.
    max_size : str or int, optional
        What the file may have at most: ``2MB``, or a number of bytes. To get there the clip gives up frames, then
        pixels, then colors, and `Render.note` says so.
    voice : {"espeak"}, optional
        Read the captions aloud, in a movie; needs the program espeak-ng.
    variable_rate : bool
        Let a movie hold pictures only where something changes. Smaller, but few programs can cut it.
    cache : bool
        Take the clip from the cache if it was made before from the same scene, options and files; else keep it there.
        Manim's own drawing is never kept.
    timeout : float, optional
        Seconds that the scene may take; one that never ends then fails.
    progress : callable, optional
        Called with (frames done, frames expected).
    **options
        Of the scene: theme and lang, and its own such as image or kernel.

    Raises
    ------
    InputError, OptionError
        If target, options or pictures are not what they should be; said before rendering starts.
    RenderError
        If the scene fails or the file cannot be written.
    """
    return make(Request.of(target, **options), progress)


def make(request: Request, progress: Callable[[int, int], None] | None = None) -> Render:
    """Render what is asked for, or take it from the cache."""
    clip = plan(request)
    return clip.kept() or clip.drawn(progress)
