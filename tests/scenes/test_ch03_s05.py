"""The output size: as many windows are drawn as loops can lay down, and the sizes are written beside them."""

import pytest

from cnnviz.errors import OptionError, ShapeError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage.mobjects.window_row import WindowRow
from tests.scenes.checks import outside, overlapping, too_small, unread
from tests.scenes.watch import watch

ENTRY = find("ch03-s05-output-size")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)


@pytest.fixture(scope="module")
def lecture():
    return watch(SCENE)


def counted(case):
    """The windows that fit, laid down one by one."""
    cells, count = case.width + sum(case.padding), 0
    while count * case.stride + (case.kernel - 1) * case.dilation < cells:
        count += 1
    return count


def drawn(still):
    """The row of a still with the sizes that are written beside it."""
    (row,) = [part for part in still.family if isinstance(part, WindowRow)]
    texts = [label.text for label in still.labels]
    sizes = [int(texts[texts.index(name) + 1]) for name in ("input", "output") if name in texts]
    return row, sizes


def test_the_cases_of_the_lecture(lecture):
    cases = [
        (case.width, case.kernel, case.padding[0], case.stride, case.dilation, case.out)
        for case in SCENE(theme="dark").subject.cases
    ]
    assert (32, 3, 1, 2, 1, 16) in cases  # not 16.5
    assert (32, 5, 2, 1, 1, 32) in cases
    assert [counted(case) for case in lecture.scene.subject.cases] == [case[-1] for case in cases]


def test_what_is_written_is_what_is_laid(lecture):
    seen = {}
    for still in lecture.stills:
        if any(isinstance(part, WindowRow) for part in still.family):
            row, sizes = drawn(still)
            if len(sizes) == 2:
                seen[row.size] = sizes
    assert seen == {case: [case.width, counted(case)] for case in lecture.scene.subject.cases}


def test_half_a_step_is_no_step(lecture):
    said = [caption.text for caption in lecture.rendered.subcaptions]
    assert "Part of a step is no step: 16 windows, not 16.5, and one cell is never seen." in said


@pytest.mark.parametrize(
    "options",
    [
        {"size": 90, "padding": 3, "stride": 7, "theme": "light"},
        {"size": 3, "kernel": 1, "stride": 2},
    ],
    ids=str,
)
def test_numbers_of_ones_own(options):
    watched = watch(SCENE, **options)
    (case,) = watched.scene.subject.cases
    row, sizes = drawn(watched.stills[-1])
    assert sizes == [case.width, counted(case)]
    assert row.size == case
    for check in (outside, overlapping, too_small, unread):
        assert not check(watched)


@pytest.mark.parametrize(
    ("options", "kind", "line"),
    [
        (
            {"size": 95, "padding": 1},
            OptionError,
            "size: expected at most 96 cells with their padding for an animation, got 97; choose less",
        ),
        (
            {"size": 4, "kernel": 5},
            ShapeError,
            "output_shape: expected a kernel no larger than the padded input (L=4), got one that spans (L=5); "
            "use a smaller kernel or dilation, or more padding",
        ),
        ({"stride": 0}, OptionError, "output_shape: expected stride of at least 1, got 0; choose 1 or more"),
    ],
)
def test_what_cannot_be_shown_is_refused(options, kind, line):
    with pytest.raises(kind) as caught:
        SCENE(**options)
    assert str(caught.value) == line
