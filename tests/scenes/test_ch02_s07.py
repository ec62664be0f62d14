"""Color: the sheets, the sums, the map and the place of the box equal nested loops at every step."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Tunnel
from cnnviz.subjects.rgb import BIAS, KERNELS
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s07-rgb")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CHANNELS = ("red", "green", "blue")
CASES = {
    "flower": {},
    "fractions": {"image": "photo:china", "kernels": "gaussian", "patch": 4, "bias": -0.5, "theme": "light"},
    "own": {"image": "photo:grace_hopper", "kernels": ("1,-2", "0,1/3", "-1,0"), "patch": 3, "at": (4, 9), "size": 20},
    "digit": {"image": "digit:3", "kernels": "laplacian", "patch": 3},
}


class Spied(SCENE):
    """The scene, noting where its box is drawn at every window."""

    def show(self, step):
        super().show(step)
        self.places = {**getattr(self, "places", {}), step.index + 1: [at(window) for window in self.tunnel.windows]}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(Spied, **request.param)


def weights(options):
    names = options.get("kernels", KERNELS)
    names = [names] * 3 if isinstance(names, str) else names
    return np.stack([kernel(name).values for name in names])


def patch(options, watched):
    size = options.get("size") or (None if options.get("image") == "digit:3" else 40)
    picture = load_image(options.get("image", "photo:flower"), size=size, channels="rgb")
    (row, column), side = watched.scene.subject.corner, options.get("patch", 5)
    assert (row, column) == options.get("at", (row, column))
    return picture.values[:, row : row + side, column : column + side]


def drawn(still, role):
    return [grid for grid in still.grids if grid.role == role]


def test_sheets_and_kernel_say_all_their_numbers(case):
    options, watched = case
    sheets = [drawn(watched.stills[-1], channel)[0] for channel in CHANNELS]
    kernels = drawn(watched.stills[-1], "kernel")
    for grids, values in ((sheets, patch(options, watched)), (kernels, weights(options))):
        for grid, one in zip(grids, values, strict=True):
            assert len(grid.texts) == one.size
            assert all(near(text, one[cell]) for cell, text in grid.texts.items())


def explained(watched):
    """The stills with a whole sum, by window: the four numbers and their sum."""
    found = {}
    for still in watched.stills:
        counter = [label.text for label in still.labels if label.text.startswith("window ")]
        partial = {
            label.color: label.text for label in still.labels if label.size == 30 and label.text not in ("= ", "=")
        }
        sums = [label.text for label in still.labels if label.size == 40]
        bias = [b.text for a, b in zip(still.labels, still.labels[1:], strict=False) if a.text.startswith("+ bias")]
        if counter and len(partial) == 3 and sums:
            look = watched.scene.theme
            numbers = [partial[look.role(channel)] for channel in CHANNELS]
            found[int(counter[0].split()[1])] = [*numbers, bias[0], sums[0]]
    return found


def at(window):
    """The cells under the outline as it is drawn."""
    grid = window.grid
    corners = [grid.plane.flat(point[:2], grid.middle) for point in window.frame.points]
    (left, bottom), (right, top) = np.min(corners, axis=0), np.max(corners, axis=0)
    return tuple(
        round(float(v) / grid.side, 3) for v in (grid.box.top - top, left - grid.box.left, top - bottom, right - left)
    )


def check(options, watched):
    values, kernels = patch(options, watched), weights(options)
    bias = options.get("bias", BIAS)
    partial = [helpers.conv(v[None, None], w[None, None])[0, 0].ravel() for v, w in zip(values, kernels, strict=True)]
    answer = helpers.conv(values[None], kernels[None], np.array([bias]))[0, 0]
    seen = explained(watched)
    assert set(seen) == set(range(1, answer.size + 1))
    for number, texts in seen.items():
        wanted = (*(p[number - 1] for p in partial), bias, answer.ravel()[number - 1])
        assert all(near(text.lstrip("≈ "), value) for text, value in zip(texts, wanted, strict=True)), (number, texts)
        row, column = divmod(number - 1, answer.shape[1])
        assert watched.scene.places[number] == [(row, column, *kernels.shape[1:])] * 3, number
    (drawn_map,) = drawn(watched.stills[-1], "output")
    assert len(drawn_map.texts) == answer.size
    assert all(near(text, answer[cell]) for cell, text in drawn_map.texts.items())


def test_three_partial_sums_and_the_bias_make_the_number(case):
    check(*case)


def test_the_count_of_parameters(case):
    options, watched = case
    count = weights(options).size
    texts = [label.text for label in watched.stills[-1].labels if label.size == 26]
    assert texts == [f"{count}", "+ 1 =", f"{count + 1}"]


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[1]), broken.__name__


def test_a_forged_partial_sum_would_be_noticed(monkeypatch):
    genuine = SCENE.partial
    monkeypatch.setattr(SCENE, "partial", lambda self, part, value, channel: genuine(self, part, value + 1, channel))
    with pytest.raises(AssertionError):
        check(CASES["digit"], watch(Spied, **CASES["digit"]))


def test_a_displaced_box_would_be_noticed(monkeypatch):
    genuine = Tunnel.shift_to

    def astray(self, cell):
        x, y = genuine(self, cell)
        return x + 0.3, y

    monkeypatch.setattr(Tunnel, "shift_to", astray)
    with pytest.raises(AssertionError):
        check(CASES["digit"], watch(Spied, **CASES["digit"]))
