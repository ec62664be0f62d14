"""What the convolution scenes draw, numbers and places, read back from the picture and compared with nested loops."""

from functools import cache

import numpy as np
import pytest
from scipy import signal

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.layout import Box, units
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.window import Outline, Tag
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.mixtures import FIVE
from tests.scenes.watch import near, watch


def scene(slug="ch02-s02-real-digit"):
    entry = find(slug)
    return load_scene(entry.path, entry.class_name)


@cache
def played(name):
    return watch(scene(), **(NUMBERS | PIXELS)[name])


def answer_of(options):
    picture = load_image(options["image"], size=options.get("size"), channels=options.get("channels", "gray"))
    weights = kernel(options.get("kernel", "sobel-x")).values
    settings = {key: options[key] for key in ("stride", "padding", "padding_mode", "dilation") if key in options}
    stack = np.repeat(weights[None, None], len(picture.values), axis=1)
    return picture, weights, settings, helpers.conv(picture.values[None], stack, **settings)[0, 0]


def texts_in(grid, still):
    """The labels that are drawn in the middle of a grid's cells, by the cell, counted from the grid's drawn corner."""
    return {cell: text for cell, text, right, down in _labels_in(grid, still) if max(abs(right), abs(down)) < 0.1}


def tags_in(grid, still):
    """The labels that are drawn in the lower right corners of a grid's cells, by the cell."""
    return {cell: text for cell, text, right, down in _labels_in(grid, still) if right > 0.1 and down > 0.2}


def _labels_in(grid, still):
    """Every label within a grid's rim: its cell, its text, and how far it is from the cell's middle, in cells."""
    for label in still.labels:
        across, down = (label.center[0] - grid.box.left) / grid.side, (grid.box.top - label.center[1]) / grid.side
        if 0 < across < grid.columns and 0 < down < grid.rows:
            yield (int(down), int(across)), label.text, across % 1 - 0.5, down % 1 - 0.5


NUMBERS = {
    "digit": {"image": "digit:3", "kernel": "sobel-x"},
    "padded": {"image": "digit:8", "kernel": "gaussian", "padding": 1, "padding_mode": "reflect"},
    "stride": {"image": "photo:china", "size": 8, "kernel": "laplacian", "stride": 2, "padding": (1, 0)},
    "dilated": {"image": "digit:5", "kernel": "1,0;0,-1;1/2,0.25", "dilation": 2, "theme": "light"},
    "five": {"image": "digit:3", "kernel": "1,2,0,-2,-1;2,3,0,-3,-2;0,0,0,0,0;-2,-3,0,3,2;-1,-2,0,2,1"},
}
PIXELS = {
    "gray": {"image": "photo:china", "size": 20, "padding": 1},
    "rgb": {"image": "photo:flower", "size": 9, "channels": "rgb", "theme": "light"},
    "holes": {"image": "photo:grace_hopper", "size": 26, "stride": 3, "dilation": 2},
}
SMALL = {"image": "blackboard", "kernel": "sobel-x"}


def check_numbers(options, watched):
    picture, weights, settings, answer = answer_of(options)
    last, told = watched.stills[-1], watched.scene
    output = texts_in(told.y, last)
    padded = next(found for still in reversed(watched.stills) if (found := texts_in(told.x, still)))
    assert len(output) == answer.size
    assert all(near(text, answer[cell]) for cell, text in output.items())
    assert len(padded) == told.subject.trace.padded[0].size
    assert all(near(text, told.subject.trace.padded[0][cell]) for cell, text in padded.items())
    if not settings:
        assert np.array_equal(answer, signal.correlate2d(picture.values[0], weights, mode="valid"))


def check_places(options, watched):
    """The window of the strongest answer and the frame around that answer stand where nested loops put them."""
    _, weights, settings, answer = answer_of(options)
    told = watched.scene
    cell = np.unravel_index(np.abs(answer).argmax(), answer.shape)
    step = np.broadcast_to(settings.get("stride", 1), 2)
    reach = (np.array(weights.shape) - 1) * settings.get("dilation", 1) + 1
    assert drawn(told.landing.points, told.y) == pytest.approx((*cell, *np.add(cell, 1)))
    first = np.multiply(cell, step)
    assert drawn(told.window.frame.points, told.x) == pytest.approx((*first, *(first + reach)))


def drawn(points, grid):
    """The first row and column and the last ones of an outline, in cells of a grid."""
    (left, bottom), (right, top) = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    box, side = grid.box, grid.side
    return (box.top - top) / side, (left - box.left) / side, (box.top - bottom) / side, (right - box.left) / side


@pytest.mark.parametrize("case", NUMBERS)
def test_last_picture_shows_the_whole_answer(case):
    check_numbers(NUMBERS[case], played(case))
    check_places(NUMBERS[case], played(case))


def check_tags(watched):
    """In every picture that stands still, the weights lie on the pixels below the window, each on its own."""
    told, seen = watched.scene, set()
    rows, columns = told.kernel.values.shape
    for still in watched.stills:
        if tags := tags_in(told.x, still):
            first = min(tags)
            d = told.subject.trace.dilation
            assert tags == {
                (first[0] + i * d[0], first[1] + j * d[1]): told.kernel.texts[i][j]
                for i in range(rows)
                for j in range(columns)
            }
            seen.add(first)
    trace = told.subject.trace
    peak = max(trace, key=lambda step: abs(step.result))
    slow = trace if len(trace) <= 18 else [trace[0], peak]
    assert seen == {tuple(step.padded_origin[-2:]) for step in slow}


@pytest.mark.parametrize("case", ["digit", "dilated", "stride"])
def test_the_window_carries_the_weights(case):
    check_tags(played(case))


@pytest.mark.parametrize("fault", ["of another weight", "of another cell"])
def test_a_wrong_tag_would_be_noticed(monkeypatch, fault):
    made = Tag.__init__

    def wrong(tag, kernel, weight, box):
        if fault == "of another weight":
            made(tag, kernel, weight[::-1], box)
        else:
            made(tag, kernel, weight, Box(box.left - box.width, box.bottom, box.left, box.top))

    monkeypatch.setattr(Tag, "__init__", wrong)
    with pytest.raises(AssertionError):
        check_tags(watch(scene(), **SMALL))


def test_blackboard_example_as_in_the_book():
    watched = watch(scene("ch02-s01-slide"))
    told, last = watched.scene, watched.stills[-1]
    rows = ["12345", "67890", "12345", "67890", "12345"]
    assert texts_in(told.x, last) == {(i, j): rows[i][j] for i in range(5) for j in range(5)}
    assert texts_in(told.kernel, last) == {(i, j): ("1", "0", "−1")[j] for i in range(3) for j in range(3)}
    answer = [["−6", "−6", "4"], ["−6", "−6", "14"], ["−6", "−6", "4"]]
    assert texts_in(told.y, last) == {(i, j): answer[i][j] for i in range(3) for j in range(3)}


def test_written_sums_add_up_in_every_still():
    watched = played("digit")
    box, seen = watched.scene.sum.box, 0
    for still in watched.stills:
        inside = [label for label in still.labels if box.left - 0.5 < label.center[0] < box.right + 0.5]
        inside = [label for label in inside if box.bottom - 0.2 < label.center[1] < box.top]
        result = [label.text for label in inside if label.size == 40 and label.text != "="]
        terms = [label for label in inside if label.size < 30]
        terms.sort(key=lambda label: (int((box.top - label.center[1]) / units(1.42 * label.size)), label.box[0]))
        numbers = [label.text.strip("()").replace("−", "-") for label in terms if label.text not in "+−×"]
        if not result or len(numbers) != 18:
            continue
        assert near(result[-1], sum(float(a) * float(b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)))
        seen += 1
    assert seen > 20


@pytest.mark.parametrize("case", PIXELS)
def test_a_large_picture_is_painted_cell_by_cell_and_one_window_enlarged(case):
    _, weights, _, answer = answer_of(PIXELS[case])
    told, last = played(case).scene, played(case).stills[-1]
    check_places(PIXELS[case], played(case))
    scale = np.abs(answer).max()
    painted = told.y.submobjects[0].pixel_array if told.y.heading is None else told.y._image.pixel_array
    for cell, value in np.ndenumerate(answer):
        strength = np.sign(value) * (abs(value) / scale) ** 0.6  # small answers stand out from 0
        assert tuple(painted[cell]) == (*rgb(told.theme.fill("output", strength)), 255)
    peak = max(told.subject.trace, key=lambda step: abs(step.result))
    patches = [part for part in last.family if isinstance(part, Grid) and part.values.shape == weights.shape]
    patches = [part for part in patches if part.role != "kernel"]
    assert len(patches) == len(peak.values)
    for patch, values in zip(patches, peak.values, strict=True):
        assert all(near(text, values[cell]) for cell, text in texts_in(patch, last).items())
        assert len(texts_in(patch, last)) == values.size


def test_the_enlarged_window_is_that_of_the_step_on_show():
    """The counter, the enlarged numbers and the trace speak of one step, also before the fast windows begin."""
    watched = watch(scene("ch02-s01-slide"), **PIXELS["gray"])
    told, trace = watched.scene, watched.scene.subject.trace
    for number in (1, 2):
        counter = f"window {number} / {len(trace)}"
        still = [each for each in watched.stills if any(label.text == counter for label in each.labels)][-1]
        shown = texts_in(told.patch, still)
        assert len(shown) == trace[number - 1].values[0].size
        assert all(near(text, trace[number - 1].values[0][cell]) for cell, text in shown.items())


def test_a_wrong_number_would_be_noticed(monkeypatch):
    label = Grid._label

    def wrong(grid, cell):
        grid.texts[cell[0]][cell[1]] = grid.texts[cell[0]][cell[1]] + "1"
        return label(grid, cell)

    monkeypatch.setattr(Grid, "_label", wrong)
    with pytest.raises(AssertionError):
        check_numbers(SMALL, watch(scene(), **SMALL))


def test_a_displaced_frame_would_be_noticed(monkeypatch):
    lay = Outline.lay
    monkeypatch.setattr(Outline, "lay", lambda outline, cell: lay(outline, (cell[0], cell[1] + 1)))
    with pytest.raises(AssertionError):
        check_places(SMALL, watch(scene(), **SMALL))


def test_a_photo_with_a_large_kernel_fits_into_a_narrow_frame_in_a_longer_language():
    options = {"image": "photo:flower", "size": "48", "kernel": FIVE, "lang": "es"}
    assert findings(watch(scene(), "4:3", fps=8, drawn=True, **options)) == []
