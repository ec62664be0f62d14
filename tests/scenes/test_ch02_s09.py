"""1 x 1 convolution: the numbers of a place, their weighted sums and the new maps equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.engine.trace import trace_conv
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Tunnel
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s09-one-by-one")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OPTIONS = {"image": "blackboard", "filters": "edge-x|edge-y|sobel-x", "maps_out": 2, "seed": 3, "theme": "light"}


class Spied(SCENE):
    """The scene, noting what its columns hold and where its box is drawn whenever sums land."""

    def land(self, steps):
        super().land(steps)
        places = {tuple(np.rint(at(window)).astype(int)) for window in self.tunnel.windows}
        (place,) = places
        self.texts = {**getattr(self, "texts", {}), place: (column(self.pixel), column(self.sums))}


def at(window):
    """The cell under the middle of an outline as it is drawn."""
    grid = window.grid
    x, y = np.mean([grid.plane.flat(point[:2], grid.middle) for point in window.frame.points], axis=0)
    return (grid.box.top - y) / grid.side - 0.5, (x - grid.box.left) / grid.side - 0.5


def column(grid):
    return [text for row in grid.texts for text in row]


def check(seen):
    """Every place: its numbers are those of the maps, its sums those of loops, and the box stands there."""
    picture = load_image("blackboard").values[None]
    filters = [kernel(name).values for name in OPTIONS["filters"].split("|")]
    maps = np.stack([helpers.conv(picture, weights[None, None])[0, 0] for weights in filters])
    last = {grid.grid: grid for still in seen.stills for grid in still.grids}
    mixing = last[seen.scene.mixing]
    assert all(near(text, mixing.values[cell]) for cell, text in mixing.texts.items())
    assert len(mixing.texts) == 2 * 3
    answers = np.zeros((2, *maps.shape[1:]))
    for k, i, j in np.ndindex(answers.shape):
        for channel in range(len(maps)):
            answers[k, i, j] += mixing.values[k, channel] * maps[channel, i, j]
    assert set(seen.scene.texts) == set(np.ndindex(maps.shape[1:]))
    for place, (pixel, sums) in seen.scene.texts.items():
        assert all(near(text, value) for text, value in zip(pixel, maps[(slice(None), *place)], strict=True)), place
        assert all(near(text, value) for text, value in zip(sums, answers[(slice(None), *place)], strict=True)), place
    for sheet, answer in zip(seen.scene.y.sheets, answers, strict=True):
        np.testing.assert_allclose(sheet.values, answer)
        assert sheet.shown == set(np.ndindex(answer.shape))
    texts = {label.text for label in seen.stills[-1].labels}
    assert {"6", "54"} <= texts


def test_every_place_equals_loops():
    check(watch(Spied, **OPTIONS))


def test_a_wrong_sum_would_be_noticed(monkeypatch):
    forged = lambda maps, weights: trace_conv(maps, weights + 1)  # noqa: E731
    monkeypatch.setattr("cnnviz.subjects.one_by_one.trace_conv", forged)
    with pytest.raises(AssertionError):
        check(watch(Spied, **OPTIONS))


def test_a_displaced_box_would_be_noticed(monkeypatch):
    genuine = Tunnel.shift_to
    monkeypatch.setattr(Tunnel, "shift_to", lambda box, cell: tuple(0.4 * part for part in genuine(box, cell)))
    with pytest.raises((AssertionError, ValueError)):
        check(watch(Spied, **OPTIONS))
