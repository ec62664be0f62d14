"""Filters: what hangs on the wall, the map and the strongest window equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.errors import OptionError
from cnnviz.nn import parse_network
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.subjects import FirstFilters
from cnnviz.subjects.number import as_in_cell, cell_text
from tests import helpers
from tests.scenes.watch import watch

ENTRY = find("ch10-s02-filters")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


def own(line):
    shape, network = parse_network(line)
    network.initialize(2, dtype=float)
    network.input_shape = shape
    for name in ("conv1.bias",):
        network.parameters()[name].values = np.linspace(-0.5, 0.5, network.parameters()[name].size)
    return network


def pixels(grid):
    return grid._image.pixel_array[..., :3].astype(int)


def spread(one):
    cells = one.ravel().tolist()
    mean = sum(cells) / len(cells)
    return sum((cell - mean) ** 2 for cell in cells)


@pytest.mark.parametrize(
    ("line", "image", "channels", "aspect"),
    [
        ("1x8x8 > conv 5 k3 p1 > relu", "digit:3", "gray", "16:9"),
        ("3x10x12 > conv 14 k3 s2 > relu", "photo:flower", "rgb", "9:16"),
    ],
)
def test_filters_map_and_window(line, image, channels, aspect):
    network = own(line)
    watched = watch(SCENE, aspect, network=network, image=image)
    scene, theme = watched.scene, watched.scene.theme
    loaded = load_image(image, size=network.input_shape[1:], channels=channels)
    x = loaded.values[None] / loaded.peak
    weight, bias = (network.parameters()[f"conv1.{name}"].values for name in ("weight", "bias"))
    stride, padding = (1, 1) if channels == "gray" else (2, 0)
    maps = helpers.conv(x, weight, bias, stride=stride, padding=padding)[0]
    order = sorted(range(len(maps)), key=lambda k: -spread(maps[k]))[:12]
    strongest = np.abs(weight[order]).max()
    assert len(scene.tiles) == len(order)
    for tile, k in zip(scene.tiles, order, strict=True):
        for cell in np.ndindex(3, 3):
            if channels == "gray":
                shade = rgb(theme.fill("kernel", weight[k, 0][cell] / strongest))
            else:
                shade = [255 * (weight[k, c][cell] / strongest + 1) / 2 for c in range(3)]
            assert np.abs(pixels(tile)[cell] - np.round(shade)).max() <= 1
    first, sides = maps[order[0]], x.shape[2:]

    def is_within(at):
        return all(0 <= a * stride - padding <= side - 3 for a, side in zip(at, sides, strict=True))

    assert scene.map.sunk == {cell for cell in np.ndindex(first.shape) if not is_within(cell)}
    for cell in filter(is_within, np.ndindex(first.shape)):
        shade = rgb(theme.fill("output", first[cell] / np.abs(first).max()))
        assert np.abs(pixels(scene.map)[cell] - shade).max() <= 1
    place = max(filter(is_within, np.ndindex(first.shape)), key=lambda at: abs(first[at]))
    texts = {label.text.strip() for still in watched.stills for label in still.labels}
    added = first[place] - bias[order[0]]
    if channels == "gray":
        ends = ("sum", added), ("bias", bias[order[0]]), ("answer", first[place])
        assert {f"{name} {as_in_cell(float(value), 5)}" for name, value in ends} <= texts
    assert {cell_text(float(maps[k][place])) for k in order} <= texts
    last = watched.stills[-1]
    (window,) = (mark for mark in last.marks if mark.grid is scene.x)
    assert tuple(window.cell) == tuple(at * stride - padding for at in place)
    (best,) = (mark for mark in last.marks if mark.grid is not scene.x)
    tiles = [sheet.grid for sheet in last.grids if sheet.role == "kernel"]
    assert tiles.index(best.grid) == max(range(len(order)), key=lambda i: abs(maps[order[i]][place]))


def test_what_has_no_filters_is_refused():
    with pytest.raises(OptionError, match="expected one that begins with a convolution, got your network"):
        FirstFilters("1x8x8 > pool 2 > flatten > dense 3")
