"""Strides: what is kept is what nested loops keep, and what is veiled is what no window reaches."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s03-stride")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "digit": {},
    "padded": {"image": "blackboard", "kernel": "edge-x", "padding": 1, "theme": "light"},
    "wide": {"image": "ramp", "size": (5, 9), "kernel": "1,0,-2;0,0.5,0", "dilation": (1, 2), "strides": "2,4"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options = request.param
    return watch(SCENE, **options), options


def strides(options):
    wanted = options.get("strides", (2, 3))
    return [int(s) for s in wanted.split(",")] if isinstance(wanted, str) else np.atleast_1d(wanted).tolist()


def answer(options, stride):
    values = load_image(options.get("image", "digit:3"), size=options.get("size")).values
    weights = kernel(options.get("kernel", "sobel-x")).values
    settings = {name: options[name] for name in ("padding", "dilation") if name in options}
    return helpers.conv(values[None], weights[None, None], stride=stride, **settings)[0, 0]


def agrees(texts, values):
    return len(texts) == values.size and all(near(text, values[cell]) for cell, text in texts.items())


def kept(watched, every, answered, stride):
    """Whether some picture shows the map of a stride, and in the map of every window only the windows visited."""
    spread = {(row * stride, column * stride): value for (row, column), value in np.ndenumerate(answered)}
    for still in watched.stills:
        maps = [grid for grid in still.grids if grid.role == "output"]
        whole = [grid for grid in maps if grid.values.shape == every.shape]
        small = [grid for grid in maps if grid.values.shape == answered.shape and agrees(grid.texts, answered)]
        for grid in whole:
            lit = set(grid.texts) == set(spread) and all(near(grid.texts[c], value) for c, value in spread.items())
            if small and lit:
                return True
    return False


def test_the_map_of_a_stride_is_the_map_of_every_window_with_most_of_it_skipped(case):
    watched, options = case
    assert any(agrees(grid.texts, answer(options, 1)) for still in watched.stills for grid in still.grids)
    for stride in strides(options):
        assert kept(watched, answer(options, 1), answer(options, stride), stride)


def test_shapes_and_counts_are_said(case):
    watched, options = case
    texts = [label.text for label in watched.stills[-1].labels]
    said = [caption.text for caption in watched.rendered.subcaptions]
    for stride in (1, *strides(options)):
        rows, columns = answer(options, stride).shape
        assert f"{rows} × {columns}" in texts
        if stride > 1:
            count = f"{rows * columns} of {answer(options, 1).size} windows are visited; "
            assert any(sentence.startswith(count) for sentence in said)


def test_the_veil_covers_what_no_window_reaches(case):
    watched, options = case
    subject = watched.scene.subject
    weights = kernel(options.get("kernel", "sobel-x")).values
    shape = subject.every.padded.shape[1:]
    for trace, stride in zip(subject.traces, strides(options), strict=True):
        reached = np.zeros(shape, dtype=bool)
        for row, column in helpers.cells(answer(options, stride).shape):
            spread = helpers.each_axis(options.get("dilation", 1), 2)
            high, wide = ((k - 1) * d + 1 for k, d in zip(weights.shape, spread, strict=True))
            reached[row * stride : row * stride + high, column * stride : column * stride + wide] = True
        # Cells between windows that a long jump leaves out are not at the end.
        rows, columns = (np.flatnonzero(reached.any(axis=axis)).max() + 1 for axis in (1, 0))
        assert subject.left_over(trace) == (shape[0] - rows, shape[1] - columns)


def test_text_keeps_its_place(case):
    watched, _ = case
    for check in (off_palette, outside, overlapping, too_small, unread, unreadable, untrue):
        assert not check(watched)


def test_skipped_pixels_of_a_photograph_sink():
    options = {"image": "photo:china", "size": 20, "strides": (3,)}
    watched = watch(SCENE, **options)
    every, look = answer(options, 1), watched.scene.theme
    image = [part for part in watched.stills[-1].family if isinstance(part, PixelImage)][1]
    assert image.pixel_array.shape[:2] == every.shape
    for (row, column), value in np.ndenumerate(every):
        full = np.array(rgb(look.fill("output", value / np.abs(every).max())))
        shown = image.pixel_array[row, column, :3].astype(int)
        if row % 3 or column % 3:
            assert np.abs(shown - (0.2 * full + 0.8 * np.array(rgb(look.ground)))).max() <= 1
        else:
            assert np.array_equal(shown, full)


def test_a_wrong_number_would_be_noticed(case):
    watched, options = case
    for stride in strides(options):
        assert not kept(watched, answer(options, 1), answer(options, stride) + 1, stride)
        assert not kept(watched, answer(options, 1), answer(options, stride), stride + 1)
