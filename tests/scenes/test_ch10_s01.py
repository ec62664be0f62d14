"""Activation maps: what hangs on the wall, and the part of the picture that is marked, equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.nn import parse_network
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch10-s01-activation-maps")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
LINE = "1x8x8 > conv 14 k3 p1 > relu > pool 2 > conv 3 k2 > relu > gap > flatten > dense 2"


def own():
    shape, network = parse_network(LINE)
    network.initialize(4, dtype=float)
    network.input_shape = shape
    return network


@pytest.fixture(scope="module")
def network():
    return own()


@pytest.fixture(scope="module")
def seen(network):
    return watch(SCENE, network=network, image="digit:3")


def maps(network, x):
    """The maps behind both activations, by loops."""
    weights = {name: one.values for name, one in network.parameters().items()}
    first = helpers.conv(x, weights["conv1.weight"], weights["conv1.bias"], padding=1)
    first = np.where(first > 0, first, 0)
    second = helpers.conv(helpers.max_pool(first, 2), weights["conv2.weight"], weights["conv2.bias"])
    return {"relu1": first[0], "relu2": np.where(second > 0, second, 0)[0]}


def spread(one):
    """How much happens in a map: the mean of squared distances from its mean."""
    cells = one.ravel().tolist()
    mean = sum(cells) / len(cells)
    return sum((cell - mean) ** 2 for cell in cells) / len(cells)


def picture():
    image = load_image("digit:3")
    return image.values[None] / image.peak


def walls(watched):
    """The maps that hang, for each name of a layer, as they are drawn."""
    found = {}
    for still in watched.stills:
        every = [part for part in still.family if isinstance(part, Grid) and part.role == "output"]
        taken = {part.detail for part in every if part.title}  # of walls that hung before
        names = [label.text for label in still.labels if label.text.startswith("relu") and label.text not in taken]
        grids = [part for part in every if not part.title]
        if names and grids:
            found[names[0]] = still, grids
    return found


def check(watched, expected):
    found = walls(watched)
    assert set(found) == set(expected)
    for name, (_, grids) in found.items():
        order = sorted(range(len(expected[name])), key=lambda i: -spread(expected[name][i]))[:12]
        scale = max(expected[name][i].max() for i in order)
        assert len(grids) == len(order)
        for grid, index in zip(grids, order, strict=True):
            (image,) = [part for part in grid.submobjects if isinstance(part, PixelImage)]
            for cell, value in np.ndenumerate(expected[name][index]):
                shade = rgb(watched.scene.theme.fill("output", value / scale))
                assert np.abs(np.subtract(image.pixel_array[cell][:3], shade, dtype=float)).max() <= 1


def test_the_liveliest_maps_hang(seen, network):
    check(seen, maps(network, picture()))


def test_a_forged_number_is_noticed(seen, network):
    forged = maps(network, picture())
    forged["relu2"][0][1, 1] += 0.5
    with pytest.raises(AssertionError):
        check(seen, forged)


def test_what_is_left_out_is_said(seen):
    texts = {label.text for still in seen.stills for label in still.labels}
    assert any("12 of 14 maps" in text for text in texts)
    assert any(text.strip() == "3 maps" for text in texts)


def marked(watched, name):
    """The part of the picture that is marked when the map of a layer is looked at, and the cell of that map."""
    ends = {still.beat.start: still for still in watched.pictures if still.beat and "strongest" in still.beat.text}
    still = ends[sorted(ends)[("relu1", "relu2").index(name)]]
    (part,) = (mark for mark in still.marks if mark.grid is watched.scene.x)
    *_, cell = (mark for mark in still.marks if mark.grid is not watched.scene.x)  # behind those of maps before
    return part, cell


@pytest.mark.parametrize("name", ["relu1", pytest.param("relu2", marks=pytest.mark.full)])
def test_the_marked_part_is_all_that_the_strongest_answer_depends_on(seen, network, name):
    """Every pixel is nudged: the cell moves only with those that are marked."""
    part, cell = marked(seen, name)
    x = picture()
    whole = maps(network, x)[name]
    index = max(range(len(whole)), key=lambda i: spread(whole[i]))
    assert cell.cell == np.unravel_index(whole[index].argmax(), whole[index].shape)
    assert np.allclose(cell.grid.values, whole[index])
    moving = []
    for row, column in np.ndindex(8, 8):
        change = []
        for nudge in (1.0, -1.0):
            moved = x.copy()
            moved[0, 0, row, column] += nudge
            change.append(maps(network, moved)[name][index][cell.cell] != whole[index][cell.cell])
        if any(change):
            moving.append((row, column))
    rows, columns = zip(*moving, strict=True)
    assert part.cell[0] <= min(rows)
    assert max(rows) < part.cell[0] + part.rows
    assert part.cell[1] <= min(columns)
    assert max(columns) < part.cell[1] + part.columns
    if name == "relu1":
        assert (part.rows, part.columns) == (max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)


@pytest.mark.parametrize(
    "options",
    [
        {"network": LINE, "theme": "light"},
        pytest.param({"network": "lenet5", "layers": "c1,squash3"}, marks=pytest.mark.full),
    ],
)
def test_a_network_that_has_not_learned_says_so(options):
    watched = watch(SCENE, "9:16", **options)
    assert "It has not learned yet: random filters made these maps." in [beat.text for beat in watched.scene.beats]
    assert findings(watched) == []
