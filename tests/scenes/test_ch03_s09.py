"""Conv1D: both answers and every layer of the stack equal nested loops; bars and wires stand where they should."""

import itertools

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Stems, Window, Wire
from cnnviz.subjects import Conv1d
from tests import helpers
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s09-conv1d")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
SERIES, WEIGHTS, DILATIONS = [3, -1, 4, 1, -5, 9, 2, 6], [1, -2, 1], (1, 2, 3)
OPTIONS = {"signal": SERIES, "weights": [WEIGHTS], "dilations": DILATIONS, "theme": "light"}


@pytest.fixture(scope="module")
def watched():
    return watch(SCENE, "9:16", **OPTIONS)


def check(watched, words, way, before, after):
    """The answers that are written are those of loops, each below its moment, each with a bar as high as it is."""
    still = [still for still in watched.pictures if still.beat and words in still.beat.text][-1]
    x, w = np.array([[SERIES]], dtype=float), np.array([[WEIGHTS]], dtype=float)
    answer = helpers.conv(x, w, padding=[(before, after)])[0, 0]
    (drawn,) = (sheet for sheet in still.grids if sheet.grid is watched.scene.answers[way])
    assert len(drawn.texts) == len(answer)
    assert all(near(text, answer[cell[1]]) for cell, text in drawn.texts.items())
    signal = next(sheet.grid for sheet in still.grids if sheet.role == "input")
    zeros = len(WEIGHTS) - 1
    for moment in range(len(SERIES)):
        above, below = signal.cell_box((0, zeros + moment)), drawn.grid.cell_box((0, moment))
        assert above.left == pytest.approx(below.left)
    bars = next(part for part in still.family if isinstance(part, Stems) and part.grid is drawn.grid)
    scale = max(box.height for box in bars.boxes.values()) / max(abs(answer))
    for moment, value in enumerate(answer):
        box, cell = bars.boxes[moment], drawn.grid.cell_box((0, moment))
        assert cell.left < box.left < box.right < cell.right
        assert box.height == pytest.approx(scale * abs(value), abs=1e-6)
        assert (box.top if value < 0 else box.bottom) == pytest.approx(bars.axis)
    drawn_at = {tuple(point) for tiles in bars.bars for point in tiles.points[::16, :2].round(6)}
    assert drawn_at == {(round(b.left, 6), round(b.bottom, 6)) for t, b in bars.boxes.items() if answer[t]}
    (window,) = (part for part in still.family if type(part) is Window)
    assert window.cell == (0, int(answer.argmax()) + zeros - before)
    if way == "causal":
        known = signal.shown - signal.sunk
        assert known == {(0, column) for column in range(window.cell[1] + len(WEIGHTS))}


@pytest.mark.parametrize(
    ("words", "way", "before", "after"), [("answers most", "centered", 1, 1), ("comes later", "causal", 2, 0)]
)
def test_answers_are_those_of_nested_loops(watched, words, way, before, after):
    check(watched, words, way, before, after)


def test_the_stack_is_that_of_loops_and_its_wires_are_all_the_ways_down(watched):
    still = watched.stills[-1]
    sheets = [sheet for sheet in still.grids if sheet.role != "kernel"]
    layers = {sheet.grid.box.bottom: sheet for sheet in sheets}
    rows = [layers[bottom] for bottom in sorted(layers)]
    reach, x = 1 + sum(DILATIONS), [float(value) for value in SERIES]
    for layer, dilation in enumerate((0, *DILATIONS)):
        x = [(value + (x[t - dilation] if t >= dilation else 0.0)) / 2 for t, value in enumerate(x)] if layer else x
        np.testing.assert_allclose(rows[layer].values[0], x[-reach:])
    ways = set()
    for steps in itertools.product((0, 1), repeat=len(DILATIONS)):
        at = reach - 1
        for level in range(len(DILATIONS), 0, -1):
            lower = at - steps[level - 1] * DILATIONS[level - 1]
            ways.add((level, at, level - 1, lower))
            at = lower
    found = set()
    for wire in (part for part in still.family if isinstance(part, Wire)):
        (level, at), (below, lower) = (place(rows, wire.points[end, :2]) for end in (0, -1))
        found.add((level, at, below, lower))
    assert found == ways
    assert {column for _, column in rows[0].shown - rows[0].sunk} == {lower for _, _, below, lower in ways if not below}


def test_without_dilation_the_layers_hold_other_numbers(watched):
    still = [still for still in watched.pictures if still.beat and "Without dilation" in still.beat.text][-1]
    rows = sorted((sheet for sheet in still.grids if sheet.role != "kernel"), key=lambda sheet: sheet.grid.box.bottom)
    x = [float(value) for value in SERIES]
    for layer, row in enumerate(rows[1:], 1):
        x = [(value + (x[t - 1] if t else 0.0)) / 2 for t, value in enumerate(x)]
        last = row.grid.columns - 1
        heard = range(last - (len(DILATIONS) - layer), last + 1)
        assert {column for _, column in row.texts} == set(heard)
        assert all(near(text, x[column - row.grid.columns]) for (_, column), text in row.texts.items())
    names = [label.text for label in still.labels if label.text.startswith("dilation")]
    assert names == ["dilation 1"] * len(DILATIONS)


def place(rows, point):
    """The layer at whose edge a point is, and the column below or above it."""
    x, y = point
    (level,) = (i for i, row in enumerate(rows) if min(abs(y - row.grid.box.top), abs(y - row.grid.box.bottom)) < 1e-6)
    return level, rows[level].grid.cell_at((x, rows[level].grid.box.center[1]))[1]


def test_bars_of_other_numbers_would_be_noticed(monkeypatch):
    genuine = Stems.show
    monkeypatch.setattr(Stems, "show", lambda bars, columns=(): genuine(bars, [column - 1 for column in columns]))
    with pytest.raises((AssertionError, KeyError)):
        check(watch(SCENE, "9:16", **OPTIONS), "answers most", "centered", 1, 1)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"weights": "sobel-x"}, "weights: expected one row of 2 to 5 weights, got 3 x 3"),
        ({"dilations": "16,16"}, "dilations: expected a stack that hears at most 32 samples, got 33"),
    ],
)
def test_what_does_not_fit_is_refused(options, line):
    with pytest.raises(OptionError) as caught:
        Conv1d(**options)
    assert str(caught.value) == line
