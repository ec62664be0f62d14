"""Strides: what is kept is what nested loops keep, marks stand on what is visited, and what is never seen is sunk."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.stage.color import rgb
from cnnviz.subjects import Stride
from tests import helpers
from tests.scenes.drawn import marking, outlined, texts
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s03-stride")
SCENE = marking(load_scene(ENTRY.path, ENTRY.class_name))
ENDS = ("No further", "The last")
CASES = {
    "digit": {},
    "padded": {"image": "blackboard", "kernel": "edge-x", "padding": 1, "theme": "light"},
    "wide": {"image": "ramp", "size": (5, 9), "kernel": "1,0,-2;0,0.5,0", "dilation": (1, 2), "strides": "2,4"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return watch(SCENE, **request.param), request.param


def strides(options):
    return [int(s) for s in options.get("strides", "2,3").split(",")]


def answer(options, stride):
    values = load_image(options.get("image", "digit:3"), size=options.get("size")).values
    weights = kernel(options.get("kernel", "sobel-x")).values
    settings = {name: options[name] for name in ("padding", "dilation") if name in options}
    return helpers.conv(values[None], weights[None, None], stride=stride, **settings)[0, 0]


def unreached(options, stride):
    """The cells of the padded picture behind the last window, found by laying every window down."""
    values = load_image(options.get("image", "digit:3"), size=options.get("size")).values[0]
    weights = kernel(options.get("kernel", "sobel-x")).values
    spread = helpers.each_axis(options.get("dilation", 1), 2)
    ends = [0, 0]
    for at in helpers.cells(answer(options, stride).shape):
        spans = ((k - 1) * d + 1 for k, d in zip(weights.shape, spread, strict=True))
        ends = [max(end, i * stride + span) for end, i, span in zip(ends, at, spans, strict=True)]
    shape = [n + 2 * options.get("padding", 0) for n in values.shape]
    return {cell for cell in helpers.cells(shape) if cell[0] >= ends[0] or cell[1] >= ends[1]}


def agrees(found, values):
    return len(found) == values.size and all(near(text, values[cell]) for cell, text in found.items())


def check(watched, options):
    """Maps, marks and what is sunk, in the pictures that stand once a stride is through, and the last one."""
    scene = watched.scene
    last = watched.stills[-1]
    assert agrees(texts(last, scene.every), answer(options, 1))
    ends = [beat for beat in scene.beats if beat.text.startswith(ENDS)]
    for kept, stride, end in zip(scene.kept, strides(options), ends, strict=True):
        assert agrees(texts(last, kept), answer(options, stride))
        visited = {(row * stride, column * stride) for row, column in helpers.cells(answer(options, stride).shape)}
        through = [still for still in watched.stills if still.beat is end]
        assert through
        for still in through:
            marks = outlined(watched, still, scene.every, scene.theme.highlight)
            assert (len(marks), set(marks)) == (len(visited), {(*cell, 1, 1) for cell in visited})
        sheets = {sheet.grid: sheet for still in through for sheet in still.grids}
        assert set(sheets[scene.every].shown) - set(sheets[scene.every].sunk) == visited
        assert set(sheets[scene.x].sunk) == unreached(options, stride)


def test_what_is_kept_and_what_is_lost_are_those_of_nested_loops(case):
    check(*case)


def test_shapes_and_sizes_are_written(case):
    watched, options = case
    labels = [label.text for label in watched.stills[-1].labels]
    written = {text for still in watched.stills for text in still.formulas}
    for stride in (1, *strides(options)):
        rows, columns = answer(options, stride).shape
        assert any(f"{rows} × {columns}" in text for text in labels)
        assert str(columns) in written


def test_nothing_is_wrong_with_it(case):
    assert not findings(case[0])


@pytest.mark.full
def test_skipped_pixels_of_a_photograph_sink():
    options = {"image": "photo:china", "size": 20, "strides": "3"}
    watched = watch(SCENE, **options)
    every, look, grid = answer(options, 1), watched.scene.theme, watched.scene.every
    still = [still for still in watched.stills if still.beat and still.beat.text.startswith(ENDS)][-1]
    (sheet,) = [sheet for sheet in still.grids if sheet.grid is grid]
    for (row, column), value in np.ndenumerate(every):
        full = np.array(rgb(look.fill("output", value / np.abs(every).max())))
        sunk = 0.15 * full + 0.85 * np.array(rgb(look.ground))
        shown = sheet.pixels[row, column].astype(int)
        assert np.abs(shown - (sunk if row % 3 or column % 3 else full)).max() <= 1


def forge(monkeypatch):
    genuine = SCENE.build

    def forged(self):
        genuine(self)
        self.kept[0].texts[0][0] = "7"

    monkeypatch.setattr(SCENE, "build", forged)


def displace(monkeypatch):
    genuine = Outline.lay
    monkeypatch.setattr(Outline, "lay", lambda self, cell: genuine(self, (cell[0], cell[1] + 1)))


def miscount(monkeypatch):
    monkeypatch.setattr(Stride, "left_over", lambda *_: (0, 1))


@pytest.mark.parametrize("broken", [forge, displace, miscount])
def test_what_is_wrong_would_be_noticed(monkeypatch, broken):
    broken(monkeypatch)
    with pytest.raises((AssertionError, KeyError, IndexError)):
        check(watch(SCENE), {})
