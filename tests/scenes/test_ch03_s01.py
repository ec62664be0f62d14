"""Padding modes: every border cell, every sum and all five maps equal nested loops and the worked example."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.stage.color import rgb
from cnnviz.subjects.padding import MODES
from tests import helpers
from tests.scenes.drawn import marking, outlined
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s01-padding-modes")
SCENE = marking(load_scene(ENTRY.path, ENTRY.class_name))
ROW_0 = {  # of the worked example
    "none": [-6, -6, 4],
    "zeros": [-9, -4, -4, 6, 13],
    "replicate": [-3, -6, -6, 4, 7],
    "reflect": [0, -6, -6, 14, 0],
    "circular": [-1, -6, -6, 4, 9],
}
CASES = {
    "blackboard": {},
    "digit": {"image": "digit:3", "size": 6, "kernel": "sobel-x", "theme": "light"},
    "flat": {"image": "ramp", "size": (3, 6), "kernel": "1/2,-0.5", "padding": (0, 2)},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return watch(SCENE, **request.param), request.param


def answers(options):
    """The padded picture and the map of each mode, cell by cell."""
    values = load_image(options.get("image", "blackboard"), size=options.get("size")).values[0]
    weights = kernel(options.get("kernel", "edge-x")).values
    pads = helpers.sides(options.get("padding", "same"), weights.shape, (1, 1))
    found = {"none": (values, helpers.conv(values[None, None], weights[None, None])[0, 0])}
    for mode in MODES[1:]:
        padded = np.zeros([n + before + after for n, (before, after) in zip(values.shape, pads, strict=True)])
        for cell in helpers.cells(padded.shape):
            at = helpers.found([i - before for i, (before, _) in zip(cell, pads, strict=True)], values.shape, mode)
            padded[cell] = 0.0 if at is None else values[at]
        settings = {"padding": pads, "padding_mode": mode}
        found[mode] = padded, helpers.conv(values[None, None], weights[None, None], **settings)[0, 0]
    return found


def agrees(found, values):
    return len(found) == values.size and all(near(text, values[cell]) for cell, text in found.items())


def texts(still, grid):
    """What is written in the cells of a grid, wherever it stood then."""
    (sheet,) = (sheet for sheet in still.grids if sheet.grid is grid)
    return sheet.texts


def within(found):
    """What is written, from its first row and column on."""
    top, left = (min(cell[axis] for cell in found) for axis in (0, 1))
    return {(row - top, column - left): text for (row, column), text in found.items()}


def check(watched, options):
    """Every mode where its window is worked out, and all of them at the end."""
    scene, expected, last = watched.scene, answers(options), watched.stills[-1]
    bare = expected["none"][1]
    names = [label for label in last.labels if label.text in MODES]
    names.sort(key=lambda name: (-round(name.center[1]), name.center[0]))  # line by line
    assert [name.text for name in names] == list(MODES)
    sheets = {sheet.grid: sheet for sheet in last.grids}
    pictures = [sheets[scene.x[mode]] for mode in MODES if scene.x[mode] in sheets]
    assert len(pictures) in (0, 5)  # maps alone where both would be too small for numbers
    for seen, (padded, _) in zip(pictures, expected.values(), strict=bool(pictures)):
        assert agrees(within(seen.texts), padded)
    for mode, (_, answer) in expected.items():
        sheet = sheets[scene.y[mode]]
        assert agrees(within(sheet.texts), answer)
        frame = [each for each in outlined(watched, last, sheet.grid) if each[2:] != (1, 1) or bare.shape == (1, 1)]
        ((row, column, *shape),) = frame
        assert tuple(shape) == bare.shape
        inside = answer if mode == "none" else answer[row : row + shape[0], column : column + shape[1]]
        assert np.array_equal(inside, bare)
    marks, same = (outlined(watched, last, scene.y[m], scene.theme.highlight) for m in ("zeros", "replicate"))
    zeros, repeated = expected["zeros"][1], expected["replicate"][1]
    where = np.unravel_index(np.abs(zeros - repeated).argmax(), zeros.shape)
    assert marks == same
    assert [mark[:2] for mark in marks] in ([], [where])
    assert not marks or abs(repeated[where]) < abs(zeros[where]) / 2
    explained = [still for still in watched.stills if still.beat and "of this window" in still.beat.text]
    for mode in MODES[1:]:
        (*_, still) = [still for still in explained if any(part is scene.y[mode] for part in still.family)]
        padded, answer = expected[mode]
        assert agrees(texts(still, scene.x[mode]), padded)
        assert agrees(texts(still, scene.y[mode]), answer)
        (window,) = outlined(watched, still, scene.x[mode], scene.theme.kernel)
        (cell,) = outlined(watched, still, scene.y[mode], scene.theme.text)
        assert window[:2] == cell[:2]
        (result,) = [label.text for label in still.labels if label.size == 40 and label.text not in ("= ", "=", "≈")]
        assert near(result, answer[cell[:2]])
        assert near(still.beat.text.rstrip(".").split()[-1], answer[cell[:2]])


def test_borders_maps_and_sums_are_those_of_nested_loops(case):
    check(*case)


@pytest.mark.full
def test_without_padding_the_map_has_the_places_of_windows_inside():
    watched = watch(SCENE)
    (*_, still) = [s for s in watched.stills if s.beat and s.beat.text.startswith("None")]
    bare = answers({})["none"][1]
    found = texts(still, watched.scene.y["none"])
    assert {(row - 1, column - 1) for row, column in found} == set(helpers.cells(bare.shape))
    assert all(near(text, bare[row - 1, column - 1]) for (row, column), text in found.items())


def test_the_worked_example():
    expected = answers({})
    assert {mode: answer[0].tolist() for mode, (_, answer) in expected.items()} == ROW_0
    inside = expected["none"][1]
    assert all(np.array_equal(expected[mode][1][1:-1, 1:-1], inside) for mode in MODES[1:])


def test_nothing_is_wrong_with_it(case):
    assert not findings(case[0])


@pytest.mark.full
def test_a_photograph_is_compared_pixel_by_pixel():
    options = {"image": "photo:china", "size": 24, "kernel": "laplacian", "padding": 3}
    watched, expected = watch(SCENE, **options), answers(options)
    look = watched.scene.theme
    scale = max(np.abs(answer).max() for _, answer in expected.values())
    sheets = {sheet.grid: sheet for sheet in watched.stills[-1].grids}
    assert all(watched.scene.x[mode] in sheets for mode in MODES)
    for mode, (_, answer) in expected.items():
        pixels = sheets[watched.scene.y[mode]].pixels
        start = [(full - bare) // 2 for full, bare in zip(pixels.shape, answer.shape, strict=False)]
        for (row, column), value in np.ndenumerate(answer):
            assert tuple(pixels[row + start[0], column + start[1]][:3]) == rgb(look.fill("output", value / scale))


def forge(monkeypatch):
    genuine = SCENE.build

    def forged(self, subject):
        genuine(self, subject)
        self.y["reflect"].texts[0][0] = "7"

    monkeypatch.setattr(SCENE, "build", forged)


def displace(monkeypatch):
    genuine = Outline.__init__

    def moved(self, grid, cell, *rest, **look):
        genuine(self, grid, (cell[0], cell[1] + 1), *rest, **look)

    monkeypatch.setattr(Outline, "__init__", moved)


@pytest.mark.parametrize("broken", [forge, displace])
def test_what_is_wrong_would_be_noticed(monkeypatch, broken):
    broken(monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        check(watch(SCENE), {})
