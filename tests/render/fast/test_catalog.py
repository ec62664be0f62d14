"""The scenes of the catalogue, frame by frame."""

import pytest

from cnnviz.render.catalog import load_scene, scenes
from tests.render.fast.compare import ALLOWED, both, differences

FIRST = list({entry.chapter: entry for entry in reversed(scenes())}.values())


def check(entry, fps):
    (told, fast), (stock_told, stock) = both(load_scene(entry.path, entry.class_name), fps=fps)
    assert told == stock_told
    assert max(differences(fast, stock)) <= ALLOWED


@pytest.mark.parametrize("entry", FIRST[::6], ids=lambda entry: entry.slug)
def test_the_first_scene_of_every_sixth_chapter(entry):
    check(entry, fps=2)


@pytest.mark.full
@pytest.mark.parametrize("entry", scenes(), ids=lambda entry: entry.slug)
def test_every_scene(entry):
    check(entry, fps=15)
