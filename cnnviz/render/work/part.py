"""One process's part in a clip that several draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cnnviz.render.drawing import draw_scene
from cnnviz.render.plan import Digests, Plan, Progress
from cnnviz.render.work.reel import Recorder

__all__ = ["Played", "draw_part"]

BLOCK = 4.0
"""Seconds of animations that one process draws in a row."""


@dataclass(frozen=True)
class Played:
    """What a process that drew its part of a scene knows of all of it.

    ``drawn`` is a `cnnviz.render.fast.RenderedScene`, None where the scene is of another size than was thought;
    ``marks`` say what the scene was like at each block.
    """

    drawn: Any
    marks: tuple[str, ...]
    inputs: Digests


def draw_part(
    plan: Plan, part: int, parts: int, emit: Callable[[int, bytes], None], progress: Progress | None = None
) -> Played:
    """Play a scene and give away the frames of one part of it, block by block."""
    with plan.loaded() as (scene, options, look, inputs):
        from cnnviz.render.fast.share import Share

        if look != plan.look:
            return Played(None, (), None)  # who writes the file thought otherwise
        counter = plan.counter(progress)
        on_play = None if counter is None else lambda _, done: counter(done, look.fps)
        share = Share(part, parts, length=round(BLOCK * look.fps))
        sink = Recorder(emit)
        drawn = draw_scene(scene, options, sink, look, on_play=on_play, share=share)
        sink.end()
    return Played(drawn, tuple(share.marks), plan.digests(inputs))
