"""Three kinds of layer: the outputs are the sums of what is drawn, blocks and windows lie where they belong."""

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Window
from tests.scenes.watch import value, watch

ENTRY = find("ch01-s04-weight-sharing")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "blackboard": {},
    "digit": {"image": "digit:7", "seed": 5, "theme": "light"},
}


class Spied(SCENE):
    """The scene, noting where its window is drawn when an output lands."""

    def work(self, panel, place, seconds):
        super().work(panel, place, seconds)
        self.places = {**getattr(self, "places", {}), (panel, place): around(self.window)}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def seen(request):
    return watch(Spied, **request.param)


def around(window):
    """The cells under the outline as it is drawn."""
    points, grid = window.frame.points, window.grid
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    lengths = grid.box.top - top, left - grid.box.left, top - bottom, right - left
    return tuple(round(float(length) / grid.side, 3) for length in lengths)


def numbers(grid):
    return {cell: value(text)[0] for cell, text in grid.texts.items()}


SAID = "No two outputs", "Locally connected", "one set of"


def check(seen):
    """Multiply and add up the numbers on the last picture of each layer and compare with the outputs on it."""
    for panel, words in enumerate(SAID):
        grids = [still for still in seen.pictures if still.beat and words in still.beat.text][-1].grids
        board, output = (numbers(grid) for role in ("input", "output") for grid in grids if grid.role == role)
        own, side = [grid for grid in grids if grid.role == "kernel"], 2 if panel else 4
        assert [len(numbers(block)) for block in own] == [side * side] * 4
        for place, block in enumerate(own):
            row, column = divmod(place, 2)
            first = (2 * row, 2 * column) if panel else (0, 0)
            total = 0
            for (i, j), weight in numbers(block).items():
                total += weight * board[first[0] + i, first[1] + j]
            assert output[row, column] == total, (panel, place)
            assert seen.scene.places[panel, place] == (*first, side, side), (panel, place)


def test_outputs_are_the_sums_of_what_is_drawn_and_the_window_shows_which_pixels(seen):
    check(seen)


def test_the_convolution_has_one_set_of_weights(seen):
    shared = [numbers(grid) for grid in drawn(seen, 2)]
    assert shared[0] == shared[1] == shared[2] == shared[3]
    local = [numbers(grid) for grid in drawn(seen, 1)]
    assert local[0] == shared[0]
    assert local[1] != shared[1]


def drawn(seen, panel):
    """The blocks of a panel as the last picture has them."""
    own = {id(block) for block in seen.scene.blocks[panel]}
    return [grid for grid in seen.stills[-1].grids if id(grid.grid) in own]


def test_all_is_counted(seen):
    assert {"64", "16", "4"} <= {label.text for label in seen.stills[-1].labels}
    charts = [still for still in seen.pictures if still.beat and "Whole networks" in still.beat.text][-1]
    texts = {label.text.strip() for label in charts.labels}
    assert {"41,887,296 ≈ 2,265 × 18,496", "2,238,016", "18,496", "109,386", "93,322"} <= texts
    squares = sorted(len(grid.grid.shown) for grid in charts.grids)
    assert squares == [1, round(2_238_016 / 18_496), round(41_887_296 / 18_496)] == [1, 121, 2265]


def test_a_wrong_output_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.weight_sharing.linear", lambda *_: np.full((1, 4), 99.0))
    with pytest.raises(AssertionError):
        check(watch(Spied))


def test_a_displaced_window_would_be_noticed(monkeypatch):
    genuine = Window.shift_to
    monkeypatch.setattr(Window, "shift_to", lambda window, cell: tuple(0.9 * part for part in genuine(window, cell)))
    with pytest.raises(AssertionError):
        check(watch(Spied))
