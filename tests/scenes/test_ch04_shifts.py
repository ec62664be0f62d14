"""Shifts: every map that is drawn, what is said of it and every share equal nested loops and the measurement."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.nn.experiments import measured
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Outline
from cnnviz.subjects.shifting import Shifting
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch04-s04-shifts")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "lecture": ("16:9", {}),
    "three": ("9:16", {"image": "digit:7", "kernel": "1,2;3,-4", "kernel_size": 3, "theme": "light"}),
    "pixel": ("4:3", {"image": "0,0;0,9", "kernel": "1"}),
    "photo": ("1:1", {"image": "photo:china", "kernel": "gaussian-5"}),
}


@pytest.fixture(scope="module", params=[pytest.param(n, marks=[pytest.mark.full] * (n != "lecture")) for n in CASES])
def case(request):
    aspect, options = CASES[request.param]
    return options, watch(SCENE, aspect, **options)


def ink(options):
    picture = load_image(options.get("image", "digit:3"), size=8 if "photo" in str(options) else None).values[0]
    rows = [i for i in range(picture.shape[0]) if picture[i].any()]
    columns = [j for j in range(picture.shape[1]) if picture[:, j].any()]
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def maps(options, shape, by):
    """The input, its map after ReLU, the pooled map and the largest number, by nested loops."""
    weights, pool, cut = kernel(options.get("kernel", "sobel-x")).values, options.get("kernel_size", 2), ink(options)
    around = [((k - 1) // 2, k // 2) for k in weights.shape]
    x = np.zeros(shape)
    for (i, j), number in np.ndenumerate(cut):
        x[i + around[0][1], j + around[1][1] + by] = number
    y = np.maximum(helpers.conv(x[None, None], weights[None, None], padding=tuple(around)), 0)
    pooled = helpers.max_pool(y, pool)[0, 0]
    return x, y[0, 0], pooled, np.array([[y.max()]])


def drawn(still, title):
    return next((sheet for sheet in still.grids if getattr(sheet.grid, "title", "") == title), None)


def check(options, watched):
    subject, first, checked = watched.scene.subject, None, 0
    shape = subject.shifted[0].x.shape
    for by in range(options.get("kernel_size", 2) + 2):
        true = maps(options, shape, by)
        first = first or true
        stills = [s for s in watched.pictures if s.beat and drawn(s, "largest") and f"shift {by} /" in texts(s)]
        if by == 0:
            stills = [s for s in watched.pictures if s.beat and s.beat.text.startswith("The frames stay")]
        for title, numbers in zip(("input", "feature map", "pooled", "largest"), true, strict=True):
            sheet = drawn(stills[-1], title)
            np.testing.assert_allclose(sheet.values, numbers, atol=1e-9)
            assert all(near(text, numbers[cell]) for cell, text in sheet.texts.items())
            checked += len(sheet.texts)
        if by:
            changed = int(np.sum(true[2] != first[2]))
            assert drawn(stills[-1], "pooled").grid is watched.scene.pooled
            note = f"{changed} of {true[2].size} changed"
            moves = [m for m in range(true[2].shape[1]) if np.array_equal(true[2], along(first[2], m))]
            note = f"moved by {moves[0]}" if moves and moves[0] else note
            assert note in texts(stills[-1])
    return checked


def along(values, by):
    moved = np.zeros_like(values)
    for (i, j), number in np.ndenumerate(values):
        if j + by < values.shape[1]:
            moved[i, j + by] = number
    return moved


def texts(still):
    return " | ".join(label.text for label in still.labels if label.text)


def test_every_map_is_that_of_nested_loops(case):
    options, watched = case
    assert check(options, watched) > 0


def test_nothing_is_wrong_under_any_option(case):
    assert not findings(case[1])


def test_the_pixel_is_counted_as_by_nested_loops(case):
    options, watched = case
    pool = options.get("kernel_size", 2)
    side, same, total = 8 // pool * pool, 0, 0
    for i in range(side):
        for j in range(side - 1):
            before, after = np.zeros((1, 1, side, side)), np.zeros((1, 1, side, side))
            before[0, 0, i, j], after[0, 0, i, j + 1] = 1, 1
            same += np.array_equal(helpers.max_pool(before, pool), helpers.max_pool(after, pool))
            total += 1
    assert any(beat.text.startswith(f"{same} of {total} shifts") for beat in watched.scene.beats)
    if pool == 2:
        assert (same, total) == (32, 56)


def check_table(watched, moves=(1, 2, 3, 4)):
    """The shares in both tables, row by row, and what is outlined among the misfits: poolings at their own strides."""
    still = next(s for s in reversed(watched.stills) if s.beat and s.beat.text.startswith("Further on"))
    for chart, title in zip(measured("shifting").charts, ("change", "misfit, if moved along"), strict=True):
        texts, wanted = drawn(still, title).texts, {}
        for row, series in enumerate(chart.series):
            means = [np.mean(series.at(float(by)).values) for by in moves]
            wanted |= {(row, column): f"{100 * mean:.0f}" for column, mean in enumerate(means)}
        assert texts == wanted
    marks = {part.cell for part in still.family if isinstance(part, Outline)}
    assert marks == {(row, by - 1) for row, stride in ((1, 2), (2, 4)) for by in (2, 3, 4) if by % stride == 0}
    assert all(texts[cell] == "0" for cell in marks)


def test_the_tables_say_what_was_measured(case):
    check_table(case[1])
    with pytest.raises(AssertionError):
        check_table(case[1], moves=(1, 2, 4, 3))


def test_a_map_that_stays_where_it_was_would_be_noticed(monkeypatch):
    made = Shifting._made
    monkeypatch.setattr(
        Shifting, "_made", lambda self, x, around, by: made(self, self.__dict__.setdefault("kept", x), around, by)
    )
    with pytest.raises(AssertionError):
        check({}, watch(SCENE))
