"""Several scenes at once: the same files, whatever happens to a worker, and nothing left when stopped."""

import os
import signal
import subprocess
import sys
import time

import pytest

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render import Render
from cnnviz.render.request import Request
from cnnviz.render.work import jobs
from cnnviz.render.work.jobs import render_all

SCENE = """
import os
from pathlib import Path
from manim import RIGHT, Scene, Square

class Move(Scene):
    def __init__(self, *args, side=1, **options):
        self.side = side
        super().__init__(*args, **options)

    def construct(self):
        square = Square(self.side)
        self.add_subcaption("A square moves.", duration=0.5)
        self.play(square.animate.shift(RIGHT), run_time=0.5)
        {then}
"""


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "move.py"
    path.write_text(SCENE.format(then=""))
    return path


def orders(scene, folder, sides=(1, 2, 3), **options):
    usual = {"width": 160, "fps": 10, "cache": False} | options
    return [Request.of(scene, **{**usual, "side": side, "path": folder / f"{side}.gif"}) for side in sides]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_make_the_same_files_in_the_same_order(scene, tmp_path):
    seen = []
    here = list(render_all(orders(scene, tmp_path / "here")))
    there = list(render_all(orders(scene, tmp_path / "there"), jobs=2, progress=lambda *news: seen.append(news)))
    assert [made.path.name for made in there] == ["1.gif", "2.gif", "3.gif"]
    assert [(made.bytes, made.frames, made.alt) for made in there] == [(m.bytes, m.frames, m.alt) for m in here]
    assert files(tmp_path / "here") == files(tmp_path / "there")
    assert len(files(tmp_path / "here")) == 15
    assert {number for number, done, _ in seen if done == 5} <= {0, 1, 2}


def test_what_is_kept_needs_no_process(scene, tmp_path, monkeypatch):
    first = list(render_all(orders(scene, tmp_path / "a", cache=True), jobs=2))
    monkeypatch.setattr(jobs, "processes", None)
    again = list(render_all(orders(scene, tmp_path / "b", cache=True), jobs=2))
    assert [made.bytes for made in first] == [made.bytes for made in again]
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize("count", [1, 2])
def test_a_scene_that_fails_does_not_stop_the_others(scene, tmp_path, count):
    broken = tmp_path / "broken.py"
    broken.write_text(SCENE.format(then="1 / 0"))
    wanted = [Request.of(broken, path=tmp_path / "x.gif", width=160, fps=5), Request("ch99-none")]
    outcomes = list(render_all([*wanted, *orders(scene, tmp_path, (1, 2))], jobs=count))
    assert [type(outcome) for outcome in outcomes] == [RenderError, InputError, Render, Render]
    place, _, what = str(outcomes[0]).partition(": Zero")
    assert place == "render: scene Move failed (broken.py, line 15, after 1 animation, at 0.6 s)"
    assert what == "DivisionError: division by zero"
    assert sorted(path.name for path in tmp_path.glob("*.gif")) == ["1.gif", "2.gif"]


ONCE = """if not Path({mark!r}).exists():
            Path({mark!r}).touch()
            os.kill(os.getpid(), 9)"""


def test_a_worker_that_is_killed_draws_again(scene, tmp_path):
    whole = tmp_path / "whole"
    list(render_all(orders(scene, whole)))
    scene.write_text(SCENE.format(then=ONCE.format(mark=str(tmp_path / "mark"))))
    made = list(render_all(orders(scene, tmp_path / "out"), jobs=2))
    assert [type(outcome) for outcome in made] == [Render] * 3
    assert files(tmp_path / "out") == files(whole)


def test_one_that_is_killed_each_time_is_said(scene, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "_TRIES", 1)
    scene.write_text(SCENE.format(then="os.kill(os.getpid(), 9)"))
    made = list(render_all(orders(scene, tmp_path, (1, 2)), jobs=2))
    assert [str(error) for error in made] == [
        f"render: the process that drew {scene} was killed 1 times; free some memory or take fewer jobs"
    ] * 2


@pytest.mark.parametrize("count", [0, -1, 65])
def test_how_many(count):
    with pytest.raises(OptionError) as caught:
        render_all([], jobs=count)
    assert str(caught.value) == f"jobs: expected 1 to 64 processes, got {count}"
    assert list(render_all([], jobs=2)) == []


LONG = """
import os
import time
from pathlib import Path
from manim import Dot, Scene

class Long(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.2)
        Path({folder!r}, f"worker-{{os.getpid()}}").touch()
        time.sleep(300)
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("number", "everyone", "code", "scenes"),
    [
        (signal.SIGINT, False, 130, "abc"),
        (signal.SIGINT, True, 130, "abc"),
        (signal.SIGINT, True, 130, "a"),
        (signal.SIGKILL, False, -9, "abc"),
    ],
    ids=["Ctrl-C for the first", "Ctrl-C for all", "Ctrl-C while two draw one", "kill"],
)
def test_stopped_it_leaves_no_process_and_no_partial_file(tmp_path, number, everyone, code, scenes):
    marks = tmp_path / "marks"
    marks.mkdir()
    for name in scenes:
        (tmp_path / f"{name}.py").write_text(LONG.format(folder=str(marks)))
    out = tmp_path / "out"
    out.mkdir()
    command = [
        sys.executable,
        "-m",
        "cnnviz",
        "render",
        *(f"{name}.py" for name in scenes),
        "--jobs",
        "2",
        "-ql",
        "-o",
        "out",
    ]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while len(list(marks.iterdir())) < 2:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)
    (os.killpg if everyone else os.kill)(process.pid, number)
    out_words, err_words = process.communicate(timeout=60)
    assert (process.returncode, out_words) == (code, "")
    if code == 130:
        assert err_words.strip() == "cnnviz: stopped"
    workers = [int(mark.name.partition("-")[2]) for mark in marks.iterdir()]
    end = time.monotonic() + 30
    while any(alive(pid) for pid in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in workers)
    assert list(out.iterdir()) == []
