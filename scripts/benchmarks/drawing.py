"""The processor time of small scenes of every kind, beside stock Manim's.

``scripts/bench drawing [--size 720p30] [--runs 3] [NAME ...]``: the scenes are those that tests/render/fast/ground
compares frame by frame. Each is rendered by turns in one process, without the start of Python and the import of Manim,
and the least of its times counts.
"""

import argparse
import contextlib
import io
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from cnnviz.render.fast import render_scene, stock_render_scene
from tests.render.fast.ground import GROUND

SIZES = {"480p15": (854, 480, 15), "720p30": (1280, 720, 30), "1080p60": (1920, 1080, 60)}


class Nowhere:
    """Takes frames and keeps none."""

    def write(self, *_: Any) -> None:
        """Forget a frame."""


class Clock:
    """Adds up the processor time spent within some of an object's methods."""

    def __init__(self) -> None:
        self.total = 0.0

    def watch(self, thing: Any, name: str) -> None:
        """Add up what a method takes."""
        genuine = getattr(thing, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return genuine(*args, **kwargs)
            finally:
                self.total += time.process_time() - start

        setattr(thing, name, timed)


def seconds(render: Any, scene: type, size: str) -> tuple[float, float]:
    """Return the processor times of one rendering: of its drawing, and of all of it."""
    width, height, fps = SIZES[size]
    clock = Clock()

    def make(renderer: Any) -> Any:
        clock.watch(renderer, "update_frame")
        clock.watch(renderer, "save_static_frame_data")
        return scene(renderer=renderer)

    start = time.process_time()
    render(make, width=width, height=height, fps=fps, sink=Nowhere())
    return clock.total, time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench drawing", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of scenes; all if left out")
    parser.add_argument("--runs", type=int, default=3, help="of each; 3 if left out")
    parser.add_argument("--size", choices=SIZES, default="720p30", help="720p30 if left out")
    asked = parser.parse_args()
    print(f"{'processor seconds':42}{'drawing':>24}{'all':>24}\n{'':42}" + 2 * "    ours   stock   ratio")
    ratios = []
    for name in asked.names or GROUND:
        with contextlib.redirect_stdout(io.StringIO()):
            both = (render_scene, stock_render_scene)
            times = [[seconds(render, GROUND[name], asked.size) for render in both] for _ in range(asked.runs)]
        ours, stock = np.min(times, axis=0)
        ratios.append(stock / ours)
        pairs = zip(ours, stock, stock / ours, strict=True)
        print(f"{name:42}" + "".join("{:8.3f}{:8.3f}{:8.2f}".format(*pair) for pair in pairs), flush=True)
    for what, found in zip(("drawing", "all"), np.transpose(ratios), strict=True):
        slower = f"slower {(found < 1).sum()} of {len(found)}"
        print(f"{what:8} median {np.median(found):.2f} x, least {found.min():.2f} x, {slower}")


if __name__ == "__main__":
    main()
