"""The pipeline, read back from the picture: counts, scaled numbers, losses, every test digit, dots as measured."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.data.digits import digits
from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.nn.experiments.trial import few
from cnnviz.nn.zoo.tiny import SEED
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Pairs
from cnnviz.subjects.run import recorded
from tests.scenes.dots import check_pairs
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s07-pipeline")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHARTS = json.loads((FOLDER / "leaking.json").read_text("utf-8"))["charts"]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_dots(charts):
    """What every seed claims, and what is true of it."""
    still = seen().stills[-1]
    (pairs,) = (part for part in still.family if isinstance(part, Pairs))
    cases = {
        what: {each["label"]: each["points"][0]["values"] for each in chart["series"]}
        for chart, what in zip(charts, ("claimed", "true"), strict=True)
    }
    check_pairs(still, pairs, cases)


def places(wall, count):
    """The cells in which digits of a wall begin, column after column."""
    down = wall.rows // 9
    return [(9 * (place % down) + 1, 9 * (place // down) + 1) for place in range(count)]


def check_wall(wall, images):
    """Every digit stands in its place."""
    for (top, left), image in zip(places(wall, len(images)), images, strict=True):
        assert np.array_equal(wall.values[top : top + 8, left : left + 8], image)


def test_counts_are_those_of_the_digits():
    labels = digits().labels.tolist()
    blocks = [sheet.grid for sheet in said("Look before").grids]
    assert [(block.title, block.detail) for block in blocks] == [(str(d), str(labels.count(d))) for d in range(10)]
    for digit, block in enumerate(blocks):
        check_wall(block, digits().images[digits().labels == digit] / 16)
    assert "174 to 183" in said("Look before").beat.text
    assert (min(map(labels.count, range(10))), max(map(labels.count, range(10)))) == (174, 183)
    split = digits_split()
    parts = split.train, split.validation, split.test
    walls = [sheet.grid for sheet in said("Split first").grids]
    assert [wall.detail for wall in walls] == [f"{len(part):,}" for part in parts]
    for wall, part in zip(walls, parts, strict=True):
        check_wall(wall, part.images[:, 0])
    assert [bool(wall.sunk) for wall in walls] == [False, False, True]


def test_the_network_is_drawn_with_its_first_weights_and_its_parameters_are_counted():
    network = zoo.tiny_cnn()
    network.initialize(SEED)
    still, sizes = said("Design"), {}
    weights = {name: each.values for name, each in network.parameters().items()}
    for name, each in weights.items():
        layer = name.partition(".")[0]
        sizes[layer] = sizes.get(layer, 0) + each.size
    sheets = {sheet.grid.title: sheet.grid for sheet in still.grids if sheet.role == "kernel"}
    assert {name: sheet.detail for name, sheet in sheets.items()} == {k: f"{n:,}" for k, n in sizes.items()}
    assert sum(sizes.values()) == 3818
    for layer, across, side in (("conv2", 8, 3), ("dense1", 16, 4)):
        tiles = weights[f"{layer}.weight"].reshape(-1, side, side)
        for place, tile in enumerate(tiles):
            top, left = (side + 1) * (place // across), (side + 1) * (place % across)
            assert np.allclose(sheets[layer].values[top : top + side, left : left + side], tile)


def test_the_filters_of_the_best_epoch_are_kept():
    run = recorded()
    (sheet,) = (sheet.grid for sheet in said("Keep the best").grids if sheet.role == "kernel")
    for place, each in enumerate(run.filters[run.best]):
        top, left = 4 * (place // 2), 4 * (place % 2)
        assert np.allclose(sheet.values[top : top + 3, left : left + 3], each)


def test_scaled_numbers_are_sixteenths():
    loaded, scaled = (sheet for sheet in said("Scale:").grids if sheet.texts)
    assert len(scaled.texts) == 64
    for cell, text in scaled.texts.items():
        assert near(loaded.texts[cell], digits().images[0][cell])
        assert near(text, digits().images[0][cell] / 16)


def test_every_test_digit_is_in_the_color_of_its_answer():
    (sheet,) = (each for each in said("are read right").grids if each.role == "output")
    split, network = digits_split(), zoo.tiny_cnn(pretrained=True)
    right = [int(network.forward(image[None]).argmax()) == label for image, label in zip(*_test(split), strict=True)]
    assert not sheet.grid.sunk
    check_wall(
        sheet.grid, [image[0] if one else -image[0] for image, one in zip(split.test.images, right, strict=True)]
    )
    marks = {tuple(mark.cell) for mark in said("are read right").marks if mark.grid is sheet.grid}
    assert marks == {at for at, one in zip(places(sheet.grid, len(right)), right, strict=True) if not one}


def test_what_is_read_wrong_is_shown_with_its_answer():
    split, network = digits_split(), zoo.tiny_cnn(pretrained=True)
    answers = network.forward(split.test.images).argmax(axis=1).tolist()
    wrong = [i for i, label in enumerate(split.test.labels.tolist()) if answers[i] != label]
    shown = [each.grid for each in said("are read right").grids if each.role == "input"]
    for place, grid in zip(wrong, shown, strict=True):
        assert np.array_equal(grid.values, split.test.images[place, 0])
        assert (grid.title, grid.detail) == (str(split.test.labels[place]), f"read as {answers[place]}")


def test_a_test_digit_stands_before_each_way_and_among_what_is_learned_only_where_it_leaks():
    (pairs,) = (part for part in seen().stills[-1].family if isinstance(part, Pairs))
    split = digits_split()
    learned, asked = few(split.train, 1, 0).images[0, 0], few(split.test, 1, 0).images[0, 0]
    for way, row in pairs.stamps.items():
        drawn = [None if grid is None else grid.values for grid in row]
        assert np.array_equal(drawn[0], learned)
        assert np.array_equal(drawn[2], asked)
        assert (drawn[1] is None) == (way != "test digits learned")


def _test(split):
    return split.test.images, split.test.labels.tolist()


def test_every_seed_is_a_dot_at_its_value():
    check_dots(CHARTS)


def test_a_forged_number_would_be_noticed():
    forged = json.loads(json.dumps(CHARTS))
    forged[0]["series"][1]["points"][0]["values"][2] -= 0.02
    with pytest.raises(AssertionError):
        check_dots(forged)


def test_what_is_claimed_and_what_is_true_is_said():
    for number, words in enumerate(("Tested once", "Best of several", "Test digits learned")):
        for chart in CHARTS:
            mean = 100 * statistics.fmean(chart["series"][number]["points"][0]["values"])
            assert f"{round(mean, 1):g} %" in said(words).beat.text
    assert "a gap within the spread" in said("Best of several").beat.text
    assert "learned from flatters" in seen().scene.beats[-1].text


@pytest.mark.full
def test_ones_own_run_is_drawn(tmp_path):
    path = tmp_path / "run.json"
    path.write_text(experiment("leaking").run((0, 3), quick=True).json(), "utf-8")
    assert not findings(watch(SCENE, "9:16", theme="light", leak=str(path)))
