"""Cases of ours for what the outside suites do not see: they have no ties, and no norm with an alpha that shows."""

import numpy as np

from cnnviz import engine


def first_of_equals():
    """Every window holds its maximum more than once; the place and the gradient are the first one's, row by row."""
    x = np.array([[[[2.0, 2.0, 1.0], [2.0, 1.0, 3.0], [0.0, 3.0, 3.0]]]])
    y, place = engine.max_pool2d(x, 2, 1, return_indices=True)
    np.testing.assert_array_equal(y[0, 0], [[2, 3], [3, 3]])
    np.testing.assert_array_equal(place[0, 0], [[0, 5], [7, 5]])
    (dx,) = engine.max_pool2d_vjp(np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]), x, 2, 1)
    np.testing.assert_array_equal(dx[0, 0], [[1, 0, 0], [0, 0, 1010], [0, 100, 0]])


def alpha_divided():
    """Three channels 1, 2, 3 at one place: ``x / (1 + 3/size * sum of squares)`` with alpha 3 and beta 1."""
    x = np.array([1.0, 2.0, 3.0]).reshape(1, 3, 1)
    y = engine.local_response_norm(x, 3, alpha=3.0, beta=1.0, k=1.0)
    np.testing.assert_allclose(y[0, :, 0], [1 / (1 + 5), 2 / (1 + 14), 3 / (1 + 13)], rtol=1e-12)
    # An even size reaches one channel further down than up.
    y = engine.local_response_norm(x, 2, alpha=2.0, beta=1.0, k=1.0)
    np.testing.assert_allclose(y[0, :, 0], [1 / (1 + 1), 2 / (1 + 5), 3 / (1 + 13)], rtol=1e-12)


OUR_CASES = {case.__name__: case for case in (first_of_equals, alpha_divided)}
