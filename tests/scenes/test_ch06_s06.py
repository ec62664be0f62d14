"""What layers look for: the strongest patches of a map, their places and what is said of them, by nested loops."""

import numpy as np
import pytest

from cnnviz.data import scattered_split
from cnnviz.nn import parse_network
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid
from cnnviz.subjects import Hierarchy
from cnnviz.subjects.hierarchy import BEST, MAPS
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch06-s06-hierarchy")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
START = {3: -1, 5: -2, 10: -4}  # of the field of the first cell, by its size
COLOR = "3x12x12 > conv 4 k3 p1 > relu > pool 2 > conv 2 k3 > relu > flatten > dense 2"


@pytest.fixture(scope="module")
def seen():
    return watch(SCENE)


def answers(pictures, network, index):
    """The maps behind one of the three ReLUs of the network that ships, by loops."""
    weights = {name: p.array("test").astype(float) for name, p in network.parameters().items()}
    maps = pictures.astype(float)
    for number in range(index + 1):
        maps = helpers.max_pool(maps, 2) if number == 2 else maps
        weight, bias = weights[f"conv{number + 1}.weight"], weights[f"conv{number + 1}.bias"]
        maps = helpers.conv(maps, weight, bias, padding=1)
        maps = np.where(maps > 0, maps, 0)
    return maps


def which(images, picture):
    """The number of a picture among all."""
    return next(i for i, x in enumerate(images) if (x == picture).all())


def patches(watched):
    """The pixels on screen of every patch that was found in a layer, by layer."""
    stills = [still for still in watched.stills if still.beat and still.beat.text.startswith(("Other", "And other"))]
    found = {still.beat.start: still for still in stills}
    scene, many = watched.scene, MAPS - 1 + BEST
    grids = [
        [part for part in still.family if isinstance(part, Grid) and part.role == "input" and part is not scene.x]
        for _, still in sorted(found.items())
    ]
    return [[grid for grid in each if len(grid.shown)][many * at :] for at, each in enumerate(grids)]


@pytest.mark.parametrize("index", [0, *(pytest.param(index, marks=pytest.mark.full) for index in (1, 2))])
def test_the_patches_are_the_strongest_of_all_test_digits(seen, index):
    """Of the digits that win, and of another, the loops give the numbers; the cut is where the number stands."""
    subject, images, field = seen.scene.subject, scattered_split(16).test.images, (3, 5, 10)[index]
    hung, excited = patches(seen), subject.levels[index].maps[0]
    assert [len(grids) for grids in hung] == [MAPS - 1 + BEST] * 3
    winners = [which(images, patch.picture) for patch in excited.patches]
    some = [winners[0], winners[-1], next(i for i in range(0, 355, 60) if i not in winners)]
    maps = answers(images[some], subject.seen.network, index)[:, excited.number - 1]
    for at, one in zip((0, BEST - 1), maps, strict=False):
        patch, jump = excited.patches[at], 16 // len(one)
        assert one.max() == pytest.approx(patch.value, rel=1e-4)
        row, column = np.unravel_index(one.argmax(), one.shape)
        padded = np.pad(images[winners[at], 0], 16)
        top, left = 16 + START[field] + jump * row, 16 + START[field] + jump * column
        assert np.allclose(hung[index][at].values, padded[top : top + field, left : left + field])
    assert maps[2].max() <= excited.patches[-1].value


def test_what_is_said_of_digits_is_what_they_are(seen):
    labels = [[p.label for p in level.maps[0].patches] for level in seen.scene.subject.levels]
    texts = [beat.text for beat in seen.scene.beats]
    assert len(set(labels[0])) > 1
    assert f"Again, all of them come from pictures of one kind: {labels[2][0]}." in texts
    assert set(labels[2]) == {labels[2][0]}
    assert texts[-1] == "Each layer sees more: first a corner, at last a digit."


def test_the_corner_that_is_darkest_is_the_same_in_each_patch_on_stage(seen):
    hung = [grid.values for grid in patches(seen)[0][:BEST]]
    darkest = [np.argwhere(values == values.min()).tolist() for values in hung]
    assert darkest == [[[2, 0]]] * BEST
    assert any(beat.text.startswith("The same corner is darkest in each") for beat in seen.scene.beats)


def test_another_pixel_would_be_noticed(seen):
    subject = seen.scene.subject
    patch = subject.levels[0].maps[0].patches[0]
    moved = answers(np.roll(patch.picture, 5, axis=2)[None], subject.seen.network, 0)[0]
    number = subject.levels[0].maps[0].number - 1
    assert moved[number][patch.cell] != pytest.approx(patch.value, rel=1e-3)


def test_a_slope_is_an_edge_and_a_spot_is_not():
    excited = Hierarchy().levels[0].maps[0]
    first = excited.patches[0]
    rows = np.indices(first.values.shape[1:])[0]

    def changed(values):
        one = type(first)(values, None, first.map, first.cell, 1.0, (range(3), range(3)))
        return type(excited)(1, (one,)).is_edge

    assert changed(rows[None].astype(float))
    assert not changed(np.array([[[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]]))
    assert not changed(np.ones((1, 3, 3)))


@pytest.mark.parametrize(
    "options",
    [
        {"network": COLOR},
        pytest.param({"network": "texture-cnn"}, marks=pytest.mark.full),
        pytest.param({"image": "photo:china", "layers": "relu3,relu1"}, marks=pytest.mark.full),
        pytest.param({"network": "1x4x4 > conv 2 k3 p1 > relu > flatten > dense 2"}, marks=pytest.mark.full),
    ],
)
def test_any_network_can_be_asked(options):
    watched = watch(SCENE, "9:16", theme="light", **options)
    assert findings(watched) == []
    texts = [beat.text for beat in watched.scene.beats]
    learned = options.get("network", "texture-cnn").endswith("-cnn")
    assert learned != ("It has not learned yet: all that follows is the work of random filters." in texts)


def test_normalization_is_part_of_the_network():
    from cnnviz.nn.normalization import Normalization

    shape, network = parse_network(COLOR)
    network.initialize(1, dtype=float)
    network.input_shape = shape
    plain = Hierarchy(network=network).levels[0].maps[0].patches[0].value
    network.normalization = Normalization((0.5,) * 3, (0.25,) * 3)
    assert Hierarchy(network=network).levels[0].maps[0].patches[0].value != plain
