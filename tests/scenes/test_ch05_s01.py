"""The cone: every lit cell is one that loops over windows reach, and the sizes written are those of the literature."""

import pytest

from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.tiles import Tiles
from tests.scenes.checks import off_palette, outside, overlapping, too_small, unread, unreadable
from tests.scenes.watch import watch

ENTRY = find("ch05-s01-growth")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
CASES = {  # with the windows along a row: kernel, stride, dilation, padding
    "lecture": ({}, [(3, 1, 1, 0), (2, 2, 1, 0), (3, 1, 1, 0), (2, 2, 1, 0), (3, 1, 1, 0)], [3, 4, 8, 10, 18]),
    "holes": (
        {"network": "1x20x30 > conv 2 k3 d2 > relu > conv 2 k3 s2 p1 > avgpool 3 s2 > conv 2 k2x1", "theme": "light"},
        [(3, 1, 2, 0), (3, 2, 1, 1), (3, 2, 1, 0), (1, 1, 1, 0)],
        [5, 7, 11, 11],
    ),
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options, windows, sizes = request.param
    return watch(SCENE, **options), windows, sizes


def reached(windows, width, column):
    """For each level from the input up, the columns that a cell of the last one is made of."""
    widths = [width]
    for kernel, stride, dilation, padding in windows:
        widths.append((widths[-1] + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1)
    levels = [{column}]
    for (kernel, stride, dilation, padding), below in zip(windows[::-1], widths[-2::-1], strict=True):
        found = set()
        for cell in levels[-1]:
            for tap in range(kernel):
                at = cell * stride - padding + tap * dilation
                if 0 <= at < below:
                    found.add(at)
        levels.append(found)
    return levels[::-1]


def test_every_lit_cell_reaches_the_neuron(case):
    watched, windows, _ = case
    cone = watched.scene.cone
    subject = cone.subject
    expected = reached(windows, subject.levels[0].shape[1], subject.neuron[1])
    assert [set(cells) for cells in subject.seen(len(windows), subject.neuron[1])] == expected
    light = cone.light(len(windows))
    lit = [part for part in light.submobjects if isinstance(part, Tiles)]
    for level, (tiles, cells) in enumerate(zip(lit, expected, strict=True)):
        left, right = cone._span(level, cells)
        assert tiles.points[:, 0].min() == pytest.approx(left)
        assert tiles.points[:, 0].max() == pytest.approx(right)
        if subject.levels[level].jump[1] * cone._cell >= 0.06:
            assert len(tiles.points) == 16 * len(cells)


def test_sizes_and_jumps_are_written_beside_the_rows(case):
    watched, windows, sizes = case
    levels = watched.scene.cone.subject.levels
    texts = [label.text for label in watched.stills[-1].labels]
    jump, found = 1, []
    for index, (kernel, stride, dilation, _) in enumerate(windows, 1):
        before = found[-1] if found else 1
        found.append(before + (kernel - 1) * dilation * jump)
        jump *= stride
        assert (levels[index].size[1], levels[index].jump[1]) == (found[-1], jump)
        assert str(found[-1]) in texts
        assert jump == 1 or f"jump {jump}" in texts
    assert found == sizes


def test_the_square_on_the_picture_is_the_field(case):
    watched, windows, _ = case
    cone = watched.scene.cone
    _, columns = cone.subject.levels[-1].field(cone.subject.neuron)
    seen = reached(windows, cone.subject.levels[0].shape[1], cone.subject.neuron[1])[0]
    assert (max(columns.start, 0), columns.stop) == (min(seen), max(seen) + 1)
    frame = cone.square(len(windows))[1].points
    width = cone.box.width / cone.subject.levels[0].shape[1]
    assert frame[:, 0].min() == pytest.approx(cone.box.left + min(seen) * width)
    assert frame[:, 0].max() == pytest.approx(cone.box.left + (max(seen) + 1) * width)


def test_a_cone_that_is_too_narrow_would_be_noticed(case):
    watched, windows, _ = case
    narrow = [(max(kernel - 1, 1), *rest) for kernel, *rest in windows]
    subject = watched.scene.cone.subject
    column = subject.neuron[1]
    assert [set(cells) for cells in subject.seen(len(windows), column)] != reached(
        narrow, subject.levels[0].shape[1], column
    )


def test_text_keeps_its_place(case):
    watched, _, _ = case
    for check in (off_palette, outside, overlapping, too_small, unread, unreadable):
        assert not check(watched)


def test_the_lecture_shows_3_5_7_first(case):
    watched, _, sizes = case
    said = [caption.text for caption in watched.rendered.subcaptions]
    assert any(sentence.startswith("3, 5, 7: ") for sentence in said) == (sizes[-1] == 18)
