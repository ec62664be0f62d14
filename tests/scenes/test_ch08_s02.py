"""Ways down the loss, read back from the picture: the surface, every point of every way, and losses by rate."""

import json
import statistics
from functools import cache

import numpy as np
import pytest

from cnnviz.nn.experiments import find as experiment
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Trail
from cnnviz.stage.color import rgb
from cnnviz.subjects import plane
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch08-s02-optimizers")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHART = json.loads((FOLDER / "optimizers.json").read_text("utf-8"))["charts"][0]


@cache
def seen():
    return watch(SCENE)


def said(words):
    """The last picture of the beat with these words."""
    return [still for still in seen().pictures if still.beat and words in still.beat.text][-1]


def check_ways(recorded):
    """Every dot of every way stands at its point, those outside left out; the losses are written in its color."""
    still = said("Adam scales")
    trails = [part for part in still.family if isinstance(part, Trail)]
    grid = trails[0].grid
    low, high = plane.REACH
    step = (high - low) / (plane.SIDE - 1)
    assert len(trails) == 1 + len(plane.WAYS)
    for trail, name in zip(trails[1:], plane.WAYS, strict=True):
        way = recorded.way(name)
        dots = trail.dots.points.reshape(-1, 16, 3)[:, :, :2].mean(axis=1)
        x = low + ((dots[:, 0] - grid.box.left) / grid.side - 0.5) * step
        y = high - ((grid.box.top - dots[:, 1]) / grid.side - 0.5) * step
        assert 2 <= len(dots) <= len(way)
        assert np.stack([x, y], axis=1) == pytest.approx(way[: len(dots), :2], abs=1e-6)
        assert len(dots) == len(way) or not (low <= way[len(dots), 0] <= high and low <= way[len(dots), 1] <= high)
        color = seen().scene.theme.role(trail.role)
        (written,) = (s for s in still.labels if s.color == color and s.text[-1].isalnum() and s.text[0].isdigit())
        assert near(written.text, way[-1, 2])


def test_ways_are_those_that_were_recorded():
    check_ways(plane.recorded())


def test_a_displaced_point_would_be_noticed():
    recorded = plane.recorded()
    ways = recorded.ways.copy()
    ways[1, 7, 0] += 0.01
    with pytest.raises(AssertionError):
        check_ways(plane.Plane(recorded.loss, ways))


def test_the_surface_is_painted_by_its_losses():
    still = said("Here training begins")
    (trail,) = (part for part in still.family if isinstance(part, Trail))
    pixels, look = trail.grid._image.pixel_array[..., :3], seen().scene.theme
    for cell in ((0, 0), (12, 20), (17, 7), (24, 24)):
        strength = float(plane.recorded().loss[cell]) / 3.0
        expected = rgb(look.fill("gradient", strength))
        assert np.abs(pixels[cell].astype(int) - np.array(expected)).max() <= 1


def check_losses(chart):
    still = seen().stills[-1]
    rates, *rows = [sheet for sheet in still.grids if sheet.texts]
    assert [near(text, chart["series"][0]["points"][c]["at"]) for (_, c), text in rates.texts.items()] == [True] * 7
    for sheet, series in zip(rows, chart["series"], strict=True):
        (name,) = (s for s in still.labels if s.text == series["label"])
        assert name.center[1] == pytest.approx(sheet.grid.box.center[1], abs=0.1)
        means = [statistics.fmean(point["values"]) for point in series["points"]]
        assert all(near(text, means[column]) for (_, column), text in sheet.texts.items())
        (mark,) = (mark for mark in still.marks if mark.grid is sheet.grid)
        assert tuple(mark.cell) == (0, means.index(min(means)))


def test_losses_by_rate_and_the_best_of_each_are_those_that_were_measured():
    check_losses(CHART)


def test_a_forged_loss_would_be_noticed():
    forged = json.loads(json.dumps(CHART))
    forged["series"][1]["points"][2]["values"][0] += 0.1
    with pytest.raises(AssertionError):
        check_losses(forged)


def test_ones_own_run_is_drawn():
    result = experiment("optimizers").run((0,), quick=True)
    assert not [each for each in findings(watch(SCENE, run=result)) if not each.startswith("stillness")]
