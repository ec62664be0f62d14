"""Depth: each map of the stack, the growing shape and the growing count equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.feature_stack import FeatureStack
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects import depth as subject
from cnnviz.subjects.depth import FILTERS
from tests import helpers
from tests.scenes.test_every_scene import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
from tests.scenes.watch import near, watch

ENTRY = find("ch02-s08-several-filters")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {
    "digit": {},
    "photo": {"image": "photo:china", "size": (14, 20), "filters": 8, "theme": "light"},
    "wide": {"image": "digit:7", "filters": ("gaussian-5", "log", "motion-blur")},
    "one": {"image": "blackboard", "filters": "1,0,-1; 1,0,-1; 1,0,-1"},
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options = request.param
    return watch(SCENE, **options), answers(options)


def names(options):
    chosen = options.get("filters", 4)
    return FILTERS[:chosen] if isinstance(chosen, int) else [chosen] if isinstance(chosen, str) else chosen


def answers(options):
    picture = load_image(options.get("image", "digit:3"), size=options.get("size"))
    weights = np.stack([kernel(name).values for name in names(options)])[:, None]
    return helpers.conv(picture.values[None], weights)[0]


def test_the_stack_holds_every_map(case):
    watched, maps = case
    (stack,) = [part for part in watched.stills[-1].family if isinstance(part, FeatureStack)]
    scale, look = np.abs(maps).max(), watched.scene.theme
    layers = [[part for part in layer if isinstance(part, PixelImage)] for layer in stack.layers]
    numbers = [grid for grid in watched.stills[-1].grids if grid.role == "output"]
    for index, (images, answer) in enumerate(zip(layers, maps, strict=True)):
        if numbers and index == len(maps) - 1:  # the front map is there in numbers
            assert len(numbers[0].texts) == answer.size
            assert all(near(text, answer[cell]) for cell, text in numbers[0].texts.items())
            continue
        for cell, value in np.ndenumerate(answer):
            assert tuple(images[0].pixel_array[cell][:3]) == rgb(look.fill("output", value / scale))


def test_numbers_are_written_where_they_can_be_read():
    assert any(grid.role == "output" for grid in watch(SCENE, **CASES["one"]).stills[-1].grids)


def test_shape_and_count_grow_with_every_filter(case):
    watched, maps = case
    check_growth(watched, maps)


def check_growth(watched, maps):
    weights = watched.scene.subject.trace.weight[0].size
    seen = {}
    for still in watched.stills:
        shape = [label.text for label in still.labels if label.size == 36]
        count = [label.text for label in still.labels if label.size == 22]
        if shape:
            seen[int(shape[0])] = (shape[1], "".join(count))
    rows, columns = maps.shape[1:]
    expected = {}
    for depth in range(1, len(maps) + 1):
        total = sum(1 for _ in range(depth) for _ in range(weights + 1))
        expected[depth] = (f"× {rows} × {columns}", f"{depth}× ({weights}+ 1) = {total} parameters")
    assert seen == expected


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[0])


def test_a_forged_count_would_be_noticed(monkeypatch):
    genuine = subject.parameter_count
    monkeypatch.setattr(subject, "parameter_count", lambda *arguments: genuine(*arguments) + 1)
    with pytest.raises(AssertionError):
        check_growth(watch(SCENE, **CASES["one"]), answers(CASES["one"]))
