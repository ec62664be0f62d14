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
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Spread
from tests.scenes.dots import check_spread
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


def numbers(words):
    """What stands at the ends of the bars of a beat."""
    (bars,) = (part for part in said(words).family if type(part).__name__ == "Bars")
    return list(bars.values), {label.text for label in said(words).labels}


def check_dots(charts):
    """What every seed claims, and what is true of it."""
    still = seen().stills[-1]
    (spread,) = (part for part in still.family if isinstance(part, Spread))
    ways = {"once": 0, "chosen": 1, "learned": 2}
    for chart, what in zip(charts, ("claimed", "true"), strict=True):
        values = {f"{way}: {what}": chart["series"][i]["points"][0]["values"] for way, i in ways.items()}
        check_spread(still, spread, values)


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
    weights = zoo.tiny_cnn(pretrained=True).parameters()
    total = sum(each.values.size for each in weights.values())
    assert sum(numbers("Design")[0]) == total == 3818


def test_scaled_numbers_are_sixteenths():
    loaded, scaled = (sheet for sheet in said("Scale:").grids if sheet.texts)
    assert len(scaled.texts) == 64
    for cell, text in scaled.texts.items():
        assert near(loaded.texts[cell], digits().images[0][cell])
        assert near(text, digits().images[0][cell] / 16)


def test_every_test_digit_is_in_the_color_of_its_answer():
    (sheet,) = (each for each in said("Test once").grids if each.role == "output")
    split, network = digits_split(), zoo.tiny_cnn(pretrained=True)
    right = [int(network.forward(image[None]).argmax()) == label for image, label in zip(*_test(split), strict=True)]
    assert not sheet.grid.sunk
    check_wall(
        sheet.grid, [image[0] if one else -image[0] for image, one in zip(split.test.images, right, strict=True)]
    )
    marks = {tuple(mark.cell) for mark in said("Test once").marks if mark.grid is sheet.grid}
    assert marks == {at for at, one in zip(places(sheet.grid, len(right)), right, strict=True) if not one}


def test_what_is_read_wrong_is_shown_with_its_answer():
    split, network = digits_split(), zoo.tiny_cnn(pretrained=True)
    answers = network.forward(split.test.images).argmax(axis=1).tolist()
    wrong = [i for i, label in enumerate(split.test.labels.tolist()) if answers[i] != label]
    shown = [each.grid for each in said("Test once").grids if each.role == "input"]
    for place, grid in zip(wrong, shown, strict=True):
        assert np.array_equal(grid.values, split.test.images[place, 0])
        assert (grid.title, grid.detail) == (str(split.test.labels[place]), f"read as {answers[place]}")


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
