"""im2col: the columns are the windows that loops cut out, and rows times columns are the maps of nested loops."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.subjects import Im2col
from cnnviz.subjects.im2col import PIXELS
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s11-im2col")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "usual": {},
    "padded": {"image": "blackboard-4", "filters": "1,2;3,-1", "padding": 1, "stride": 2, "theme": "light"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def check(options, watched):
    """Columns, rows, products and maps, as they are written in the end, against loops."""
    scene, still = watched.scene, watched.stills[-1]
    sheets = {id(sheet.grid): sheet for sheet in still.grids}
    columns, rows, products = (sheets[id(grid)] for grid in (scene.columns, scene.rows, scene.products))
    picture = load_image(options.get("image", PIXELS)).values
    names = options.get("filters", "edge-x|sharpen").split("|")
    weights = np.stack([kernel(name).values for name in names])[:, None]
    pad, stride = options.get("padding", 0), options.get("stride", 1)
    padded = np.pad(picture[0], pad)
    kh, kw = weights.shape[2:]
    answer = helpers.conv(picture[None], weights, padding=pad, stride=stride)[0]
    across = answer.shape[2]
    for p, index in np.ndindex(answer[0].size, kh * kw):
        value = padded[p // across * stride + index // kw, p % across * stride + index % kw]
        assert near(columns.texts[index, p], value), (index, p)
    for k, index in np.ndindex(len(names), kh * kw):
        assert near(rows.texts[k, index], weights[k, 0, index // kw, index % kw])
    for k, p in np.ndindex(len(names), answer[0].size):
        total = sum(float(rows.values[k, i]) * float(columns.values[i, p]) for i in range(kh * kw))
        assert near(products.texts[k, p], total)
        assert total == pytest.approx(answer[k, p // across, p % across])
    for grid, expected in zip(scene.maps, answer, strict=True):
        assert all(near(text, expected[cell]) for cell, text in sheets[id(grid)].texts.items())
        assert len(sheets[id(grid)].texts) == expected.size
    said = watched.rendered.subcaptions[-1].text
    assert f"{kh * kw * answer[0].size} numbers in place of {padded.size}" in said


def test_every_number_is_that_of_nested_loops(case):
    check(*case)


def test_the_marked_cells_are_all_copies_of_one_pixel(case):
    _, watched = case
    still = [still for still in watched.pictures if still.beat and "copied" in still.beat.text][-1]
    marks = [part for part in still.family if type(part) is Outline and part.grid is watched.scene.columns]
    s = watched.scene.s
    assert {mark.cell for mark in marks} == set(s.places(s.favorite))
    assert len({s.columns[mark.cell] for mark in marks}) == 1


def test_a_wrong_copy_would_be_noticed(monkeypatch):
    genuine = Im2col.columns.fget
    monkeypatch.setattr(Im2col, "columns", property(lambda s: genuine(s)[::-1]))
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (
            {"image": "digit:3", "padding": 2},
            "image: expected a picture with at most 49 windows, each a column, got 100; pass a smaller one or a larger "
            "stride",
        ),
        (
            {"filters": "gaussian-5"},
            "filters: expected at most 3 kernels of 9 weights, whose rows can be read, got 1 of 25",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(options, line):
    with pytest.raises(OptionError) as caught:
        Im2col(**options)
    assert str(caught.value) == line
