"""Stamps as drawn: every running sum, read back from the picture, equals nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.backprop import lesson
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.number_grid import NumberGrid
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.running_grid import RunningGrid
from cnnviz.subjects.tally import Tally
from tests import helpers
from tests.scenes.checks import outside, overlapping, too_small, unread, watched
from tests.scenes.watch import near, watch

SLUG = "ch03-s07-transposed-convolution"
CASES = {
    "stamps": {},
    "stamps-apart": {"image": "blackboard-4", "kernel": "1,-1;2,0.5", "stride": 3, "theme": "light"},
    "stamps-photo": {"image": "photo:grace_hopper", "size": 16, "dilation": 2},
}
PICTURES = {"stamps-photo"}
FULL = {"stamps-apart"}


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n in FULL)) for n in names])


@cache
def played(name):
    if not CASES[name]:
        return watched(SLUG, "dark")
    entry = find(SLUG)
    return watch(load_scene(entry.path, entry.class_name), **CASES[name])


def answer(name):
    """What nested loops say comes out."""
    subject = played(name).scene.subject
    trace = subject.trace
    settings = {"stride": trace.stride, "padding": trace.padding, "dilation": trace.dilation}
    return helpers.conv_transpose(trace.input[None], trace.weight, output_padding=subject.added, **settings)[0, 0]


def after(name, count):
    """What nested loops say of the canvas after so many stamps."""
    trace = played(name).scene.subject.trace
    given = np.zeros_like(trace.input[None])
    given.ravel()[:count] = trace.input.ravel()[:count]
    # All that is stamped, nothing cut: what output_padding adds stays empty.
    made = helpers.conv_transpose(given, trace.weight, stride=trace.stride, dilation=trace.dilation)[0, 0]
    whole = np.zeros(trace.canvas_shape[1:])
    whole[tuple(map(slice, made.shape))] = made
    return whole


def target(still):
    """The grid that the shares go into, as it is drawn."""
    grids = [part for part in still.family if isinstance(part, NumberGrid)]
    (place,) = (i for i, grid in enumerate(grids) if isinstance(grid, RunningGrid))
    return still.grids[place]


def check_answer(name):
    """The last picture shows all of the answer and nothing else."""
    seen, result = played(name), answer(name)
    drawn = target(seen.stills[-1]).texts
    border = seen.scene.sharing.target.border
    places = np.argwhere(~border)
    assert len(drawn) == len(places) == result.size
    for place, value in zip(places.tolist(), result.ravel(), strict=True):
        assert near(drawn[tuple(place)], value), (place, drawn[tuple(place)], value)


@some(*(name for name in CASES if name not in PICTURES))
def test_the_last_picture_is_the_whole_answer(name):
    check_answer(name)


@some("stamps", "stamps-apart")
def test_the_sum_is_right_at_every_step(name):
    check_steps(name, played(name))


def check_steps(name, watched):
    seen = set()
    for still in watched.stills:
        steps = [label.text for label in still.labels if label.text.startswith("step ")]
        if not steps or "/" not in steps[0]:
            continue
        number, total = (int(part) for part in steps[0].removeprefix("step ").replace(" ", "").split("/"))
        drawn = target(still).texts
        if number == total or not drawn:
            continue
        # The counter moves on just before the first two shares land.
        possible = [after(name, count) for count in (number, number - 1)]
        assert any(all(near(text, sums[cell]) for cell, text in drawn.items()) for sums in possible), (number, drawn)
        seen.add(number)
    assert len(seen) > total / 2


@some("stamps-photo")
def test_a_large_answer_is_painted_cell_by_cell(name):
    seen, result = played(name), answer(name)
    field, theme = seen.scene.view.target, seen.scene.theme
    (image,) = (part for part in field.submobjects if isinstance(part, PixelImage))
    border = seen.scene.sharing.target.border
    painted = image.pixel_array[~border].reshape(*result.shape, 4)
    scale = np.abs(result).max()
    for cell, value in np.ndenumerate(result):
        fill = theme.fill(field.matrix.role, round(value / scale, 12))
        assert np.abs(painted[cell][:3].astype(int) - rgb(fill)).max() <= 1
        assert painted[cell][3] == 255
    assert not image.pixel_array[border].any()


@some(*CASES)
def test_text_stays_apart_and_can_be_read_in_time(name):
    seen = played(name)
    assert not outside(seen)
    assert not overlapping(seen)
    assert not too_small(seen)
    assert not unread(seen)
    assert seen.rendered.seconds <= 120


class Careless(Tally):
    """Lets a share replace what was there instead of adding to it."""

    def add(self, share):
        self.values[share.window] = share.numbers


def test_shares_that_replace_would_be_noticed(monkeypatch):
    entry = find(SLUG)
    monkeypatch.setattr(lesson, "Tally", Careless)
    forged = watch(load_scene(entry.path, entry.class_name))
    with pytest.raises(AssertionError):
        check_steps("stamps", forged)


def test_a_wrong_answer_would_be_noticed(monkeypatch):
    name = "stamps"
    right = answer(name)
    monkeypatch.setitem(globals(), "answer", lambda _: right + np.eye(*right.shape))
    with pytest.raises(AssertionError):
        check_answer(name)
