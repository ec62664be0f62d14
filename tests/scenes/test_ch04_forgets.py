"""What pooling forgets: every picture has the pooled map, and what comes back is what nested loops put there."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.subjects.unpooling import Unpooling
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch04-s05-what-pooling-forgets")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "lecture": ("16:9", {}),
    "digit": ("9:16", {"image": "digit:3", "theme": "light"}),
    "rest": ("4:3", {"image": "1,2,3,4,5;6,7,8,9,0;5,4,3,2,1;0,9,8,7,6;1,3,5,7,9", "kernel_size": 2}),
    "flat": ("1:1", {"image": "0,0,0;0,7,0;0,0,0", "kernel_size": 3}),
    "photo": ("16:9", {"image": "photo:china", "kernel_size": 4}),
}


@pytest.fixture(scope="module", params=[pytest.param(n, marks=[pytest.mark.full] * (n != "lecture")) for n in CASES])
def case(request):
    aspect, options = CASES[request.param]
    return options, watch(SCENE, aspect, **options)


def given(options):
    """The picture, its pooled map, and the first place of each maximum, by nested loops."""
    photo = "photo" in options.get("image", "")
    x = load_image(options.get("image", "pooling-a"), size=8 if photo else None).values[0]
    side = options.get("kernel_size", 2)
    pooled = helpers.max_pool(x[None, None], side)[0, 0]
    places = np.zeros(pooled.shape, int)
    for i, j in np.ndindex(pooled.shape):
        best = -np.inf
        for k, m in np.ndindex(side, side):
            if x[i * side + k, j * side + m] > best:
                best = x[i * side + k, j * side + m]
                places[i, j] = (i * side + k) * x.shape[1] + j * side + m
    return x, pooled, places


def titled(still, title):
    return next((sheet for sheet in still.grids if getattr(sheet.grid, "title", None) == title), None)


def told(watched, start):
    return [still for still in watched.pictures if still.beat and still.beat.text.startswith(start)]


def check_back(options, watched):
    x, pooled, places = given(options)
    last = watched.stills[-1]
    back = helpers.max_unpool(
        pooled[None, None], places[None, None], options.get("kernel_size", 2), output_size=x.shape
    )
    for title, true in (("input", x), ("pooled", pooled), ("places", places), ("unpooled", back[0, 0])):
        sheet = titled(last, title)
        np.testing.assert_array_equal(sheet.values, true)
        assert all(near(text, true[cell]) for cell, text in sheet.texts.items())
    right = int((back[0, 0] == x).sum())
    assert f"{right} of {x.size} right" in [label.text for label in last.labels]
    rings = {part.cell for part in last.family if isinstance(part, Outline) and part.grid.title == "input"}
    assert rings == {divmod(int(place), x.shape[1]) for place in places.ravel()}


def test_what_comes_back_is_what_nested_loops_put_there(case):
    check_back(*case)


def test_every_picture_has_the_pooled_map_and_is_another(case):
    options, watched = case
    _, pooled, _ = given(options)
    still = (told(watched, "9 pictures") or told(watched, "This one?"))[-1]
    pictures = [sheet.values for sheet in still.grids if sheet.role == "input"]
    assert len({picture.tobytes() for picture in pictures}) == len(pictures) == 9
    for picture in pictures:
        np.testing.assert_array_equal(
            helpers.max_pool(picture[None, None], options.get("kernel_size", 2))[0, 0], pooled
        )


def test_without_places_every_number_goes_to_the_first_cell(case):
    options, watched = case
    x, pooled, _ = given(options)
    side, blind = options.get("kernel_size", 2), np.zeros(x.shape)
    blind[: side * pooled.shape[0] : side, : side * pooled.shape[1] : side] = pooled
    still = told(watched, "And this was")[-1]
    np.testing.assert_array_equal(titled(still, "unpooled").values, blind)
    assert f"{int((blind == x).sum())} of {x.size} right" in [label.text for label in still.labels]


def test_nothing_is_wrong_under_any_option(case):
    assert not findings(case[1])


def test_places_that_are_not_used_would_be_noticed(monkeypatch):
    prepare = Unpooling.prepare

    def careless(self):
        prepare(self)
        self.back = self.blind

    monkeypatch.setattr(Unpooling, "prepare", careless)
    with pytest.raises(AssertionError):
        check_back({}, watch(SCENE))
