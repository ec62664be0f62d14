"""Gradients through pooling as drawn: every running sum, mark, note and total, compared with nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.stories import sharing_grids
from cnnviz.stage.stories.routing import Routing
from cnnviz.subjects.tally import Tally
from tests import helpers
from tests.scenes.findings import findings
from tests.scenes.watch import near, value, watch

ENTRY = find("ch07-s04-pooling")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "lecture": ("16:9", {}),
    "apart": ("4:3", {"image": "pooling-b", "stride": 2, "dy": "1,0.5;0,-2", "theme": "light"}),
    "padding": ("9:16", {"image": "digit:3", "kernel_size": 3, "stride": 2, "padding": 1}),
    "ceil": ("16:9", {"image": "blackboard", "mode": "max", "stride": 2, "ceil_mode": True, "dy": "sum"}),
    "wide": ("1:1", {"image": "photo:china", "mode": "max", "kernel_size": (3, 2), "theme": "light"}),
    "average": ("16:9", {"image": "digit:7", "mode": "avg", "padding": 1, "dy": "sum"}),
}
FULL = [pytest.mark.full]
PLAIN = {"lecture"}
BACK = {"max": helpers.max_pool_vjp, "avg": helpers.avg_pool_vjp}
TITLES = {"max": "dX by max", "avg": "dX by average"}
EVERY = pytest.mark.parametrize("name", [pytest.param(n, marks=FULL * (n not in PLAIN)) for n in CASES])


def play(name):
    aspect, options = CASES[name]
    return watch(SCENE, aspect, **options)


played = cache(play)


def given(name):
    """The picture, the window's settings, the gradient of the pooled map, and the poolings that are told."""
    options = CASES[name][1]
    x = load_image(options.get("image", "pooling-a"), size=8 if name == "wide" else None).values[None]
    settings = {key: options[key] for key in ("padding", "ceil_mode") if key in options}
    settings |= {"stride": options.get("stride", 1), "kernel_size": options.get("kernel_size", 2)}
    shape = helpers.max_pool(x, **settings).shape
    dy = {"count": 1.0 + np.arange(np.prod(shape)), "sum": np.ones(np.prod(shape))}.get(options.get("dy", "count"))
    dy = (np.array([1, 0.5, 0, -2]) if dy is None else dy).reshape(shape)
    mode = options.get("mode", "both")
    return x, settings, dy, ("max", "avg") if mode == "both" else (mode,)


def gradient(name, kind, count=None):
    """What nested loops say of dX, after so many windows."""
    x, settings, dy, _ = given(name)
    part = np.zeros_like(dy)
    part.ravel()[:count] = dy.ravel()[:count]
    return BACK[kind](part, x, **settings)[0, 0]


def inside(name, drawn, shape):
    """The texts of a dX, by the cell of the input; what is on its border is left out."""
    top, left = np.broadcast_to(CASES[name][1].get("padding", 0), 2) if drawn.values.shape != shape else (0, 0)
    cells = {(row - top, column - left): text for (row, column), text in drawn.texts.items()}
    return {cell: text for cell, text in cells.items() if cell in set(np.ndindex(shape))}


def titled(still, title):
    return [sheet for sheet in still.grids if getattr(sheet.grid, "title", "") == title]


def check(name, watched):
    for kind in given(name)[3]:
        (drawn,), true = titled(watched.stills[-1], TITLES[kind]), gradient(name, kind)
        if drawn.pixels is None:
            texts = inside(name, drawn, true.shape)
            assert len(texts) == true.size
            assert all(near(text, true[cell]) for cell, text in texts.items()), (texts, true)
        else:
            kept = drawn.values[~drawn.grid.padding].reshape(true.shape)
            np.testing.assert_allclose(kept, true, atol=1e-9)


def counter(still):
    found = [label.text for label in still.labels if label.text.startswith("share ")]
    return int(found[0].split()[1].partition("/")[0]) if found else None


def marked(still, outline):
    """The first cell that an outline is drawn around."""
    mark = next((mark for mark in still.marks if mark.outline is outline), None)
    return None if mark is None else tuple(np.rint(mark.frame.shares(mark.corners).min(axis=0)).astype(int).tolist())


def winner(x, settings, cell):
    """The first greatest number of a window, found by going through it, as a cell of the padded input."""
    kernel, stride, padding = (np.broadcast_to(settings.get(key, 0), 2) for key in ("kernel_size", "stride", "padding"))
    best = None
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            row, column = cell[0] * stride[0] + i, cell[1] * stride[1] + j
            real = row - padding[0], column - padding[1]
            if all(0 <= r < n for r, n in zip(real, x.shape[2:], strict=True)) and (
                best is None or x[0, 0][real] > best[0]
            ):
                best = x[0, 0][real], (int(row), int(column))
    return best[1]


def check_steps(name, watched):
    """While gradients are handed out: the sums so far, who gives, and whose number is ringed."""
    x, settings, dy, kinds = given(name)
    told = {kind: set() for kind in kinds}
    rings = {}
    for still in watched.stills:
        number, scene = counter(still), watched.scene
        marks = {mark.outline for mark in still.marks}
        if number is None or not marks:
            continue
        for kind in kinds:
            end = scene.ends[kind]
            drawn = next((sheet for sheet in still.grids if sheet.grid is end["target"]), None)
            landing = [mark for mark in marks if getattr(mark, "grid", None) is end["target"]]
            if drawn is None or not landing or drawn.pixels is not None:
                continue
            # The counter moves on just before a share lands.
            true = [gradient(name, kind, count) for count in (number, number - 1)]
            texts = inside(name, drawn, true[0].shape)
            assert any(all(near(text, each[cell]) for cell, text in texts.items()) for each in true), (kind, number)
            told[kind].add(number)
            thick = [
                m for m in marks if m.grid is scene.factors and m.stroke_width == 5 and (m.rows, m.columns) == (1, 1)
            ]
            if kind == "max" and thick:
                rings[number] = marked(still, thick[0])
    for number, cell in rings.items():
        assert cell == winner(x, settings, divmod(number - 1, dy.shape[3])), number
    assert all(len(numbers) >= dy.size - 1 for numbers in told.values()), told
    assert "max" not in kinds or len(rings) >= dy.size - 1


@EVERY
def test_the_last_picture_shows_every_gradient(name):
    check(name, played(name))


@pytest.mark.parametrize("name", ["lecture", pytest.param("ceil", marks=pytest.mark.full)])
def test_sums_givers_and_winners_are_right_at_every_step(name):
    check_steps(name, played(name))


@EVERY
def test_the_totals_are_those_of_the_grids(name):
    _, _, dy, kinds = given(name)
    labels = played(name).stills[-1].labels
    titles = {"dY": dy.sum(), **{TITLES[kind]: gradient(name, kind).sum() for kind in kinds}}
    for title, total in titles.items():
        (drawn,) = titled(played(name).stills[-1], title)
        box = drawn.grid.box
        texts = [
            label.text
            for label in sorted(labels, key=lambda each: each.box[0])
            if box.bottom - 0.5 < label.center[1] < box.bottom and box.left - 0.1 < label.center[0] < box.right + 0.1
        ]
        assert near(texts[-1], total)
        if "…" not in texts and "..." not in texts:
            numbers = [value(text)[0] for text in texts[:-1] if text not in ("+", "−", "=")]
            signs = [1.0, *(-1.0 if text == "−" else 1.0 for text in texts[:-2] if text in ("+", "−"))]
            assert sum(s * n for s, n in zip(signs, numbers, strict=True)) == pytest.approx(total)


def notes(watched):
    """What is written below a dX while its gradients come in, as the parts of a sum."""
    found = set()
    for still in (still for still in watched.stills if counter(still)):
        texts = [label.text for label in still.labels if not label.caption]
        for index, text in enumerate(texts):
            if text == "+":
                found.add(tuple(texts[index - 1 : index + 5]))
    return found


def test_sums_on_the_way_are_true_and_say_what_overwriting_would_give():
    found = notes(played("lecture"))
    assert len(found) > 5
    for before, _, added, equals, total, slip in found:
        assert equals == "="
        assert value(before)[0] + value(added)[0] == pytest.approx(value(total)[0])
        assert (slip == f"not {added}") == (before != "0")
    assert ("1", "+", "4", "=", "5", "not 4") in found


def said(name):
    return [beat.text for beat in played(name).scene.beats]


def test_an_overlap_a_tie_and_both_totals_are_told():
    told = said("lecture")
    assert "This cell wins again: 1 and 4 add up to 5. To write over is a common slip." in told
    assert any(
        text.startswith("3 is there more than once. The first one counts: the whole gradient, 7") for text in told
    )
    assert "Windows overlap: 0.25 is there already, 0.5 more makes 0.75." in told
    assert "Nothing is lost on the way: dY adds up to 45, and so does dX." in told
    assert not any("times" in text for name in CASES if name in PLAIN for text in said(name))


@pytest.mark.full
def test_what_falls_on_the_padding_is_said_to_be_lost():
    _, _, dy, _ = given("padding")
    assert gradient("padding", "max").sum() == dy.sum() == 136
    assert gradient("padding", "avg").sum() < 136
    assert any(text.startswith("What fell on the padding is lost: dY adds up to 136") for text in said("padding"))


@EVERY
def test_nothing_is_wrong_under_any_option(name):
    assert not findings(played(name))


class Careless(Tally):
    """Lets a share replace what was there instead of adding to it."""

    def add(self, share):
        self.values[share.window] = share.numbers


def test_shares_that_replace_would_be_noticed(monkeypatch):
    monkeypatch.setattr(sharing_grids, "Tally", Careless)
    with pytest.raises(AssertionError):
        check("lecture", play("lecture"))


def test_a_ring_around_another_number_would_be_noticed(monkeypatch):
    mark = Routing.mark

    def displaced(scene, share):
        mark(scene, share)
        for ring in scene.rings:
            ring.lay((0, 0))

    monkeypatch.setattr(Routing, "mark", displaced)
    with pytest.raises(AssertionError):
        check_steps("lecture", play("lecture"))
