import math
from itertools import pairwise

import numpy as np
import pytest

from cnnviz.stage import Curves
from cnnviz.stage.layout import Box
from cnnviz.stage.mobjects.curves import _dashes, ticks
from cnnviz.stage.theme import theme

ROOM = Box(-3.0, -1.0, 3.0, 2.0)
LINES = {"training": [2.3, 1.7, 0.5, 0.3, 0.26], "validation": [2.31, 0.54, 0.2, 0.16, 0.15]}


def curves(lines=LINES, **options):
    settings = {"roles": ["gradient", "output"], "title": "loss", "along": "epoch"} | options
    return Curves(lines, ROOM, theme=theme("dark"), **settings)


def test_every_number_is_a_point_at_its_height():
    made = curves()
    plane = made.plane
    for name, values in LINES.items():
        for place, value in enumerate(values):
            x, y = made.point(name, place)
            assert (x - plane.left) / plane.width == pytest.approx(place / 4)
            assert (y - plane.bottom) / plane.height == pytest.approx(value / made.top)


def test_the_first_line_goes_through_its_points_and_ends_where_it_is_shown():
    made = curves()
    made.show(2.5)
    ends = made.drawn[0].points.reshape(-1, 4, 3)
    corners = [ends[0, 0], *ends[:, 3]]
    expected = [made.point("training", place) for place in (0, 1, 2, 2.5)]
    assert np.array(corners)[:, :2] == pytest.approx(np.array(expected))
    for head, name in zip(made.heads, LINES, strict=True):
        middle = (head.points.min(axis=0) + head.points.max(axis=0)) / 2
        assert tuple(middle[:2]) == pytest.approx(made.point(name, 2.5))


def test_drawing_on_reaches_the_place():
    made = curves()
    made.show(1.0)
    move = made.draw(3.0, run_time=1)
    move.interpolate(0.5)
    assert made.shown == 2.0
    move.interpolate(1.0)
    assert made.shown == 3.0


@pytest.mark.parametrize("last", [1, 2, 7, 40, 1000])
def test_everything_stays_in_the_room(last):
    falling = [2.0 / (i + 1) for i in range(last + 1)]
    made = curves({"training": falling, "validation": falling[::-1]})
    made.show(last)
    for part in made.get_family():
        if len(part.points):
            (left, bottom, _), (right, top, _) = part.points.min(axis=0), part.points.max(axis=0)
            assert left >= ROOM.left - 1e-6
            assert right <= ROOM.right + 0.05
            assert bottom >= ROOM.bottom - 1e-6
            assert top <= ROOM.top + 0.05


def test_the_second_line_is_dashed_along_the_same_path():
    path = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.5)]
    pieces = _dashes(path)
    lengths = [sum(math.dist(a, b) for a, b in pairwise(piece)) for piece in pieces]
    assert lengths[:-1] == pytest.approx([0.13] * (len(lengths) - 1))
    assert sum(lengths) == pytest.approx(1.5 * 0.13 / 0.21, abs=0.1)


@pytest.mark.parametrize("high", [0.07, 0.9, 1.0, 2.303, 7.0, 40.0, 99.0, 12345.0])
def test_ticks_are_round_and_few(high):
    found = ticks(high, 4)
    assert found[0] == 0
    assert 2 <= len(found) <= 5
    assert found[-1] <= high * (1 + 1e-9)
    assert np.diff(found) == pytest.approx(found[1])
    assert float(f"{found[1]:.1e}") == pytest.approx(found[1])


def test_whole_ticks_are_whole():
    assert ticks(1, 6, whole=True) == [0.0, 1.0]
    assert ticks(7, 6, whole=True) == [0.0, 2.0, 4.0, 6.0]


@pytest.mark.parametrize("lines", [{"a": [1.0], "b": [1.0, 2.0]}, {"a": [], "b": []}, {"a": [1.0]}])
def test_lines_that_do_not_fit_each_other_are_refused(lines):
    with pytest.raises(ValueError, match="Curves: expected equally many numbers and a role for each line"):
        curves(lines)


def test_powers_of_ten_have_equal_heights():
    made = curves({"a": [3.0, 0.3, 0.03], "b": [1.0, 0.1, 0.01]}, powers=True)
    heights = [made.point("b", place)[1] - made.plane.bottom for place in range(3)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2])
    assert 0 < heights[2] < heights[1] / 2
    assert made.point("a", 0)[1] == pytest.approx(made.plane.top)


def test_powers_need_positive_numbers():
    with pytest.raises(ValueError, match="Curves: expected positive numbers on an axis of powers, got 0"):
        curves({"a": [1.0, 0.0], "b": [1.0, 1.0]}, powers=True)


def test_axes_can_stand_in_line():
    left = [curves(write=str, widest="100 %").plane.left, curves(widest="100 %").plane.left]
    assert left[0] == left[1]
