"""What holds for every scene of the catalogue, in both themes; each check is shown to fail on a broken scene."""

import itertools
from functools import cache

import numpy as np
import pytest
from manim import FadeIn

from cnnviz.render.catalog import load_scene, scenes
from cnnviz.stage import Label, Lesson, NumberGrid, layout
from cnnviz.stage.color import READABLE, contrast
from cnnviz.stage.layout import Box
from cnnviz.stage.lesson import SECONDS_PER_CHARACTER
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.theme import BLACK, CHANNELS, ROLES, THEMES, WHITE
from tests.scenes.watch import near, watch

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


def unreadable(seen):
    """Labels too near in brightness to what they stand on."""
    return [label for still in seen.stills for label in still.labels if contrast(label.color, label.ground) < READABLE]


def off_palette(seen):
    """Labels in a color that has no role."""
    look = seen.scene.theme
    roles = {getattr(look, role) for role in (*ROLES, *CHANNELS, "text", "muted")} | {WHITE, BLACK}
    return [label for still in seen.stills for label in still.labels if label.color not in roles]


def untrue(seen):
    """Cells whose text is not the number behind it, rounded."""
    return [
        (still.start, cell, text, grid.values[cell])
        for still in seen.stills
        for grid in still.grids
        for cell, text in grid.texts.items()
        if not near(text, grid.values[cell])
    ]


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
def test_text_stands_out_from_its_ground(slug, theme):
    assert not unreadable(watched(slug, theme))


@EVERY
def test_text_has_the_color_of_a_role(slug, theme):
    assert not off_palette(watched(slug, theme))


@EVERY
def test_cells_say_what_they_hold(slug, theme):
    assert not untrue(watched(slug, theme))


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
        self.add(Rectangle(Box(-4.5, 1.5, -3.5, 2.5), fill=ink), Label("pale", 20, self.theme.muted, at=(-4, 2)))
        self.add(Label("pink", 20, "#ff88cc", at=(4, 2)))
        grid = NumberGrid(np.eye(2), role="input", scale=1, cell=0.6, theme=self.theme, at=(4, -1))
        grid.labels[0, 0].points = grid.labels[0, 1].copy().shift((-0.6, 0, 0)).points
        self.add(grid)
        self.hold(0.5)


def test_a_broken_scene_is_caught():
    seen = watch(Broken)
    assert {label.text for label in outside(seen)} == {"far away"}
    assert ("one", "two") in overlapping(seen)
    assert {label.text for label in too_small(seen)} == {"tiny"}
    assert len(unread(seen)) == 1
    assert {label.text for label in unreadable(seen)} == {"pale"}
    assert {label.text for label in off_palette(seen)} == {"pink"}
    assert {found[1:] for found in untrue(seen)} == {((0, 0), "0", 1.0)}
