"""The cache: right after every change, after every kind of damage, and with several processes at once."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from cnnviz.errors import RenderError
from cnnviz.render import render
from cnnviz.render.drawing import Drawing
from cnnviz.render.kept.cache import Cache, default_cache
from cnnviz.render.kept.fingerprint import fingerprint

SCENE = """
from manim import RIGHT, Scene, Square

class Move(Scene):
    def __init__(self, *args, side=1, **options):
        self.side = side
        super().__init__(*args, **options)

    def construct(self):
        square = Square(self.side)
        self.add_subcaption("A square moves.", duration=0.5)
        self.play(square.animate.shift(RIGHT), run_time=0.5)
"""


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "move.py"
    path.write_text(SCENE)
    return path


@pytest.fixture
def drawn(monkeypatch):
    """Count how often a scene is drawn."""
    looks = []
    draw = Drawing.into
    monkeypatch.setattr(Drawing, "into", lambda self, path, look: looks.append(look) or draw(self, path, look))
    return looks


def entries():
    return sorted(default_cache().folder.iterdir())


def test_the_second_time_nothing_is_drawn_and_everything_is_the_same(scene, tmp_path, drawn):
    options = {"width": 160, "fps": 10, "side": 2}
    first = render(scene, path=tmp_path / "one" / "a.gif", **options)
    second = render(scene, path=tmp_path / "two" / "a.gif", **options)
    assert len(drawn) == 1
    assert [path.name for path in first.beside] == ["a.srt", "a.vtt", "a.transcript.txt", "a.alt.txt"]
    for ours, theirs in zip((first.path, *first.beside), (second.path, *second.beside), strict=True):
        assert ours.read_bytes() == theirs.read_bytes()
    assert replace(second, path=first.path, beside=first.beside) == first
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == [
        "a.alt.txt",
        "a.gif",
        "a.srt",
        "a.transcript.txt",
        "a.vtt",
    ]


@pytest.mark.parametrize("kind", ["mp4", "webm", "webp", "apng", "png"])
def test_every_kind_of_file(scene, tmp_path, drawn, kind):
    made = [render(scene, path=tmp_path / f"{n}.{kind}", format=kind, width=160, fps=10) for n in range(2)]
    assert len(drawn) == 1
    assert made[0].path.read_bytes() == made[1].path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [{"width": 170}, {"fps": 5}, {"format": "apng"}, {"side": 2}, {"side": 1.0}, {"max_size": "1MB"}, {"cache": False}],
)
def test_another_call_is_drawn(scene, tmp_path, drawn, change):
    usual = {"width": 160, "fps": 10, "side": 1}
    render(scene, path=tmp_path / "a.gif", **usual)
    render(scene, path=tmp_path / "a.gif", **usual | change)
    assert len(drawn) == 2


def test_another_scene_is_drawn(scene, tmp_path, drawn):
    render(scene, path=tmp_path / "a.gif", width=160, fps=10)
    scene.write_text(SCENE.replace("RIGHT", "LEFT"))
    render(scene, path=tmp_path / "a.gif", width=160, fps=10)
    assert len(drawn) == 2


def test_manims_own_drawing_is_never_kept(scene, tmp_path, drawn):
    for _ in range(2):
        render(scene, path=tmp_path / "a.gif", width=160, fps=10, renderer="stock")
    assert len(drawn) == 2
    assert not default_cache().folder.exists()


def test_a_folder_of_frames_is_never_kept(scene, tmp_path, drawn):
    made = [render(scene, path=tmp_path / "frames", width=160, fps=10, format="frames") for _ in range(2)]
    assert len(drawn) == 2
    assert made[0].bytes == sum(file.stat().st_size for file in (tmp_path / "frames").iterdir())


READER = """
from pathlib import Path
from manim import Scene, Square

class Read(Scene):
    def construct(self):
        try:
            side = float(Path("side.txt").read_text())
        except FileNotFoundError:
            side = 1
        self.add(Square(side))
        self.wait(0.2)
"""


def test_a_file_that_the_scene_reads_counts(tmp_path, drawn, monkeypatch):
    """Also one that was not there before, and the one in the folder of the moment."""
    monkeypatch.chdir(tmp_path)
    scene = tmp_path / "read.py"
    scene.write_text(READER)

    def size():
        return render(scene, path=tmp_path / "a.gif", width=160, fps=5).path.read_bytes()

    missing = size()
    (tmp_path / "side.txt").write_text("2")
    two = size()
    assert (size(), len(drawn)) == (two, 2)
    (tmp_path / "side.txt").write_text("3")
    assert len({missing, two, size()}) == len(drawn) == 3
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert (size(), len(drawn)) == (missing, 4)


def test_a_file_written_while_the_scene_runs_leaves_no_entry(tmp_path, drawn):
    scene = tmp_path / "read.py"
    note = tmp_path / "note.txt"
    scene.write_text(
        READER.replace('"side.txt"', repr(str(note))).replace(
            "        try:", f"        Path({str(note)!r}).write_text('2')\n        try:"
        )
    )
    for _ in range(2):
        render(scene, path=tmp_path / "a.gif", width=160, fps=5)
    assert len(drawn) == 2


def test_the_picture_that_an_option_names_counts(scene, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"one")
    one = fingerprint(scene, {"image": str(picture)})
    assert one == fingerprint(scene, {"image": str(picture)})
    picture.write_bytes(b"two")
    assert fingerprint(scene, {"image": str(picture)}) != one


def test_options_that_look_alike_differ(scene):
    arrays = [np.zeros((2, 2)), np.zeros((4,)), np.zeros((2, 2), np.int64)]
    values = [1, 1.0, True, "1", (1,), [1], None, "", (1, (2,)), ((1, 2),), *arrays]
    prints = [fingerprint(scene, {"a": value}) for value in values]
    assert None not in prints
    assert len(set(prints)) == len(prints)
    assert fingerprint(scene, {"a": object()}) is None
    assert fingerprint(scene, {"a": np.array([object()])}) is None


def test_a_damaged_entry_is_noticed_and_drawn_again(scene, tmp_path, drawn):
    usual = {"width": 160, "fps": 5}
    right = render(scene, path=tmp_path / "a.gif", **usual).path.read_bytes()
    (entry,) = entries()
    whole = entry.read_bytes()
    numbers = random.Random(0)
    damages = [whole[: len(whole) * n // 20] for n in range(20)]
    for _ in range(20):
        at = numbers.randrange(len(whole))
        damages.append(whole[:at] + bytes([whole[at] ^ 1 << numbers.randrange(8)]) + whole[at + 1 :])
    damages.append(whole + b"\n")
    kept = default_cache()
    for damage in damages:
        entry.write_bytes(damage)
        assert kept.fetch(entry.name, tmp_path / "b.gif") is None
        assert not entry.exists()
    entry.write_bytes(damages[7])
    assert render(scene, path=tmp_path / "a.gif", **usual).path.read_bytes() == right
    assert len(drawn) == 2
    assert (sorted(path.name for path in tmp_path.glob("*.gif")), entries()) == (["a.gif"], [entry])
    assert entry.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(scene, tmp_path, drawn, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("CNNVIZ_CACHE", str(tmp_path / "file"))
    for _ in range(2):
        render(scene, path=tmp_path / "a.gif", width=160, fps=5)
    assert len(drawn) == 2


def test_a_hit_still_says_what_is_wrong_with_the_place(scene, tmp_path):
    render(scene, path=tmp_path / "a.gif", width=160, fps=5)
    (tmp_path / "folder.gif").mkdir()
    with pytest.raises(RenderError) as caught:
        render(scene, path=tmp_path / "folder.gif", width=160, fps=5)
    assert str(caught.value) == (f"{tmp_path}/folder.gif: expected a file to write, got a folder; name a file in it")


def test_it_stays_within_its_bound_and_drops_what_was_used_longest_ago(tmp_path):
    kept = Cache(tmp_path / "kept", limit=5000)
    clip = tmp_path / "clip"
    clip.write_bytes(bytes(1000))
    for number in range(4):
        kept.keep(f"{number:x}", clip, {"n": number}, inputs={})
        os.utime(kept.folder / f"{number:x}", (number, number))
    assert kept.fetch("0", tmp_path / "out") == {"n": 0}
    kept.keep("4", clip, {"n": 4}, inputs={})
    assert sorted(path.name for path in kept.folder.iterdir()) == ["0", "2", "3", "4"]
    clip.write_bytes(bytes(2000))
    kept.keep("5", clip, {}, inputs={})
    assert not (kept.folder / "5").exists()


AT_ONCE = """
import sys
from pathlib import Path
from cnnviz.render.kept.cache import Cache

folder = Path(sys.argv[1])
kept = Cache(folder / "kept", limit=40_000)
clip = folder / f"clip{sys.argv[2]}"
for turn in range(20):
    number = turn * (1 + int(sys.argv[2])) % 9
    clip.write_bytes(bytes([number]) * 8000)
    kept.keep(str(number), clip, {"n": number}, inputs={})
    out = folder / f"out{sys.argv[2]}"
    for other in range(9):
        about = kept.fetch(str(other), out)
        if about is not None:
            assert (about["n"], set(out.read_bytes()), len(out.read_bytes())) == (other, {other}, 8000)
"""


def test_several_processes_share_it(tmp_path):
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path)]
    running = [subprocess.Popen([*command, str(n)], stderr=subprocess.PIPE, text=True) for n in range(3)]
    assert [process.communicate(timeout=300)[1] for process in running] == [""] * 3
    sizes = [path.stat().st_size for path in (tmp_path / "kept").iterdir()]
    assert 0 < sum(sizes) <= 40_000
