"""Grad-CAM and occlusion: weights, sums, losses and the part that stays lit equal nested loops."""

import re

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.errors import OptionError
from cnnviz.nn import parse_network
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.subjects import GradCam, Occlusion
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.equations import lines
from tests.scenes.watch import watch

CAM, COVER = (find(slug) for slug in ("ch10-s06-grad-cam", "ch10-s05-occlusion"))
LINE = "1x8x8 > conv 9 k3 p1 > relu > pool 2 > gap > flatten > dense 3"


def own(line=LINE):
    shape, network = parse_network(line)
    network.initialize(6, dtype=float)
    network.input_shape = shape
    return network


def picture():
    image = load_image("digit:3")
    return image.values[None] / image.peak


def forward(network, x):
    """Maps behind the activation, and scores, by loops."""
    weights = {name: one.values for name, one in network.parameters().items()}
    maps = helpers.conv(x, weights["conv1.weight"], weights["conv1.bias"], padding=1)
    maps = np.where(maps > 0, maps, 0)
    means = helpers.avg_pool(helpers.max_pool(maps, 2), 4)[:, :, 0, 0]
    return maps[0], helpers.linear(means, weights["dense1.weight"], weights["dense1.bias"])[0]


def answer(scores):
    return max(range(len(scores)), key=lambda i: scores[i])


def gradients(network, x, target, step=1e-6):
    """How the score of a class moves with each cell of the maps: the share of a mean of maxima."""
    maps, _ = forward(network, x)
    weight = network.parameters()["dense1.weight"].values
    found = np.zeros(maps.shape)
    for k, i, j in np.ndindex(maps.shape[0], 4, 4):
        window = [(maps[k, 2 * i + a, 2 * j + b], 2 * i + a, 2 * j + b) for a in (0, 1) for b in (0, 1)]
        _, row, column = max(window, key=lambda cell: cell[0])  # the first of equals
        found[k, row, column] = weight[target, k] / 16
    return found


@pytest.fixture(scope="module")
def network():
    return own()


@pytest.fixture(scope="module")
def cam(network):
    return watch(load_scene(CAM.path, CAM.class_name), network=network, image="digit:3")


def heat_of(network):
    x = picture()
    maps, scores = forward(network, x)
    worth = [float(np.mean(one)) for one in gradients(network, x, answer(scores))]
    summed = np.zeros((8, 8))
    for k, i, j in np.ndindex(maps.shape):
        summed[i, j] += worth[k] * maps[k, i, j]
    return worth, summed


def drawn(grid):
    return grid._image.pixel_array[..., :3].astype(int)


def check_heat(watched, summed):
    grid, theme = watched.scene.heat, watched.scene.theme
    scale = np.abs(summed).max()
    assert np.allclose(grid.values, np.maximum(summed, 0))
    for cell in set(grid.everywhere()) - grid.sunk:
        shade = rgb(theme.fill("output", max(summed[cell], 0) / scale))
        assert np.abs(drawn(grid)[cell] - shade).max() <= 1


def test_the_heat_is_the_weighted_sum(cam, network):
    worth, summed = heat_of(network)
    check_heat(cam, summed)
    texts = {label.text for still in cam.stills for label in still.labels}
    order = sorted(range(9), key=lambda k: -abs(worth[k]) * np.abs(forward(network, picture())[0][k]).mean())[:8]
    assert {cell_text(worth[k], 6) for k in order} <= texts
    assert "8 of 9 maps" in texts


def test_a_forged_sum_is_noticed(cam, network):
    _, summed = heat_of(network)
    row, column = np.unravel_index(summed.argmax(), summed.shape)
    summed[row, column] *= 0.8
    with pytest.raises(AssertionError):
        check_heat(cam, summed)


def test_the_strong_half_stays_lit(cam, network):
    _, summed = heat_of(network)
    lit = {cell for cell, value in np.ndenumerate(summed) if value >= 0.5 * summed.max()}
    assert set(cam.scene.x.everywhere()) - cam.scene.x.sunk == lit


def test_without_anything_positive_nothing_is_claimed():
    network = own()
    weight = network.parameters()["dense1.weight"]
    weight.values = -np.abs(weight.values)
    watched = watch(load_scene(CAM.path, CAM.class_name), network=network, image="digit:3", theme="light")
    assert watched.scene.beats[-1].text == "Nothing is left: averaged so, these maps show no place for this answer."
    assert not watched.scene.x.sunk


def test_each_place_gets_what_the_score_loses(network):
    watched = watch(load_scene(COVER.path, COVER.class_name), network=network, image="digit:3", aspect="9:16")
    x = picture()
    scores = forward(network, x)[1]
    target, mean = answer(scores), sum(x.ravel().tolist()) / x.size
    lost = np.empty((7, 7))
    for i, j in np.ndindex(7, 7):
        covered = x.copy()
        for a, b in np.ndindex(2, 2):
            covered[0, 0, i + a, j + b] = mean
        lost[i, j] = scores[target] - forward(network, covered)[1][target]
    grid = watched.scene.map
    for cell, value in np.ndenumerate(lost):
        if grid.has_numbers:
            assert grid.texts[cell[0]][cell[1]] == cell_text(value)
            continue
        shade = rgb(watched.scene.theme.fill("output", value / np.abs(lost).max()))
        assert np.abs(drawn(grid)[cell] - shade).max() <= 1
    kept = {
        (i + a, j + b)
        for (i, j), value in np.ndenumerate(lost)
        if value >= lost.max() / 2
        for a in (0, 1)
        for b in (0, 1)
    }
    assert set(watched.scene.x.everywhere()) - watched.scene.x.sunk == kept
    assert watched.scene.mark.cell == np.unravel_index(lost.argmax(), lost.shape)
    assert watched.scene.scores.made.values[:2] == pytest.approx((scores[target], scores[target] - lost.max()))


@pytest.mark.parametrize(
    ("subject", "options", "line"),
    [
        (GradCam, {"network": "1x8x8 > conv 2 k3"}, "which does not choose one for the whole picture"),
        (GradCam, {"answer": "10"}, "answer: expected a class from 0 to 9, got 10; choose one"),
        (Occlusion, {}, "got tiny-cnn, which takes 80,896 multiplications each time; give it a smaller input"),
    ],
)
def test_what_cannot_be_asked(monkeypatch, subject, options, line):
    monkeypatch.setattr("cnnviz.subjects.evidence.MOST_STEPS", 10**6)
    with pytest.raises(OptionError, match=line):
        subject(**options)


def sums(watched):
    """The sums that are written out, as numbers with their signs and what they come to."""
    found = []
    for still in watched.stills:
        for line in lines(still):
            left, _, end = line.replace(" ", "").replace("−", "-").partition("≈")
            if re.fullmatch(r"-?[\d.]+(?:[+-][\d.]+)+", left):
                found.append((re.findall(r"[+-]?[\d.]+", left), end))
    return found


def test_the_sum_at_one_cell_grows_product_by_product(cam, network):
    """Each product is that of a map's number there and its worth; what they come to stands behind the last one."""
    worth, summed = heat_of(network)
    maps, _ = forward(network, picture())
    peak = np.unravel_index(summed.argmax(), summed.shape)
    order = sorted(range(9), key=lambda k: -abs(worth[k]) * np.abs(maps[k]).mean())
    grown = sums(cam)
    assert [len(terms) for terms, _ in grown] == sorted(len(terms) for terms, _ in grown)
    terms, end = grown[-1]
    assert len(terms) == 9
    for term, k in zip(terms, order, strict=True):
        assert float(term) == pytest.approx(worth[k] * float(maps[k][peak]), abs=half(max(terms, key=len)))
    assert float(end) == pytest.approx(summed[peak], abs=half(end))


def half(text):
    """Half a unit of the last digit."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2])
