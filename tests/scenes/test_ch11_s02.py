"""Squash, read back from the picture: arrows, lengths and dots are those of r² / (1 + r²)."""

import math
from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.tiles import Disks
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch11-s02-squash")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OWN = {"vector": "-3,0.5", "lengths": "0.05,3,40", "theme": "light"}


@cache
def seen(**options):
    return watch(SCENE, **options)


def short(length):
    return length * length / (1 + length * length)


def said(watched, words):
    """The last picture of the beat with these words."""
    return [still for still in watched.pictures if still.beat and words in still.beat.text][-1]


def circle(still):
    """The middle of the circle and its radius."""
    strokes = [part.points for part in still.family if type(part).__name__ == "Strokes"]
    points = next(each for each in strokes if len(each) > 100 and abs(np.ptp(each[:, 0]) - np.ptp(each[:, 1])) < 1e-6)
    low, high = points.min(axis=0), points.max(axis=0)
    return (low + high)[:2] / 2, (high - low)[0] / 2


def tips(still, vector):
    """Where the arrows should end: before and after squashing."""
    middle, unit = circle(still)
    share = short(math.hypot(*vector)) / math.hypot(*vector)
    return [tuple(m + unit * f * x for m, x in zip(middle, vector, strict=True)) for f in (1.0, share)]


def check_arrows(watched, vector):
    still = said(watched, "Squash:")
    ends = tips(still, vector)
    drawn = [part.points for part in still.family if type(part).__name__ == "Arrow"]
    assert len(drawn) == 2
    for points, end in zip(drawn, ends, strict=True):
        assert min(math.dist(point[:2], end) for point in points) < 1e-6


def check_lengths(watched, lengths):
    last = watched.stills[-1]
    texts = {sheet.grid.title: sheet.texts for sheet in last.grids}
    middle, unit = circle(last)
    dots = [part.points for part in last.family if isinstance(part, Disks)]
    assert len(dots) == len(lengths)
    for column, (length, points) in enumerate(zip(lengths, dots, strict=True)):
        assert near(texts["length"][0, column], length)
        assert near(texts["squashed"][0, column], short(length))
        x, y = (points.min(axis=0) + points.max(axis=0))[:2] / 2
        assert math.dist((x, y), middle) / unit == pytest.approx(short(length), abs=1e-6)


def test_the_arrow_becomes_short_and_keeps_its_direction():
    check_arrows(seen(), (1.2, 1.6))
    formulas = " ".join(said(seen(), "one factor").formulas)
    assert "0.48" in formulas
    assert "0.64" in formulas


def test_the_lengths_of_the_lecture_are_on_screen():
    check_lengths(seen(), (0.5, 1, 2, 10))
    (squashed,) = (sheet.texts for sheet in seen().stills[-1].grids if sheet.grid.title == "squashed")
    assert list(squashed.values()) == ["0.2", "0.5", "0.8", "0.9901"]
    told = [beat.text for beat in seen().scene.beats if "becomes" in beat.text]
    assert told == ["0.5 becomes 0.2.", "1 becomes 0.5.", "2 becomes 0.8.", "10 becomes ≈ 0.9901."]


def test_a_forged_arrow_or_length_would_be_noticed():
    with pytest.raises(AssertionError):
        check_arrows(seen(), (1.2, 1.7))
    with pytest.raises(AssertionError):
        check_lengths(seen(), (0.5, 1, 2, 9.9))


@pytest.mark.full
def test_ones_own_vector_and_lengths():
    assert not findings(seen(**OWN))
    check_arrows(seen(**OWN), (-3, 0.5))
    check_lengths(seen(**OWN), (0.05, 3, 40))
