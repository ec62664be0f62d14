"""The output size: as many windows lie on the row as loops can lay down, and their number is what is written."""

import itertools

import numpy as np
import pytest
from manim import ArcBetweenPoints

from cnnviz.errors import OptionError, ShapeError
from cnnviz.render.catalog import find, load_scene
from cnnviz.stage import Window
from cnnviz.stage.color import rgb
from cnnviz.subjects.output_size import OutputSize
from tests.scenes.findings import findings
from tests.scenes.watch import watch

ENTRY = find("ch03-s05-output-size")
SCENE = load_scene(ENTRY.path, ENTRY.class_name)
LECTURE = [(7, 3, 0, 1, 1), (32, 5, 2, 1, 1), (12, 3, 0, 1, 3), (32, 3, 1, 2, 1)]
CASES = {
    "lecture": ({}, LECTURE),
    "long": ({"size": 90, "padding": 3, "stride": 7, "theme": "light"}, [(90, 3, 3, 7, 1)]),
    "many": ({"size": 96, "kernel": 2}, [(96, 2, 0, 1, 1)]),
    "one": ({"size": 5, "dilation": 2}, [(5, 3, 0, 1, 2)]),
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request):
    options, sizes = request.param
    return watch(SCENE, **options), sizes


def laid(width, kernel, padding, stride, dilation):
    """The cells under each window that fits, laid down one by one."""
    windows, first = [], 0
    while (cells := range(first, first + (kernel - 1) * dilation + 1, dilation))[-1] < width + 2 * padding:
        windows.append(list(cells))
        first += stride
    return windows


def pictures(watched, name):
    """The pictures of each beat of a name, in the order of the cases."""
    beats = [beat for beat in watched.scene.beats if beat.name == name]
    return [[still for still in watched.pictures if still.beat is beat] for beat in beats]


def row(still, role):
    (sheet,) = (sheet for sheet in still.grids if sheet.role == role)
    return sheet


def cells(still):
    """The first and last cell under the window, and those under its taps, read from where they are drawn."""
    (window,) = (part for part in still.family if isinstance(part, Window))
    found = {}
    for mark in still.marks:
        across = mark.frame.shares(mark.corners)[:, 1]
        found[mark.outline] = round(across.min()), round(across.max()) - 1
    taps = [found[tap][0] for tap in window.taps]
    first, last = found[window.frame]
    return taps or list(range(first, last + 1))


def hops(still, sheet):
    """Where the arcs begin and end on the row, in cells."""
    arcs = [part for part in still.family if isinstance(part, ArcBetweenPoints)]
    return [sheet.frame.shares(part.points[[0, -1], :2])[:, 1].round(3).tolist() for part in arcs]


def places(still):
    """The middles of the outputs that are drawn, in cells of the row above, read from pixels or numbers."""
    x, y = row(still, "input"), row(still, "output")
    look = y.grid.theme.cell
    if y.pixels is None:
        drawn = [column for (_, column), fill in y.fills.items() if fill != look]
        assert [y.texts[0, column] for column in drawn] == [str(i + 1) for i in range(len(drawn))]
    else:
        drawn = np.flatnonzero((y.pixels[0] != rgb(look)).any(axis=1)).tolist()
    middles = [y.frame.corners((0, column)).mean(axis=0) for column in drawn]
    return x.frame.shares(middles)[:, 1].round(3).tolist() if middles else []


def check(watched, sizes):
    """Windows on their way, and in the end outputs, arcs, the formula and what is never seen."""
    ways, ends = pictures(watched, "moves"), pictures(watched, "outcome")
    for size, way, (*_, end) in zip(sizes, ways, ends, strict=True):
        windows, x = laid(*size), row(end, "input")
        seen = [(still.steps[-1], cells(still)) for still in way if still.steps]
        assert seen
        assert all(under == windows[index] for index, under in seen)
        assert seen[-1][0] == len(windows) - 1
        assert places(end) == [(window[0] + window[-1] + 1) / 2 for window in windows]
        tips = [window[-1] + 1 for window in windows]
        assert hops(end, x) == [list(pair) for pair in itertools.pairwise(tips)]
        assert end.formulas[-1] == str(len(windows))
        width, padding = size[0], size[2]
        lost = range(windows[-1][-1] + 1, width + 2 * padding)
        pale = {tuple(pixel) for pixel in x.pixels[0, list(lost)].tolist()}
        rest = {tuple(pixel) for pixel in x.pixels[0, : windows[-1][-1] + 1].tolist()}
        assert not pale & rest
        assert len(rest) == (2 if padding else 1)


def test_windows_outputs_and_formula_are_those_of_loops(case):
    check(*case)


def test_the_case_of_the_lecture_that_does_not_come_out_even(case):
    watched, sizes = case
    if sizes == LECTURE:
        last = pictures(watched, "outcome")[-1][-1]
        assert {"15.5", "16"} <= set(last.formulas)
        assert "16.5" not in last.formulas
        assert last.beat.text == "Part of a step is no step: 15 fit, and 1 cell at the end is never seen."


def test_nothing_is_wrong_with_it(case):
    assert not findings(case[0])


def miscount(monkeypatch):
    genuine = OutputSize.out.fget
    monkeypatch.setattr(OutputSize, "out", property(lambda self: genuine(self) - (genuine(self) > 1)))


def displace(monkeypatch):
    genuine = Window.shift_to
    monkeypatch.setattr(Window, "shift_to", lambda self, cell: genuine(self, (cell[0], cell[1] + 1)))


def jump_short(monkeypatch):
    genuine = SCENE.land
    monkeypatch.setattr(SCENE, "land", lambda self, case, index: genuine(self, case, max(0, index - 1)))


@pytest.mark.parametrize("broken", [miscount, displace, jump_short])
def test_what_is_wrong_would_be_noticed(monkeypatch, broken):
    broken(monkeypatch)
    with pytest.raises((AssertionError, ValueError)):
        check(watch(SCENE, size=9, stride=2, kernel=4), [(9, 4, 0, 2, 1)])


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
