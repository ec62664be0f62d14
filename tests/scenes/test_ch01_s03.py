"""Neighbors: where pixels lie in the line, what shuffling keeps, and every seed of what was measured."""

import json

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline, Spread
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures.arrows import Arrow
from tests.scenes.dots import check_spread
from tests.scenes.watch import watch

ENTRY = find("ch01-s03-neighbors")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
(CHART,) = json.loads((FOLDER / "shuffling.json").read_text("utf-8"))["charts"]


@pytest.fixture(scope="module")
def seen():
    return watch(SCENE, image="digit:7", seed=4, theme="light")


def said(seen, words):
    """The last picture of the beat with these words."""
    return [still for still in seen.pictures if still.beat and words in still.beat.text][-1]


def test_two_pixels_that_touch_are_followed_to_their_places(seen):
    still, values = said(seen, "places apart"), load_image("digit:7").values[0]
    cells = sorted(part.cell for part in still.family if isinstance(part, Outline))
    (row, column), below = cells
    assert below == (row + 1, column)
    assert values[row, column] + values[below] == max(values[i, j] + values[i + 1, j] for i, j in np.ndindex(7, 8))
    line = seen.scene.line.box
    marks = [part for part in still.family if isinstance(part, Rectangle) and part.get_stroke_width()]
    lefts = sorted(float(mark.points[:, 0].min()) for mark in marks if mark.width < 2 * line.width / 64)
    found = [round((left - line.left) / line.width * 64) for left in lefts]
    assert found == [8 * row + column, 8 * row + column + 8]
    texts = {label.text for label in still.labels}
    assert {str(found[0]), str(found[1]), "8"} <= texts
    assert "8 places apart" in still.beat.text


def test_shuffling_keeps_every_number(seen):
    plain, mixed = (sheet for sheet in said(seen, "Not a number").grids if sheet.role == "input")
    assert sorted(plain.values.ravel()) == sorted(mixed.values.ravel())
    assert (plain.values != mixed.values).any()
    np.testing.assert_array_equal(plain.values, load_image("digit:7").values[0])


def apart(a, b):
    """How far the middles of two boxes are from each other."""
    return np.hypot(*np.subtract(a.center, b.center))


def check_dots(seen, chart):
    still = seen.stills[-1]
    spreads = [part for part in still.family if isinstance(part, Spread)]
    grids = sorted((grid for grid in still.grids if grid.role == "input"), key=lambda grid: -grid.grid.box.top)
    assert [grid.grid.title for grid in grids] == [point["at"] for point in chart["series"][0]["points"]]
    beside = [min(spreads, key=lambda spread: apart(spread.box, grid.grid.box)) for grid in grids]
    assert beside == spreads
    for place, spread in enumerate(spreads):
        measured = {each["label"]: each["points"][place]["values"] for each in chart["series"]}
        check_spread(still, spread, measured, digits=2)


def test_every_seed_is_a_dot_at_its_value(seen):
    check_dots(seen, CHART)


def test_what_shuffling_takes_is_written_at_arrows_from_mean_to_mean(seen):
    still, (_, below) = seen.stills[-1], [part for part in seen.stills[-1].family if isinstance(part, Spread)]
    arrows = [part for part in still.family if isinstance(part, Arrow)]
    for each, arrow in zip(CHART["series"], arrows, strict=True):
        before, after = (np.mean(point["values"]) for point in each["points"])
        assert (arrow.start[0], arrow.end[0]) == pytest.approx((below.x(before), below.x(after)))
        texts = {label.text for label in still.labels if abs(label.center[1] - arrow.start[1]) < 0.1}
        assert f"≈ −{100 * (before - after):.2f}" in texts
        printed = [round(100 * mean, 2) for mean in (before, after)]
        assert printed[0] - printed[1] == pytest.approx(100 * (before - after), abs=0.005)


def test_a_forged_number_would_be_noticed(seen):
    forged = json.loads(json.dumps(CHART))
    forged["series"][1]["points"][1]["values"][0] += 0.01
    with pytest.raises(AssertionError):
        check_dots(seen, forged)


def test_the_sentences_follow_the_numbers(seen):
    means = {
        (each["label"], point["at"]): np.mean(point["values"]) for each in CHART["series"] for point in each["points"]
    }
    lead = [means["CNN", place] - means["MLP", place] for place in ("as they are", "shuffled")]
    assert ("lead of the CNN shrinks" in seen.rendered.subcaptions[-1].text) == (lead[1] < lead[0])
    assert f"{100 * means['CNN', 'as they are']:.2f} %" in said(seen, "as they are").beat.text
