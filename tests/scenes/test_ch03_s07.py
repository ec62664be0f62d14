"""Stamps as drawn: every running sum and mark, read back from the picture, equals nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.stories import shares, sharing_grids
from cnnviz.subjects.tally import Tally
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, watch

ENTRY = find("ch03-s07-transposed-convolution")
CASES = {
    "stamps": ("16:9", {}),
    "apart": ("4:3", {"image": "blackboard-4", "kernel": "1,-1;2,0.5", "stride": 3, "theme": "light"}),
    "digit": ("9:16", {"image": "digit:3", "kernel": "sobel-x", "theme": "light"}),
    "photo": ("16:9", {"image": "photo:grace_hopper", "size": 16, "dilation": 2}),
    "large": ("1:1", {"image": "digit:3", "kernel": "gaussian-5"}),
}
FULL = [pytest.mark.full]
PLAIN = {"stamps"}


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=FULL * (n not in PLAIN)) for n in names])


def play(name):
    aspect, options = CASES[name]
    return watch(load_scene(ENTRY.path, ENTRY.class_name), aspect, **options)


played = cache(play)


def stamped(name, count=None):
    """What nested loops say comes out; of the whole canvas, after so many stamps."""
    subject = played(name).scene.subject
    trace = subject.trace
    settings = {"stride": trace.stride, "dilation": trace.dilation}
    if count is None:
        settings |= {"padding": trace.padding, "output_padding": subject.added}
        return helpers.conv_transpose(trace.input[None], trace.weight, **settings)[0, 0]
    given = np.zeros_like(trace.input[None])
    given.ravel()[:count] = trace.input.ravel()[:count]
    made = helpers.conv_transpose(given, trace.weight, **settings)[0, 0]
    whole = np.zeros(trace.canvas_shape[1:])  # what output_padding adds stays empty
    whole[tuple(map(slice, made.shape))] = made
    return whole


def sheet(still, grid):
    return next((sheet for sheet in still.grids if sheet.grid is grid), None)


def place(still, outline):
    """The first cell that an outline is drawn around."""
    mark = next((mark for mark in still.marks if mark.outline is outline), None)
    return None if mark is None else tuple(np.rint(mark.frame.shares(mark.corners).min(axis=0)).astype(int).tolist())


def check_answer(name, seen):
    """The last picture shows all of the answer, and nothing on the border that was cut off."""
    drawn, result, look = sheet(seen.stills[-1], seen.scene.target), stamped(name), seen.scene.theme
    inside = [tuple(cell) for cell in np.argwhere(~seen.scene.sharing.target.border).tolist()]
    assert len(inside) == result.size
    if drawn.pixels is None:
        assert set(drawn.texts) == set(inside)
    for cell, value in zip(inside, result.ravel(), strict=True):
        if drawn.pixels is None:
            assert near(drawn.texts[cell], value), (cell, drawn.texts[cell], value)
        else:
            fill = look.fill("output", value / seen.scene.scale)
            assert np.abs(drawn.pixels[cell].astype(int) - rgb(fill)).max() <= 1
    if drawn.pixels is not None:
        border = drawn.pixels[seen.scene.sharing.target.border]
        assert (border == rgb(look.cell)).all()


def check_steps(name, seen):
    """While stamps land: the sum so far, who stamps, and where the window lies."""
    scene, checked = seen.scene, set()
    across, stride = scene.subject.trace.input.shape[2], scene.subject.trace.stride
    for still in seen.stills:
        counter = [label.text for label in still.labels if label.text.startswith("stamp ") and "/" in label.text]
        target, giver, window = (
            sheet(still, scene.target),
            place(still, scene.giver),
            place(still, scene.window.frame),
        )
        if not counter or target is None or giver is None or window is None:
            continue
        number = int(counter[0].removeprefix("stamp ").partition("/")[0].replace(" ", ""))
        assert giver == divmod(number - 1, across)
        assert window == tuple(i * s for i, s in zip(giver, stride, strict=True))
        # The counter moves on just before a stamp lands, and cells without any are filled with 0 after the last.
        sums = [stamped(name, count) for count in (number, number - 1)]
        assert any(all(near(text, values[at]) for at, text in target.texts.items()) for values in sums), number
        checked |= {number} if target.texts else set()
    assert len(checked) > scene.subject.trace.input.size / 2


@some(*CASES)
def test_the_last_picture_is_the_whole_answer(name):
    check_answer(name, played(name))


@some("stamps")
def test_sums_and_marks_are_right_at_every_step(name):
    check_steps(name, played(name))


@some(*CASES)
def test_the_size_is_written(name):
    assert played(name).stills[-1].formulas[-1] == str(len(stamped(name)))


@some(*CASES)
def test_nothing_is_wrong_under_any_option(name):
    assert not findings(played(name))
    assert played(name).rendered.seconds <= 120


class Careless(Tally):
    """Lets a share replace what was there instead of adding to it."""

    def add(self, share):
        self.values[share.window] = share.numbers


def test_stamps_that_replace_would_be_noticed(monkeypatch):
    monkeypatch.setattr(sharing_grids, "Tally", Careless)
    with pytest.raises(AssertionError):
        check_steps("stamps", play("stamps"))


def test_a_displaced_window_would_be_noticed(monkeypatch):
    true = shares.HandingOut.where
    monkeypatch.setattr(shares.HandingOut, "where", lambda self, share: (true(self, share)[0], 0))
    with pytest.raises(AssertionError):
        check_steps("stamps", play("stamps"))


def test_a_wrong_answer_would_be_noticed(monkeypatch):
    right = stamped("stamps")
    monkeypatch.setitem(globals(), "stamped", lambda _: right + np.eye(*right.shape))
    with pytest.raises(AssertionError):
        check_answer("stamps", played("stamps"))
