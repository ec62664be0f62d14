import itertools

import numpy as np
import pytest

from cnnviz.stage import SiftedGrid
from cnnviz.stage.color import READABLE, contrast
from cnnviz.stage.theme import ROLES, THEMES, theme


def grid(look="dark", role="input", padding=None):
    values = np.array([[4.0, -2.0], [0.0, 1.0]])
    return SiftedGrid(values, role=role, scale=4.0, cell=0.8, theme=theme(look), padding=padding)


def drawn(made):
    return {cell: fill.get_fill_color().to_hex().lower() for cell, fill in made.fills.items()}


def test_cells_step_back_and_come_forward_again():
    made = grid()
    before = drawn(made)
    made.sift({(0, 0), (0, 1)})
    after = drawn(made)
    assert {cell for cell in before if before[cell] != after[cell]} == {(0, 0), (0, 1)}
    assert made.labels[0, 0].get_fill_color().to_hex().lower() == made.theme.muted
    made.sift(set())
    assert drawn(made) == before
    assert made.labels[0, 0].get_fill_color().to_hex().lower() == made.ink((0, 0)) != made.theme.muted


@pytest.mark.parametrize(("look", "role"), [*itertools.product(THEMES, ROLES)])
def test_what_stepped_back_can_still_be_read(look, role):
    made = grid(look, role)
    made.sift(made.fills)
    assert all(contrast(made.theme.muted, fill) >= READABLE for fill in drawn(made).values())
