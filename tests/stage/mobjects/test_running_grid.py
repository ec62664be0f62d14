import numpy as np
import pytest

from cnnviz.stage import RunningGrid
from cnnviz.stage.layout import SMALLEST
from cnnviz.stage.text import Label
from cnnviz.stage.theme import theme

DARK = theme("dark")


def grid(**options):
    return RunningGrid((2, 3), widest=["−100"], role="gradient", scale=100.0, cell=0.8, theme=DARK, **options)


def labels(made):
    return [part for part in made.submobjects if isinstance(part, Label)]


def test_it_starts_empty_and_keeps_one_label_for_each_cell():
    made = grid()
    assert labels(made) == []
    for value in (3.0, -100.0):
        made.put((1, 2), value)
        assert len(labels(made)) == 1
    assert made.values[1, 2] == -100.0
    assert made.fills[1, 2].get_fill_color().to_hex().lower() == DARK.fill("gradient", -1.0)


def test_the_type_size_is_that_of_the_widest_text_from_the_start():
    made, narrow = grid(), RunningGrid((2, 3), widest=["1"], role="input", scale=1.0, cell=0.8, theme=DARK)
    assert SMALLEST <= made.type_size < narrow.type_size
    made.put((0, 0), 1.0)
    assert labels(made)[0].size == made.type_size


def test_values_of_others_stay_as_they_are():
    border = np.zeros((2, 3), dtype=bool)
    border[0] = True
    made = grid(border=border)
    made.put((0, 0), 50.0)
    muted, plain = made.color_of((0, 0)), DARK.fill("gradient", 0.5)
    assert muted != plain
    assert border.sum() == 3


def test_an_erased_cell_is_ground():
    made = grid()
    made.put((0, 0), 5.0)
    made.erase((0, 0))
    made.erase((0, 1))
    assert labels(made) == []
    assert made.fills[0, 0].get_fill_color().to_hex().lower() == DARK.ground


@pytest.mark.parametrize("cell", [0.3, 0.2])
def test_what_cannot_be_read_is_not_written(cell):
    made = RunningGrid((1, 1), widest=["−100"], role="gradient", scale=1.0, cell=cell, theme=DARK)
    made.put((0, 0), 1.0)
    assert labels(made) == []
