"""Color: the slices, the partial sums, the number and the map equal nested loops at every step."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.rgb import view
from cnnviz.subjects.rgb import BIAS, KERNELS
from tests import helpers
from tests.scenes.test_every_scene import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s07-rgb")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "flower": {},
    "fractions": {"image": "photo:china", "kernels": "gaussian", "patch": 4, "bias": -0.5, "theme": "light"},
    "own": {"image": "photo:grace_hopper", "kernels": ("1,-2", "0,1/3", "-1,0"), "patch": 3, "at": (4, 9), "size": 20},
    "digit": {"image": "digit:3", "kernels": "laplacian", "patch": 3},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    return request.param, watch(SCENE, **request.param)


def weights(options):
    names = options.get("kernels", KERNELS)
    names = [names] * 3 if isinstance(names, str) else names
    return np.stack([kernel(name).values for name in names])


def patch(options, watched):
    """The pixels of the patch, from the picture; where it is must be where the scene marks it."""
    size = options.get("size") or (None if options.get("image") == "digit:3" else 40)
    picture = load_image(options.get("image", "photo:flower"), size=size, channels="rgb")
    (row, column), side = watched.scene.subject.corner, options.get("patch", 5)
    if "at" in options:
        assert (row, column) == options["at"]
    return picture.values[:, row : row + side, column : column + side], picture


def explained(watched):
    """The stills that show a whole calculation, by step; each as the numbers of the row of sums."""
    found = {}
    for still in watched.stills:
        counter = [label.text for label in still.labels if label.text.startswith("step ")]
        total = [label.text for label in still.labels if label.size == 40]
        row = sorted((label for label in still.labels if label.size == 30), key=lambda label: label.box[0])
        numbers = [label.text.lstrip("≈ ") for label in row if label.text not in "+=≈"]
        if counter and total and len(numbers) == 4:
            found[int(counter[0].split()[1])] = (*numbers, total[0])
    return found


def test_the_slices_are_those_of_the_picture(case):
    options, watched = case
    values, picture = patch(options, watched)
    drawn = [grid for grid in watched.stills[-1].grids if grid.role == "input"]
    assert len(drawn) == 3
    for grid, channel in zip(drawn, values, strict=True):
        assert len(grid.texts) == channel.size
        assert all(near(text, channel[cell]) for cell, text in grid.texts.items())
    whole, enlarged = watched.scene.view._photo, watched.scene.view.patch
    assert {whole, enlarged} <= {p for p in watched.stills[-1].family if isinstance(p, PixelImage)}
    colors = np.moveaxis((values / picture.peak * 255).round(), 0, -1)
    assert np.array_equal(enlarged.pixel_array[..., :3], colors)


def test_the_weights_can_all_be_read(case):
    options, watched = case
    drawn = [grid for grid in watched.stills[-1].grids if grid.role == "kernel"]
    for grid, one in zip(drawn, weights(options), strict=True):
        assert len(grid.texts) == one.size
        assert all(near(text, one[cell]) for cell, text in grid.texts.items())


def test_three_partial_sums_and_the_bias_make_the_number(case):
    options, watched = case
    check(options, watched)


def check(options, watched):
    values, kernels = patch(options, watched)[0], weights(options)
    bias = options.get("bias", BIAS)
    partial = [helpers.conv(v[None, None], w[None, None])[0, 0].ravel() for v, w in zip(values, kernels, strict=True)]
    answer = helpers.conv(values[None], kernels[None], np.array([bias]))[0, 0]
    seen = explained(watched)
    assert set(seen) == set(range(1, answer.size + 1))
    for step, numbers in seen.items():
        for text, number in zip(
            numbers, (*(p[step - 1] for p in partial), bias, answer.ravel()[step - 1]), strict=True
        ):
            assert near(text, number), (step, numbers)
    (drawn,) = [grid for grid in watched.stills[-1].grids if grid.role == "output"]
    assert len(drawn.texts) == answer.size
    assert all(near(text, answer[cell]) for cell, text in drawn.texts.items())


def test_the_count_of_parameters(case):
    options, watched = case
    count = weights(options).size
    texts = [label.text for label in watched.stills[-1].labels if label.size == 22]
    assert texts[1::2] == [f"= {count} weights", f"bias = {count + 1} parameters"]


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[1])


def test_a_forged_partial_sum_would_be_noticed(monkeypatch):
    genuine = view._about
    monkeypatch.setattr(view, "_about", lambda value: genuine(value + 1))
    with pytest.raises(AssertionError):
        check(CASES["digit"], watch(SCENE, **CASES["digit"]))
