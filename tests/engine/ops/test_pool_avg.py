import numpy as np
import pytest
from hypothesis import given

from cnnviz import engine
from cnnviz.engine import avg_pool1d, avg_pool2d, avg_pool2d_vjp
from cnnviz.errors import OptionError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import fixed, pool, whole


def average(case):
    """Take a drawn pooling as an average, its windows without holes that could miss every cell."""
    x, kernel, _, options = case
    return x, kernel, {"count_include_pad": True, **options}


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-13, atol=1e-13)
    assert actual.dtype == expected.dtype


@fixed
@given(pool())
def test_it_is_what_nested_loops_find(case):
    x, kernel, options = average(case)
    close(getattr(engine, f"avg_pool{x.ndim - 2}d")(x, kernel, **options), helpers.avg_pool(x, kernel, **options))


@fixed
@given(pool())
def test_the_gradient_is_what_nested_loops_find(case):
    x, kernel, options = average(case)
    dy = whole(np.random.default_rng(5), *helpers.avg_pool(x, kernel, **options).shape)
    vjp = getattr(engine, f"avg_pool{x.ndim - 2}d_vjp")
    close(vjp(dy, x, kernel, **options)[0], helpers.avg_pool_vjp(dy, x, kernel, **options))


@pytest.mark.parametrize(
    ("rows", "pooled"),
    [
        ([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], [[3.75, 5.25], [2.25, 4.25]]),
        ([[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]], [[2.5, 3.25], [4.25, 3.25]]),
    ],
)
def test_the_worked_values(rows, pooled):
    assert avg_pool2d(np.array(rows, float)[None, None], 2)[0, 0].tolist() == pooled


def test_padding_counts_unless_told_otherwise_and_what_sticks_out_never_does():
    x = np.array([[[2.0, 4.0, 5.0, 7.0]]])
    assert avg_pool1d(x, 3, 3, padding=1).tolist() == [[[2, 4]]]
    assert avg_pool1d(x, 3, 3, padding=1, count_include_pad=False).tolist() == [[[3, 6]]]
    over = np.array([[[2.0, 4.0, 6.0]]])
    assert avg_pool1d(over, 2, ceil_mode=True).tolist() == [[[3, 6]]]
    assert avg_pool1d(over, 3, 3, padding=1, ceil_mode=True).tolist() == [[[2, 3]]]  # (6 + 0) / 2, one cell sticks out
    assert avg_pool1d(over, 2, divisor_override=-1).tolist() == [[[-6]]]


def test_what_overlapping_windows_give_adds_up():
    dx = avg_pool2d_vjp(np.full((1, 1, 2, 2), 4.0), np.zeros((1, 1, 3, 3)), 2, 1)[0]
    assert dx[0, 0].tolist() == [[1, 2, 1], [2, 4, 2], [1, 2, 1]]


def test_nan_stays_in_its_windows():
    x = np.array([[[np.nan, 1.0, 2.0, 4.0]]])
    assert np.isnan(avg_pool1d(x, 2)).tolist() == [[[True, False]]]


def test_a_window_past_every_cell_has_no_mean_and_no_gradient_to_give():
    x = np.ones((1, 1, 1, 1))
    options = {"padding": 1, "dilation": 2, "count_include_pad": False}
    assert np.isnan(avg_pool2d(x, 2, **options)).all()
    assert avg_pool2d_vjp(x, x, 2, **options)[0].tolist() == [[[[0]]]]


def test_a_window_of_many_cells_goes_another_way_to_the_same_mean():
    x = np.random.default_rng(0).normal(size=(2, 3, 32, 48))
    close(avg_pool2d(x, 16), x.reshape(2, 3, 2, 16, 3, 16).mean(axis=(3, 5)))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {"divisor_override": 0},
            "avg_pool2d: expected divisor_override other than 0, got 0; leave it out for the plain mean",
        ),
        (
            {"padding": (0, 2)},
            "avg_pool2d: expected padding of at most 1 along W for a kernel of 2, half its size, got 2; "
            "pad less or use a larger kernel",
        ),
        (
            {"padding": "some"},
            "avg_pool2d: expected padding as one of valid, crop, same, full, a whole number, one for each axis or a "
            "(before, after) pair for each axis, got 'some'; write one of these",
        ),
    ],
)
def test_what_cannot_be_done_is_said(options, text):
    with says(OptionError, text):
        avg_pool2d(np.zeros((1, 1, 8, 8)), 2, **options)
