"""The same operation elsewhere, read back from the picture: every output by plain loops over what is drawn."""

import itertools
from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch12-s01-elsewhere")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
BEATS = ("Text:", "Sound:", "A series:", "A scan:", "Video:", "A board:")


@cache
def seen(**options):
    return watch(SCENE, **options)


def drawn(watched, words):
    """Sheets, kernels and output of a beat, as they are drawn in the end."""
    still = [still for still in watched.pictures if still.beat and still.beat.text.startswith(words)][-1]
    large = [sheet for sheet in still.grids if sheet.grid.title or sheet.grid.detail]
    by = {role: [sheet for sheet in large if sheet.role == role] for role in ("input", "kernel", "output")}
    (y,) = by["output"]
    return still, by["input"], by["kernel"], y


def check(watched):
    """Every number of every output is the sum of the products under the box, sheet by sheet."""
    for words in BEATS:
        still, sheets, kernels, y = drawn(watched, words)
        assert len(sheets) == len(kernels)
        rows, columns = kernels[0].values.shape
        assert len(y.shown) == y.values.size
        for i, j in np.ndindex(*y.values.shape):
            total = 0.0
            for sheet, kernel in zip(sheets, kernels, strict=True):
                for k, m in itertools.product(range(rows), range(columns)):
                    total += sheet.values[i + k, j + m] * kernel.values[k, m]
            assert y.values[i, j] == pytest.approx(total)
            assert (i, j) not in y.texts or near(y.texts[i, j], total)
        ends = {(mark.cell, mark.rows, mark.columns) for mark in still.marks if mark.grid in [s.grid for s in sheets]}
        (best,) = (mark for mark in still.marks if mark.grid is y.grid)
        assert y.values[best.cell] == y.values.max()
        assert ends == {((y.values.shape[0] - 1, y.values.shape[1] - 1), rows, columns)}


def test_every_output_is_that_of_plain_loops():
    check(seen())


def test_every_window_ends_where_its_sum_is_largest():
    last = seen().stills[-1]
    left = [sheet.grid for sheet in last.grids]
    for words in BEATS:
        _, sheets, _, y = drawn(seen(), words)
        details = []
        for sheet in sheets:
            grid = next(grid for grid in left if np.array_equal(grid.values, sheet.values))
            left.remove(grid)
            (mark,) = (mark for mark in last.marks if mark.grid is grid)
            assert y.values[mark.cell] == y.values.max()
            details.append(grid.detail.strip())
        assert [each for each in details if each] == [f"sum {y.values.max():.0f}"]
    assert not left


def test_the_words_stand_beside_their_rows():
    still, (sheet,), _, _ = drawn(seen(), "Text:")
    for row, word in enumerate(["the", "film", "was", "not", "bad", "at", "all"]):
        (label,) = (label for label in still.labels if label.text == word)
        assert label.center[1] == pytest.approx(sheet.grid.cell_box((row, 0)).center[1], abs=0.08)
        assert label.box[2] < sheet.grid.box.left


@pytest.mark.full
def test_another_kernel_would_be_noticed(monkeypatch):
    import cnnviz.subjects.elsewhere as module

    usual = module.trace_conv
    monkeypatch.setattr(module, "trace_conv", lambda x, w: usual(x, w[..., ::-1]))
    with pytest.raises(AssertionError):
        check(watch(SCENE))


@pytest.mark.full
def test_ones_own_series():
    watched = watch(SCENE, "9:16", theme="light", series="3,1,4,1,5,9,2,6")
    assert not findings(watched)
    check(watched)
