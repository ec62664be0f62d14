"""ReLU as drawn: both maps, marks, the point on the graph and the tally, read back and compared with nested loops."""

from functools import cache

import numpy as np
import pytest

from cnnviz.data import kernel, load_image
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.color import rgb
from cnnviz.stage.layout import RESULT, TERM
from cnnviz.stage.mobjects.pixel_image import PixelImage
from cnnviz.stage.mobjects.shapes import Rectangle
from cnnviz.stage.pictures import grid as grids
from cnnviz.stage.pictures.window import Outline
from cnnviz.subjects.number import cell_text
from tests import helpers
from tests.scenes.checks import outside, overlapping, too_small, unread, unreadable
from tests.scenes.drawn import marking, outlined, texts
from tests.scenes.watch import near, watch

CASES = {
    "digit": {},
    "blackboard": {"image": "blackboard", "kernel": "edge-x", "theme": "light"},
    "fractions": {"image": "digit:8", "kernel": "0.5,-1/3;-1/4,0", "stride": 2},
    "padded": {"image": "digit:0", "padding": 1},
    "wide": {"image": "photo:china", "size": (7, 12), "kernel": "sobel-y"},
    "photo": {"image": "photo:flower", "size": 24, "kernel": "laplacian", "padding": 1},
    "blur": {"image": "ramp", "kernel": "1,1;1,1"},
    "color": {"image": "photo:china", "size": 9, "channels": "rgb", "theme": "light"},
}
FULL = [pytest.mark.full]
PLAIN = {"digit"}
EVERY = pytest.mark.parametrize("name", [pytest.param(n, marks=FULL * (n not in PLAIN)) for n in CASES])


def play(name):
    entry = find("ch04-s01-relu")
    return watch(marking(load_scene(entry.path, entry.class_name)), **CASES[name])


played = cache(play)


def maps(name):
    """The feature map and what is left of it, by nested loops."""
    options = CASES[name]
    picture = load_image(
        options.get("image", "digit:3"), size=options.get("size"), channels=options.get("channels", "gray")
    ).values
    weight = np.repeat(kernel(options.get("kernel", "sobel-x")).values[None, None], len(picture), axis=1)
    settings = {key: options[key] for key in ("stride", "padding") if key in options}
    before = helpers.conv(picture[None], weight, **settings)[0, 0]
    after = np.zeros(before.shape)
    for cell in helpers.cells(before.shape):
        after[cell] = before[cell] if before[cell] > 0 else 0.0
    return before, after


def check(watched, before, after):
    """Both maps at the end are those of the loops, in numbers or in colors, and what was negative has stepped back."""
    last, scene = watched.stills[-1], watched.scene
    for grid, true in ((scene.before, before), (scene.after, after)):
        if grid.has_numbers:
            found = texts(last, grid)
            assert len(found) == true.size
            assert all(near(text, true[cell]) for cell, text in found.items())
    assert scene.before.sunk == {cell for cell in helpers.cells(before.shape) if before[cell] < 0}
    if not scene.after.has_numbers:
        pixels = next(part for part in scene.after.submobjects if isinstance(part, PixelImage)).pixel_array
        for cell in helpers.cells(after.shape):
            assert tuple(pixels[cell][:3]) == rgb(scene.theme.fill("output", after[cell] / np.abs(before).max()))


def check_steps(watched, before):
    """Whatever is written of a number is that of the cell under both marks, and the point is where it belongs."""
    scene, seen = watched.scene, set()
    room, graph, reach = scene.term.box, scene.graph.box, np.abs(before).max()
    for still in watched.stills:
        inside = [s for s in still.labels if room.left <= s.box[0] and room.bottom < s.center[1] < room.top]
        terms = [label.text for label in inside if label.size == TERM]
        results = [label.text for label in inside if label.size == RESULT]
        if len(terms) != 3 or not results:
            continue
        (window,), landed = outlined(watched, still, scene.before), outlined(watched, still, scene.after)
        if landed != [window]:
            continue  # the number is on its way
        cell = window[:2]
        assert near(terms[1], before[cell])
        assert near(results[-1], max(0.0, before[cell]))
        marks = [part for part in still.family if isinstance(part, Rectangle) and lit(part, scene.theme)]
        x = (graph.left + graph.right) / 2 + before[cell] / reach * graph.width / 2
        assert any(abs(mark.get_center()[0] - x) < 0.02 for mark in marks)
        seen.add(cell)
    return len(seen)


def lit(part, look):
    return part.get_fill_opacity() > 0 and part.get_fill_color().to_hex().lower() == look.highlight


@EVERY
def test_the_last_picture_shows_both_maps(name):
    check(played(name), *maps(name))


@EVERY
def test_the_tally_counts_what_was_negative(name):
    before, _ = maps(name)
    said = [label.text for label in played(name).stills[-1].labels]
    assert f"{sum(bool(v < 0) for v in before.ravel())} of {before.size} cut to 0" in said


@pytest.mark.parametrize("name", ["digit", pytest.param("fractions", marks=pytest.mark.full)])
def test_every_written_step_is_true_and_stands_where_it_belongs(name):
    assert check_steps(played(name), maps(name)[0]) >= maps(name)[0].size - 2


def test_the_blackboard_map():
    scene = played("blackboard").scene
    before, after = (texts(played("blackboard").stills[-1], grid) for grid in (scene.before, scene.after))
    assert [before[1, j] for j in range(3)] == ["−6", "−6", "14"]
    assert [after[1, j] for j in range(3)] == ["0", "0", "14"]


@EVERY
def test_every_option_lays_out_well(name):
    for broken in (outside, overlapping, too_small, unread, unreadable):
        assert not broken(played(name)), broken.__name__


@pytest.mark.full
def test_a_map_without_negative_numbers_is_said_to_pass():
    assert "lets this map through unchanged" in played("blur").scene.beats[-1].text


def test_a_forged_number_would_be_noticed(monkeypatch):
    monkeypatch.setattr(grids, "grid_texts", lambda values: [[cell_text(v + 1) for v in row] for row in values])
    with pytest.raises(AssertionError):
        check(play("blackboard"), *maps("blackboard"))


def test_a_displaced_mark_would_be_noticed(monkeypatch):
    true = Outline.lay
    monkeypatch.setattr(Outline, "lay", lambda mark, cell: true(mark, (cell[0], (cell[1] + 1) % 3)))
    with pytest.raises((AssertionError, ValueError)):
        assert check_steps(play("blackboard"), maps("blackboard")[0]) >= 7
