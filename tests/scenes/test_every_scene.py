"""What holds for every scene of the catalogue, in both themes; each check is shown to fail on a broken scene."""

import itertools
from functools import cache

import pytest
from manim import FadeIn

from cnnviz.render.catalog import load_scene, scenes
from cnnviz.stage import Label, Lesson, layout
from cnnviz.stage.lesson import SECONDS_PER_CHARACTER
from cnnviz.stage.theme import THEMES
from tests.scenes.watch import watch

ENTRIES = {entry.slug: entry for entry in scenes()}
CASES = [(slug, theme) for slug in ENTRIES for theme in THEMES]
EVERY = pytest.mark.parametrize(("slug", "theme"), CASES, ids=["-".join(case) for case in CASES])


@cache
def watched(slug, theme):
    entry = ENTRIES[slug]
    return watch(load_scene(entry.path, entry.class_name), theme=theme)


def outside(seen):
    """Labels that leave the safe margin."""
    right, top = layout.FRAME_WIDTH / 2 - layout.MARGIN + 0.02, layout.FRAME_HEIGHT / 2 - layout.MARGIN + 0.02
    return [
        label
        for still in seen.stills
        for label in still.labels
        if not (-right <= label.box[0] and label.box[2] <= right and -top <= label.box[1] and label.box[3] <= top)
    ]


def overlapping(seen):
    """Pairs of labels whose ink boxes meet."""
    return [
        (a.text, b.text)
        for still in seen.stills
        for a, b in itertools.combinations(still.labels, 2)
        if a.box[0] < b.box[2] and b.box[0] < a.box[2] and a.box[1] < b.box[3] and b.box[1] < a.box[3]
    ]


def too_small(seen):
    return [label for still in seen.stills for label in still.labels if label.size < layout.SMALLEST]


def unread(seen):
    """Captions that stay too short a time to be read, or are too long."""
    return [
        caption
        for caption in seen.rendered.subcaptions
        if len(caption.text) > 140 or caption.end - caption.start < SECONDS_PER_CHARACTER * len(caption.text) - 0.3
    ]


@EVERY
def test_text_keeps_to_the_safe_margin(slug, theme):
    assert not outside(watched(slug, theme))


@EVERY
def test_no_text_covers_other_text(slug, theme):
    assert not overlapping(watched(slug, theme))


@EVERY
def test_no_text_is_too_small(slug, theme):
    assert not too_small(watched(slug, theme))


@EVERY
def test_every_label_can_be_read_back(slug, theme):
    assert not [label for still in watched(slug, theme).stills for label in still.labels if not label.text]


@EVERY
def test_captions_can_be_read_in_time(slug, theme):
    seen = watched(slug, theme)
    assert len(seen.rendered.subcaptions) >= 3
    assert not unread(seen)


@EVERY
def test_length_is_as_the_catalogue_says(slug, theme):
    seconds = watched(slug, theme).rendered.seconds
    assert 20 <= seconds <= 120
    assert abs(seconds - ENTRIES[slug].seconds) <= 5


@EVERY
def test_the_answer_is_held(slug, theme):
    assert watched(slug, theme).stills[-2].seconds >= 1.5


class Broken(Lesson):
    """Does everything wrong."""

    def construct(self):
        self.say("Gone before it is read, " * 7)
        self._said = (self._said[0], self._said[1] - 100)
        ink = self.theme.text
        self.add(Label("far away", 20, ink, at=(7, 0)), Label("one", 20, ink), Label("two", 20, ink, at=(0.1, 0)))
        self.play(FadeIn(Label("tiny", 9, ink, at=(0, 2))), run_time=0.25)
        self.hold(0.5)


def test_a_broken_scene_is_caught():
    seen = watch(Broken)
    assert {label.text for label in outside(seen)} == {"far away"}
    assert ("one", "two") in overlapping(seen)
    assert {label.text for label in too_small(seen)} == {"tiny"}
    assert len(unread(seen)) == 1
