"""Two renderings of one scene, frame against frame."""

import importlib.util
from pathlib import Path

import numpy as np
from manim import Scene

from cnnviz.render.fast import render_scene, stock_render_scene

SCENES = sorted((Path(__file__).parent / "scenes").glob("*.py"))
ALLOWED = 1
"""How far a channel of 255 levels may be off."""


class Frames:
    """Keeps every frame, and checks that only the box changed."""

    def __init__(self):
        self.all = []
        self.writes = []

    def write(self, frame, frames, box):
        if box is not None:
            top, left, bottom, right = box
            differs = (frame != self.all[-1]).any(axis=2)
            differs[top:bottom, left:right] = False
            assert not differs.any(), f"frame {len(self.all)} changed outside of {box}"
        self.writes.append((frames, box))
        self.all += [frame.copy()] * frames


def scene_class(path):
    """Return the scene in a file."""
    spec = importlib.util.spec_from_file_location(f"scene_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Scene) and value.__module__ == module.__name__
    )
    return found


def both(scene, *, width=426, height=240, fps=10, **options):
    """Render a scene fast and as Manim does; return what is known of each and the frames."""
    results = []
    for render in (render_scene, stock_render_scene):
        sink = Frames()
        told = render(
            lambda renderer: scene(renderer=renderer), width=width, height=height, fps=fps, sink=sink, **options
        )
        assert told.frames == len(sink.all)
        results.append((told, sink.all))
    return results


def differences(fast, stock):
    """Return the largest difference of a channel in each frame."""
    return [int(np.abs(a.astype(int) - b).max()) for a, b in zip(fast, stock, strict=True)]
