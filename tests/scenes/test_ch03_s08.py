"""Groups: wires, maps and counts equal nested loops; the counts of MobileNet are those of its paper's layer."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.engine import conv2d
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid, Wire
from tests import helpers
from tests.scenes.watch import watch

ENTRY = find("ch03-s08-groups")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OPTIONS = {"image": "blackboard", "filters": "edge-x|edge-y|sobel-x|line-y", "seed": 3, "layer": 3, "theme": "light"}


@pytest.fixture(scope="module")
def watched():
    return watch(SCENE, **OPTIONS)


def loops(watched, groups):
    """The kernels that the table shows, and the new maps that loops make with them."""
    picture, count = load_image("blackboard").values, 4
    filters = [kernel(name).values for name in OPTIONS["filters"].split("|")]
    maps = np.stack([helpers.conv(picture[None], weights[None, None])[0, 0] for weights in filters])
    table, size = watched.scene.table.values, count // groups
    weights = np.zeros((count, size, 3, 3))
    for out, i, row, column in np.ndindex(weights.shape):
        old = out // size * size + i
        weights[out, i, row, column] = table[3 * out + row, 3 * old + column]
    return weights, helpers.conv(maps[None], weights, padding=1, groups=groups)[0]


def beat(watched, words):
    return [still for still in watched.pictures if still.beat and words in still.beat.text][-1]


def check(watched, words, groups):
    """The new maps are those of loops, and there is a wire, drawn from box to box, for each kernel that is shown."""
    still, (weights, made) = beat(watched, words), loops(watched, groups)
    assert f"{weights.size} weights" in still.beat.text
    table = next(sheet for sheet in still.grids if sheet.grid is watched.scene.table)
    assert len(table.shown) == weights.size
    drawn = [sheet for sheet in still.grids if sheet.grid in watched.scene.y.items]
    for sheet, answer in zip(drawn, made, strict=True):
        np.testing.assert_allclose(sheet.values, answer)
    kernels = {(row // 3, column // 3) for row, column in table.shown}
    wires = [part for part in still.family if isinstance(part, Wire)]
    found = {(ending(wire, 1, watched.scene.y), ending(wire, 0, watched.scene.x)) for wire in wires}
    assert found == kernels
    assert len(kernels) == weights.size / 9


def ending(wire, end, column):
    """The place in a column of the grid at which a wire ends, as it is drawn."""
    x, y = wire.points[-1 if end else 0, :2]
    (place,) = (i for i, g in enumerate(column.items) if g.box.bottom < y < g.box.top)
    box = column.items[place].box
    assert min(abs(x - box.left), abs(x - box.right)) < 1e-6
    return place


@pytest.mark.parametrize(("words", "groups"), [("Usually", 1), ("In 2 groups", 2), ("Depthwise", 4)])
def test_maps_wires_and_counts_are_those_of_nested_loops(watched, words, groups):
    check(watched, words, groups)


def test_the_mixed_maps_are_sums_of_the_filtered_ones(watched):
    still, (_, filtered) = beat(watched, "Together"), loops(watched, 4)
    mixing = next(sheet for sheet in still.grids if sheet.grid.rows == sheet.grid.columns == 4 and sheet.texts)
    mixed = [sheet.values for sheet in still.grids if sheet.role == "output"][4:]
    for out, i, j in np.ndindex(4, *filtered.shape[1:]):
        total = sum(mixing.values[out, k] * filtered[k, i, j] for k in range(4))
        assert mixed[out][i, j] == pytest.approx(total)
    assert len(mixing.shown) == 16
    assert "52 weights in place of 144" in still.beat.text


def test_the_layer_of_mobilenet_is_that_of_the_paper(watched):
    """The second pair reads 64 maps of 112 x 112 and makes 128 of 56 x 56."""
    texts = {part for label in watched.stills[-1].labels for part in label.text.split(" / ")}
    full, pair = 64 * 128 * 9, 64 * 9 + 64 * 128
    assert {f"{full:,}", f"{pair:,}", f"{full * 56 * 56:,}", f"{pair * 56 * 56:,}"} <= texts


def test_maps_of_another_grouping_would_be_noticed(monkeypatch):
    def forged(x, weight, groups=1, **options):
        return conv2d(x, weight * (2 if groups == 2 else 1), groups=groups, **options)

    monkeypatch.setattr("cnnviz.subjects.groups.conv2d", forged)
    with pytest.raises(AssertionError):
        check(watch(SCENE, **OPTIONS), "In 2 groups", 2)


def test_a_wire_that_stays_would_be_noticed(monkeypatch):
    monkeypatch.setattr(Grid, "hide", lambda *_: None)
    with pytest.raises(AssertionError):
        check(watch(SCENE, **OPTIONS), "Depthwise", 4)
