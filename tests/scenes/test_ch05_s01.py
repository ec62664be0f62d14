"""The cone: lit cells, outlines and beams stand where loops over windows say, with the sizes of the literature."""

import re

import numpy as np
import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.pictures import beam
from cnnviz.stage.pictures.beam import Beam
from cnnviz.stage.pictures.window import Outline
from cnnviz.subjects.field import Sight
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch05-s01-growth")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
HOLES = "1x20x30 > conv 2 k3 d2 > relu > conv 2 k3 s2 p1 > avgpool 3 s2 > conv 2 k2x1"
CASES = {  # with the windows along rows and columns: kernel, stride, dilation, padding
    "lecture": ({}, [[(3, 1, 1, 0), (2, 2, 1, 0), (3, 1, 1, 0), (2, 2, 1, 0), (3, 1, 1, 0)]] * 2, [3, 4, 8, 10, 18]),
    "holes": (
        {"network": HOLES, "theme": "light", "aspect": "9:16", "image": "photo:china"},
        [[(3, 1, 2, 0), (3, 2, 1, 1), (3, 2, 1, 0), (k, 1, 1, 0)] for k in (2, 1)],
        [5, 7, 11, 11],
    ),
}
SMALL = {"network": "1x6x6 > conv 1 k3 > conv 1 k2"}, [[(3, 1, 1, 0), (2, 1, 1, 0)]] * 2, [3, 4]
FOLDED = "3x96x96 > conv 1 p1 > conv 1 p1 > pool 2 > conv 1 p1 > conv 1 p1 > pool 2 > conv 1 p1 > conv 1 p1 > pool 2"


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options, windows, sizes = request.param
    return watch(SCENE, **options), windows, sizes


def reached(windows, length, cell):
    """For each level from the input up, the rows or columns that a cell of the last one is made of."""
    lengths = [length]
    for kernel, stride, dilation, padding in windows:
        lengths.append((lengths[-1] + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1)
    levels = [{cell}]
    for (kernel, stride, dilation, padding), below in zip(windows[::-1], lengths[-2::-1], strict=True):
        found = set()
        for one in levels[-1]:
            for tap in range(kernel):
                at = one * stride - padding + tap * dilation
                if 0 <= at < below:
                    found.add(at)
        levels.append(found)
    return levels[::-1]


def check(watched, windows):
    """Compare lit cells, outlines and beams of the last picture, as they are drawn, with the loops."""
    last, shape = watched.pictures[-1], watched.scene.sheets[0].values.shape
    neuron = watched.scene.sight.neuron
    expected = [
        list(zip(*(reached(windows[axis], shape[axis], neuron[axis]) for axis in (0, 1)), strict=True)),
    ][0]
    frames = {id(mark.grid): mark for mark in reversed(last.marks)}  # behind: what a network before saw
    beams = {id(part.ends[0].grid): part for part in last.family if isinstance(part, Beam)}
    for level, (sheet, (rows, columns)) in enumerate(zip(watched.scene.sheets, expected, strict=True)):
        if level:
            assert sheet.shown - sheet.sunk == {(row, column) for row in rows for column in columns}
        mark = frames[id(sheet)]
        around = mark.frame.corners((min(rows), min(columns)), len(span(rows)), len(span(columns)))
        assert distance(mark.corners, around) < 0.01
        if level < len(expected) - 1:
            ends = beams[id(sheet)].submobjects[1].points.reshape(-1, 4, 3)[:, :, :2]
            above = frames[id(watched.scene.sheets[level + 1])]
            assert distance(ends[:, 0], around) < 0.01
            assert distance(ends[:, -1], above.corners) < 0.01


def span(cells):
    return range(min(cells), max(cells) + 1)


def distance(a, b):
    return np.linalg.norm(np.asarray(a)[:, None] - np.asarray(b)[None], axis=-1).min(axis=1).max()


def test_what_is_lit_and_where_the_cone_stands(case):
    watched, windows, _ = case
    check(watched, windows)


def check_sizes(watched, windows, sizes):
    texts = [label.text.strip() for label in watched.pictures[-1].labels]
    fields, jump = [1, 1], 1
    for down, across in zip(*windows, strict=True):
        fields = [f + (k[0] - 1) * k[2] * jump for f, k in zip(fields, (down, across), strict=True)]
        jump *= across[1]
        assert f"{fields[0]} × {fields[1]}" in texts
        assert jump == 1 or any(text.strip() == f"jump {jump}" for text in texts)
    assert texts.count(f"{fields[0]} × {fields[1]}") > 1  # beside the last sheet, and below the photo
    assert fields[1] == sizes[-1]


def test_sizes_and_jumps_are_written_beside_the_sheets(case):
    check_sizes(*case)


def test_its_sizes_are_said(case):
    watched, _, sizes = case
    said = " ".join(caption.text for caption in watched.rendered.subcaptions)
    assert all(re.search(rf"\b{n} × ", said) for n in sizes)


def test_what_is_left_out_of_a_deep_network_is_said():
    watched = watch(SCENE, network=FOLDED, aspect="1:1")
    assert not findings(watched)
    texts = [label.text.strip() for label in watched.pictures[-1].labels]
    assert sum(text.endswith("max pool 2 × 2") and text != "max pool 2 × 2" for text in texts) == 3
    assert "36 × 36" in texts


def test_a_small_network_is_right_before_it_is_broken():
    check(watch(SCENE, **SMALL[0]), SMALL[1])
    check_sizes(watch(SCENE, **SMALL[0]), *SMALL[1:])


def test_a_cone_that_is_too_narrow_would_be_noticed(monkeypatch):
    genuine = Sight.seen
    monkeypatch.setattr(Sight, "seen", lambda *given, **named: [frozenset({min(s)}) for s in genuine(*given, **named)])
    with pytest.raises(AssertionError):
        check(watch(SCENE, **SMALL[0]), SMALL[1])


def test_a_beam_that_goes_astray_would_be_noticed(monkeypatch):
    class Astray(Outline):
        @property
        def corners(self):
            return [(x + 0.1, y) for x, y in super().corners]

    monkeypatch.setattr(beam, "Outline", Astray)
    with pytest.raises(AssertionError):
        check(watch(SCENE, **SMALL[0]), SMALL[1])


def test_a_forged_size_would_be_noticed(monkeypatch):
    genuine = SCENE.name
    monkeypatch.setattr(
        SCENE, "name", lambda self, index, *more, **named: genuine(self, max(0, index - 1), *more, **named)
    )
    with pytest.raises(AssertionError):
        check_sizes(watch(SCENE, **SMALL[0]), *SMALL[1:])


@pytest.mark.full
def test_many_sheets_are_named_without_meeting():
    assert not findings(watch(SCENE, network="mobilenet-v1", image="photo:flower"))
