"""Dilation: its maps and its reach equal nested loops, the marked cells are those that no way leads to."""

import itertools

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.engine.trace import trace_conv
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline, Window
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s04-dilation")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "numbers": {"image": "blackboard", "kernel": "1,0;2,-1", "dilations": "1,2"},
    "digit": {"image": "digit:5", "kernel": "sobel-x", "dilations": "1,3", "theme": "light"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def check(options, watched):
    """At the end of each dilation the map is that of nested loops, and the window lies where the last step is."""
    picture, weights = load_image(options["image"]).values, kernel(options["kernel"]).values
    for dilation in map(int, options["dilations"].split(",")):
        answer = helpers.conv(picture[None], weights[None, None], dilation=dilation)[0, 0]
        reach = dilation * (weights.shape[1] - 1) + 1
        still = [still for still in watched.pictures if still.beat and f"Dilation {dilation}:" in still.beat.text][-1]
        assert f"reaches over {reach} cells" in still.beat.text
        (drawn,) = (grid for grid in still.grids if grid.role == "output")
        np.testing.assert_allclose(drawn.values, answer)
        assert all(near(text, answer[cell]) for cell, text in drawn.texts.items())
        (window,) = (part for part in still.family if type(part) is Window)
        assert tuple(window.cell) == (answer.shape[0] - 1, answer.shape[1] - 1)
        assert tuple(window.dilation) == (dilation, dilation)


def test_maps_reach_and_window_are_those_of_nested_loops(case):
    check(*case)


def test_a_trace_of_another_dilation_would_be_noticed(monkeypatch):
    monkeypatch.setattr("cnnviz.subjects.dilation.trace_conv", lambda *arrays, **_: trace_conv(*arrays))
    with pytest.raises(AssertionError):
        check(CASES["numbers"], watch(SCENE, **CASES["numbers"]))


def test_a_displaced_window_would_be_noticed(monkeypatch):
    monkeypatch.setattr(SCENE, "part", lambda *given: given[1])
    with pytest.raises(AssertionError):
        check(CASES["digit"], watch(SCENE, **CASES["digit"]))


def ways(dilations):
    """Count the ways from every cell to one result, by going all of them."""
    side = 2 * sum(dilations) + 1
    count = np.zeros((side, side))
    steps = list(itertools.product((-1, 0, 1), repeat=2))
    for path in itertools.product(steps, repeat=len(dilations)):
        row, column = (sum(d * step[axis] for d, step in zip(dilations, path, strict=True)) for axis in (0, 1))
        count[side // 2 + row, side // 2 + column] += 1
    return count


def test_the_cells_that_three_layers_see_are_those_that_a_way_leads_to(case):
    _, watched = case
    together, apart = (grid for grid in watched.stills[-1].grids if grid.role == "input")
    np.testing.assert_array_equal(together.values, ways((1, 2, 4)))
    np.testing.assert_array_equal(apart.values, ways((2, 2, 2)))
    assert (together.values > 0).all()


def test_the_marked_cells_are_never_seen(monkeypatch):
    marked, point = [], SCENE.point

    def pointing(scene, *things, **how):
        marked.extend(things)
        point(scene, *things, **how)

    monkeypatch.setattr(SCENE, "point", pointing)
    watch(SCENE, **CASES["numbers"])
    marks = [thing for thing in marked if isinstance(thing, Outline)]
    assert len(marks) == 4
    assert all(ways((2, 2, 2))[mark.cell] == 0 for mark in marks)
