"""ReLU as drawn: both maps, the point on the graph and the tally, read back and compared with nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.layout import RESULT, TERM
from cnnviz.stage.mobjects import number_grid
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.checks import outside, overlapping, too_small, unread, unreadable
from tests.scenes.watch import near, value, watch

CASES = {
    "digit": {},
    "blackboard": {"image": "blackboard", "kernel": "edge-x", "theme": "light"},
    "fractions": {"image": "digit:8", "kernel": "0.5,-1/3;-1/4,0", "stride": 2},
    "padded": {"image": "digit:0", "padding": 1},
    "wide": {"image": "photo:china", "size": (7, 12), "kernel": "sobel-y"},
    "photo": {"image": "photo:flower", "size": 24, "kernel": "laplacian", "padding": 1},
    "blur": {"image": "ramp", "kernel": "1,1;1,1"},
    "color": {"image": "photo:china", "size": 9, "channels": "rgb", "theme": "light"},
}
FULL = {"fractions", "padded", "wide", "color"}
EVERY = pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n in FULL)) for n in CASES])


@cache
def played(name):
    entry = find("ch04-s01-relu")
    return watch(load_scene(entry.path, entry.class_name), **CASES[name])


def maps(name):
    """The feature map and what is left of it, by nested loops."""
    options = CASES[name]
    picture = load_image(
        options.get("image", "digit:3"), size=options.get("size"), channels=options.get("channels", "gray")
    ).values
    weight = np.repeat(kernel(options.get("kernel", "sobel-x")).values[None, None], len(picture), axis=1)
    settings = {key: options[key] for key in ("stride", "padding") if key in options}
    before = helpers.conv(picture[None], weight, **settings)[0, 0]
    after = np.zeros(before.shape)
    for cell in helpers.cells(before.shape):
        after[cell] = before[cell] if before[cell] > 0 else 0.0
    return before, after


def check(watched, before, after):
    last = watched.stills[-1]
    images = [part for part in last.family if isinstance(part, PixelImage)]
    if not images:
        for grid, true in zip(last.grids, (before, after), strict=True):
            assert len(grid.texts) == true.size
            assert all(near(text, true[cell]) for cell, text in grid.texts.items())
        return
    look, scale = watched.scene.theme, np.abs(before).max()
    for cell in helpers.cells(after.shape):
        assert tuple(images[-1].pixel_array[cell][:3]) == rgb(look.fill("output", after[cell] / scale))


@EVERY
def test_the_last_picture_shows_both_maps(name):
    check(played(name), *maps(name))


@EVERY
def test_the_tally_counts_what_was_negative(name):
    before, _ = maps(name)
    texts = [label.text for label in played(name).stills[-1].labels]
    assert f"{sum(bool(v < 0) for v in before.ravel())} of {before.size}" in texts


@pytest.mark.parametrize("name", ["digit", "blackboard", pytest.param("padded", marks=pytest.mark.full)])
def test_negative_numbers_step_back_and_the_others_stay(name):
    before, _ = maps(name)
    assert played(name).scene.view.maps.before.muted == {
        cell for cell in helpers.cells(before.shape) if before[cell] < 0
    }


@pytest.mark.parametrize("name", ["digit", pytest.param("fractions", marks=pytest.mark.full)])
def test_the_written_step_is_true(name):
    seen = 0
    for still in played(name).stills:
        terms = [label.text for label in still.labels if label.size == TERM and abs(label.center[0]) < 1.7]
        results = [label.text for label in still.labels if label.size == RESULT and label.text not in "=≈"]
        if len(terms) == 3 and results:
            put_in, _ = value(terms[1])
            assert near(results[-1], max(0.0, put_in))
            seen += 1
    assert seen >= maps(name)[0].size


def test_the_blackboard_map():
    before, after = played("blackboard").stills[-1].grids
    assert [before.texts[1, j] for j in range(3)] == ["−6", "−6", "14"]
    assert [after.texts[1, j] for j in range(3)] == ["0", "0", "14"]


@EVERY
def test_every_option_lays_out_well(name):
    watched = played(name)
    assert not outside(watched)
    assert not overlapping(watched)
    assert not too_small(watched)
    assert not unread(watched)
    assert not unreadable(watched)


def test_a_wrong_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(number_grid, "cell_text", lambda number: cell_text(number + 1))
    entry = find("ch04-s01-relu")
    watched = watch(load_scene(entry.path, entry.class_name), **CASES["blackboard"])
    with pytest.raises(AssertionError):
        check(watched, *maps("blackboard"))
