"""Gradients and stamps as drawn: every running sum, read back from the picture, equals nested loops."""

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

SLUGS = {
    "weight": "ch07-s01-filter-gradient",
    "input": "ch07-s02-input-gradient",
    "stamps": "ch03-s07-transposed-convolution",
}
CASES = {
    "weight": ("weight", {}),
    "weight-stride": ("weight", {"image": "digit:3", "kernel": "1,2;-1,0", "stride": 3, "padding": 1, "dy": "squares"}),
    "weight-photo": ("weight", {"image": "photo:china", "size": 18, "kernel": "sobel-x", "theme": "light"}),
    "input": ("input", {}),
    "input-board": ("input", {"kernel": "edge-x", "dy": "sum", "theme": "light"}),
    "input-stride": ("input", {"image": "digit:8", "kernel": "1,-1;0,3", "stride": 2, "padding": 1, "dy": "squares"}),
    "input-circular": ("input", {"kernel": "sobel-y", "padding": 1, "padding_mode": "circular", "dy": "pattern"}),
    "input-large": ("input", {"image": "digit:0", "kernel": "gaussian-5", "dy": "squares", "theme": "light"}),
    "input-photo": ("input", {"image": "photo:flower", "size": 20, "kernel": "sobel-x", "dy": "squares"}),
    "stamps": ("stamps", {}),
    "stamps-apart": ("stamps", {"image": "blackboard-4", "kernel": "1,-1;2,0.5", "stride": 3, "theme": "light"}),
    "stamps-photo": ("stamps", {"image": "photo:grace_hopper", "size": 16, "dilation": 2}),
}
PICTURES = {"weight-photo", "input-photo", "stamps-photo"}
FULL = {
    "weight-stride",
    "weight-photo",
    "input-board",
    "input-stride",
    "input-circular",
    "input-large",
    "input-photo",
    "stamps-apart",
}


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n in FULL)) for n in names])


@cache
def played(name):
    kind, options = CASES[name]
    if not options:
        return watched(SLUGS[kind], "dark")
    entry = find(SLUGS[kind])
    return watch(load_scene(entry.path, entry.class_name), **options)


def answer(name):
    """What nested loops say comes out."""
    kind, options = CASES[name]
    subject = played(name).scene.subject
    trace = subject.trace
    settings = {k: options[k] for k in ("stride", "padding", "padding_mode", "dilation") if k in options}
    if kind == "stamps":
        settings = {"stride": trace.stride, "padding": trace.padding, "dilation": trace.dilation}
        return helpers.conv_transpose(trace.input[None], trace.weight, output_padding=subject.added, **settings)[0, 0]
    dx, dweight, _ = helpers.conv_vjp(trace.dy[None], subject.picture.values[None], trace.weight, **settings)
    return dweight[0, 0] if kind == "weight" else dx[0, 0]


def after(name, count):
    """What nested loops say of the target, border included, after so many shares."""
    kind, _ = CASES[name]
    trace = played(name).scene.subject.trace
    if kind == "stamps":
        given = np.zeros_like(trace.input[None])
        given.ravel()[:count] = trace.input.ravel()[:count]
        # All that is stamped, nothing cut: what output_padding adds stays empty.
        made = helpers.conv_transpose(given, trace.weight, stride=trace.stride, dilation=trace.dilation)[0, 0]
        whole = np.zeros(trace.canvas_shape[1:])
        whole[tuple(map(slice, made.shape))] = made
        return whole
    dy = np.zeros_like(trace.dy[None])
    dy.ravel()[:count] = trace.dy.ravel()[:count]
    dx, dweight, _ = helpers.conv_vjp(
        dy, trace.padded[None], trace.weight, stride=trace.stride, dilation=trace.dilation
    )
    return dweight[0, 0] if kind == "weight" else dx[0, 0]


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


@some("weight", "input", "input-stride", "stamps", "stamps-apart")
def test_the_sum_is_right_at_every_step(name):
    seen = set()
    for still in played(name).stills:
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


@some("weight-photo", "input-photo", "stamps-photo")
def test_a_large_answer_is_painted_cell_by_cell(name):
    seen, result = played(name), answer(name)
    if name == "weight-photo":
        check_answer(name)
        return
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


def test_the_filter_gradient_of_the_blackboard():
    drawn = target(played("weight").stills[-1]).texts
    rows = [["33", "42", "41"], ["48", "57", "46"], ["33", "42", "41"]]
    assert drawn == {(i, j): rows[i][j] for i in range(3) for j in range(3)}


@pytest.mark.full
def test_the_input_gradient_of_the_blackboard():
    drawn = target(played("input-board").stills[-1]).texts
    for i, times in enumerate((1, 2, 3, 2, 1)):
        assert [drawn[i, j] for j in range(5)] == [str(v * times).replace("-", "−") for v in (1, 1, 0, -1, -1)]


def test_the_weights_arrive_rotated():
    """They are written one by one where the dY cell lies that they came through, and end up half a turn round."""
    kernels = [[g for g in still.grids if g.role == "kernel"] for still in played("input").stills]
    arrivals = [grids[1].texts for grids in kernels if len(grids) == 2]
    counts = [len(texts) for texts in arrivals]
    assert counts == sorted(counts)
    assert set(range(1, 10)) <= set(counts)
    assert arrivals[-1] == {(i, j): str(9 - 3 * i - j) for i in range(3) for j in range(3)}
    first = next(texts for texts in arrivals if len(texts) == 1)
    assert first == {(0, 0): "9"}


@some("weight", "input", "input-stride")
def test_written_sums_add_up(name):
    """Below the middle: terms and their sum, which stands in the framed cell of the answer."""
    results, seen = set(np.round(answer(name), 9).ravel().tolist()), 0
    for still in played(name).stills:
        total = [label for label in still.labels if label.size == 40]
        terms = [label for label in still.labels if label.size in (18, 19, 20, 21, 22, 23, 24) and label.text[0] != "="]
        terms = [label for label in terms if total and label.box[1] > total[0].box[3] - 0.05]
        if len(total) < 2:
            continue
        numbers = [
            label.text.replace("−", "-")
            for label in sorted(terms, key=lambda label: (-round(label.center[1] / 0.2), label.box[0]))
            if label.text not in "+×" and "step" not in label.text
        ]
        numbers = [text for text in numbers if text.replace("-", "").replace(".", "").replace("/", "").isdigit()]
        assert len(numbers) % 2 == 0
        products = [helpers_value(a) * helpers_value(b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        assert near(total[-1].text, sum(products)), (numbers, total[-1].text)
        assert any(near(total[-1].text, value) for value in results)
        seen += 1
    assert seen >= 4


def helpers_value(text):
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom or 1)


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
    entry = find(SLUGS["weight"])
    monkeypatch.setattr(lesson, "Tally", Careless)
    forged = watch(load_scene(entry.path, entry.class_name))
    assert target(forged.stills[-1]).texts != target(played("weight").stills[-1]).texts


def test_a_wrong_answer_would_be_noticed(monkeypatch):
    name = "input"
    right = answer(name)
    monkeypatch.setitem(globals(), "answer", lambda _: right + np.eye(5))
    with pytest.raises(AssertionError):
        check_answer(name)
