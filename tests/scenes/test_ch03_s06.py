"""The parameter count: what is drawn can be counted, and the counts of the lecture come out."""

import numpy as np
import pytest

from cnnviz.engine import parameter_count
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import Parameters
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s06-parameters")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OPTIONS = {"filters": 5, "kernel": 2, "channels": 3, "theme": "light"}


def check(watched, filters=5, kernel=2, channels=3):
    """The cells of all filters, and a bias for each, are as many as is said; the first filter is the enlarged one."""
    scene, still = watched.scene, watched.stills[-1]
    sheets = {id(sheet.grid): sheet for sheet in still.grids}
    wall = [sheets[id(grid)] for grid in scene.grids]
    depth = channels if channels == 3 else 1  # of a color picture each cell is a weight of every channel
    cells = sum(len(sheet.shown) for sheet in wall) * depth
    assert len(wall) == filters
    assert cells == filters * kernel * kernel * channels
    total = cells + filters
    opened = next(one for one in watched.pictures if one.beat and "bias" in one.beat.text)
    large = {id(sheet.grid): sheet for sheet in opened.grids}
    most = max(abs(scene.subject.weight).max(), 1e-9)
    for index, grid in enumerate(scene.slices):
        first = scene.grids[0]
        if channels == 3:
            part = (first.colors[index] - 0.5) * 2 * most
        else:
            part = first.values[:, index * kernel : (index + 1) * kernel]
        sheet = large[id(grid)]
        np.testing.assert_allclose(sheet.values, part, atol=1e-9)
        assert len(sheet.shown) == kernel * kernel
        assert all(near(text, part[cell]) for cell, text in sheet.texts.items())
    texts = {label.text for label in still.labels}
    assert f"{total:,}" in texts
    product = f"{filters} . ({kernel} . {kernel} . {channels} + 1) = {filters} . {total // filters} ="
    assert any(text.replace("·", ".") == product for text in texts)
    said = watched.rendered.subcaptions[-1].text
    assert f"{filters} filters of {total // filters} parameters: {total:,}" in said


def test_one_filter_lies_on_a_small_and_on_a_large_picture():
    still = watch(SCENE, **OPTIONS).stills[-1]
    small, large = (sheet for sheet in still.grids if sheet.grid.title == "picture")
    assert (small.values.shape, large.values.shape) == ((16, 16), (64, 64))
    assert 16 * small.grid.side == pytest.approx(64 * large.grid.side)
    for photo in (small.grid, large.grid):
        (mark,) = (mark for mark in still.marks if mark.grid is photo)
        assert mark.outline.box.width == pytest.approx(2 * photo.side)


@pytest.mark.full
@pytest.mark.parametrize("channels", [1, 2, 4])
def test_layers_that_read_no_color(channels):
    watched = watch(SCENE, filters=6, kernel=3, channels=channels)
    assert findings(watched) == []
    check(watched, 6, 3, channels)


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
