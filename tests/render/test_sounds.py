"""A soft tick is heard where a number lands, and nowhere else."""

import wave

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.render import render
from cnnviz.render.lecture import Part, render_lecture
from cnnviz.render.writers.sound import RATE, heard
from cnnviz.stage import landings

SCENE = """
import numpy as np
from cnnviz.stage import Grid, Scene


class Landing(Scene):
    title = subtitle = "a"
    chapter = "1 · a"

    def tell(self, subject):
        grid, full = Grid(np.eye(2), hidden=True), Grid(np.eye(3))
        self.arrange(grid, full)
        self.hold(1.0)
        grid.show([(0, 0)])
        self.hold(1.0)
        full.sink()
        self.hold(1.0)
        grid.show()
        self.hold(0.05)
        grid.hide()
        grid.show([(1, 1)])
        self.hold(1.0)
        full.become(np.ones((3, 3)))
        self.hold(1.0)
"""
LANDED = [1.0, 3.0]


@pytest.fixture
def scene(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.py").write_text(SCENE)
    return tmp_path / "own.py"


def begins(path):
    """When something begins to be heard after a silence, in seconds."""
    loud = np.abs(heard(path, RATE)[0].astype(int))
    pieces = loud[: len(loud) // 480 * 480].reshape(-1, 480).max(axis=1) > 300
    return np.flatnonzero(np.diff(pieces.astype(int), prepend=0) == 1) / 100


def drawn(scene, kind="mp4", **options):
    return render(scene, format=kind, path=f"a.{kind}", width=160, fps=20, cache=False, captions="none", **options).path


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_ticks_are_where_numbers_land(scene, kind):
    np.testing.assert_allclose(begins(drawn(scene, kind, sounds=True)), LANDED, atol=0.06)


def test_nothing_is_heard_unasked(scene):
    assert heard(drawn(scene), RATE).shape == (1, 0)


def test_a_lecture_keeps_the_ticks_of_its_scenes(scene, tmp_path):
    parts = [Part(str(scene), {}, "one"), Part(str(scene), {}, "two")]
    look = {"width": 160, "fps": 20, "cache": False, "captions": "none", "sounds": True}
    made = render_lecture(parts, tmp_path / "all.mp4", **look)
    expected = [*LANDED, *(made.seconds / 2 + time for time in LANDED)]
    np.testing.assert_allclose(begins(made.path), expected, atol=0.06)
    assert [file.name for file in sorted(tmp_path.iterdir()) if file.name.startswith("sound")] == []


def test_what_has_no_sound_is_refused():
    with pytest.raises(OptionError) as caught:
        render("ch02-s01-slide", sounds=True)
    assert str(caught.value) == "sounds: expected a format with sound (mp4, webm), got 'gif'; leave them out"


def test_the_file_holds_what_it_is_made_of():
    with wave.open(str(landings.TICK)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (landings.RATE, 1, 2)
        assert np.array_equal(np.frombuffer(file.readframes(file.getnframes()), "<i2"), landings.samples())
