"""Gradients as drawn: every running sum, mark and written sum, read back from the picture, equals nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.stories import shares, sharing_grids
from cnnviz.stage.walk import MOST_VISITS
from cnnviz.subjects.tally import Tally
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

SLUGS = {"weight": "ch07-s01-filter-gradient", "input": "ch07-s02-input-gradient"}
TITLES = {"weight": "dW", "input": "dX"}
CASES = {
    "weight": ("weight", "16:9", {}),
    "weight-board": ("weight", "16:9", {"image": "blackboard", "kernel": "edge-x", "dy": "sum"}),
    "weight-stride": (
        "weight",
        "9:16",
        {"image": "digit:3", "kernel": "1,2;-1,0", "stride": 3, "padding": 1, "dy": "squares"},
    ),
    "weight-photo": ("weight", "16:9", {"image": "photo:china", "size": 18, "kernel": "sobel-x", "theme": "light"}),
    "input": ("input", "16:9", {}),
    "input-board": ("input", "4:3", {"kernel": "edge-x", "dy": "sum", "theme": "light"}),
    "input-stride": (
        "input",
        "9:16",
        {"image": "digit:8", "kernel": "1,-1;0,3", "stride": 2, "padding": 1, "dy": "squares"},
    ),
    "input-circular": (
        "input",
        "16:9",
        {"kernel": "sobel-y", "padding": 1, "padding_mode": "circular", "dy": "pattern"},
    ),
    "input-large": ("input", "1:1", {"image": "digit:0", "kernel": "gaussian-5", "dy": "squares", "theme": "light"}),
    "input-photo": ("input", "16:9", {"image": "photo:flower", "size": 20, "kernel": "sobel-x", "dy": "squares"}),
}
FULL = [pytest.mark.full]
PLAIN = {"weight", "input"}
STEPS = ("stride", "padding", "padding_mode")


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=FULL * (n not in PLAIN)) for n in names])


def play(name):
    kind, aspect, options = CASES[name]
    entry = find(SLUGS[kind])
    return watch(load_scene(entry.path, entry.class_name), aspect, **options)


played = cache(play)


def gradients(name, count=None):
    """What nested loops say of dX and dW; after so many shares, of the padded dX."""
    subject, (_, _, options) = played(name).scene.subject, CASES[name]
    trace = subject.trace
    settings = {k: options[k] for k in STEPS if k in options}
    if count is None:
        dx, dweight, _ = helpers.conv_vjp(trace.dy[None], subject.picture.values[None], trace.weight, **settings)
    else:
        dy = np.zeros_like(trace.dy[None])
        dy.ravel()[:count] = trace.dy.ravel()[:count]
        dx, dweight, _ = helpers.conv_vjp(dy, trace.padded[None], trace.weight, stride=settings.get("stride", 1))
    return {"input": dx[0, 0], "weight": dweight[0, 0]}[CASES[name][0]]


def sheet(still, grid):
    return next((sheet for sheet in still.grids if sheet.grid is grid), None)


def answer_of(seen, name):
    (found,) = (s for s in seen.stills[-1].grids if getattr(s.grid, "title", "") == TITLES[CASES[name][0]])
    return found


def check_answer(name, seen, result):
    """The last picture shows all of the answer: as numbers, or as the colors of its pixels."""
    drawn, theme = answer_of(seen, name), seen.scene.theme
    if drawn.pixels is None:
        # A grid that still has its border is empty there.
        border = [(n - m) // 2 for n, m in zip(drawn.values.shape, result.shape, strict=True)]
        found = {(row - border[0], column - border[1]): text for (row, column), text in drawn.texts.items()}
        assert set(found) == set(np.ndindex(result.shape))
        assert all(near(text, result[cell]) for cell, text in found.items())
        return
    assert drawn.pixels.shape[:2] == result.shape
    for cell, value in np.ndenumerate(result):
        fill = theme.fill("gradient", value / np.abs(seen.scene.sharing.target.values).max())
        assert np.abs(drawn.pixels[cell].astype(int) - rgb(fill)).max() <= 1


def counter(still):
    found = [label.text for label in still.labels if label.text.startswith("share ")]
    return int(found[0].removeprefix("share ").partition("/")[0].replace(" ", "")) if found else None


def place(still, outline):
    """The first cell that an outline is drawn around."""
    mark = next((mark for mark in still.marks if mark.outline is outline), None)
    return None if mark is None else tuple(np.rint(mark.frame.shares(mark.corners).min(axis=0)).astype(int).tolist())


def check_steps(name, seen):
    """While shares are handed out: the sum so far, who gives, and where the window lies."""
    scene, told, checked = seen.scene, set(), 0
    trace = scene.subject.trace
    for still in seen.stills:
        number, target = counter(still), sheet(still, scene.target)
        giver, window = place(still, scene.giver), place(still, scene.window.frame)
        if number is None or target is None or giver is None or window is None:
            continue
        cell = divmod(number - 1, trace.dy.shape[2])
        assert giver == cell
        assert window == tuple(i * s for i, s in zip(cell, trace.stride, strict=True))
        # The counter moves on just before a share lands, and cells without any are filled with 0 after the last.
        sums = [gradients(name, count) for count in (number, number - 1)]
        assert any(all(near(text, values[at]) for at, text in target.texts.items()) for values in sums), number
        told.add(number)
        checked += bool(target.texts)
    assert len(told) >= trace.dy.size - 1
    assert checked > trace.dy.size / 2


@some(*CASES)
def test_the_last_picture_is_the_whole_answer(name):
    check_answer(name, played(name), gradients(name))


@some("weight", "weight-stride", "input", "input-board", "input-stride")
def test_sums_and_marks_are_right_at_every_step(name):
    check_steps(name, played(name))


def check_written(name, seen, result):
    """A sum that is written out is the number in the cell of the answer that is marked."""
    cells = set()
    for still in seen.stills:
        total = [label.text for label in still.labels if label.size == 40 and label.text != "=" and label.owner is None]
        answers = [s.grid for s in still.grids if getattr(s.grid, "title", "") == TITLES[CASES[name][0]]]
        marked = [place(still, mark.outline) for mark in still.marks if mark.grid in answers]
        if len(total) == 1 and len(marked) == 1:
            assert near(total[0], result[marked[0]]), (total, marked)
            cells.add(marked[0])
    return cells


@some("weight", "input", "input-stride")
def test_written_sums_belong_to_the_marked_cell(name):
    result = gradients(name)
    swept = result.size > MOST_VISITS  # row by row, each seen when its last window is reached
    expected = {(row, result.shape[1] - 1) for row in range(len(result))} if swept else set(np.ndindex(result.shape))
    assert check_written(name, played(name), result) >= expected


@pytest.mark.full
def test_the_filter_gradient_of_the_blackboard():
    rows = [["33", "42", "41"], ["48", "57", "46"], ["33", "42", "41"]]
    assert answer_of(played("weight-board"), "weight").texts == {(i, j): rows[i][j] for i in range(3) for j in range(3)}


@pytest.mark.full
def test_the_input_gradient_of_the_blackboard():
    drawn = answer_of(played("input-board"), "input").texts
    for i, times in enumerate((1, 2, 3, 2, 1)):
        assert [drawn[i, j] for j in range(5)] == [str(v * times).replace("-", "−") for v in (1, 1, 0, -1, -1)]


def test_the_weights_arrive_rotated():
    """They land one by one where the cell of dY lies that they came through, and end up half a turn round."""
    seen = played("input")
    found = [found for still in seen.stills if (found := sheet(still, seen.scene.arrived))]
    counts = [len(each.texts) for each in found]
    assert counts == sorted(counts)
    assert set(range(1, 10)) <= set(counts)
    assert found[-1].texts == {(i, j): str(9 - 3 * i - j) for i in range(3) for j in range(3)}


@some(*CASES)
def test_nothing_is_wrong_under_any_option(name):
    assert not findings(played(name))
    assert played(name).rendered.seconds <= 120


class Careless(Tally):
    """Lets a share replace what was there instead of adding to it."""

    def add(self, share):
        self.values[share.window] = share.numbers


def test_shares_that_replace_would_be_noticed(monkeypatch):
    monkeypatch.setattr(sharing_grids, "Tally", Careless)
    with pytest.raises(AssertionError):
        check_answer("weight", play("weight"), gradients("weight"))


def test_a_displaced_window_would_be_noticed(monkeypatch):
    true = shares.HandingOut.where
    monkeypatch.setattr(shares.HandingOut, "where", lambda self, share: (true(self, share)[0], 0))
    with pytest.raises(AssertionError):
        check_steps("input", play("input"))


def test_a_forged_number_would_be_noticed():
    for name in ("weight", "input"):
        forged = gradients(name) + np.eye(*gradients(name).shape)
        with pytest.raises(AssertionError):
            check_answer(name, played(name), forged)
        with pytest.raises(AssertionError):
            check_written(name, played(name), forged)
