"""Max and average pooling as drawn: numbers, winners and shares read back and compared with nested loops."""

import re
from functools import cache

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.layout import RESULT, TERM
from cnnviz.stage.mobjects import number_grid
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pooling import numbers
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.test_every_scene import outside, overlapping, too_small, unread, unreadable
from tests.scenes.watch import near, watch

SLUGS = {"max": "ch04-s02-max-pooling", "avg": "ch04-s03-average-pooling"}
CASES = {
    "curriculum": ("max", {}),
    "overlap": ("max", {"image": "pooling-b", "stride": 1, "theme": "light"}),
    "padding": ("max", {"image": "digit:3", "kernel_size": 3, "stride": 2, "padding": 1}),
    "ceil": ("max", {"image": "blackboard", "stride": 2, "ceil_mode": True}),
    "photo": ("max", {"image": "photo:china", "size": (9, 13), "kernel_size": (3, 2)}),
    "mean": ("avg", {}),
    "mean-overrun": ("avg", {"image": "blackboard", "ceil_mode": True}),
    "mean-padding": ("avg", {"image": "digit:8", "kernel_size": 3, "stride": 3, "padding": 1, "theme": "light"}),
    "mean-photo": ("avg", {"image": "photo:flower", "size": 20, "kernel_size": 5}),
}
PICTURES = {"photo", "mean-photo"}
FULL = {"overlap", "ceil", "mean-padding", "mean-photo"}


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.full] * (n in FULL)) for n in names])


EVERY = some(*CASES)


@cache
def played(name):
    mode, options = CASES[name]
    entry = find(SLUGS[mode])
    return watch(load_scene(entry.path, entry.class_name), **options)


def answer(name):
    """What nested loops say: the picture, the pooled map, and where each maximum stands first."""
    mode, options = CASES[name]
    x = load_image(options.get("image", "pooling-a"), size=options.get("size")).values
    settings = {key: options[key] for key in ("stride", "padding", "ceil_mode") if key in options}
    pool = {"max": helpers.max_pool, "avg": helpers.avg_pool}[mode]
    kernel = options.get("kernel_size", 2)
    pooled = pool(x[None], kernel, **settings)[0, 0]
    winners = []
    for cell in helpers.cells(pooled.shape if mode == "max" else ()):
        dy = np.zeros((1, 1, *pooled.shape))
        dy[0, 0][cell] = 1.0
        winners.append(tuple(np.argwhere(helpers.max_pool_vjp(dy, x[None], kernel, **settings)[0, 0])[0].tolist()))
    return x[0], pooled, winners


def told(still):
    """The number of the window that a still is about; None before the first."""
    found = [re.fullmatch(r"window ([\d ]+) / [\d ]+", label.text) for label in still.labels]  # tabular 1s stand apart
    return next((int(match[1].replace(" ", "")) - 1 for match in found if match), None)


def shown(still):
    """The numbers written large in the panel."""
    return [label.text for label in still.labels if label.size == RESULT and label.text not in "=≈"]


@EVERY
def test_the_last_picture_shows_the_whole_answer(name):
    _, pooled, _ = answer(name)
    last = played(name).stills[-1]
    if name in PICTURES:
        view = played(name).scene.view
        image = [part for part in last.family if isinstance(part, PixelImage)][-1]
        for index, value in np.ndenumerate(pooled):
            level = round(min(value / view.peak, 1.0) * 255)
            assert all(abs(int(part) - level) <= 1 for part in image.pixel_array[index][:3])
        return
    grid = next(grid for grid in last.grids if grid.role == "output" and grid.values.shape == pooled.shape)
    assert len(grid.texts) == pooled.size
    assert all(near(text, pooled[cell]) for cell, text in grid.texts.items())


@EVERY
def test_every_result_is_that_of_its_window(name):
    mode, _ = CASES[name]
    x, pooled, _ = answer(name)
    seen = set()
    for still in played(name).stills:
        index, results = told(still), shown(still)
        if index is None or not results:
            continue
        whole = any("global" in label.text for label in still.labels) or len(seen) == pooled.size
        if mode == "avg" and whole and not near(results[-1], pooled.ravel()[index]):
            assert near(results[-1], x.mean())
            continue
        assert near(results[-1], pooled.ravel()[index]), (index, results)
        seen.add(index)
    assert len(seen) >= min(4, pooled.size)


def rings(still, box, theme):
    """The cells framed strongly in the highlight color inside a box."""
    found = []
    for part in still.family:
        if isinstance(part, Rectangle) and part.stroke_width == 5.0:
            x, y, _ = part.get_center()
            inside = box.left < x < box.right and box.bottom < y < box.top
            if inside and part.get_stroke_color().to_hex().lower() == theme.highlight:
                found.append((x, y))
    return found


def check_winners(watched, winners):
    view, seen = watched.scene.view, 0
    (above, _), (before, _) = view.trace.padding
    for still in watched.stills:
        framed = rings(still, view.input.box, view.theme)
        if framed:
            row, column = winners[told(still)]
            center = view.input.cell_box((row + above, column + before)).center
            assert framed == [pytest.approx(center)]
            seen += 1
    assert seen >= len(winners)


WITH_RINGS = some("curriculum", "overlap", "padding", "ceil")


@WITH_RINGS
def test_the_ring_is_around_the_true_arg_max(name):
    check_winners(played(name), answer(name)[2])


@WITH_RINGS
def test_in_the_end_the_winners_alone_are_lit(name):
    view, winners = played(name).scene.view, answer(name)[2]
    (above, _), (before, _) = view.trace.padding
    lit = set(view.input.fills) - view.input.muted
    inside = {cell for cell in lit if not view.trace.is_padding[cell]}
    reached = {cell for cell in inside if cell in view._seen}
    assert reached == {(row + above, column + before) for row, column in winners}
    for cell in lit:
        assert view.input.fills[cell].get_fill_color().to_hex().lower() == view.input.color_of(cell)


def test_a_guessed_winner_would_be_noticed(monkeypatch):
    def first_cell(step, box, cell, theme):
        return [Rectangle(box, outline=theme.highlight, width=5.0)]

    monkeypatch.setattr(numbers, "rings", first_cell)
    entry = find(SLUGS["max"])
    with pytest.raises(AssertionError):
        check_winners(watch(load_scene(entry.path, entry.class_name)), answer("curriculum")[2])


@some("mean", "mean-overrun", "mean-padding")
def test_shares_add_up_to_the_mean(name):
    _, pooled, _ = answer(name)
    panel = played(name).scene.view.panel
    seen = 0
    for still in played(name).stills:
        patches = [g for g in still.grids if g.role == "output" and g.values.shape == panel.trace.kernel_size]
        patch = [g for g in patches if g.values.shape != pooled.shape or not np.array_equal(g.values, pooled)]
        results = shown(still)
        if not patch or not results or told(still) is None:
            continue
        assert near(results[-1], patch[0].values.sum())
        assert all(near(text, patch[0].values[cell]) for cell, text in patch[0].texts.items() if text)
        seen += 1
    assert seen >= pooled.size


def test_the_whole_map_becomes_one_number():
    x, _, _ = answer("mean")
    last = played("mean").stills[-1]
    (one,) = (grid for grid in last.grids if grid.values.shape == (1, 1))
    assert one.texts == {(0, 0): "3.88"}
    assert shown(last) == ["3.875"]
    assert x.mean() == 3.875


COLORS = [
    ("max", {"image": "photo:china", "size": (7, 9), "channels": "rgb", "theme": "light"}),
    pytest.param(
        "avg", {"image": "photo:flower", "size": 12, "channels": "rgb", "kernel_size": 3}, marks=pytest.mark.full
    ),
]


@pytest.mark.parametrize(("mode", "options"), COLORS, ids=["max", "avg"])
def test_each_slice_of_a_color_picture_is_pooled_on_its_own(mode, options):
    entry = find(SLUGS[mode])
    watched = watch(load_scene(entry.path, entry.class_name), **options)
    x = load_image(options["image"], size=options["size"], channels="rgb").values[None]
    pooled = {"max": helpers.max_pool, "avg": helpers.avg_pool}[mode](x, options.get("kernel_size", 2))[0]
    image = [part for part in watched.stills[-1].family if isinstance(part, PixelImage)][-1]
    assert image.pixel_array.shape[:2] == pooled.shape[1:]
    for (row, column), _ in np.ndenumerate(pooled[0]):
        assert np.abs(image.pixel_array[row, column][:3] - pooled[:, row, column]).max() <= 0.51
    look, seen = watched.scene.theme, 0
    for still in watched.stills:
        answers = [label for label in still.labels if label.size == TERM and label.color == look.output]
        if len(answers) == 3 and told(still) is not None and "global" not in str(still.labels):
            index = told(still)
            texts = [label.text for label in sorted(answers, key=lambda label: label.center[0])]
            whole = all(near(text, value) for text, value in zip(texts, x[0].mean(axis=(1, 2)), strict=True))
            values = pooled.reshape(3, -1)[:, index]
            assert whole or all(near(text, value) for text, value in zip(texts, values, strict=True))
            seen += 1
    assert seen > 4
    assert not outside(watched)
    assert not overlapping(watched)
    assert not too_small(watched)
    assert not unread(watched)
    assert not unreadable(watched)


def test_the_worked_examples():
    assert answer("curriculum")[1].tolist() == [[6, 8], [3, 9]]
    assert answer("mean")[1].tolist() == [[3.75, 5.25], [2.25, 4.25]]


@EVERY
def test_every_option_lays_out_well(name):
    watched = played(name)
    assert not outside(watched)
    assert not overlapping(watched)
    assert not too_small(watched)
    assert not unread(watched)
    assert not unreadable(watched)


def test_a_wrong_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(number_grid, "cell_text", lambda value: cell_text(value + 1))
    entry = find(SLUGS["max"])
    watched = watch(load_scene(entry.path, entry.class_name))
    last = watched.stills[-1].grids[1]
    assert not all(near(text, answer("curriculum")[1][cell]) for cell, text in last.texts.items())
