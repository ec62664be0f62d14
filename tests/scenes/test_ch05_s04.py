"""The effective field, read back from the picture: ways are counted one by one, gradients measured by nudges."""

import numpy as np
import pytest

from cnnviz.data.split import digits_split
from cnnviz.nn import zoo
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import EffectiveField
from cnnviz.subjects.effective import field_of
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch05-s04-effective-field")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "usual": {},
    "own": {"depths": "3,12", "seed": 5, "aspect": "9:16", "theme": "light"},
    "one": {"depths": "7", "aspect": "1:1"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return watch(SCENE, **request.param)


def check(watched):
    """The ways of each cell, counted one by one; shares and squares, added up in loops."""
    still = [still for still in watched.pictures if still.beat and "a corner on" in still.beat.text][-1]
    ways = dict.fromkeys(np.ndindex(5, 5), 0)
    for a, b, c, d in np.ndindex(3, 3, 3, 3):
        ways[a + c, b + d] += 1
    (sheet,) = [sheet for sheet in still.grids if sheet.grid.rows == 5]
    assert {cell: int(text) for cell, text in sheet.texts.items()} == ways
    subject = watched.scene.subject
    still = [still for still in watched.pictures if still.beat and "Training" in still.beat.text][-1]
    texts = [label.text for label in still.labels if not label.caption]
    for spot in (subject.fresh, subject.trained):
        values = spot.values.tolist()
        held = sum(sum(row[1:4]) for row in values[1:4]) / sum(map(sum, values))
        assert (f"{100 * held:.0f} %" if 100 * held == round(100 * held) else f"≈ {100 * held:.0f} %") in texts
        assert any(all(near(text, values[i][j]) for (i, j), text in sheet.texts.items()) for sheet in still.grids)
    last = watched.stills[-1]
    for spot in subject.spots:
        count, total = halved(spot.values.ravel().tolist()), (2 * spot.layers + 1) ** 2
        assert spot.values.size == total
        assert any(label.text.startswith(f"{count} of {total} ") for label in last.labels)
        (grid,) = [sheet.grid for sheet in last.grids if sheet.grid.values.size == total]
        lit = set(grid.everywhere()) - grid.sunk
        assert len(lit) == count
        assert min(spot.values[cell] for cell in lit) >= max(spot.values[cell] for cell in grid.sunk)


def halved(values):
    """How many of the largest values it takes for half of their sum."""
    values, total, held, count = sorted(values), sum(values), 0.0, 0
    while held < 0.5 * total:
        held, count = held + values.pop(), count + 1
    return count


def test_ways_shares_and_halves(case):
    check(case)


def test_nothing_is_wrong_with_own_depths(case):
    assert not findings(case)


def test_a_field_is_the_gradient_that_nudges_measure():
    draw = np.random.default_rng(3)
    layers = [(draw.standard_normal((2, n, 3, 3)), draw.standard_normal(2)) for n in (1, 2)]
    x = draw.standard_normal((2, 1, 5, 5))

    def out(x):
        for weight, bias in layers:
            x = helpers.conv(x, weight, bias)
            x = np.where(x > 0, x, 0)
        return x

    (dx,) = [helpers.numeric_vjp(out, np.ones((2, 2, 1, 1)), x)]
    felt = np.abs(dx).sum(axis=1).mean(axis=0)
    assert np.allclose(field_of(layers, x, padding=0), felt / felt.max(), atol=1e-5)


@pytest.mark.full
def test_the_trained_field_is_that_of_the_shipped_network():
    image = digits_split().test.images[:1].astype(float)
    weights = {name: p.array("test").astype(float) for name, p in zoo.tiny_cnn(pretrained=True).parameters().items()}
    layers = [(weights[f"{name}.weight"], weights[f"{name}.bias"]) for name in ("conv1", "conv2")]

    def out(patch):
        x = image.copy()
        x[0, 0, 2:7, 2:7] = patch
        for weight, bias in layers:
            x = helpers.conv(x, weight, bias, padding=1)
            x = np.where(x > 0, x, 0)
        return x[:, :, 4, 4].sum()

    felt = np.abs(helpers.numeric_vjp(out, 1.0, image[0, 0, 2:7, 2:7]))
    field = field_of(layers, image, padding=1, position=(4, 4))
    assert np.allclose(field[2:7, 2:7], felt / felt.max(), atol=1e-4)
    assert field.sum() == pytest.approx(field[2:7, 2:7].sum())


def test_another_share_than_a_half_would_be_noticed(monkeypatch):
    import cnnviz.subjects.effective as module

    monkeypatch.setattr(module, "PART", 0.9)
    with pytest.raises(AssertionError):
        check(watch(SCENE))


def test_deeper_fields_use_less_of_themselves():
    spots = EffectiveField().spots
    parts = [len(spot.strongest) / spot.values.size for spot in spots]
    assert parts == sorted(parts, reverse=True)
