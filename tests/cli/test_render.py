from pathlib import Path

import pytest

from cnnviz.cli.render import FORMATS
from cnnviz.render.catalog import scenes
from cnnviz.render.plan import KINDS
from cnnviz.render.quality import frame_size
from cnnviz.render.request import Request

SCENE = """
from manim import Dot, Scene


class One(Scene):
    def construct(self):
        self.add(Dot())
        self.wait(0.2)
"""


def test_a_file_of_ones_own(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    outcome = cnnviz("render", "own.py", "-ql")
    assert (outcome.code, outcome.out) == (0, "renders/own.gif\n")


def test_a_folder_or_a_name(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    (tmp_path / "two.py").write_text(SCENE)
    assert cnnviz("render", "own.py", "two.py", "-ql", "-o", "out").out == "out/own.gif\nout/two.gif\n"
    assert cnnviz("render", "own.py:One", "-ql", "-o", "name.gif").out == "name.gif\n"
    assert sorted(path.name for path in tmp_path.glob("**/*.gif")) == ["name.gif", "own.gif", "two.gif"]


@pytest.mark.parametrize("everything", [("--all",), ("--chapter", "2")])
def test_a_dry_run_only_says(cnnviz, tmp_path, everything):
    outcome = cnnviz("render", *everything, "--dry-run", "-o", "out")
    slugs = [entry.slug for entry in scenes() if everything == ("--all",) or entry.chapter_number == 2]
    assert outcome.out.splitlines() == [f"{slug} -> out/{slug}.gif" for slug in slugs]
    assert list(tmp_path.iterdir()) == []


def test_what_is_asked_for_twice_is_drawn_once(cnnviz):
    twice = cnnviz("render", "ch02-s01-slide", "--chapter", "2", "--dry-run").out.splitlines()
    assert twice == cnnviz("render", "--chapter", "2", "--dry-run").out.splitlines()


def test_a_folder_that_is_there_may_be_called_anything(cnnviz, tmp_path):
    (tmp_path / "my.films").mkdir()
    outcome = cnnviz("render", "ch02-s01-slide", "-o", "my.films", "--dry-run")
    assert outcome.out == "ch02-s01-slide -> my.films/ch02-s01-slide.gif\n"


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Catch what would be drawn of a file that is there."""
    (tmp_path / "own.py").write_text(SCENE)
    options = {}

    def note(_, requests, **crew):
        of_scene = requests[0].options
        options.update(vars(requests[0]), **of_scene, **crew)

    monkeypatch.setattr("cnnviz.cli.render.draw_each", note)
    return options


@pytest.mark.parametrize(
    ("typed", "kind", "path"),
    [
        ("", "gif", "renders/own.gif"),
        ("--format webp", "webp", "renders/own.webp"),
        ("-o a.mp4", "mp4", "a.mp4"),
        ("-o out --format png", "png", "out/own.png"),
        ("-o v1.2 --format webm", "webm", "v1.2/own.webm"),
        ("-o A.GIF", "gif", "A.GIF"),
    ],
)
def test_the_kind_of_file(cnnviz, asked, typed, kind, path):
    assert cnnviz("render", "own.py", *typed.split()).code == 0
    assert (asked["format"], str(asked["path"])) == (kind, path)


def test_every_format_can_be_rendered():
    assert set(FORMATS) <= set(KINDS)


SIZES = {"l": (854, 480), "m": (1280, 720), "h": (1920, 1080), "k": (3840, 2160)}


@pytest.mark.parametrize("letter", SIZES)
def test_manims_letters(cnnviz, asked, letter):
    assert cnnviz("render", "own.py", f"-q{letter}").code == 0
    assert frame_size(asked["quality"], gif=True, width=asked.get("width"))[:2] == SIZES[letter]


def test_a_width_beats_the_letters(cnnviz, asked):
    assert cnnviz("render", "own.py", "--width", "640", "-qk").code == 0
    assert asked["width"] == 640


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (
            "",
            "expected a SLUG or FILE.py, --chapter N or --all; `cnnviz list` shows the slugs "
            "(see 'cnnviz render --help')",
        ),
        (
            "a --format mp4 -o one.gif",
            "Invalid value for --output: expected a folder, or a name that ends in .mp4, got 'one.gif' "
            "(see 'cnnviz render --help')",
        ),
        (
            "a b -o one.gif",
            "Invalid value for --output: expected a folder for 2 scenes, got 'one.gif' (see 'cnnviz render --help')",
        ),
        (
            "a -o one.mov",
            "Invalid value for --output: expected a folder, or a name that ends in one of .gif, .mp4, .webm, .webp, "
            ".apng, .png, .svg, got 'one.mov' (see 'cnnviz render --help')",
        ),
        (
            "one/a.py two/a.py",
            "expected files with names of their own, got two of the same; call for each with -o "
            "(see 'cnnviz render --help')",
        ),
        ("a.py --dry-run", "render: expected a Python file with a Manim scene, but a.py does not exist"),
        (
            "ch02-s01-slid --dry-run",
            "render: expected the slug of a scene or a Python file, got 'ch02-s01-slid'; near it: ch02-s01-slide",
        ),
        ("ch02-s01-slide --dry-run --fps 0", "fps: expected 1 to 60 frames a second, got 0"),
    ],
)
def test_wrong_calls(cnnviz, typed, line):
    outcome = cnnviz("render", *typed.split())
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"cnnviz: {line}\n")


def test_a_scene_that_fails_is_one_line(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE.replace("self.wait(0.2)", "self.wait(1 / 0)"))
    outcome = cnnviz("render", "own.py", "-ql")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == ("cnnviz: render: scene One failed (own.py, line 8): ZeroDivisionError: division by zero\n")
    assert not (tmp_path / "renders").exists()


def test_what_is_not_asked_for_is_left_to_the_renderer(cnnviz, asked):
    assert cnnviz("render", "own.py").code == 0
    assert asked == {
        **vars(Request("own.py")),
        "path": Path("renders/own.gif"),
        "jobs": 1,
        "cluster": None,
    }
    assert cnnviz("render", "own.py", "--no-cache", "--renderer", "stock", "-j", "3", "--max-size", "2MB").code == 0
    assert (asked["cache"], asked["renderer"], asked["jobs"], asked["max_size"]) == (False, "stock", 3, "2MB")


def test_of_several_scenes_those_that_can_be_drawn_are(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    (tmp_path / "bad.py").write_text(SCENE.replace("self.wait(0.2)", "self.wait(1 / 0)"))
    outcome = cnnviz("render", "bad.py", "own.py", "-ql")
    assert (outcome.code, outcome.out) == (1, "renders/own.gif\n")
    assert outcome.err == "cnnviz: render: scene One failed (bad.py, line 8): ZeroDivisionError: division by zero\n"


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("own.py none.py", "render: expected a Python file with a Manim scene, but none.py does not exist"),
        ("own.py broken.py", "render: broken.py cannot be imported: NameError: name 'nobody' is not defined"),
        ("own.py:Two -o out", "render: expected the name of one scene in own.py (as FILE.py:Class); it has One"),
        ("own.py --jobs 0", "jobs: expected 1 to 64 processes, got 0"),
        (
            "own.py --cluster node1",
            "cluster: expected the address of a Dask scheduler, such as tcp://host:8786, got 'node1'",
        ),
        ("own.py -s side=3", "render: scene One has no option 'side'; it has none"),
        ("ch02-s01-slide ch02-s02-real-digit -s image=none.png", None),
        ("own.py --speed 3", "speed: expected 0.5 to 2, got 3"),
        ("own.py --captions burned", "captions: scene One has none to burn in; take sidecar, and a player shows them"),
        (
            "own.py -t --format mp4",
            "transparent: expected a format that can be (gif, webm, webp, apng, png, frames), got 'mp4'",
        ),
        ("own.py --variable-rate", "variable-rate: expected a movie (mp4, webm), got 'gif'; leave it out"),
        (
            "own.py -o own.py/a.gif",
            "own.py/a.gif: expected only folders before the last name, got a file among them; choose another path",
        ),
    ],
)
def test_all_is_checked_before_anything_is_drawn(cnnviz, tmp_path, typed, line, dry):
    (tmp_path / "own.py").write_text(SCENE)
    (tmp_path / "broken.py").write_text("nobody\n")
    outcome = cnnviz("render", *typed.split(), *dry)
    assert (outcome.code, outcome.out) == (1 if "cannot be imported" in outcome.err or "own.py/" in typed else 2, "")
    assert outcome.err == f"cnnviz: {line}\n" if line else "none.png" in outcome.err and outcome.err.count("\n") == 1
    assert not (tmp_path / "renders").exists()
    assert not (tmp_path / "out").exists()


def test_a_size_that_cannot_be_met(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(SCENE)
    outcome = cnnviz("render", "own.py", "-ql", "--max-size", "lots")
    assert (outcome.code, outcome.err) == (
        2,
        "cnnviz: max-size: expected 1000 bytes or more, such as 2MB or 500kB, got 'lots'\n",
    )
    assert cnnviz("render", "own.py", "-ql", "--jobs", "0").err == "cnnviz: jobs: expected 1 to 64 processes, got 0\n"


BUSY = """
import numpy as np
from manim import ImageMobject, Scene


class Busy(Scene):
    def construct(self):
        self.add(ImageMobject(np.random.default_rng(0).integers(0, 256, (90, 160), dtype=np.uint8)))
        self.wait(0.2)
"""


def test_what_was_given_up_for_a_size_is_said(cnnviz, tmp_path):
    (tmp_path / "own.py").write_text(BUSY.replace("dtype=np.uint8))", "dtype=np.uint8)).scale_to_fit_height(8)"))
    outcome = cnnviz("render", "own.py", "-ql", "--max-size", "60kB")
    assert (outcome.code, outcome.out) == (0, "renders/own.gif\n")
    assert outcome.err.startswith("own.py: fewer frames, smaller")
    assert (tmp_path / "renders" / "own.gif").stat().st_size <= 60_000


def test_options_of_the_scene_itself(cnnviz, asked, tmp_path):
    takes = "    def __init__(self, *, image, stride, bias, kernel):\n        super().__init__()\n\n    def construct"
    (tmp_path / "own.py").write_text(SCENE.replace("    def construct", takes))
    given = "--set image=digit:5 --set stride=2 --set stride=1 -s bias=0.5 -s kernel=1,0;0,-1"
    assert cnnviz("render", "own.py", *given.split()).code == 0
    chosen = {name: asked[name] for name in ("image", "stride", "bias", "kernel")}
    assert chosen == {"image": "digit:5", "stride": (2, 1), "bias": 0.5, "kernel": "1,0;0,-1"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-s stride", "Invalid value for '-s' / '--set': expected NAME=VALUE, got 'stride'"),
        ("-s fps=3", "expected --fps for what it says, got --set fps=..."),
        ("-s a=3 --concat", "expected --set without --concat; the scenes of a lecture have their own pictures"),
    ],
)
def test_settings_that_are_none(cnnviz, typed, words):
    run = cnnviz("render", "ch02-s01-slide", *typed.split())
    assert run.code == 2
    assert words in run.err
