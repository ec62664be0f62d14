"""Routing by agreement equals plain sums, round by round."""

import math

import pytest

from cnnviz.errors import OptionError
from cnnviz.subjects import Agreement
from tests.engine.says import says


def routed(u):
    """Three rounds with nothing but sums: couplings, results and agreements of each."""
    b = [[0.0, 0.0] for _ in u]
    for _ in range(3):
        powers = [[math.exp(each) for each in row] for row in b]
        c = [[each / sum(row) for each in row] for row in powers]
        s = [[sum(c[i][j] * u[i][j][k] for i in range(len(u))) for k in range(2)] for j in range(2)]
        squares = [x * x + y * y for x, y in s]
        v = [[x * math.sqrt(square) / (1 + square) for x in row] for row, square in zip(s, squares, strict=True)]
        b = [[b[i][j] + sum(u[i][j][k] * v[j][k] for k in range(2)) for j in range(2)] for i in range(len(u))]
        yield c, v, b


@pytest.mark.parametrize("options", [{}, {"face": "differ", "other": "2,1;1.5,1;2,0.5"}])
def test_rounds_are_those_of_plain_sums(options):
    s = Agreement(**options)
    for one, (c, v, b) in zip(s.routed, routed(s.u.tolist()), strict=True):
        assert one.couplings.tolist() == [pytest.approx(row) for row in c]
        assert one.v.tolist() == [pytest.approx(row) for row in v]
        assert one.agreements.tolist() == [pytest.approx(row) for row in b]
        assert one.lengths == pytest.approx([math.hypot(*row) for row in v])
    assert s.leader == (1 if options else 0)


@pytest.mark.parametrize(
    ("value", "got"),
    [("1,2,3;3,4,5", "2 x 3: [[1.0, 2.0, 3.0]"), ("1,2;0,0;3,40", "3 x 2: [[1.0, 2.0], [0.0, 0.0]")],
)
def test_what_is_refused(value, got):
    with pytest.raises(OptionError, match="other: expected two or three rows of two numbers from -10 to 10") as caught:
        Agreement(other=value)
    assert got in str(caught.value)


def test_both_wholes_are_predicted_by_the_same_parts():
    with says(OptionError, "face, other: expected equally many rows, got 3 and 2; each row is what one part predicts"):
        Agreement(other="1,2;3,4")


def test_so_many_rounds_as_are_asked_for():
    s = Agreement(face="1,2;3,4", other="1,0;0,1", rounds=2)
    assert (len(s.routed), s.u.shape, s.is_usual, Agreement().is_usual) == (2, (2, 2, 2), False, True)


def test_a_word_it_does_not_know():
    with says(OptionError, "face: expected one of agree, differ, or rows of numbers such as 1,0;0,2, got 'quarrel'"):
        Agreement(face="quarrel")
