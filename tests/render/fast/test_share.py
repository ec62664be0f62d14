"""Shares of a scene, put together, are the scene."""

import itertools

import numpy as np
import pytest
from manim import RIGHT, Dot, Scene, Square

from cnnviz.render.catalog import load_scene, scenes
from cnnviz.render.fast import render_scene, render_share
from cnnviz.render.fast.share import Share
from cnnviz.render.work.reel import Recorder, replay
from tests.render.fast.compare import SCENES, Frames, scene_class

SIZE = {"width": 426, "height": 240, "fps": 10}


def shares(make, parts, length, **size):
    """Draw every share by itself; return what each said and saw, and all frames in order."""
    reels, told, marks = {}, [], []
    for part in range(parts):
        share = Share(part, parts, length=length)
        recorder = Recorder(lambda block, reel: reels.update({block: reel}))
        told.append(render_share(lambda r: make(renderer=r), share, sink=recorder, **{**SIZE, **size}))
        recorder.end()
        marks.append(share.marks)
    sink, screen = Frames(), np.zeros((SIZE["height"], SIZE["width"], 4), np.uint8)
    for block in sorted(reels):
        replay(reels[block], screen, sink)
    assert sorted(reels) == list(range(len(marks[0])))
    return told, marks, sink.all


QUICK = ("images", "moving_camera", "sections", "still_and_moving", "updaters", "zoomed")


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.full) for path in SCENES]
)
def test_two_shares_of_a_scene(path):
    make = scene_class(path)
    whole = Frames()
    told = render_scene(lambda r: make(renderer=r), sink=whole, **SIZE)
    parts, marks, frames = shares(make, 2, length=3)
    assert parts == [told, told]
    assert marks[0] == marks[1]
    assert len(frames) == told.frames
    assert all(np.array_equal(a, b) for a, b in zip(frames, whole.all, strict=True))


@pytest.mark.full
@pytest.mark.parametrize(("parts", "length"), [(2, 1), (3, 7), (5, 20)])
@pytest.mark.parametrize("entry", scenes(), ids=lambda entry: entry.slug)
def test_shares_of_a_lesson(entry, parts, length):
    make = load_scene(entry.path, entry.class_name)
    whole = Frames()
    told = render_scene(lambda r: make(renderer=r), sink=whole, **SIZE)
    said, marks, frames = shares(make, parts, length)
    assert said == [told] * parts
    assert all(mark == marks[0] for mark in marks)
    assert all(np.array_equal(a, b) for a, b in itertools.zip_longest(frames, whole.all))


class Still(Scene):
    def construct(self):
        self.add(Square())


def test_a_scene_without_animations_is_the_first_ones():
    told, marks, frames = shares(Still, 3, length=5)
    assert [each.frames for each in told] == [1, 1, 1]
    assert len(frames) == len(marks[0]) == 1
    assert frames[0].any()


class Peeks(Scene):
    """What it does next depends on pixels, which are not there where nobody draws."""

    def construct(self):
        dot = Dot()
        self.add(dot)
        for _ in range(4):
            self.play(dot.animate.shift(RIGHT), run_time=0.4)
            dot.shift(self.camera.pixel_array[..., 0].mean() * RIGHT)


def test_shares_that_do_not_fit_together_are_noticed():
    _, marks, _ = shares(Peeks, 2, length=4)
    assert marks[0] != marks[1]
