"""Max and average pooling as drawn: numbers, winners and sums read back and compared with nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import PoolingStory
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.stories import pooling_words
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.checks import outside, overlapping, too_small, unread, unreadable
from tests.scenes.drawn import marking, outlined, texts
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
FULL = [pytest.mark.full]
PLAIN = {"padding", "mean"}


def some(*names):
    return pytest.mark.parametrize("name", [pytest.param(n, marks=FULL * (n not in PLAIN)) for n in names])


EVERY = some(*CASES)


@cache
def played(name):
    mode, options = CASES[name]
    entry = find(SLUGS[mode])
    return watch(marking(load_scene(entry.path, entry.class_name)), **options)


def windows(mode, **options):
    """The scene up to its last window: at the end pictures travel to other places."""
    entry = find(SLUGS[mode])

    class Windows(marking(load_scene(entry.path, entry.class_name))):
        def finish(self):
            self.close("{count} windows.", count=len(self.windows))

    return watch(Windows, **options)


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


def image_of(still, grid):
    """The pixels that a grid is drawn with."""
    return next(
        p for p in grid.submobjects if isinstance(p, PixelImage) and any(p is q for q in still.family)
    ).pixel_array


@EVERY
def test_the_last_picture_shows_the_whole_answer(name):
    _, pooled, _ = answer(name)
    last, scene = played(name).stills[-1], played(name).scene
    if not scene.y.has_numbers:
        for index, value in np.ndenumerate(pooled):
            level = round(min(value / scene.s.picture.peak, 1.0) * 255)
            assert all(abs(int(part) - level) <= 1 for part in image_of(last, scene.y)[index][:3])
        return
    found = texts(last, scene.y)
    assert len(found) == pooled.size
    assert all(near(text, pooled[cell]) for cell, text in found.items())


def within(label, box):
    x, y = label.center
    return box.left < x < box.right and box.bottom < y < box.top


def check_windows(watched, x, pooled, winners):
    """Wherever a sum or a maximum is written, it is that of the window drawn, and the ring is around the winner."""
    scene, seen, ringed = watched.scene, set(), set()
    (above, _), (before, _) = scene.trace.padding
    for still in watched.stills:
        landed = outlined(watched, still, scene.y, scene.theme.text)
        line = scene.lines[0]
        shown = [label.text for label in still.labels if within(label, line.box)]
        if not landed or not shown or len(landed) != 1:
            continue
        cell = landed[0][:2]
        (window,) = [
            each
            for each in outlined(watched, still, scene.x, scene.theme.kernel)
            if each[2:] == scene.trace.kernel_size
        ]
        if window[:2] != tuple(c * s for c, s in zip(cell, scene.trace.stride, strict=True)):
            continue  # the window is on its way, the answer before still stands
        assert near(shown[-1], pooled[cell])
        for (row, column), text in texts(still, scene.patches[0]).items():
            here = window[0] - above + row, window[1] - before + column
            inside = all(0 <= i < n for i, n in zip(here, x.shape, strict=True))
            assert near(text, x[here]) if inside else text in ("−∞", "0")
        seen.add(cell)
        for row, column, *_ in outlined(watched, still, scene.x, scene.theme.highlight):
            assert (row - above, column - before) == winners[np.ravel_multi_index(cell, pooled.shape)]
            ringed.add(cell)
    assert len(seen) == pooled.size - scene.s.telling()  # what comes before is not written out
    return len(ringed)


@EVERY
def test_every_result_is_that_of_its_window(name):
    ringed = check_windows(windows(CASES[name][0], **CASES[name][1]), *answer(name))
    assert ringed == (
        answer(name)[1].size - played(name).scene.s.telling()
        if CASES[name][0] == "max" and played(name).scene.x.has_numbers
        else 0
    )


def test_in_the_end_the_winners_alone_are_lit():
    for name in ("curriculum", "padding"):
        scene, winners = played(name).scene, answer(name)[2]
        (above, _), (before, _) = scene.trace.padding
        lit = {
            cell for cell in scene.looked if scene.x.fills[cell].get_fill_color().to_hex().lower() != quiet(scene, cell)
        }
        assert {cell for cell in lit if scene.x.values[cell] > 0} == {
            (row + above, column + before)
            for row, column in winners
            if scene.x.values[row + above, column + before] > 0
        }


def quiet(scene, cell):
    """The fill that a cell has once it has stepped back."""
    before = scene.x.sunk
    scene.x.sink([cell])
    color = scene.x.color_of(cell)
    scene.x.only(set(scene.x.everywhere()) - before)
    return color


def test_a_guessed_winner_would_be_noticed(monkeypatch):
    true = PoolingStory.padded
    monkeypatch.setattr(
        PoolingStory, "padded", lambda self, cell: (true(self, cell)[0], max(true(self, cell)[1] - 1, 0))
    )
    with pytest.raises((AssertionError, KeyError)):
        check_windows(windows("max"), *answer("curriculum"))


def test_a_forged_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(pooling_words, "cell_text", lambda value, *digits: cell_text(value + 1, *digits))
    with pytest.raises(AssertionError):
        check_windows(windows("avg"), *answer("mean"))


@some("mean", "mean-overrun", "mean-padding")
def test_the_whole_map_becomes_one_number(name):
    x, _, _ = answer(name)
    last, scene = played(name).stills[-1], played(name).scene
    (text,) = texts(last, scene.one).values()
    assert near(text, x.mean())
    assert outlined(played(name), last, scene.one) == [(0, 0, 1, 1)]
    rows, columns, (above, _), (before, _) = *x.shape, *scene.trace.padding
    assert (above, before, rows, columns) in outlined(played(name), last, scene.x, scene.theme.kernel)


COLORS = [
    ("max", {"image": "photo:china", "size": (7, 9), "channels": "rgb", "theme": "light"}),
    pytest.param(
        "avg", {"image": "photo:flower", "size": 12, "channels": "rgb", "kernel_size": 3}, marks=pytest.mark.full
    ),
]


@pytest.mark.parametrize(("mode", "options"), COLORS, ids=["max", "avg"])
def test_each_slice_of_a_color_picture_is_pooled_on_its_own(mode, options):
    watched = windows(mode, **options)
    x = load_image(options["image"], size=options["size"], channels="rgb").values[None]
    pooled = {"max": helpers.max_pool, "avg": helpers.avg_pool}[mode](x, options.get("kernel_size", 2))[0]
    scene, seen = watched.scene, 0
    pixels = image_of(watched.stills[-1], scene.y)
    assert pixels.shape[:2] == pooled.shape[1:]
    for (row, column), _ in np.ndenumerate(pooled[0]):
        assert np.abs(pixels[row, column][:3] - pooled[:, row, column]).max() <= 0.51
    for still in watched.stills:
        answers = [label for label in still.labels if label.color == scene.theme.output]
        answers = [label for label in answers if min(s.box.left for s in scene.lines) <= label.box[0]]
        answers = [label for label in answers if label.box[2] <= scene.y.box.left]
        landed = outlined(watched, still, scene.y)
        if len(answers) == 3 and landed:
            said = [label.text for label in sorted(answers, key=lambda label: -label.center[1])]
            assert all(near(text, v) for text, v in zip(said, pooled[:, landed[0][0], landed[0][1]], strict=True))
            seen += 1
    assert seen > 4
    entry = find(SLUGS[mode])
    for check in (outside, overlapping, too_small, unread, unreadable):
        assert not check(watch(load_scene(entry.path, entry.class_name), **options))


def test_the_worked_examples():
    assert answer("curriculum")[1].tolist() == [[6, 8], [3, 9]]
    assert answer("mean")[1].tolist() == [[3.75, 5.25], [2.25, 4.25]]


@EVERY
def test_every_option_lays_out_well(name):
    watched = played(name)
    for check in (outside, overlapping, too_small, unread, unreadable):
        assert not check(watched)
