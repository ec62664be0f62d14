"""The examples worked on the board: sliding, padding, gradients, pooling, squashing."""

import numpy as np
import pytest

from cnnviz import engine
from tests.engine.curriculum.board import POOL_TABLE, W, X, Y, plane


def test_blackboard_example():
    y = plane(engine.conv2d, X, W)
    assert y[0, 0] == -6
    np.testing.assert_array_equal(y, Y)
    np.testing.assert_array_equal(engine.relu(y), [[0, 0, 4], [0, 0, 14], [0, 0, 4]])
    np.testing.assert_array_equal(engine.correlate2d(X, W), Y)
    np.testing.assert_array_equal(engine.convolve2d(X, W), -Y)


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zeros", [-9, -4, -4, 6, 13]),
        ("replicate", [-3, -6, -6, 4, 7]),
        ("reflect", [0, -6, -6, 14, 0]),
        ("circular", [-1, -6, -6, 4, 9]),
    ],
)
def test_blackboard_example_of_the_same_size(mode, row):
    np.testing.assert_array_equal(plane(engine.conv2d, X, W, padding="same", padding_mode=mode)[0], row)


def test_blackboard_gradients():
    dx, dweight, dbias = engine.conv2d_vjp(np.ones((1, 1, 3, 3)), X[None, None], W[None, None])
    np.testing.assert_array_equal(dweight[0, 0], [[33, 42, 41], [48, 57, 46], [33, 42, 41]])
    np.testing.assert_array_equal(dx[0, 0], np.outer([1, 2, 3, 2, 1], [1, 1, 0, -1, -1]))
    assert dbias is None


def test_diagonal_cross():
    image = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1]], dtype=float)
    kernel = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=float)
    np.testing.assert_array_equal(plane(engine.conv2d, image, kernel), [[9, 6], [4, 9]])


def test_high_pass_gives_60():
    kernel = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], dtype=float)
    image = np.array([[0, 140, 0], [225, 220, 205], [0, 250, 0]], dtype=float)
    assert plane(engine.conv2d, image, kernel).item() == 60


@pytest.mark.parametrize(
    ("image", "greatest", "mean"),
    [
        (POOL_TABLE, [[6, 8], [3, 9]], [[3.75, 5.25], [2.25, 4.25]]),
        (
            np.array([[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]], dtype=float),
            [[4, 6], [8, 7]],
            [[2.5, 3.25], [4.25, 3.25]],
        ),
        (np.array([[1, 9], [5, 4]], dtype=float), [[9]], [[4.75]]),
    ],
)
def test_pooling_two_by_two(image, greatest, mean):
    np.testing.assert_array_equal(plane(engine.max_pool2d, image, 2), greatest)
    np.testing.assert_array_equal(plane(engine.avg_pool2d, image, 2), mean)


def test_pooling_hides_32_of_the_56_shifts_of_a_bright_pixel():
    unchanged = []
    for row in range(8):
        for column in range(7):
            image = np.zeros((8, 8))
            image[row, column] = 1
            pooled, shifted = (plane(engine.max_pool2d, picture, 2) for picture in (image, np.roll(image, 1, axis=1)))
            unchanged.append(np.array_equal(pooled, shifted))
    assert (len(unchanged), sum(unchanged)) == (56, 32)


def test_squash():
    lengths = np.array([0.5, 1.0, 2.0, 10.0])
    np.testing.assert_allclose(engine.squash(lengths[:, None])[:, 0], [0.2, 0.5, 0.8, 0.9901], atol=5e-5)
