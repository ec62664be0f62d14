"""Options as numpy makes them, and a kernel far larger than its input."""

import numpy as np
import pytest

from cnnviz import engine

X = np.arange(12.0).reshape(1, 1, 3, 4)


@pytest.mark.parametrize("name", ["max_pool2d", "avg_pool2d"])
def test_whole_numbers_may_be_numpys(name):
    pool, vjp = getattr(engine, name), getattr(engine, f"{name}_vjp")
    expected = pool(X, 2, 1)
    for two, one in ((np.int64(2), np.int64(1)), (np.array([2, 2]), np.array([1, 1]))):
        np.testing.assert_array_equal(pool(X, two, one), expected)
        np.testing.assert_array_equal(vjp(expected, X, two, one)[0], vjp(expected, X, 2, 1)[0])


@pytest.mark.parametrize("empty", [None, (), []])
def test_no_stride_is_the_kernels_size(empty):
    np.testing.assert_array_equal(engine.max_pool2d(X, (1, 2), empty), engine.max_pool2d(X, (1, 2), (1, 2)))


def test_a_kernel_as_large_as_you_like_costs_no_more_than_the_input():
    huge = 2**40
    y, place = engine.max_pool2d(X, huge, padding=1, ceil_mode=True, return_indices=True)
    assert (y.item(), place.item()) == (11, 11)
    np.testing.assert_array_equal(engine.max_pool2d_vjp(y, X, huge, ceil_mode=True)[0].ravel(), [0] * 11 + [11])
    assert engine.avg_pool2d(X, huge, ceil_mode=True, count_include_pad=False).item() == X.mean()
