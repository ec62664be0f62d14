"""Depth: each map of the stack, the growing shape and the growing count equal nested loops."""

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Grid, Outline
from cnnviz.stage.color import rgb
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.subjects import depth as subject
from cnnviz.subjects.depth import FILTERS
from tests import helpers
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable, untrue
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


def sheets(watched):
    """The maps as they are drawn last, from the back to the front."""
    found = [part for part in watched.stills[-1].family if isinstance(part, Grid) and part.role == "output"]
    return [sheet for sheet in found if sheet in watched.scene.sheets]


def check_maps(watched, maps):
    scale, look = np.abs(maps).max(), watched.scene.theme
    drawn, written = sheets(watched), {id(one.grid): one for one in watched.stills[-1].grids}
    for sheet, answer in zip(drawn, maps, strict=True):
        grid = written[id(sheet)]
        if sheet is drawn[-1] and grid.texts:  # the front map is there in numbers
            assert len(grid.texts) == answer.size
            assert all(near(text, answer[cell]) for cell, text in grid.texts.items())
            continue
        (image,) = [part for part in sheet.submobjects if isinstance(part, PixelImage)]
        for cell, value in np.ndenumerate(answer):
            assert tuple(image.pixel_array[cell][:3]) == rgb(look.fill("output", value / scale))


def test_the_stack_holds_every_map(case):
    check_maps(*case)


def test_the_sheets_stand_one_behind_the_other(case):
    middles = [sheet.get_center()[:2] for sheet in sheets(case[0])]
    steps = np.diff(middles, axis=0)
    assert (steps[:, 0] > 0.05).all()
    assert (steps[:, 1] < -0.01).all()


def test_one_place_is_marked_in_the_picture_and_through_all_maps(case):
    watched, maps = case
    outlines = [part for part in watched.stills[-1].family if isinstance(part, Outline)]
    if len(maps) == 1:
        return
    strongest = tuple(np.unravel_index(np.abs(maps).sum(axis=0).argmax(), maps.shape[1:]))
    for outline in outlines:
        grid, ink = outline.grid, outline.points[:, :2]
        corners = [grid.plane.flat(point, grid.middle) for point in ink]
        left, top = np.min(corners, axis=0)[0], np.max(corners, axis=0)[1]
        assert (round((grid.box.top - top) / grid.side), round((left - grid.box.left) / grid.side)) == strongest
    assert {id(outline.grid) for outline in outlines} == {id(watched.scene.x), *map(id, sheets(watched))}


def test_the_numbers_of_the_place_are_read_out_beside_their_filters(case):
    watched, maps = case
    if len(maps) == 1:
        return
    strongest = tuple(np.unravel_index(np.abs(maps).sum(axis=0).argmax(), maps.shape[1:]))
    written = {id(one.grid): one.texts for one in watched.stills[-1].grids}
    for grid, answer in zip(watched.scene.numbers, maps, strict=True):
        assert near(written[id(grid)][0, 0], answer[strongest])


def test_numbers_are_written_where_they_can_be_read():
    assert any(grid.role == "output" and grid.texts for grid in watch(SCENE, **CASES["one"]).stills[-1].grids)


def test_shape_and_count_grow_with_every_filter(case):
    check_growth(*case)


def check_growth(watched, maps):
    weights = watched.scene.subject.trace.weight[0].size
    seen = {}
    for still in watched.stills:
        shape = [label.text for label in still.labels if label.size == 32]
        count = [label.text for label in still.labels if label.size == 26]
        if shape:
            seen[int(shape[0])] = (shape[1], "".join(count))
    rows, columns = maps.shape[1:]
    expected = {}
    for depth in range(1, len(maps) + 1):
        total = sum(1 for _ in range(depth) for _ in range(weights + 1))
        expected[depth] = (f"× {rows} × {columns}", f"{depth}× ({weights}+ 1) ={total}")
    assert seen == expected


def test_it_is_laid_out_well(case):
    for broken in (outside, overlapping, too_small, unread, unreadable, off_palette, untrue):
        assert not broken(case[0])


def test_a_forged_count_would_be_noticed(monkeypatch):
    genuine = subject.parameter_count
    monkeypatch.setattr(subject, "parameter_count", lambda *arguments: genuine(*arguments) + 1)
    with pytest.raises(AssertionError):
        check_growth(watch(SCENE, **CASES["one"]), answers(CASES["one"]))


def test_a_map_in_the_place_of_another_would_be_noticed():
    maps = answers({})
    with pytest.raises(AssertionError):
        check_maps(watch(SCENE), maps[[1, 0, 2, 3]])
