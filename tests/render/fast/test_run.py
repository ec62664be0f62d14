"""What rendering tells, and what it leaves as it was."""

import gc
import random
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from manim import RIGHT, UP, Dot, Scene, Square, Text, ValueTracker, VGroup, always_redraw, config

from cnnviz.render.fast import Section, Subcaption, render_scene, stock_render_scene, texts, workroom
from tests.render.fast.compare import Frames

BOTH = pytest.mark.parametrize("render", [render_scene, stock_render_scene])


def run(render, scene, sink=None, fps=10, **options):
    sink = sink or Frames()
    return render(lambda r: scene(renderer=r), width=64, height=36, fps=fps, sink=sink, **options), sink


@pytest.fixture(autouse=True)
def _bell(tmp_path_factory, monkeypatch):
    """Have a file to play; nobody listens to it."""
    folder = tmp_path_factory.mktemp("sounds")
    (folder / "bell.wav").touch()
    monkeypatch.chdir(folder)


class Chapters(Scene):
    def construct(self):
        square = Square()
        self.next_section("one")
        self.play(square.animate.shift(RIGHT), run_time=0.5, subcaption="it moves")
        self.add_subcaption("a pause", duration=1, offset=0.1)
        self.wait(2)
        self.next_section("none")
        self.next_section("two", section_type="quiz")
        self.add_sound("bell.wav", time_offset=0.5, gain=-3)
        self.play(square.animate.shift(UP), run_time=0.3)
        self.next_section("skipped", skip_animations=True)
        self.play(square.animate.shift(UP), run_time=0.3)


@BOTH
def test_what_is_told(render):
    calls = []
    told, sink = run(render, Chapters, on_play=lambda *call: calls.append(call))
    assert told.frames == 28
    assert told.seconds == 2.8
    assert told.plays == (0, 5, 25, 28)
    assert calls == [(0, 5), (1, 25), (2, 28), (3, 28)]
    assert told.sections == (
        Section("one", "default.normal", 0, 25),
        Section("two", "quiz", 25, 3),
        Section("skipped", "default.normal", 28, 0),
    )
    assert told.subcaptions == (Subcaption(0, 0.5, "it moves"), Subcaption(0.6, 1.6, "a pause"))
    (sound,) = told.sounds
    assert (sound.path.name, sound.start, sound.gain) == ("bell.wav", 3.0, -3)
    assert sum(frames for frames, _ in sink.writes) == 28


def test_a_pause_is_one_write():
    _, sink = run(render_scene, Chapters)
    assert [frames for frames, _ in sink.writes] == [1, 1, 1, 1, 1, 21, 1, 1]


def test_frames_that_do_not_change_are_one_write():
    class Blink(Scene):
        def construct(self):
            hidden = Square().shift(100 * RIGHT)
            self.play(hidden.animate.shift(RIGHT), run_time=1)

    _, sink = run(render_scene, Blink)
    assert sink.writes == [(10, None)]


def test_frames_are_not_copied():
    class Identities:
        def __init__(self):
            self.seen = set()

        def write(self, frame, *_):
            self.seen.add(id(frame))

    _, sink = run(render_scene, Chapters, Identities())
    assert len(sink.seen) == 1


@BOTH
def test_nothing_is_left_behind(render, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rooms = tmp_path_factory.mktemp("rooms")
    monkeypatch.setattr(workroom, "_base", lambda: rooms)
    before = dict(config), config.verbosity, random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002

    class Words(Scene):
        def construct(self):
            random.random()
            self.add(Text(str(np.random.random())))  # noqa: NPY002
            self.wait(0.2)

    frames = [run(render, Words)[1].all[0].tobytes() for _ in range(2)]
    assert frames[0] == frames[1], "the same random numbers each time"
    assert run(render, Words, seed=1)[1].all[0].tobytes() != frames[0]
    after = dict(config), config.verbosity, random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002
    assert after == before
    assert list(tmp_path.iterdir()) == []
    assert list(rooms.iterdir()) == []


@BOTH
def test_an_error_in_a_scene_comes_through_and_leaves_nothing(render, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plain = Text.__init__

    class Broken(Scene):
        def construct(self):
            self.play(Square().animate.shift(RIGHT), run_time=0.3)
            raise LookupError("no such thing")

    size = config.pixel_width
    with pytest.raises(LookupError, match="no such thing"):
        run(render, Broken)
    assert config.pixel_width == size
    assert Text.__init__ is plain
    assert list(tmp_path.iterdir()) == []


def test_a_frame_from_outside_is_taken():
    class Given(Scene):
        def construct(self):
            square = Square()
            self.play(square.animate.shift(RIGHT), run_time=0.2)
            self.renderer.add_frame(np.full((36, 64, 4), 7, np.uint8), num_frames=3)
            self.play(square.animate.shift(RIGHT), run_time=0.2)

    for render in (render_scene, stock_render_scene):
        told, sink = run(render, Given)
        assert told.frames == 7
        assert [bool((frame == 7).all()) for frame in sink.all] == [False] * 2 + [True] * 3 + [False] * 2


class Nothing:
    def write(self, *_):
        pass


def peak(seconds, sink):
    class Long(Scene):
        def construct(self):
            still = VGroup(*(Square(i / 10) for i in range(9)))
            self.add(still)
            self.play(Dot().animate.shift(RIGHT), run_time=seconds)

    gc.collect()
    tracemalloc.start()
    run(render_scene, Long, sink)
    _, high = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return high


def test_memory_does_not_grow_with_the_length():
    peak(0.2, Nothing())
    assert peak(50, Nothing()) < 1.3 * peak(5, Nothing())


@pytest.mark.full
def test_memory_that_grows_is_noticed():
    peak(0.2, Frames())
    assert peak(50, Frames()) > 1.3 * peak(5, Frames())


def test_texts_are_not_kept_without_end(monkeypatch):
    monkeypatch.setattr(texts, "MOST", 10)

    class Counter(Scene):
        def construct(self):
            tracker, dot = ValueTracker(0), Dot()
            self.add(always_redraw(lambda: Text(f"{tracker.get_value():.4f}")), dot)
            self.play(tracker.animate.set_value(1), dot.animate.shift(RIGHT), run_time=3)

    class Count:
        most = files = 0

        def write(self, *_):
            self.most = max(self.most, len(texts.SVG_HASH_TO_MOB_MAP) + len(texts._known))
            self.files = max(self.files, len(list(config.get_dir("text_dir").iterdir())))

    count = Count()
    texts.SVG_HASH_TO_MOB_MAP.clear()  # of what was drawn before
    run(render_scene, Counter, count)
    assert 10 <= count.most <= 12
    assert 10 <= count.files <= 12


def test_manim_is_not_imported_before_it_is_needed():
    code = "import sys, cnnviz.render.fast as fast; assert 'manim' not in sys.modules; fast.load_manim(); import manim"
    subprocess.run([sys.executable, "-c", code], check=True)
