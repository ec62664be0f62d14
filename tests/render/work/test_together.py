"""Several processes draw one scene: the file is the one that a single process makes."""

import pytest

from cnnviz.errors import RenderError
from cnnviz.render import render
from cnnviz.render.plan import plan
from cnnviz.render.request import Request
from cnnviz.render.work import jobs
from cnnviz.render.work.jobs import render_all

SCENE = """
import os
from pathlib import Path
from manim import DOWN, RIGHT, Circle, FadeIn, Scene, Square, Text

class Long(Scene):
    def construct(self):
        square, circle = Square(fill_opacity=0.5), Circle(color="#ff8800")
        circle.add_updater(lambda m, dt: m.shift(dt * DOWN / 6))
        self.add(square, circle)
        for number in range(5):
            self.next_section(f"part {{number}}")
            self.add_subcaption(f"Step {{number}}.", duration=0.5)
            self.play(square.animate.shift(RIGHT / 4).rotate(0.2), run_time=1.2)
            self.play(FadeIn(Text(str(number)).shift(DOWN)), run_time=0.8)
            self.wait(1, frozen_frame=True)
            {then}
"""
LOOK = {"width": 240, "fps": 5, "cache": False}


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "long.py"
    path.write_text(SCENE.format(then=""))
    return path


def together(scene, path, count=2, progress=None, **options):
    (made,) = render_all([Request.of(scene, **LOOK | {"path": path} | options)], jobs=count, progress=progress)
    return made


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("gif", 2),
        ("mp4", 2),
        *(pytest.param(k, 3, marks=pytest.mark.full) for k in ("gif", "webp", "apng", "webm")),
    ],
)
def test_the_same_file(scene, tmp_path, kind, count):
    seen = []
    whole = render(scene, path=tmp_path / f"whole.{kind}", format=kind, **LOOK)
    made = together(scene, tmp_path / f"made.{kind}", count, lambda *news: seen.append(news), format=kind)
    assert made.path.read_bytes() == whole.path.read_bytes()
    assert (made.frames, made.seconds, made.said) == (whole.frames, whole.seconds, whole.said)
    assert seen == sorted(seen)
    assert len(list(tmp_path.glob("made.*"))) == len(list(tmp_path.glob("whole.*")))


def test_it_is_kept(scene, tmp_path, monkeypatch):
    made = together(scene, tmp_path / "a.gif", cache=True)
    monkeypatch.setattr(jobs, "processes", None)
    again = together(scene, tmp_path / "b.gif", cache=True)
    assert made.path.read_bytes() == again.path.read_bytes()


PEEKS = "square.shift(self.camera.pixel_array[..., 0].mean() * RIGHT / 100)"
OWN = "square.shift(os.getpid() * RIGHT / 1e9)"


@pytest.mark.parametrize("then", [PEEKS, pytest.param(OWN, marks=pytest.mark.full)])
def test_one_that_does_not_play_the_same_without_its_pixels_is_drawn_by_one(scene, tmp_path, then, monkeypatch):
    monkeypatch.setattr(jobs.Joint, "finish", None)
    scene.write_text(SCENE.format(then=then))
    made = together(scene, tmp_path / "made.gif")
    if then == PEEKS:
        assert made.path.read_bytes() == render(scene, path=tmp_path / "whole.gif", **LOOK).path.read_bytes()
    assert made.frames == 75


ONCE = """if number == 3 and not Path({mark!r}).exists():
                Path({mark!r}).touch()
                os.kill(os.getpid(), 9)"""


def test_a_process_that_is_killed_half_way(scene, tmp_path):
    whole = render(scene, path=tmp_path / "whole.gif", **LOOK).path.read_bytes()
    scene.write_text(SCENE.format(then=ONCE.format(mark=str(tmp_path / "mark"))))
    made = together(scene, tmp_path / "made.gif")
    assert (tmp_path / "mark").exists()
    assert made.path.read_bytes() == whole


def test_one_that_fails_does_so_once_and_leaves_what_was_there(scene, tmp_path):
    scene.write_text(SCENE.format(then="1 / (number - 2)"))
    out = tmp_path / "made.gif"
    out.write_bytes(b"earlier")
    found = together(scene, out)
    assert isinstance(found, RenderError)
    place = "render: scene Long failed (long.py, line 17, after 9 animations, at 9 s)"
    assert str(found) == f"{place}: ZeroDivisionError: division by zero"
    assert out.read_bytes() == b"earlier"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["long.py", "made.gif"]


@pytest.mark.full
def test_two_scenes_by_four(scene, tmp_path):
    orders = [Request.of(scene, **{**LOOK, "path": tmp_path / f"{n}.gif"}) for n in range(2)]
    one, two = (made.path.read_bytes() for made in render_all(orders, jobs=4))
    assert one == two == render(scene, path=tmp_path / "whole.gif", **LOOK).path.read_bytes()


@pytest.mark.parametrize(
    ("options", "divisible"),
    [({}, True), ({"format": "png"}, False), ({"max_size": "1MB"}, False), ({"renderer": "stock"}, False)],
)
def test_which_clips_are_drawn_by_several(scene, options, divisible):
    assert plan(Request.of(scene, **options)).divisible == divisible
