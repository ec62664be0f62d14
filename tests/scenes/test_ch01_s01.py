"""Pixels: the numbers in the zoom, on the sheets and in the sentences are those of the picture, in their places."""

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Viewport
from cnnviz.stage.theme import CHANNELS
from tests.scenes.watch import near, watch

ENTRY = find("ch01-s01-pixels")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "flower": {"size": (40, 60)},
    "own": {"image": "photo:china", "size": (20, 30), "patch": 4, "at": (3, 7), "theme": "light"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def color(options, seen):
    """The middle square of the picture."""
    values = load_image(options.get("image", "photo:flower"), size=options["size"], channels="rgb").values
    rows, columns = values.shape[1:]
    side = min(rows, columns)
    top, left = (rows - side) // 2, (columns - side) // 2
    assert seen.scene.subject.corner == options.get("at", seen.scene.subject.corner)
    return values[:, top : top + side, left : left + side]


def gray(red, green, blue):
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


def ending(seen, start):
    return [still for still in seen.pictures if still.beat and still.beat.text.startswith(start)][-1]


def check(options, seen):
    values, side = color(options, seen), options.get("patch", 6)
    (row, column), still = seen.scene.subject.corner, ending(seen, "Each pixel is one number")
    (photo,) = (part for part in still.family if isinstance(part, Viewport))
    found = {}
    for label in still.labels:
        x, y = label.center
        if photo.box.left < x < photo.box.right and photo.box.bottom < y < photo.box.top:
            place = (photo.box.top - y) / photo.box.height * side, (x - photo.box.left) / photo.box.width * side
            found[int(place[0]), int(place[1])] = label.text
    assert len(found) == side * side
    for (i, j), text in found.items():
        assert near(text, gray(*values[:, row + i, column + j])), (i, j, text)
    levels = [int(text) for text in found.values()]
    assert still.beat.text == f"Each pixel is one number: {min(levels)} is dark, {max(levels)} is bright."


def test_the_numbers_of_the_zoom_are_those_of_the_picture_in_gray(case):
    check(*case)


def test_sheets_and_their_marks_are_those_of_one_pixel(case):
    options, seen = case
    values, side, (row, column) = color(options, seen), options.get("patch", 6), seen.scene.subject.corner
    still = ending(seen, "This pixel")
    sheets = {grid.role: grid for grid in still.grids}
    said = [still.beat.fields[channel] for channel in CHANNELS]
    for channel, plane, number in zip(CHANNELS, values, said, strict=True):
        patch = plane[row : row + side, column : column + side]
        np.testing.assert_allclose(sheets[channel].values, patch)
        assert all(near(text, patch[cell]) for cell, text in sheets[channel].texts.items())
        (mark,) = (mark for mark in still.marks if mark.grid is sheets[channel].grid)
        drawn = mark.frame.shares(mark.corners.mean(axis=0))
        assert number == patch[tuple(int(part) for part in drawn)]


def test_all_numbers_are_counted(case):
    options, seen = case
    _, rows, columns = color(options, seen).shape
    texts = {label.text for label in seen.stills[-1].labels}
    assert {f"{rows} × {columns}", f"3 × {rows} × {columns}", f"{rows * columns:,}", f"{3 * rows * columns:,}"} <= texts


def test_a_forged_gray_would_be_noticed(monkeypatch):
    genuine = Viewport.numbers

    def forged(viewport):
        viewport.values = viewport.values + 1
        return genuine(viewport)

    monkeypatch.setattr(Viewport, "numbers", forged)
    with pytest.raises(AssertionError):
        check(CASES["own"], watch(SCENE, **CASES["own"]))


def test_a_patch_beside_the_right_one_would_be_noticed(monkeypatch):
    around = Viewport.around
    monkeypatch.setattr(Viewport, "around", lambda photo, cell, *how: around(photo, (cell[0] + 1, cell[1]), *how))
    with pytest.raises(AssertionError):
        check(CASES["own"], watch(SCENE, **CASES["own"]))
