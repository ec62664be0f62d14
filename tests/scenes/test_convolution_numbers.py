"""Every number drawn by the convolution scenes, read back from the picture, equals nested loops and scipy."""

import numpy as np
import pytest
from PIL import Image
from scipy import signal

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects import number_grid
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.watch import near, watch


def scene(slug):
    entry = find(slug)
    return load_scene(entry.path, entry.class_name)


@pytest.fixture
def photo(tmp_path):
    """A photograph of somebody's own: smooth shapes and noise, as cameras give."""
    noise = np.random.default_rng(5).normal(0, 12, (120, 160, 3))
    across = np.linspace(20, 235, 160)[None, :, None]
    pixels = np.clip(across + 40 * np.sin(np.arange(120) / 17)[:, None, None] + noise, 0, 255)
    path = tmp_path / "my.jpg"
    Image.fromarray(pixels.astype(np.uint8)).save(path, quality=92)
    return path


CASES = [
    {"image": "digit:3", "kernel": "sobel-x"},
    {"image": "digit:8", "kernel": "gaussian", "padding": 1, "padding_mode": "reflect"},
    {"image": "photo:china", "size": 8, "kernel": "laplacian", "stride": 2, "padding": (1, 0)},
    {"image": "digit:5", "kernel": "1,0;0,-1;1/2,0.25", "dilation": 2, "theme": "light"},
]


@pytest.mark.parametrize("options", CASES, ids=lambda options: options["kernel"])
def test_last_picture_shows_the_whole_answer(options):
    check(options, watch(scene("ch02-s02-real-digit"), **options))


def test_photo_of_somebodys_own(photo):
    options = {"image": photo, "size": 8, "kernel": "sobel-x"}
    check(options, watch(scene("ch02-s02-real-digit"), **options))


def check(options, watched):
    picture = load_image(options["image"], size=options.get("size"))
    weights = kernel(options["kernel"]).values
    settings = {key: options[key] for key in ("stride", "padding", "padding_mode", "dilation") if key in options}
    answer = helpers.conv(picture.values[None], weights[None, None], **settings)[0, 0]
    last = watched.stills[-1]
    padded, _, output = last.grids[:3]
    assert len(output.texts) == answer.size
    for (row, column), text in output.texts.items():
        assert near(text, answer[row, column]), (row, column, text, answer[row, column])
    for (row, column), text in padded.texts.items():
        assert near(text, watched.scene.subject.trace.padded[0, row, column])
    if not settings:
        assert np.array_equal(answer, signal.correlate2d(picture.values[0], weights, mode="valid"))


def test_blackboard_example_as_in_the_book():
    watched = watch(scene("ch02-s01-slide"))
    last = watched.stills[-1]
    board, weights, output = (grid.texts for grid in last.grids[:3])
    rows = ["12345", "67890", "12345", "67890", "12345"]
    assert board == {(i, j): rows[i][j] for i in range(5) for j in range(5)}
    assert weights == {(i, j): "10−1"[j : j + 1] if j < 2 else "−1" for i in range(3) for j in range(3)}
    answer = [["−6", "−6", "4"], ["−6", "−6", "14"], ["−6", "−6", "4"]]
    assert output == {(i, j): answer[i][j] for i in range(3) for j in range(3)}


def test_written_sums_add_up_in_every_still():
    watched = watch(scene("ch02-s02-real-digit"), image="digit:3", kernel="sobel-x")
    seen = 0
    for still in watched.stills:
        terms = sorted((label for label in still.labels if label.size == 24), key=_reading_order)
        result = [label.text for label in still.labels if label.size == 40]
        if len(result) < 2:
            continue
        total = eval_terms([label.text for label in terms])
        assert near(result[-1], total), (result, total)
        seen += 1
    assert seen > 30


def _reading_order(label):
    return -round((label.box[1] + label.box[3]) / 2 / 0.2), label.box[0]


def eval_terms(texts):
    """The sum of ``a × b + c × d ...`` from its parts in reading order; numbers alternate as value and weight."""
    numbers = [value for value in (text.replace("−", "-") for text in texts) if value not in "+×"]
    assert len(numbers) == 18, texts
    return sum(float(a) * float(b) for a, b in zip(numbers[::2], numbers[1::2], strict=True))


def test_a_wrong_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(number_grid, "cell_text", lambda value: cell_text(value + 1))
    with pytest.raises(AssertionError):
        check(CASES[0], watch(scene("ch02-s02-real-digit"), **CASES[0]))
