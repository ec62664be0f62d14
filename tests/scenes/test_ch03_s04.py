"""Dilation: its maps and its reach equal nested loops, the marked cells are those that no way leads to."""

import itertools

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.engine.trace import trace_conv
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Window
from cnnviz.stage.stories.dilating import Fan
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
        (mark,) = (mark for mark in still.marks if mark.outline is window.frame)
        drawn_at = mark.frame.shares(mark.corners).min(axis=0).round()
        assert tuple(drawn_at) == (answer.shape[0] - 1, answer.shape[1] - 1)
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
    np.testing.assert_array_equal(together.values, ways((1, 2, 4)) > 0)
    np.testing.assert_array_equal(apart.values, ways((2, 2, 2)) > 0)
    assert together.values.all()
    missing = int((ways((2, 2, 2)) == 0).sum())
    (said,) = (beat.text for beat in watched.scene.beats if "never seen" in beat.text)
    assert f"{missing} of {apart.values.size} cells" in said
    labels = " ".join(label.text for label in watched.stills[-1].labels)
    assert f"{missing} / {apart.values.size}" in labels
    for stack in ((1, 2, 4), (2, 2, 2)):
        for depth in (1, 2, 3):
            assert str(int((ways(stack[-depth:]) > 0).sum())) in labels


def test_the_cells_in_red_are_never_seen():
    fan = Fan((2, 2, 2), [ways((2, 2, 2)[-depth:]) for depth in (1, 2, 3)])
    fan.field.settle(0.0, 0.0, 0.3)
    fan.counts.settle(4.0, 0.0, 0.3)
    tiles, _, count = fan.holes()
    unseen = [fan.field.cell_box(tuple(cell)).center for cell in np.argwhere(ways((2, 2, 2)) == 0)]
    drawn = tiles.points.reshape(count, -1, 3)[..., :2]
    np.testing.assert_allclose((drawn.min(axis=1) + drawn.max(axis=1)) / 2, unseen, atol=1e-6)


def test_weights_lie_on_the_cells_that_the_kernel_reaches():
    watched = watch(SCENE, image="blackboard", kernel="1,0;2,-1", dilations="1,2")
    tags = 0
    for still in watched.pictures:
        for window in (part for part in still.family if type(part) is Window):
            for tag, cell in zip(window.tags, window.cells(), strict=bool(window.tags)):
                box, (x, y, _) = window.grid.cell_box(cell), tag.get_center()
                assert box.left < x < box.right
                assert box.bottom < y < box.top
                assert near(tag.text, kernel("1,0;2,-1").values[tag.weight])
                tags += 1
    assert tags
