"""Workers of a Dask cluster make the same files, see nothing but what they are sent, and may be killed."""

import re
import time

import pytest
from distributed import LocalCluster

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render import render
from cnnviz.render.plan import plan
from cnnviz.render.request import Request
from cnnviz.render.work import parcel
from cnnviz.render.work.jobs import render_all
from cnnviz.render.work.parcel import Parcel
from tests.render.work.daskers import started

SCENE = """
import os
import time
from pathlib import Path
from manim import DOWN, RIGHT, Circle, FadeIn, Scene, Square, Text

class Long(Scene):
    def __init__(self, *args, note="", side=1, **options):
        self.note, self.side = note, side
        super().__init__(*args, **options)

    def construct(self):
        square = Square(self.side, fill_opacity=0.5)
        self.add(square)
        if self.note:
            self.add(Text(Path(self.note).read_text() + Path(self.note).name))
        for number in range({rounds}):
            self.add_subcaption(f"Step {{number}}.", duration=0.5)
            self.play(square.animate.shift(RIGHT / 4).rotate(0.2), run_time=1.2)
            self.play(FadeIn(Text(str(number)).shift(DOWN)), run_time=0.8)
            {then}
"""
LOOK = {"width": 240, "fps": 5}


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "long.py"
    path.write_text(SCENE.format(rounds=1, then=""))
    return path


@pytest.fixture(scope="module")
def near():
    """A cluster of one worker within this process."""
    options = {"processes": False, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=1, **options) as cluster:
        yield cluster.scheduler_address


def one(scene, path, address, **options):
    (made,) = render_all([Request.of(scene, **LOOK | {"path": path} | options)], cluster=address)
    return made


def bytes_of(made):
    if isinstance(made, Exception):
        raise made
    return made.path.read_bytes()


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_worker_is_sent_the_scene_and_its_files_and_the_file_comes_back(scene, tmp_path, near, monkeypatch):
    monkeypatch.chdir(tmp_path)
    note = tmp_path / "note.txt"
    note.write_text("hello ")
    here = render(scene, path=tmp_path / "here.gif", note="note.txt", cache=False, **LOOK)
    made = one(scene, tmp_path / "there.gif", near, note="note.txt")
    assert made.path.read_bytes() == here.path.read_bytes()
    assert (made.frames, made.alt, made.bytes) == (here.frames, here.alt, here.bytes)
    assert {path.suffixes[-1] for path in made.beside} == {path.suffixes[-1] for path in here.beside}
    again = render(scene, path=tmp_path / "again.gif", note="note.txt", **LOOK)  # it was kept, here
    assert again.path.read_bytes() == here.path.read_bytes()
    note.write_text("bye ")
    other = one(scene, tmp_path / "other.gif", near, note="note.txt")
    assert other.path.read_bytes() != here.path.read_bytes()


def test_what_goes_wrong_there_is_said_here(scene, tmp_path, near):
    scene.write_text(SCENE.format(rounds=1, then="1 / 0"))
    error = one(scene, tmp_path / "a.gif", near)
    place = "render: scene Long failed (long.py, line 21, after 2 animations, at 2 s)"
    assert str(error) == f"{place}: ZeroDivisionError: division by zero"
    scene.write_text("from manim import Scene")
    error = one(scene, tmp_path / "a.gif", near)
    assert str(error) == "render: expected the name of one scene in long.py (as FILE.py:Class); it has none"
    error = one(tmp_path / "none.py", tmp_path / "a.gif", near)
    assert str(error) == f"render: expected a Python file with a Manim scene, but {tmp_path / 'none.py'} does not exist"
    assert left_in(tmp_path) == ["long.py"]


def test_a_scene_that_never_ends_is_stopped_there_too(scene, tmp_path, near):
    scene.write_text(SCENE.format(rounds=1, then="while True: pass"))
    error = one(scene, tmp_path / "a.gif", near, timeout=1.5)
    assert str(error).startswith("render: scene long did not end within 1.5 s (long.py, line 21")


def test_when_nobody_waits_any_more_a_worker_stops(scene, tmp_path, near):
    mark = tmp_path / "mark"
    then = f"while True: self.wait(0.2); Path({str(mark)!r}).write_text(str(time.monotonic()))"
    scene.write_text(SCENE.format(rounds=1, then=then))

    def stop(*_):
        if mark.exists():
            raise KeyboardInterrupt

    orders = [Request.of(scene, **LOOK | {"path": tmp_path / "a.gif", "cache": False})]
    with pytest.raises(KeyboardInterrupt):
        list(render_all(orders, cluster=near, progress=stop))
    last = None
    for _ in range(100):
        time.sleep(0.1)
        now = mark.read_text()
        if now and now == last:
            break
        last = now
    else:
        raise AssertionError("it goes on and on")
    assert left_in(tmp_path) == ["long.py", "mark"]


def test_a_name_is_what_it_is_at_home(scene, tmp_path):
    bad = tmp_path / "photo.txt"
    bad.write_bytes(b"x")
    packed = Parcel.pack(plan(Request.of(scene, note=str(bad), **LOOK)))
    seen = []

    def look():
        with packed.unpacked() as (there, path):
            seen.extend([there, path])
            assert there.file.read_bytes() == scene.read_bytes() != b""
            raise InputError(f"picture: {there.request.options['note']} is none")

    with pytest.raises(InputError) as caught:
        look()
    there, path = seen
    assert there.file != scene
    assert there.request.options["note"] != str(bad)
    assert str(caught.value) == f"picture: {bad} is none"
    assert not path.parent.exists()
    assert packed.home(None) is None
    assert packed.home({"/etc/hosts": "12"}) is None
    assert set(packed.home({str(there.file): "12"})) == {str(scene), str(bad)}


def test_other_code_is_not_to_draw(scene, monkeypatch):
    packed = Parcel.pack(plan(Request.of(scene, **LOOK)))
    monkeypatch.setattr(parcel, "_code", lambda: ["other"])
    with pytest.raises(RenderError) as caught, packed.unpacked():
        pass
    assert str(caught.value) == (
        "cluster: expected workers with the same versions of cnnviz, Manim and Python as here, got others; "
        "install the same there"
    )


def test_large_files_stay_at_home(scene, tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "LIMIT", 1000)
    (tmp_path / "large.txt").write_bytes(bytes(1000))
    with pytest.raises(InputError, match=r"^cluster: expected at most 1000 bytes of files for a scene, got \d+; make "):
        Parcel.pack(plan(Request.of(scene, note=str(tmp_path / "large.txt"), **LOOK)))


@pytest.mark.parametrize("address", ["", "node1", "node1:8786", "http://node1:8786", "tcp://no de:1"])
def test_addresses(address):
    with pytest.raises(OptionError) as caught:
        render_all([], cluster=address)
    assert str(caught.value) == (
        f"cluster: expected the address of a Dask scheduler, such as tcp://host:8786, got {address!r}"
    )


@pytest.mark.full
def test_nobody_there(scene, tmp_path):
    with pytest.raises(RenderError) as caught:
        one(scene, tmp_path / "a.gif", "tcp://127.0.0.1:9")
    assert str(caught.value) == (
        "cluster: expected a Dask scheduler at tcp://127.0.0.1:9, and nobody answers; start it with: dask scheduler"
    )


ONCE = """if number == 3 and not Path({mark!r}).exists():
                Path({mark!r}).touch()
                os.kill(os.getpid(), 9)"""


@pytest.mark.full
def test_two_workers_one_of_which_is_killed_half_way(scene, tmp_path):
    scene.write_text(SCENE.format(rounds=6, then=""))
    whole = {}
    for kind in ("gif", "mp4"):
        for side in (1, 2):
            file = tmp_path / f"whole-{side}.{kind}"
            whole[kind, side] = render(scene, path=file, format=kind, side=side, cache=False, **LOOK).path.read_bytes()
    with started(tmp_path) as address:
        out = tmp_path / "out"
        orders = [
            Request.of(scene, **{**LOOK, "cache": False, "path": out / f"{side}.{kind}", "format": kind, "side": side})
            for kind, side in whole
        ]
        found = [bytes_of(made) for made in render_all(orders, cluster=address)]
        assert found == list(whole.values())  # one worker for each
        for kind in ("gif", "mp4"):
            made = one(scene, out / f"shared.{kind}", address, format=kind, side=2, cache=False)
            assert bytes_of(made) == whole[kind, 2]  # two workers for one
        for count in (3, 1):
            mark = tmp_path / f"mark-{count}"
            scene.write_text(SCENE.format(rounds=6, then=ONCE.format(mark=str(mark))))
            found = [bytes_of(made) for made in render_all(orders[:count], cluster=address)]
            assert found == list(whole.values())[:count]
            assert mark.exists()
        scene.write_text(SCENE.format(rounds=6, then="os.kill(os.getpid(), 9)"))
        error = one(scene, out / "never.gif", address, cache=False)
        assert str(error) == "cluster: the workers that drew a scene were killed; give them more memory"
    assert not [name for name in left_in(out) if re.match(r"\.cnnviz|never", name)]
