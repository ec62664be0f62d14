"""The flip: both kernels and both maps equal nested loops, and the sentence is the one that the numbers ask for."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s04-flip")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "different": {},
    "opposite": {"image": "blackboard", "kernel": "edge-x"},
    "same": {"kernel": "laplacian", "theme": "light"},
    "own": {"image": "digit:5", "kernel": "1,2;3,-4"},
}


@pytest.fixture(scope="module", params=CASES.items(), ids=CASES.keys())
def case(request):
    name, options = request.param
    return name, options, watch(SCENE, **options)


def maps(options):
    picture = load_image(options.get("image", "blackboard")).values
    weights = kernel(options.get("kernel", "2,1,0;1,0,0;0,0,-1")).values
    both = weights, np.array([[weights[-1 - i, -1 - j] for j in range(weights.shape[1])] for i in range(len(weights))])
    return both, [helpers.conv(picture[None], one[None, None])[0, 0] for one in both]


def drawn(still, role, wanted):
    grids = [grid for grid in still.grids if grid.role == role]
    for grid, one in zip(grids, wanted, strict=True):
        assert len(grid.texts) == one.size
        assert all(near(text, one[cell]) for cell, text in grid.texts.items()), role


def check(options, watched):
    (weights, turned), (first, second) = maps(options)
    (mid,) = [still for still in watched.stills if still.beat is watched.scene.beats[3]][-1:]
    drawn(mid, "kernel", (weights, weights, turned))
    drawn(mid, "output", (first, second))
    last = watched.stills[-1]
    learned = (weights, turned, weights) if (first != second).any() else (weights, weights, turned)
    drawn(last, "kernel", learned)
    drawn(last, "output", (first, first))
    return first, second


def test_kernels_and_maps_are_those_of_nested_loops(case):
    check(*case[1:])


def test_the_sentence_follows_from_the_maps(case):
    name, options, watched = case
    first, second = check(options, watched)
    true = "same" if np.array_equal(first, second) else "opposite" if np.array_equal(first, -second) else "different"
    assert name.replace("own", "different") == true
    said = {"same": "changes nothing", "opposite": "changes its sign", "different": "another map."}[true]
    assert said in watched.scene.beats[3].text


def test_the_marks_stand_on_the_strongest_answer(case):
    _, options, watched = case
    answers = check(options, watched)
    cell = np.unravel_index(np.abs(answers[0]).argmax(), answers[0].shape)
    marks = [part for part in watched.stills[-1].family if isinstance(part, Outline) and part.grid.role == "output"]
    assert len(marks) == 2
    for mark in marks:
        (x, y), grid = (mark.points[:, :2].min(axis=0) + mark.points[:, :2].max(axis=0)) / 2, mark.grid
        assert (int((grid.box.top - y) // grid.side), int((x - grid.box.left) // grid.side)) == tuple(cell)


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[2]), broken.__name__


def test_a_kernel_that_is_not_turned_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.flip.trace_conv", lambda x, w: genuine(x, abs(w)))
    from cnnviz.engine.trace import trace_conv as genuine

    with pytest.raises(AssertionError):
        check({}, watch(SCENE))
