"""Padding modes: every border cell, every sum and all five maps equal nested loops and the worked example."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects.padding import MODES
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s01-padding-modes")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
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
    options = request.param
    return watch(SCENE, **options), answers(options)


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


def agrees(grid, values):
    """Whether a grid shows every number of a matrix."""
    return len(grid.texts) == values.size and all(near(text, values[cell]) for cell, text in grid.texts.items())


def shows(still, role, values):
    return any(grid.role == role and grid.values.shape == values.shape and agrees(grid, values) for grid in still.grids)


def test_every_mode_fills_the_border_and_its_map(case):
    watched, expected = case
    for padded, answer in expected.values():
        assert any(shows(still, "input", padded) and shows(still, "output", answer) for still in watched.stills)


def test_the_last_picture_shows_all_five(case):
    watched, expected = case
    last = watched.stills[-1]
    assert [label.text for label in last.labels if label.text in MODES] == list(MODES)
    if not any(grid.role == "input" for grid in last.grids):
        return  # too small for numbers there: the modes themselves showed them
    for padded, answer in expected.values():
        assert shows(last, "input", padded)
        assert shows(last, "output", answer)


def test_the_worked_example():
    expected = answers({})
    assert {mode: answer[0].tolist() for mode, (_, answer) in expected.items()} == ROW_0
    inside = expected["none"][1]
    assert all(np.array_equal(expected[mode][1][1:-1, 1:-1], inside) for mode in MODES[1:])


def test_the_sum_of_the_first_window_is_said_and_written(case):
    watched, expected = case
    said = [caption.text for caption in watched.rendered.subcaptions if caption.text.startswith("Of the first window")]
    results = [float(expected[mode][1][0, 0]) for mode in MODES[1:]]
    assert [near(text.rstrip(".").split()[-1], result) for text, result in zip(said, results, strict=True)] == [
        True
    ] * 4
    written = {label.text for still in watched.stills for label in still.labels if label.size == 40}
    assert all(any(near(text, result) for text in written - {"=", "≈"}) for result in results)


def test_it_is_said_where_the_column_before_the_first_comes_from(case):
    watched, _ = case
    width = watched.scene.subject.picture.values.shape[2]
    sources = {"zeros": "0", "replicate": "column 0", "reflect": "column 1", "circular": f"column {width - 1}"}
    texts = {label.text for still in watched.stills for label in still.labels}
    if watched.scene.subject.around[1][0]:
        assert set(sources.values()) <= texts


def test_text_keeps_its_place(case):
    watched, _ = case
    for check in (off_palette, outside, overlapping, too_small, unread, unreadable, untrue):
        assert not check(watched)


def test_a_photograph_is_compared_pixel_by_pixel():
    options = {"image": "photo:china", "size": 24, "kernel": "laplacian", "padding": 3}
    watched, expected = watch(SCENE, **options), answers(options)
    look = watched.scene.theme
    scale = max(np.abs(answer).max() for _, answer in expected.values())
    images = [part for part in watched.stills[-1].family if isinstance(part, PixelImage)]
    assert len(images) == 10
    for image, (_, answer) in zip(images[1::2], expected.values(), strict=True):
        for cell, value in np.ndenumerate(answer):
            assert tuple(image.pixel_array[cell][:3]) == rgb(look.fill("output", value / scale))


def test_a_wrong_number_would_be_noticed(case):
    watched, expected = case
    for padded, answer in expected.values():
        assert not any(shows(still, "output", answer + 1) for still in watched.stills)
        assert not any(shows(still, "input", padded + 1) for still in watched.stills)
