"""Frequency: spectrum, masks, waves, what is left and what kernels let through equal sums in nested loops."""

import cmath
import math

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.engine import low_pass
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s05-frequency")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "digit": {"image": "digit:5", "cutoffs": "0.15,0.3", "kernel": "box-blur", "against": "1,-1"},
    "wide": {"image": "digit:2", "size": (6, 8), "cutoffs": "0.2", "kernel": "identity", "against": "sobel-y"},
}


class Spied(SCENE):
    """The scene, noting what is shown in the third place and which points are marked beside it."""

    def keep(self, kept, grid):
        super().keep(kept, grid)
        self.kept = [*getattr(self, "kept", []), (set(self.spectrum.sunk), grid.title, grid.values.copy())]

    def point(self, *things, **how):
        super().point(*things, **how)
        if all(isinstance(thing, Outline) for thing in things):
            cells = [(mark.cell[0] + mark.rows // 2, mark.cell[1] + mark.columns // 2) for mark in things]
            self.waved = [*getattr(self, "waved", []), (cells, self.place.content[0].values)]


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(Spied, **request.param)


def steps(length):
    """The frequencies of a spectrum with 0 in the middle, in crests over the whole length."""
    return [index - length // 2 for index in range(length)]


def transform(values):
    """How strong each wave is, and how it lies: one complex number for each."""
    rows, columns = values.shape
    found = {}
    for i, down in enumerate(steps(rows)):
        for j, across in enumerate(steps(columns)):
            total = 0j
            for y in range(rows):
                for x in range(columns):
                    total += values[y, x] * cmath.exp(-2j * math.pi * (down * y / rows + across * x / columns))
            found[i, j] = total
    return found


def put_together(found, shape, wanted):
    """Add up the waves that are wanted."""
    rows, columns = shape
    made = np.zeros(shape)
    for y in range(rows):
        for x in range(columns):
            total = 0j
            for i, j in wanted:
                turns = steps(rows)[i] * y / rows + steps(columns)[j] * x / columns
                total += found[i, j] * cmath.exp(2j * math.pi * turns)
            made[y, x] = total.real / rows / columns
    return made


def picture(options):
    return load_image(options["image"], size=options.get("size")).values[0]


def speed(cell, shape):
    return math.hypot(steps(shape[0])[cell[0]] / shape[0], steps(shape[1])[cell[1]] / shape[1])


def check(options, seen):
    values = picture(options)
    found = transform(values)
    strengths = np.array([[math.log1p(abs(found[i, j])) for j in range(values.shape[1])] for i in range(len(values))])
    np.testing.assert_allclose(seen.scene.spectrum.values, strengths - strengths.min(), atol=1e-6)
    limits = [float(limit) for limit in options["cutoffs"].split(",")]
    shown = iter(seen.scene.kept)
    for title in ("slow waves", "fast waves"):
        for limit in limits:
            wanted = {cell for cell in found if (speed(cell, values.shape) <= limit) == (title == "slow waves")}
            sunk, named, left = next(shown)
            assert named == title
            assert sunk == set(found) - wanted
            np.testing.assert_allclose(left, put_together(found, values.shape, wanted), atol=1e-6)
    texts = {label.text for still in seen.pictures for label in still.labels}
    assert {f"{len(found) - len(sunk)}" for sunk, *_ in seen.scene.kept} <= texts


def test_masks_and_what_they_leave_equal_loops(case):
    check(*case)


def test_marked_points_belong_to_the_wave_that_is_shown(case):
    options, seen = case
    rows, columns = picture(options).shape
    assert len(seen.scene.waved) == 3
    for cells, wave in seen.scene.waved:
        strong = {cell for cell, value in transform(wave - wave.mean()).items() if abs(value) > 1e-6}
        assert strong <= {(i % rows, j % columns) for i, j in cells}
        assert strong


def filters(options, seen):
    """What the last picture says of the two kernels."""
    values, last = picture(options), seen.stills[-1]
    found = sorted((grid for grid in last.grids if grid.role in ("kernel", "output")), key=lambda grid: -grid.grid.top)
    found = [grid for row in (found[:3], found[3:]) for grid in sorted(row, key=lambda grid: grid.grid.box.left)]
    texts = [label.text for label in last.labels if label.size == 19 and label.color == seen.scene.theme.kernel]
    for index, name in enumerate((options["kernel"], options["against"])):
        weights = kernel(name).values
        drawn, response, answer = found[3 * index : 3 * index + 3]
        np.testing.assert_allclose(drawn.values, weights)
        padded = np.zeros(values.shape)
        padded[: weights.shape[0], : weights.shape[1]] = weights
        factors = transform(padded)
        assert all(math.isclose(response.values[cell], abs(factors[cell]), abs_tol=1e-9) for cell in factors)
        conv = helpers.conv(values[None, None], weights[None, None], padding="same", padding_mode="circular")
        np.testing.assert_allclose(answer.values, conv[0, 0], atol=1e-9)
        widest = max(float(limit) for limit in options["cutoffs"].split(","))
        means = [
            [abs(factors[cell]) for cell in factors if (speed(cell, values.shape) <= widest) == which]
            for which in (True, False)
        ]
        slow, quick = (text.lstrip("≈ ") for text in texts[2 * index : 2 * index + 2])
        assert near(slow, sum(means[0]) / len(means[0]))
        assert near(quick, sum(means[1]) / len(means[1]))


def test_kernels_let_through_what_loops_say(case):
    filters(*case)


def test_sentences_follow_from_the_numbers(case):
    options, seen = case
    said = [beat.text for beat in seen.scene.beats]
    first, second = said[-4], said[-2]
    assert ("alike" in first) == (options["kernel"] == "identity")
    assert ("weaker" in first) == (options["kernel"] == "box-blur")
    assert ("stronger" in second) == (options["against"] == "1,-1")
    assert ("weaker" in second) == (options["against"] == "sobel-y")  # of 6 x 8 points, few waves are slow


def test_a_mask_that_lies_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.frequency.low_pass", lambda plane, limit: low_pass(plane, limit / 2))
    with pytest.raises(AssertionError):
        check(CASES["digit"], watch(Spied, **CASES["digit"]))


def test_a_forged_response_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.frequency.frequency_response", lambda _, shape: np.ones(shape))
    with pytest.raises(AssertionError):
        filters(CASES["digit"], watch(Spied, **CASES["digit"]))
