"""Beats of a scene, and what is read from them: captions, chapter marks, the pictures of a storyboard."""

import av
import pytest

from cnnviz.render import render
from cnnviz.render.paper.storyboard import tell

SCENE = """
from manim import BLACK, WHITE, Square
from cnnviz.stage import Scene

class Tale(Scene):
    title = "A tale"

    def tell(self, subject):
        square = Square(3, fill_opacity=1, fill_color=BLACK, stroke_width=0)
        self.add(square)
        with self.beat("It is dark.", name="Night"):
            self.hold(3)
            square.set_fill("#ff0000")
            self.hold(1)
        self.add_subcaption("Aside.", duration=0.5, offset=-2)
        self.close("It is {what}.", what="light")
"""


@pytest.fixture
def tale(tmp_path):
    path = tmp_path / "tale.py"
    path.write_text(SCENE)
    return path


def marks(path):
    with av.open(str(path)) as file:
        return [part["metadata"]["title"] for part in file.chapters()]


def test_captions_are_the_beats_and_what_is_said_besides(tale, tmp_path):
    made = render(tale, format="mp4", width=160, fps=10, path=tmp_path / "a.mp4")
    assert sorted((round(line.start, 3), round(line.end, 3), line.text) for line in made.said) == [
        (0, 4, "It is dark."),
        (2, 2.5, "Aside."),
        (4, 7, "It is light."),
    ]
    assert made.alt.endswith("7 seconds. It is dark. It is light.")


def test_beats_are_the_chapters_of_a_movie(tale, tmp_path):
    assert marks(render(tale, format="mp4", width=160, fps=10, path=tmp_path / "a.mp4").path) == [
        "Night",
        "It is light.",
    ]


def test_sections_that_a_scene_begins_itself_come_first(tale, tmp_path):
    tale.write_text(SCENE.replace("        with self.beat", "        self.next_section('All')\n        with self.beat"))
    assert marks(render(tale, format="mp4", width=160, fps=10, path=tmp_path / "a.mp4").path) == ["All"]


def test_a_storyboard_shows_what_a_beat_comes_to(tale):
    dark, light = tell(tale).panels
    assert (dark.text, light.text) == ("It is dark.", "It is light.")
    middle = dark.pixels[dark.pixels.shape[0] // 2, dark.pixels.shape[1] // 2]
    assert tuple(middle) == (255, 0, 0), "the longer hold is of the state before"


def test_something_else_called_beats_is_none(tmp_path):
    path = tmp_path / "music.py"
    path.write_text(
        "from manim import Scene\n\nclass Music(Scene):\n    def construct(self):\n"
        "        self.beats = [0.5, 1.0]\n        self.add_subcaption('one', duration=0.5)\n        self.wait(1)\n"
    )
    made = render(path, format="mp4", width=160, fps=10, path=tmp_path / "a.mp4")
    assert [line.text for line in made.said] == ["one"]
    assert marks(made.path) == []


def test_scenes_of_the_lecture_have_beats(tmp_path):
    made = render("ch04-s01-relu", format="mp4", width=160, fps=5, path=tmp_path / "a.mp4")
    assert marks(made.path) == [line.text for line in made.said]
