"""The kernel gallery: every map painted and every number written equals nested loops, and the scales are true."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects import number_grid
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects.gallery import KERNELS
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s03-kernel-gallery")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
OWN = ("1,0,-1; 1,0,-1; 1,0,-1", "gaussian-5", "1,2; 3,4", "-1")
CASES = {
    "classics": {"image": "photo:grace_hopper", "size": 24},
    "own": {"image": "photo:china", "size": (11, 18), "kernels": OWN, "theme": "light"},
    "three": {"image": "digit:5", "kernels": ("laplacian", "sharpen", "unsharp")},
    "one": {"image": "ramp", "kernels": "sobel-x"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options = request.param
    names = options.get("kernels", KERNELS)
    picture = load_image(options["image"], size=options.get("size"))
    weights = [kernel(name).values for name in ([names] if isinstance(names, str) else names)]
    answers = [helpers.conv(picture.values[None], one[None, None])[0, 0] for one in weights]
    return watch(SCENE, **options), picture, weights, answers


def shades(answer, weights, peak, look):
    """The pixels that the rule on screen asks for: gray from 0 to sum times peak, or signs, from a fourth on full."""
    total = weights.sum()
    if total > 1e-9:
        gray = np.clip(answer / (total * peak), 0, 1) * 255
        return np.repeat(gray.round()[..., None], 3, axis=2)
    full = np.abs(answer).max() / 4 or 1.0
    return np.array([[rgb(look.fill("output", value / full)) for value in row] for row in answer])


def maps(still, *roles):
    """The images of a still that are photos or maps, by role."""
    grids = [part for part in still.family if isinstance(part, Grid) and part.role in roles and not part.has_numbers]
    return [part for grid in grids for part in grid.submobjects if isinstance(part, PixelImage)]


def named(still, role):
    """The grid of a role that is written in numbers, or the last one where none can be."""
    grids = [grid for grid in still.grids if grid.role == role]
    return next((grid for grid in grids if grid.texts), grids[-1])


def works(watched):
    """The last still of each kernel at work, before the poster."""
    found = {}
    for still in watched.stills:
        counter = [label.text for label in still.labels if label.text.startswith("kernel ")]
        if counter and maps(still, "input") and any(label.size == 40 for label in still.labels):
            found[counter[0]] = still
    return list(found.values())


def test_each_kernel_paints_its_map(case):
    watched, picture, weights, answers = case
    stills = works(watched)
    assert len(stills) == len(answers)
    for still, one, answer in zip(stills, weights, answers, strict=True):
        photo, made = maps(still, "input")[0], maps(still, "output")[0]
        assert np.array_equal(photo.pixel_array[..., 0], (picture.values[0] / picture.peak * 255).round())
        expected = shades(answer, one, picture.peak, watched.scene.theme)
        assert np.abs(made.pixel_array[..., :3] - expected).max() <= 1


def test_one_window_is_worked_out_for_every_kernel(case):
    watched, picture, weights, _ = case
    for still, one in zip(works(watched), weights, strict=True):
        window, drawn = (named(still, role) for role in ("input", "kernel"))
        assert np.array_equal(drawn.values, one)
        result = [label.text for label in still.labels if label.size == 40]
        assert near(result[-1].lstrip("=≈ "), (window.values * one).sum())
        rows, columns = one.shape
        everywhere = np.lib.stride_tricks.sliding_window_view(picture.values[0], (rows, columns))
        assert (everywhere == window.values).all(axis=(2, 3)).any()
        for cell, text in drawn.texts.items():
            assert near(text, one[cell])


def test_the_poster_shows_all_maps_and_kernels(case):
    watched, picture, weights, answers = case
    if len(answers) == 1:
        return
    last = watched.stills[-1]
    assert len(maps(last, "output")) == len(answers)
    for image, one, answer in zip(maps(last, "output"), weights, answers, strict=True):
        expected = shades(answer, one, picture.peak, watched.scene.theme)
        assert np.abs(image.pixel_array[..., :3] - expected).max() <= 1
    assert [grid.values.tolist() for grid in last.grids if grid.role == "kernel"] == [one.tolist() for one in weights]


def test_the_scale_says_what_black_and_white_are(case):
    watched, picture, weights, answers = case
    for still, one, answer in zip(works(watched), weights, answers, strict=True):
        notes = sorted((label for label in still.labels if label.size == 19), key=lambda label: label.center[0])
        low, high = (label.text for label in notes[-2:])
        top = one.sum() * picture.peak if one.sum() > 1e-9 else np.abs(answer).max() / 4 or 1.0
        bottom = 0.0 if one.sum() > 1e-9 else -top
        assert near(high.removeprefix("≥ "), top)
        assert near(low.removeprefix("≤ "), bottom)
        assert high.startswith("≥ ") == (answer.max() > top + 1e-9)
        assert low.startswith("≤ ") == (answer.min() < bottom - 1e-9)


def test_it_is_laid_out_well(case):
    watched, _, _, _ = case
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(watched)


def test_a_forged_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(number_grid, "cell_text", lambda value, *how: cell_text(value + 1, *how))
    assert untrue(watch(SCENE, **CASES["one"]))


def test_a_forged_map_would_be_noticed(monkeypatch):
    watched = watch(SCENE, image="ramp", kernels=["sharpen", "box-blur"])
    photo, made, one = (
        *maps(works(watched)[1], "input")[:1],
        *maps(works(watched)[1], "output")[:1],
        kernel("box-blur").values,
    )
    answer = helpers.conv(photo.pixel_array[None, None, ..., 0] / 255 * 7, one[None, None])[0, 0]
    assert np.abs(made.pixel_array[..., :3] - shades(answer, one, 7, watched.scene.theme)).max() <= 1
    assert np.abs(made.pixel_array[..., :3] - shades(answer + 1, one, 7, watched.scene.theme)).max() > 1
