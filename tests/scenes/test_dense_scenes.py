"""The counts and sums of the scenes on dense layers, read back from the picture."""

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from tests.scenes.watch import value, watch


def play(slug, **options):
    entry = find(slug)
    return watch(load_scene(entry.path, entry.class_name), **options)


def texts(still):
    return [label.text for label in still.labels]


def test_counts_of_the_dense_layer_are_the_known_ones():
    seen = play("ch01-s02-dense-growth")
    last = texts(seen.stills[-1])
    for count in ("1,204,736", "4,817,408", "19,268,096", "77,070,848", "150,528"):
        assert count in last
    assert last.count("1,792") == 5  # in the sum and under each size
    small = {text for still in seen.stills[:6] for text in texts(still)}
    assert {"65", "650"} <= small


@pytest.mark.parametrize("options", [{}, {"image": "digit:7", "seed": 5, "theme": "light"}], ids=["given", "chosen"])
def test_outputs_are_the_sums_of_what_is_drawn(options):
    check(play("ch01-s04-weight-sharing", **options).stills[-1])


def check(still):
    """Multiply and add up the numbers on the picture, and compare with the outputs on it."""
    board, *weights = (drawn(grid) for grid in still.grids)
    assert len(weights) == 12
    sums = [sum(weight * board[cell] for cell, weight in grid.items()) for grid in weights]
    row = sorted((label for label in still.labels if label.size == 24), key=lambda label: label.box[0])
    assert [float(label.text.replace("−", "-")) for label in row] == sums


def drawn(grid):
    return {cell: value(text)[0] for cell, text in grid.texts.items() if text}


def test_a_wrong_output_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.weight_sharing.linear", lambda *_: np.full((1, 4), 99.0))
    with pytest.raises(AssertionError):
        check(play("ch01-s04-weight-sharing").stills[-1])


def test_the_real_layer_is_counted():
    last = texts(play("ch01-s04-weight-sharing").stills[-1])
    assert {"64", "16", "4", "41,887,296", "2,238,016", "18,496"} <= set(last)
