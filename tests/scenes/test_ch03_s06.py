"""The parameter count: what is drawn can be counted, and the counts of the lecture come out."""

import numpy as np
import pytest

from cnnviz.engine import parameter_count
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Parameters
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s06-parameters")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OPTIONS = {"filters": 5, "kernel": 2, "channels": 3, "theme": "light"}


def check(watched, filters=5, kernel=2, channels=3):
    """The cells of all filters, and a bias for each, are as many as is said; the first filter is the enlarged one."""
    scene, still = watched.scene, watched.stills[-1]
    sheets = {id(sheet.grid): sheet for sheet in still.grids}
    wall = [sheets[id(grid)] for grid in scene.grids]
    cells = sum(len(sheet.shown) for sheet in wall)
    assert len(wall) == filters
    assert cells == filters * kernel * kernel * channels
    total = cells + filters
    for index, grid in enumerate(scene.slices):
        part = wall[0].values[:, index * kernel : (index + 1) * kernel]
        np.testing.assert_array_equal(sheets[id(grid)].values, part)
        assert all(near(text, part[cell]) for cell, text in sheets[id(grid)].texts.items())
    texts = {label.text for label in still.labels} | set(still.formulas)
    assert f"{total:,}" in texts
    assert any(str(total) in text for text in still.formulas)
    said = watched.rendered.subcaptions[-1].text
    assert f"{filters} filters of {total // filters} parameters: {total:,}" in said


def test_what_is_drawn_can_be_counted():
    check(watch(SCENE, **OPTIONS))


def test_a_wrong_count_would_be_noticed(monkeypatch):
    forged = lambda *layer: parameter_count(*layer, bias=False)  # noqa: E731
    monkeypatch.setattr("cnnviz.subjects.parameters.parameter_count", forged)
    with pytest.raises(AssertionError):
        check(watch(SCENE, **OPTIONS))


def test_the_counts_of_the_lecture():
    s = Parameters()
    assert (s.each, s.one, s.total) == (27, 28, 1792)
    assert Parameters(filters=10, kernel=3, channels=3).total == 280
    assert Parameters(filters=32, kernel=3, channels=1).total == 320
