"""What people have in files of their own: each is drawn as Manim draws it, or refused in a line."""

import subprocess
import sys
import wave

import av
import numpy as np
import pytest
from PIL import Image

from cnnviz.cli import run
from cnnviz.errors import InputError, RenderError
from cnnviz.render import render
from cnnviz.render.request import Request
from cnnviz.render.source import real_scenes
from cnnviz.render.work.jobs import render_all
from tests.render.fast.compare import both, differences

PLAIN = """
from manim import *

class One(Scene):
    def construct(self):
        dot = Dot()
        self.play(dot.animate.shift(RIGHT), run_time=0.4)
"""


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNVIZ_CACHE", str(tmp_path_factory.mktemp("cache")))


def scene(folder, body="self.wait(0.4)", head="", name="own.py"):
    path = folder / name
    path.write_text(f"from manim import *\n{head}\nclass One(Scene):\n    def construct(self):\n        {body}\n")
    return path


def drawn(file, **options):
    return render(file, **{"fps": 5, "width": 160} | options)


def compared(body, head="", base="Scene"):
    """Return how far each frame is from stock."""
    names = {}
    exec(f"from manim import *\n{head}\nclass One({base}):\n    def construct(self):\n{body}", names)
    (_, fast), (_, stock) = both(names["One"])
    assert len(fast) == len(stock) > 1
    return differences(fast, stock)


# What lies beside the file


def test_each_file_imports_what_lies_beside_it(tmp_path):
    sizes = []
    for side in (1, 3):
        folder = tmp_path / str(side)
        folder.mkdir()
        (folder / "grid.py").write_text(f"def make():\n    from manim import Square\n    return Square({side})\n")
        path = scene(folder, "self.add(make()); self.wait(0.4)", "from grid import make")
        made = drawn(path, format="png", path=folder / "a.png")
        sizes.append(int((np.asarray(Image.open(made.path).convert("L")) > 60).sum()))
    assert sizes[1] > 2 * sizes[0]
    assert "grid" not in sys.modules


def test_a_change_beside_the_file_is_noticed(tmp_path):
    (tmp_path / "grid.py").write_text("SIDE = 1\n")
    path = scene(tmp_path, "self.add(Square(SIDE)); self.wait(0.4)", "from grid import SIDE")
    first = drawn(path, path="a.gif").path.read_bytes()
    (tmp_path / "grid.py").write_text("SIDE = 3\n")
    assert drawn(path, path="b.gif").path.read_bytes() != first


def test_several_processes_import_it_too(tmp_path):
    (tmp_path / "grid.py").write_text("SIDE = 2\n")
    path = scene(tmp_path, "self.add(Square(SIDE)); self.wait(0.4)", "from grid import SIDE")
    requests = [Request.of(path, fps=5, width=160, path=tmp_path / f"{n}.gif", cache=False) for n in range(2)]
    first, second = render_all(requests, jobs=2)
    assert first.path.read_bytes() == second.path.read_bytes()


# Sound


def beep(path, seconds=0.4, rate=8000):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        times = np.arange(int(seconds * rate)) / rate
        file.writeframes((8000 * np.sin(2 * np.pi * 440 * times)).astype("<i2").tobytes())


def loudness(path, pieces):
    """Return the mean of the squares in each of so many equal pieces of a movie's sound."""
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray().astype(float).reshape(-1) for frame in file.decode(audio=0)]
    return [float(np.sqrt((part**2).mean())) for part in np.array_split(np.concatenate(frames), pieces)]


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_sounds_are_in_a_movie_at_their_time_and_gain(tmp_path, kind):
    beep(tmp_path / "b.wav")
    body = 'self.wait(1); self.add_sound("b.wav"); self.wait(1); self.add_sound("b.wav", gain=-12); self.wait(1)'
    made = drawn(scene(tmp_path, body), format=kind, path=f"a.{kind}")
    quiet, loud, soft = loudness(made.path, 3)
    assert quiet < 0.15 * loud
    assert 0.2 < soft / loud < 0.32  # a quarter
    assert made.note == ""


def test_a_gif_says_once_that_it_has_no_sound(tmp_path, capsys):
    beep(tmp_path / "b.wav")
    scene(tmp_path, 'self.add_sound("b.wav"); self.wait(0.4)')
    assert run(["render", "own.py", "-ql", "-o", "a.gif"]) == 0
    line = "own.py: 1 sounds left out, which a gif cannot hold; choose mp4 or webm to hear them\n"
    assert capsys.readouterr().err == line


def test_a_sound_that_is_missing_is_an_error(tmp_path):
    path = scene(tmp_path, 'self.add_sound("b.wav"); self.wait(0.4)')
    with pytest.raises(InputError, match=r"^sound: expected a file, but b\.wav does not exist$"):
        drawn(path, format="mp4", path="a.mp4")


# Captions


def test_captions_may_overlap(tmp_path):
    body = (
        'self.add_subcaption("a", duration=2); '
        'self.play(Create(Dot()), subcaption="b", subcaption_duration=0.5); self.wait(1)'
    )
    drawn(scene(tmp_path, body), path="a.gif")
    for suffix, point in ((".srt", ","), (".vtt", ".")):
        text = (tmp_path / f"a{suffix}").read_text()
        assert f"00:00:00{point}000 --> 00:00:02{point}000\na\n" in text
        assert f"00:00:00{point}000 --> 00:00:00{point}500\nb\n" in text


def test_no_captions_at_all(tmp_path):
    path = scene(tmp_path, 'self.add_subcaption("a", duration=0.4); self.wait(0.4)')
    assert not drawn(path, format="mp4", captions="none", path="a.mp4").beside
    assert drawn(path, format="mp4", captions="sidecar", path="b.mp4").beside


# Size and rate

OWN = "config.pixel_width=270; config.pixel_height=480; config.frame_width=4.5; config.frame_height=8"
RATED = f"{OWN}; config.frame_rate=10"


def test_a_files_own_size_and_rate(tmp_path):
    from manim import config

    before = dict(config._d)
    path = scene(tmp_path, "self.add(Square(4)); self.wait(0.4)", RATED)
    made = render(path, format="mp4", path="a.mp4")
    assert (made.width, made.height, made.frames) == (270, 480, 4)
    assert config._d == before


@pytest.mark.parametrize(
    ("asked", "size", "frames"),
    [
        ({"quality": "draft"}, (480, 854), 6),
        ({"width": 180}, (180, 320), 4),
        ({"fps": 5}, (270, 480), 2),
        ({"aspect": "1:1", "width": 200}, (200, 200), 4),
    ],
)
def test_options_beat_a_files_own_size(tmp_path, asked, size, frames):
    path = scene(tmp_path, "self.add(Square(4)); self.wait(0.4)", RATED)
    made = render(path, format="mp4", path="a.mp4", **asked)
    assert ((made.width, made.height), made.frames) == (size, frames)


def test_the_frame_is_the_files_own(tmp_path):
    path = scene(tmp_path, "self.add(Rectangle(width=4.3, height=7.8)); self.wait(0.4)", OWN)
    picture = np.asarray(Image.open(render(path, format="png", path="a.png").path).convert("L"))
    rows, columns = np.nonzero(picture > 60)
    assert (rows.min() < 12, rows.max() > 467, columns.min() < 12, columns.max() > 257) == (True,) * 4


def test_a_settings_file(tmp_path):
    (tmp_path / "manim.cfg").write_text(
        "[CLI]\npixel_width = 90\npixel_height = 160\nframe_rate = 10\nframe_width = 4.5\nframe_height = 8\n"
    )
    scene(tmp_path)
    command = [sys.executable, "-m", "cnnviz", "render", "own.py", "-o", "a.gif"]
    subprocess.run(command, check=True, capture_output=True)
    with Image.open(tmp_path / "a.gif") as image:
        assert image.size == (90, 160)


@pytest.mark.parametrize(("aspect", "size"), [("4:3", (640, 480)), ("1:1", (480, 480)), ("9:16", (480, 854))])
def test_the_aspect_is_set_before_the_scene_is_made(tmp_path, aspect, size):
    body = "self.add(Rectangle(width=WIDE, height=config.frame_height).scale(0.97)); self.wait(0.4)"
    path = scene(tmp_path, body, "WIDE = config.frame_width")
    made = render(path, format="png", quality="draft", aspect=aspect, path="a.png")
    picture = np.asarray(Image.open(made.path).convert("L")) > 60
    assert picture.shape == size[::-1]
    rows, columns = np.nonzero(picture)
    assert rows.min() < 16 > columns.min()
    assert rows.max() > size[1] - 16
    assert columns.max() > size[0] - 16


def test_twice_as_fast_with_its_captions(tmp_path):
    path = scene(tmp_path, 'self.add_subcaption("a", duration=2); self.wait(4)')
    made = drawn(path, format="mp4", speed=2, path="a.mp4")
    assert (made.seconds, made.said[0].end) == (2.0, 1.0)


# Classes


def test_a_constructor_that_knows_no_renderer(tmp_path):
    own = "class One(Scene):\n    def __init__(self):\n        super().__init__()\n        self.k = 3\n"
    path = tmp_path / "own.py"
    path.write_text(PLAIN.replace("class One(Scene):\n", own))
    assert drawn(path, path="a.gif").frames == 2


def test_several_scenes_in_a_file(tmp_path, capsys):
    (tmp_path / "own.py").write_text(PLAIN + PLAIN.replace("One", "Two"))
    assert run(["render", "own.py", "-ql", "--width", "160", "-o", "out"]) == 0
    assert capsys.readouterr().out == "out/own-One.gif\nout/own-Two.gif\n"
    assert run(["render", "own.py:Two", "own.py:One", "-ql", "--width", "160", "-o", "out", "--dry-run"]) == 0
    assert capsys.readouterr().out == "own.py:Two -> out/own-Two.gif\nown.py:One -> out/own-One.gif\n"


def test_what_others_build_on_is_no_scene(tmp_path):
    base = "\nclass Base(Scene):\n    def square(self):\n        return Square()\n"
    path = tmp_path / "own.py"
    path.write_text(PLAIN.replace("\nclass One(Scene)", base + "\nclass One(Base)"))
    assert real_scenes(path) == ["One"]
    assert drawn(path, path="a.gif").frames == 2
    path.write_text(PLAIN + "\nclass Two(One):\n    side = 2\n\nclass Three(Two):\n    side = 3\n")
    assert real_scenes(path) == ["One", "Three"]


# Movies


def test_movies_have_a_constant_rate_unless_told_otherwise(tmp_path):
    path = scene(tmp_path, "self.wait(3); self.play(Create(Dot()), run_time=1); self.wait(2)")

    def pictures(**options):
        with av.open(str(drawn(path, format="mp4", fps=10, **options).path)) as file:
            return [float(packet.pts * packet.time_base) for packet in file.demux(video=0) if packet.pts is not None]

    constant = sorted(pictures(path="a.mp4"))
    assert np.allclose(np.diff(constant), 0.1, atol=1e-3)
    assert len(constant) == 60
    assert len(pictures(path="b.mp4", variable_rate=True)) < 30


# Cameras, points, renderers


def test_point_clouds():
    body = (
        "        cloud = PMobject().add_points(np.random.default_rng(0).normal(size=(300, 3)), color=RED)\n"
        "        edge = Point([7, 3.9, 0], color=BLUE)\n"
        "        many = PGroup(*(Point([x / 3, x / 9, 0], stroke_width=x) for x in range(-9, 9)))\n"
        "        self.add(cloud, edge, many)\n"
        "        self.play(cloud.animate.shift(RIGHT), many.animate.shift(UP), run_time=0.5)\n"
        "        self.remove(cloud); self.wait(0.3)\n"
    )
    assert not any(compared(body))


@pytest.mark.parametrize(
    "touch",
    [
        "self.camera.pixel_array[:50, :50] = 99",
        "pixels = self.camera.pixel_array; dot.add_updater(lambda d: pixels.__setitem__(slice(20), 77))",
        "self.camera.background[:30] = 50",
        "plain = self.camera.capture_mobjects; self.camera.capture_mobjects = "
        "lambda mobjects, **k: plain(list(mobjects)[:1], **k)",
    ],
)
def test_a_camera_that_was_touched(touch):
    body = (
        "        dot, square = Dot(), Square()\n"
        "        self.add(square, dot); self.play(dot.animate.shift(UP), run_time=0.3)\n"
        f"        {touch}\n"
        "        self.wait(0.3); self.play(dot.animate.shift(RIGHT), run_time=0.4); self.wait(0.2)\n"
    )
    assert not any(compared(body))


@pytest.mark.parametrize(
    ("body", "head"),
    [("self.wait(0.4)", 'config.renderer = "opengl"'), ("self.add(OpenGLVMobject()); self.wait(0.4)", "")],
)
def test_opengl_is_refused_in_a_line(tmp_path, body, head):
    head = f"from manim.mobject.opengl.opengl_vectorized_mobject import OpenGLVMobject\n{head}"
    with pytest.raises((InputError, RenderError)) as caught:
        drawn(scene(tmp_path, body, head), path="a.gif")
    assert "OpenGL" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert drawn(scene(tmp_path, name="next.py"), path="a.gif").frames == 2  # and nothing of it stays


def test_formulas_without_latex(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RenderError) as caught:
        drawn(scene(tmp_path, 'self.add(MathTex("x^2")); self.wait(0.4)'), path="a.gif")
    assert str(caught.value).startswith("render: scene One failed (own.py, line 5): expected LaTeX for MathTex and Tex")


# Nothing behind


@pytest.mark.parametrize("kind", ["png", "apng", "webp", "gif", "webm"])
def test_the_background_is_left_out(tmp_path, kind):
    body = "square = Square(4, fill_opacity=1, color=RED); self.add(square); self.wait(0.4); self.play(FadeOut(square))"
    body += "; self.add(Square(2, fill_opacity=1, color=BLUE).shift(4 * RIGHT)); self.wait(0.4)"
    made = drawn(scene(tmp_path, body), format=kind, transparent=True, path=f"a.{kind}")
    if kind == "webm":
        with av.open(str(made.path)) as file:
            assert {key.lower(): value for key, value in file.streams.video[0].metadata.items()}["alpha_mode"] == "1"
        return
    with Image.open(made.path) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
        last = np.asarray(image.convert("RGBA"))
    assert last[45, 80, 3] == 0  # where the red one was
    assert last[45, 80 + 45, 3] == 255
    assert last[0, 0, 3] == 0


def test_clear_pixels_are_manims_own(tmp_path):
    path = scene(tmp_path, "self.add(Circle(2, fill_opacity=0.4, color=GREEN)); self.wait(0.4)")
    ours, stock = (
        np.asarray(Image.open(drawn(path, format="png", transparent=True, renderer=renderer, path="a.png").path))
        for renderer in ("fast", "stock")
    )
    assert np.array_equal(ours, stock)
    assert set(np.unique(ours[..., 3])) > {0, 102}


def test_nothing_is_left_beside_a_file_and_what_it_imports(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = scene(tmp_path, "from parts import size; from parts.more import side; self.wait(0.4)")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "__init__.py").write_text("size = 3")
    (tmp_path / "parts" / "more.py").write_text("side = 4")
    drawn(path, path="a.gif")
    assert not list(tmp_path.rglob("__pycache__"))
