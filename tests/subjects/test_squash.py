"""Squashing: lengths and vectors are those of plain sums, and the thing turns with its vector."""

import math

import numpy as np
import pytest

from cnnviz.errors import OptionError
from cnnviz.subjects import Squash
from tests.engine.says import says


def short(length):
    return length * length / (1 + length * length)


def test_lengths_of_the_lecture():
    s = Squash()
    assert s.texts == ["0.2", "0.5", "0.8", "0.9901"]
    assert s.after.tolist() == pytest.approx([short(length) for length in (0.5, 1, 2, 10)])
    assert [math.hypot(*vector) for vector in s.kept] == pytest.approx(s.after.tolist())


@pytest.mark.parametrize("vector", [(1.2, 1.6), (-3, 0.5), (0, -0.2)])
def test_a_vector_becomes_short_and_keeps_its_direction(vector):
    s, length = Squash(vector), math.hypot(*vector)
    assert s.length == pytest.approx(length)
    assert math.hypot(*s.v) == pytest.approx(short(length)) == pytest.approx(s.short)
    assert s.v == pytest.approx([s.factor * each for each in vector])


def test_the_thing_turns_and_fades_with_its_vector():
    s = Squash()
    for vector, picture in s.turns:
        assert math.hypot(*vector) == pytest.approx(s.length)
        rows, columns = np.indices(picture.shape)
        up, right = (-(picture * (rows - 23.5)).sum(), (picture * (columns - 23.5)).sum())
        assert math.atan2(up, right) == pytest.approx(math.atan2(vector[1], vector[0]), abs=0.2)  # more of it is ahead
    (first, upright), (last, faint) = s.fades[0], s.fades[-1]
    assert math.hypot(*last) / math.hypot(*first) == pytest.approx(faint.max() / upright.max())
    assert s.turns[0][0] == pytest.approx(first)
    assert s.turns[-1][0] == pytest.approx(first)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"vector": "0,0"}, "vector: expected one of a length from 0.1 to 5, got 0; choose another"),
        ({"vector": "3"}, "vector: expected 2 values, each NUMBER, got 1"),
        ({"lengths": "0,1"}, "lengths: expected numbers from 0.01 to 100, got 0; choose others"),
        ({"lengths": "1,101"}, "lengths: expected numbers from 0.01 to 100, got 101; choose others"),
    ],
)
def test_what_is_refused(options, line):
    with says(OptionError, line):
        Squash(**options)
