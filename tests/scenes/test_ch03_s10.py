"""Conv3D: numbers in the box, sums of slices and all answers equal nested loops, and the box stands there."""

import numpy as np
import pytest

from cnnviz.data import phantom
from cnnviz.engine.trace import trace_conv
from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Tunnel
from cnnviz.subjects import Conv3d
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s10-conv3d")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
VOLUME = np.random.default_rng(5).integers(-4, 9, (4, 4, 5)).astype(float)
BLOCK = np.arange(27.0).reshape(3, 3, 3) % 5 - 2
OPTIONS = {"slices": VOLUME, "kernel": BLOCK, "theme": "light"}


class Spied(SCENE):
    """The scene, noting over which cells its box is drawn at each step."""

    def show(self, step):
        super().show(step)
        self.noted = getattr(self, "noted", [])
        self.noted.append((step.index, [at(window) for window in self.tunnel.windows]))


def at(window):
    """The slice of an outline, and the cell under its first corner as it is drawn."""
    grid = window.grid
    x, y = np.mean([grid.plane.flat(point[:2], grid.middle) for point in window.frame.points], axis=0)
    row, column = (grid.box.top - y) / grid.side - 1.5, (x - grid.box.left) / grid.side - 1.5
    return grid, round(row, 3), round(column, 3)


def check(watched):
    answer = helpers.conv(VOLUME[None, None], BLOCK[None, None])[0, 0]
    scene = watched.scene
    assert {index for index, *_ in scene.noted} == set(range(answer.size))
    for index, windows in scene.noted:
        d, i, j = np.unravel_index(index, answer.shape)
        assert [(scene.x.sheets.index(grid), row, column) for grid, row, column in windows] == [
            (d + k, i, j) for k in range(3)
        ]
    for sheet, expected in zip(scene.y.sheets, answer, strict=True):
        np.testing.assert_allclose(sheet.values, expected)
        assert sheet.shown == set(np.ndindex(expected.shape))
    for k, a, b in np.ndindex(3, 3, 3):
        assert near(scene.values[k].texts[a][b], VOLUME[k, a, b])
    summed = [one for one in watched.pictures if one.beat and "adds up its products" in one.beat.text][-1]
    written = {label.text for label in summed.labels}
    sums = [sum(VOLUME[k, a, b] * BLOCK[k, a, b] for a, b in np.ndindex(3, 3)) for k in range(3)]
    assert {f"{total:.0f}".replace("-", "−") for total in (*sums, answer[0, 0, 0])} <= written
    (mark,) = (mark for mark in watched.stills[-1].marks if mark.grid in scene.y.sheets)
    d, i, j = np.unravel_index(answer.argmax(), answer.shape)
    assert (scene.y.sheets.index(mark.grid), *mark.outline.cell) == (d, i, j)
    a, b, c = (sum(VOLUME[d + k, i + a, j + b] * BLOCK[k, a, b] for a, b in np.ndindex(3, 3)) for k in range(3))
    found = [one for one in watched.pictures if one.beat and "strongest answer" in one.beat.text][-1]
    assert f"{a:.0f} + {b:.0f} + {c:.0f} =".replace("-", "−").replace("+ −", "− ") in {
        label.text for label in found.labels
    }
    last = [at(window) for window in scene.tunnel.windows]
    assert [(scene.x.sheets.index(grid), *cell) for grid, *cell in last] == [(d + k, i, j) for k in range(3)]


def test_every_window_equals_nested_loops():
    check(watch(Spied, **OPTIONS))


def test_a_wrong_trace_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.conv3d.trace_conv", lambda x, w: trace_conv(x, w[:, :, ::-1]))
    with pytest.raises(AssertionError):
        check(watch(Spied, **OPTIONS))


def test_a_box_on_other_slices_would_be_noticed(monkeypatch):
    genuine = Tunnel.__init__

    def first(box, stack, kernel, *, sheets, **how):
        genuine(box, stack, kernel, sheets=slice(sheets.stop - sheets.start), **how)

    monkeypatch.setattr(Tunnel, "__init__", first)
    with pytest.raises(AssertionError):
        check(watch(Spied, **OPTIONS))


def test_weights_are_counted_as_products():
    assert Conv3d.weights(3) == 16 * 32 * 27
    assert Conv3d.weights(2) == 16 * 32 * 9


def test_the_spot_of_the_drawn_head_is_found():
    s = Conv3d()
    d, i, j = s.strongest.output_index[1:]
    assert s.volume[d + 1, i + 1, j + 1] == s.volume.max() == 9


def test_a_seed_draws_one_head_with_dark_chambers_within_a_skull():
    head = phantom((5, 9, 9), 2)
    np.testing.assert_array_equal(head, phantom((5, 9, 9), 2))
    assert (head == 9).sum() == 1
    assert (head[:, 0, 0] == 0).all()
    assert head[2, 4, 0] >= 5
    assert head[2, 4, 3] <= 2
    assert (head == np.rint(head)).all()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"kernel": "1|1|1"}, "kernel: expected three slices of 3 x 3 weights, got 3 x 1 x 1"),
        ({"slices": "1,2|3,4|5,6"}, "slices: expected 3 to 8 slices, rows and columns, got 3 x 1 x 2"),
        ({"slices": "1,2|3,4|5"}, "slices: expected slices of one shape, got 1 x 2, 1 x 2, 1 x 1"),
    ],
)
def test_what_does_not_fit_is_refused(options, line):
    with pytest.raises(OptionError) as caught:
        Conv3d(**options)
    assert str(caught.value) == line
