"""Gradients through pooling as drawn: dY, dX, the sums on the way and the totals, compared with nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.layout import LABEL
from cnnviz.stage.mobjects.running_grid import RunningGrid
from tests import helpers
from tests.scenes.checks import outside, overlapping, too_small, unread, unreadable
from tests.scenes.watch import near, value, watch

CASES = {
    "lecture": {},
    "apart": {"image": "pooling-b", "stride": 2, "dy": "1,0.5;0,-2", "theme": "light"},
    "padding": {"image": "digit:3", "mode": "avg", "kernel_size": 3, "stride": 2, "padding": 1},
    "ceil": {"image": "blackboard", "mode": "max", "stride": 2, "ceil_mode": True, "dy": "sum"},
    "wide": {"image": "photo:china", "mode": "max", "kernel_size": (3, 2), "theme": "light"},
}
FULL = {"apart", "wide"}
EVERY = pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n in FULL)) for n in CASES])


@cache
def played(name):
    entry = find("ch07-s04-pooling")
    return watch(load_scene(entry.path, entry.class_name), **CASES[name])


def gradients(name):
    """The gradient of the pooled map and, by nested loops, that of the input for each kind."""
    options = CASES[name]
    x = load_image(options.get("image", "pooling-a"), size=8 if name == "wide" else None).values[None]
    settings = {key: options[key] for key in ("padding", "ceil_mode") if key in options}
    settings["stride"] = options.get("stride", 1)
    kernel = options.get("kernel_size", 2)
    shape = helpers.max_pool(x, kernel, **settings).shape
    dy = {"count": 1.0 + np.arange(np.prod(shape)), "sum": np.ones(np.prod(shape))}.get(options.get("dy", "count"))
    dy = np.array([1, 0.5, 0, -2]) if dy is None else dy
    dy = dy.reshape(shape)
    back = {"max": helpers.max_pool_vjp, "avg": helpers.avg_pool_vjp}
    mode = options.get("mode", "both")
    kinds = ("max", "avg") if mode == "both" else (mode,)
    return dy[0, 0], [back[kind](dy, x, kernel, **settings)[0, 0] for kind in kinds]


def check(name, watched):
    dy, dxs = gradients(name)
    drawn = [grid for grid in watched.stills[-1].grids if grid.role == "gradient"]
    assert len(drawn) == 1 + len(dxs)
    for grid, true in zip(drawn, [dy, *dxs], strict=True):
        assert len(grid.texts) == true.size
        assert all(near(text, true[cell]) for cell, text in grid.texts.items()), (grid.texts, true)


@EVERY
def test_the_last_picture_shows_every_gradient(name):
    check(name, played(name))


@EVERY
def test_the_totals_are_those_of_the_grids(name):
    dy, dxs = gradients(name)
    texts = [label.text for label in played(name).stills[-1].labels]
    totals = [texts[index + 1] for index, text in enumerate(texts) if text == "sum"]
    assert len(totals) == 1 + len(dxs)
    assert all(near(text, true.sum()) for text, true in zip(totals, [dy, *dxs], strict=True))


def sums(still):
    """The sum written below a grid, as its parts from left to right; None where none is."""
    below = [label for label in still.labels if label.size == LABEL and label.center[1] < 1]
    parts = sorted((label.center[0], label.text) for label in below)
    texts = [text for _, text in parts]
    return texts[texts.index("+") - 1 :][:5] if "+" in texts else None


def test_sums_on_the_way_are_true():
    found = {tuple(parts) for still in played("lecture").stills if (parts := sums(still))}
    assert len(found) > 3
    for before, plus, added, equals, total in found:
        assert (plus, equals) == ("+", "=")
        assert value(before)[0] + value(added)[0] == pytest.approx(value(total)[0])


def test_the_lecture_has_an_overlap_a_tie_and_what_overwriting_would_give():
    labels = [label.text for still in played("lecture").stills for label in still.labels]
    said = [caption.text for caption in played("lecture").rendered.subcaptions]
    assert any("add up to 5; writing 4 over 1" in text for text in said)
    assert any(text.startswith("A tie: 3 is there twice.") for text in said)
    assert "written over: 4" in labels
    assert ("1", "+", "4", "=", "5") in {tuple(parts) for still in played("lecture").stills if (parts := sums(still))}


def test_what_falls_on_the_padding_is_said_to_be_lost():
    said = [caption.text for caption in played("padding").rendered.subcaptions]
    dy, (dx,) = gradients("padding")
    assert dx.sum() < dy.sum()
    assert any(text.startswith("What falls on the padding is lost: dY adds up to 136") for text in said)


@EVERY
def test_every_option_lays_out_well(name):
    watched = played(name)
    assert not outside(watched)
    assert not overlapping(watched)
    assert not too_small(watched)
    assert not unread(watched)
    assert not unreadable(watched)


def test_assigning_instead_of_adding_would_be_noticed(monkeypatch):
    put = RunningGrid.put
    monkeypatch.setattr(RunningGrid, "put", lambda self, cell, total: put(self, cell, total - self.values[cell]))
    entry = find("ch07-s04-pooling")
    with pytest.raises(AssertionError):
        check("lecture", watch(load_scene(entry.path, entry.class_name)))
