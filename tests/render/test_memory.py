"""What a clip takes of memory does not grow with its length."""

import os
import subprocess
import sys

import pytest

SCENE = """
from manim import DOWN, LEFT, RIGHT, UP, Dot, FadeIn, FadeOut, Scene, Square, Text

class Counter(Scene):
    def construct(self):
        square, dot = Square(fill_opacity=0.5), Dot().shift(2 * DOWN)
        dot.add_updater(lambda m, dt: m.rotate(dt, about_point=(0, 0, 0)))
        self.add(square, dot)
        for second in range({seconds} // 2):
            text = Text(str(second)).to_edge(UP)
            self.add_subcaption(f"This is second {{second}}.", duration=1)
            self.play(square.animate.shift(RIGHT if second % 2 else LEFT), FadeIn(text), run_time=1)
            self.play(FadeOut(text), run_time=0.5)
            self.wait(0.5, frozen_frame=True)
"""
RUN = """
import resource, sys
from pathlib import Path
from cnnviz.render.request import Request
from cnnviz.render.work.jobs import render_all

if __name__ == "__main__":
    scene, out, jobs = sys.argv[1:]
    order = Request.of(scene, **{"width": 426, "fps": 15, "format": Path(out).suffix[1:], "path": out, "cache": False})
    (made,) = render_all([order], jobs=int(jobs))
    usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(made.seconds, max(usage))
"""


def peak(folder, seconds, kind, jobs):
    """Return the most memory of any process that takes part, in kilobytes."""
    scene = folder / f"counter{seconds}.py"
    scene.write_text(SCENE.format(seconds=seconds))
    (folder / "run.py").write_text(RUN)
    command = [sys.executable, "run.py", scene.name, f"out.{kind}", str(jobs)]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=os.environ)
    lasts, most = done.stdout.split()
    assert abs(float(lasts) - seconds) < seconds / 10
    return int(most)


@pytest.mark.full
@pytest.mark.parametrize(("kind", "jobs"), [("gif", 1), ("mp4", 1), ("gif", 2)])
def test_ten_minutes_take_what_one_takes(tmp_path, kind, jobs):
    one, ten = (peak(tmp_path, seconds, kind, jobs) for seconds in (60, 600))
    assert ten <= 1.3 * one, f"{ten} kB for ten minutes, {one} kB for one"


@pytest.mark.full
def test_half_a_minute_takes_what_six_seconds_take(tmp_path):
    short, long = (peak(tmp_path, seconds, "gif", 1) for seconds in (6, 30))
    assert long <= 1.3 * short, f"{long} kB for half a minute, {short} kB for six seconds"
