"""Batch normalization, read back from the picture: rows and dots are those of plain sums."""

import math

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import NumberLine
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s03-batch-norm")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "usual": {},
    "own": {"values": "0.25,-1.5,120,7", "gamma": "-0.5", "beta": "-3", "theme": "light"},
    "equal": {"values": "3,3"},
}


class Noted(SCENE):
    """The same scene, which notes where the dots are whenever it holds."""

    def hold(self, seconds):
        if hasattr(self, "line"):
            line = self.line
            boxes = [(mark.points.min(axis=0) + mark.points.max(axis=0)) / 2 for mark in line.marks]
            self.dots = [*getattr(self, "dots", []), [box[:2].tolist() for box in boxes]]
            self.ends = [*getattr(self, "ends", []), (line.x(line.low), line.x(line.high))]
        super().hold(seconds)


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(Noted, **request.param)


def rows(options):
    """Four rows, computed with nothing but sums."""
    x = [float(text) for text in options.get("values", "2,4,4,4,5,5,7,9").split(",")]
    gamma, beta = float(options.get("gamma", 3)), float(options.get("beta", 2))
    mean = sum(x) / len(x)
    away = [value - mean for value in x]
    root = math.sqrt(sum(value * value for value in away) / len(x) + 1e-5)
    normal = [value / root for value in away]
    return x, away, normal, [gamma * value + beta for value in normal]


def check(options, watched):
    """At the end of the beat about scale and shift, all four rows are there."""
    still = [still for still in watched.pictures if still.beat and "another scale" in still.beat.text][-1]
    drawn = [sheet for sheet in still.grids if sheet.texts]
    assert len(drawn) == 4
    for sheet, values in zip(drawn, rows(options), strict=True):
        assert len(sheet.texts) == len(values)
        assert all(near(text, values[cell[1]]) for cell, text in sheet.texts.items())


def test_rows_are_those_of_plain_sums(case):
    check(*case)


def test_nothing_is_wrong_with_own_numbers(case):
    assert not findings(case[1])


def test_the_dots_stand_at_the_numbers_of_each_row(case):
    options, watched = case
    line = watched.scene.line
    assert isinstance(line, NumberLine)
    width = line.high - line.low
    noted = zip(watched.scene.dots, watched.scene.ends, strict=True)
    seen = [[line.low + width * (x - left) / (right - left) for x, _ in dots] for dots, (left, right) in noted]
    for values in rows(options):
        assert any(np.allclose(at, values, atol=1e-6) for at in seen), values
    for dots in watched.scene.dots:
        assert all(math.dist(a, b) > 0.13 for i, a in enumerate(dots) for b in dots[:i])


def test_running_values_are_on_screen_with_what_they_make_of_a_number():
    watched = watch(SCENE)
    last = watched.stills[-1]
    drawn = {sheet.grid.title: sheet for sheet in last.grids if sheet.grid.columns == 3}
    mean, spread = 0.0, 1.0
    expected = []
    for batch in range(1, 51):
        mean, spread = 0.9 * mean + 0.1 * 5, 0.9 * spread + 0.1 * 32 / 7
        if batch in (1, 10, 50):
            expected.append((mean, spread, (2 - mean) / math.sqrt(spread + 1e-5)))
    for name, values in zip(
        ("running mean", "running variance", "normalized"), zip(*expected, strict=True), strict=True
    ):
        texts = drawn[name].texts
        assert all(near(texts[0, column], value) for column, value in enumerate(values))
    (mark,) = last.marks
    assert mark.grid is drawn["normalized"].grid
    assert tuple(mark.cell) == (0, 2)


def test_another_divisor_would_be_noticed(monkeypatch):
    import cnnviz.subjects.batch_norm as module

    usual = module.batch_norm
    monkeypatch.setattr(module, "batch_norm", lambda x, *rest, **how: usual(x, *rest, **{**how, "eps": 1.0}))
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


def test_dots_that_stay_behind_would_be_noticed(monkeypatch):
    monkeypatch.setattr(NumberLine, "show", lambda *_: None)
    watched = watch(Noted)
    with pytest.raises(AssertionError):
        test_the_dots_stand_at_the_numbers_of_each_row(({}, watched))
