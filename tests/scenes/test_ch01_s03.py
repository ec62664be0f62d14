"""Neighbors: where pixels lie in the line, what shuffling keeps, and every seed of what was measured."""

import json
from itertools import product

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.data.split import digits_split
from cnnviz.nn.experiments.catalog import FOLDER
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline, Window
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.mobjects.tiles import Tiles
from cnnviz.stage.pictures.tally import Tally
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
    plain, mixed = (sheet for sheet in said(seen, "Which network").grids if sheet.role == "input")
    assert sorted(plain.values.ravel()) == sorted(mixed.values.ravel())
    assert (plain.values != mixed.values).any()
    np.testing.assert_array_equal(plain.values, load_image("digit:7").values[0])


def rings(tiles):
    """The corners of each square: four lines of a curve each."""
    return tiles.points.reshape(-1, 16, 3)


def boxes(tiles):
    """The corners of the squares of one mobject, in lines from above."""
    return sorted({(round(-ring[:, 1].min(), 3), round(ring[:, 0].min(), 3)) for ring in rings(tiles)})


def full(tally, tiles):
    """Whether tiles are squares of what was counted, neither rails nor outlines."""
    return len(tiles.points) and tiles.fill_opacity and np.ptp(rings(tiles)[0][:, 0]) < tally.side + 0.01


def squares(tally):
    """How many squares each line of a tally holds, by looking at them."""
    found = [box for part in tally.content if isinstance(part, Tiles) and full(tally, part) for box in boxes(part)]
    return [sum(box[0] == y for box in found) for y in sorted({box[0] for box in found})]


def check_squares(seen, chart):
    still, digits, sums = seen.stills[-1], len(digits_split().test), {}
    texts = {label.text.strip() for label in still.labels}
    tallies = [part for part in still.family if isinstance(part, Tally)]
    for tally, (place, name) in zip(tallies, product(("as they are", "shuffled"), ("MLP", "CNN")), strict=True):
        assert tally.title == name
        series = next(each for each in chart["series"] if each["label"] == name)
        values = next(point["values"] for point in series["points"] if point["at"] == place)
        wrong = [digits - round(digits * value) for value in values]
        assert squares(tally) == wrong
        sums[place, name] = sum(wrong)
        more = sum(wrong) - sums["as they are", name]
        written = {f"{sum(wrong)} of {digits * len(wrong):,} misread"}
        if place == "shuffled":
            written = {f"{sum(wrong) - more}", f"+ {more}", f"= {sum(wrong)}"}
        assert written <= texts


def test_every_misread_digit_is_a_square_in_the_line_of_its_seed(seen):
    check_squares(seen, CHART)


def test_each_picture_stands_beside_what_was_misread_of_such_ones(seen):
    still = seen.stills[-1]
    grids = sorted((grid.grid for grid in still.grids if grid.role == "input"), key=lambda grid: -grid.box.top)
    tallies = [part for part in still.family if isinstance(part, Tally)]
    assert [grid.title for grid in grids] == ["as they are", "shuffled"]
    for grid, both in zip(grids, (tallies[:2], tallies[2:]), strict=True):
        assert all(abs(tally.box.top - grid.box.top) < 0.01 and tally.box.left > grid.box.right for tally in both)


def test_what_is_more_than_before_is_lit(seen):
    tallies = [part for part in seen.stills[-1].family if isinstance(part, Tally)]
    for before, after in zip(tallies[:2], tallies[2:], strict=True):
        lit = [
            part
            for part in after.content
            if isinstance(part, Tiles) and str(part.fill_color).lower() == after.theme.glow
        ]
        more = sum(max(0, now - old) for old, now in zip(before.counts, after.counts, strict=True))
        assert sum(len(boxes(part)) for part in lit if len(part.points)) == more


def test_a_forged_number_would_be_noticed(seen):
    forged = json.loads(json.dumps(CHART))
    forged["series"][1]["points"][1]["values"][0] += 0.01
    with pytest.raises(AssertionError):
        check_squares(seen, forged)


def test_the_small_window_holds_both_pixels_only_before_they_are_shuffled(seen):
    still = said(seen, "window holds both")
    plain, mixed = (part for part in still.family if isinstance(part, Window))
    where = [
        [mark.cell for mark in still.family if isinstance(mark, Outline) and mark.grid is each.grid and mark.rows == 1]
        for each in (plain, mixed)
    ]
    held = [
        [cell for cell in cells if cell in set(window.cells())]
        for window, cells in zip((plain, mixed), where, strict=True)
    ]
    assert list(map(len, held)) == [2, 1]


def test_the_sentences_follow_the_numbers(seen):
    means = {
        (each["label"], point["at"]): np.mean(point["values"]) for each in CHART["series"] for point in each["points"]
    }
    lead = [means["CNN", place] - means["MLP", place] for place in ("as they are", "shuffled")]
    assert ("lead of the CNN shrinks" in seen.rendered.subcaptions[-1].text) == (lead[1] < lead[0])
    assert said(seen, "as they are").beat.text.endswith("the MLP misreads 58.")
    assert said(seen, "The CNN misreads").beat.text == "The CNN misreads 26 of them."
    assert said(seen, "the CNN misreads").beat.text.endswith("54: 28 more.")
