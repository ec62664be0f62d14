"""Scenes nobody would write: the fast renderer's frames are Manim's there too."""

import pytest

from tests.render.fast.compare import ALLOWED, both, differences
from tests.render.fast.shuffle import random_scene


def check(seed):
    (told, fast), (stock_told, stock) = both(random_scene(seed), width=256, height=144)
    assert told == stock_told
    assert max(differences(fast, stock)) <= ALLOWED


@pytest.mark.parametrize("seed", range(6))
def test_random_scenes(seed):
    check(seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 300))
def test_many_random_scenes(seed):
    check(seed)
