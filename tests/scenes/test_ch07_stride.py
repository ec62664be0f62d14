"""A stride on its way back: dX, the zeros and the cells under the window equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import kernel
from cnnviz.errors import ShapeError
from cnnviz.render.catalog import find, load_scene
from cnnviz.subjects import StridedGradient
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch07-s03-stride")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
NINE = "1,2,3;4,5,6;7,8,9"
CASES = {
    "lecture": ("16:9", {}),
    "three": (
        "9:16",
        {"image": "digit:5", "size": "8", "kernel": "sobel-x", "stride": "3", "dy": "squares", "theme": "light"},
    ),
    "small": ("4:3", {"image": "blackboard", "kernel": "1,-1", "dy": "sum"}),
}


@pytest.fixture(scope="module", params=[pytest.param(n, marks=[pytest.mark.full] * (n != "lecture")) for n in CASES])
def case(request):
    aspect, options = CASES[request.param]
    return options, watch(SCENE, aspect, **options)


def answer(options, watched):
    """The gradient of the input by nested loops, and dY spread out by hand."""
    weights = kernel(options.get("kernel", NINE)).values
    stride, dy, shape = int(options.get("stride", 2)), watched.scene.subject.given, watched.scene.subject.dx.shape
    dx, _, _ = helpers.conv_vjp(dy[None, None], np.zeros((1, 1, *shape)), weights[None, None], stride=stride)
    spread = np.zeros([n + k - 1 for n, k in zip(shape, weights.shape, strict=True)])
    for (i, j), value in np.ndenumerate(dy):
        spread[i * stride + weights.shape[0] - 1, j * stride + weights.shape[1] - 1] = value
    return dx[0, 0], spread, weights


def check(options, watched):
    dx, spread, weights = answer(options, watched)
    last = watched.stills[-1]
    for title, true in (("dX", dx), ("dY and zeros", spread), ("W rotated", weights[::-1, ::-1])):
        (sheet,) = (each for each in last.grids if each.grid.title == title)
        np.testing.assert_allclose(sheet.values, true, atol=1e-9)
        assert all(near(text, true[cell]) for cell, text in sheet.texts.items())
        assert len(sheet.texts) == true.size or sheet.pixels is not None


def test_the_last_picture_is_that_of_nested_loops(case):
    check(*case)


def test_the_ringed_cells_are_all_of_dy_under_the_window(case):
    options, watched = case
    dx, _, weights = answer(options, watched)
    scene, stride = watched.scene, int(options.get("stride", 2))
    (target,) = {mark.cell for mark in watched.stills[-1].marks if mark.grid is scene.dx}
    rings = {
        mark.cell for mark in watched.stills[-1].marks if mark.grid is scene.spread and mark.rows == 1 == mark.columns
    }
    reached = set()
    for i, j in np.ndindex(scene.subject.given.shape):
        if 0 <= target[0] - i * stride < weights.shape[0] and 0 <= target[1] - j * stride < weights.shape[1]:
            reached.add((i * stride + weights.shape[0] - 1, j * stride + weights.shape[1] - 1))
    assert rings - {target} <= reached
    assert reached <= rings
    assert abs(dx[target]) == np.abs(dx).max()


def test_nothing_is_wrong_under_any_option(case):
    assert not findings(case[1])


def test_zeros_in_the_wrong_place_would_be_noticed(monkeypatch):
    prepare = StridedGradient.prepare

    def careless(self):
        prepare(self)
        self.places = self.close

    monkeypatch.setattr(StridedGradient, "prepare", careless)
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


def test_a_single_window_is_refused():
    with pytest.raises(ShapeError) as caught:
        StridedGradient("blackboard", kernel=np.ones((5, 5)))
    assert str(caught.value) == (
        "strided gradient: expected at least two windows, or nothing stands between, got one; "
        "use a smaller stride or a larger picture"
    )
