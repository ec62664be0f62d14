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
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from cnnviz.render.fast import render_scene, stock_render_scene
from tests.render.fast.ground import GROUND

SIZES = {"480p15": (854, 480, 15), "720p30": (1280, 720, 30), "1080p60": (1920, 1080, 60)}


class Nowhere:
    """Takes frames and keeps none."""

    def write(self, *_: Any) -> None:
        """Forget a frame."""


def seconds(render: Any, scene: type, size: str) -> float:
    """Return the processor time of one rendering."""
    width, height, fps = SIZES[size]
    start = time.process_time()
    render(lambda renderer: scene(renderer=renderer), width=width, height=height, fps=fps, sink=Nowhere())
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench drawing", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="of scenes; all if left out")
    parser.add_argument("--runs", type=int, default=3, help="of each; 3 if left out")
    parser.add_argument("--size", choices=SIZES, default="720p30", help="720p30 if left out")
    asked = parser.parse_args()
    ratios = {}
    for name in asked.names or GROUND:
        with contextlib.redirect_stdout(io.StringIO()):
            both = (render_scene, stock_render_scene)
            times = [[seconds(render, GROUND[name], asked.size) for render in both] for _ in range(asked.runs)]
        ours, stock = map(min, zip(*times, strict=True))
        ratios[name] = stock / ours
        print(f"{name:45}{ours:8.3f} s{stock:8.3f} s{stock / ours:8.2f} x", flush=True)
    print(f"\n{len(ratios)} scenes: median {median(ratios.values()):.2f} x, least {min(ratios.values()):.2f} x")
    print(f"slower than stock: {sum(ratio < 1 for ratio in ratios.values())}")


if __name__ == "__main__":
    main()
