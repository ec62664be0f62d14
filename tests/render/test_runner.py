import av
import pytest
from PIL import Image

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render import render

SCENE = """
from manim import RIGHT, Scene, Square

class Move(Scene):
    def construct(self):
        square = Square()
        self.add_subcaption("A square <moves>.", duration=0.5)
        self.play(square.animate.shift(RIGHT), run_time=0.5)
        self.wait(1)
"""


@pytest.fixture
def scene(tmp_path):
    path = tmp_path / "move.py"
    path.write_text(SCENE)
    return path


def test_a_plain_manim_scene_becomes_a_gif(scene, tmp_path):
    seen = []
    made = render(scene, width=160, fps=10, path=tmp_path / "out" / "a.gif", progress=lambda *n: seen.append(n))
    assert (made.width, made.height, made.frames, made.seconds) == (160, 90, 15, 1.5)
    with Image.open(made.path) as image:
        assert image.size == (160, 90)
    assert made.bytes == made.path.stat().st_size
    assert seen[-1] == (15, 15)
    assert sorted(path.name for path in made.path.parent.iterdir()) == [
        "a.alt.txt",
        "a.gif",
        "a.srt",
        "a.transcript.txt",
        "a.vtt",
    ]
    assert made.alt == "move, an animation of 2 seconds. A square <moves>."
    shown = made._repr_mimebundle_()["text/html"]
    assert "<moves>" not in shown
    assert 'alt="move, an animation' in shown


def test_without_a_path_it_goes_to_renders(scene, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert render(scene, width=160, fps=5).path.as_posix() == "renders/move.gif"
    assert (tmp_path / "renders" / "move.gif").is_file()


def test_one_scene_of_several_by_name(tmp_path):
    path = tmp_path / "two.py"
    path.write_text(SCENE + "\nclass Other(Move): pass\n")
    assert render(f"{path}:Other", width=160, fps=10, path=tmp_path / "b.gif").frames == 15


def test_fast_and_stock_give_the_same_file(scene, tmp_path):
    fast, stock = (
        render(scene, width=160, fps=10, path=tmp_path / f"{name}.gif", renderer=name).path.read_bytes()
        for name in ("fast", "stock")
    )
    assert fast == stock


def test_a_scene_that_fails_says_where_and_leaves_nothing(tmp_path):
    path = tmp_path / "fails.py"
    path.write_text(SCENE.replace("self.wait(1)", "1 / 0"))
    out = tmp_path / "kept.gif"
    out.write_bytes(b"earlier")
    with pytest.raises(RenderError) as caught:
        render(path, width=160, fps=5, path=out)
    place, _, what = str(caught.value).partition(": Zero")
    assert place == "render: scene Move failed (fails.py, line 9, after 1 animation, at 0.6 s)"
    assert what == "DivisionError: division by zero"
    assert out.read_bytes() == b"earlier"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["fails.py", "kept.gif"]


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        ({"format": "avi"}, OptionError, "format: expected one of "),
        ({"renderer": "slow"}, OptionError, "renderer: expected one of fast, stock, got 'slow'"),
        ({"kernel": "sobel-x"}, OptionError, "render: scene Move has no option 'kernel'; it has none"),
    ],
)
def test_wrong_options_are_said_before_anything_is_drawn(scene, tmp_path, options, kind, message):
    with pytest.raises(kind) as caught:
        render(scene, path=tmp_path / "x.gif", **options)
    assert str(caught.value).startswith(message)
    assert not (tmp_path / "x.gif").exists()


def test_wrong_options_of_a_lesson(tmp_path):
    with pytest.raises(InputError):
        render("ch02-s02-real-digit", path=tmp_path / "x.gif", image="nothing.png")
    with pytest.raises(OptionError, match="captions: expected one of burned, sidecar, both, none, got 'loud'"):
        render("ch02-s02-real-digit", path=tmp_path / "x.gif", captions="loud")
    assert not list(tmp_path.iterdir())


SECTIONS = SCENE.replace("        self.wait(1)", "        self.next_section('Rest')\n        self.wait(1)")


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_movie_has_a_title_and_the_sections_as_chapters(tmp_path, kind):
    path = tmp_path / "parts.py"
    path.write_text(
        SECTIONS.replace("        square = Square()", "        self.next_section('Motion')\n        square = Square()")
    )
    made = render(path, width=160, fps=10, format=kind, path=tmp_path / f"a.{kind}")
    with av.open(str(made.path)) as file:
        assert {key.lower(): value for key, value in file.metadata.items()}["title"] == "parts"
        chapters = [
            (
                part["metadata"]["title"],
                float(part["start"] * part["time_base"]),
                float(part["end"] * part["time_base"]),
            )
            for part in file.chapters()
        ]
    assert chapters == [("Motion", 0, 0.5), ("Rest", 0.5, 1.5)]


def test_what_manim_begins_by_itself_is_no_chapter(scene, tmp_path):
    with av.open(str(render(scene, width=160, fps=10, format="mp4", path=tmp_path / "a.mp4").path)) as file:
        assert file.chapters() == []


BUSY = """
import numpy as np
from manim import ImageMobject, Scene


class Busy(Scene):
    def construct(self):
        numbers = np.random.default_rng(0)
        for _ in range(3):
            self.add(ImageMobject(numbers.integers(0, 256, (90, 160), dtype=np.uint8)).scale_to_fit_height(8))
            self.wait(0.2)
"""


def test_a_clip_that_is_too_large_gives_up_frames_then_pixels_and_says_so(tmp_path):
    path = tmp_path / "busy.py"
    path.write_text(BUSY)
    free = render(path, width=480, fps=10, path=tmp_path / "a.gif")
    made = render(path, width=480, fps=10, path=tmp_path / "b.gif", max_size=free.bytes // 2)
    assert made.bytes == made.path.stat().st_size <= free.bytes // 2
    assert (free.note, made.note) == (
        "",
        f"fewer frames, smaller to fit into {free.bytes // 2} bytes: {made.width}x{made.height} at 8 frames a second",
    )
    assert made.width < 480
    with Image.open(made.path) as image:
        assert image.size == (made.width, made.height)
    assert render(path, width=480, fps=10, path=tmp_path / "b.gif", max_size=free.bytes).bytes == free.bytes


def test_what_cannot_be_made_small_enough_is_not_made(tmp_path):
    path = tmp_path / "busy.py"
    path.write_text(BUSY)
    with pytest.raises(RenderError, match=r"max-size: expected at most 1000 bytes, got \d+ even with 320x180 at 8 "):
        render(path, width=480, fps=10, path=tmp_path / "b.gif", max_size="1kB")
    assert [entry.name for entry in tmp_path.iterdir()] == ["busy.py"]


def test_a_folder_of_frames_has_no_size_to_keep(scene, tmp_path):
    with pytest.raises(OptionError) as caught:
        render(scene, format="frames", path=tmp_path / "frames", max_size="1MB")
    assert str(caught.value) == "max-size: expected a format that can be made smaller, got 'frames'; leave it out"


@pytest.mark.parametrize("kind", ["gif", "mp4", "webm", "webp", "apng", "png"])
def test_every_format_twice_is_the_same_file(scene, tmp_path, kind):
    files = [
        render(scene, width=160, fps=10, format=kind, path=tmp_path / f"{name}.{kind}", cache=False) for name in "ab"
    ]
    assert files[0].path.read_bytes() == files[1].path.read_bytes()
