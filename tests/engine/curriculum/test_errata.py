"""Claims often printed wrong, numbered as in the lecture; 11 and 12 are about whole networks and tested with those."""

import numpy as np
import pytest
from scipy import ndimage

from cnnviz import engine
from cnnviz.engine import output_shape, parameter_count
from tests.engine.curriculum.board import POOL_TABLE, W, X, plane


def test_erratum_1_the_pooling_table():
    assert not np.array_equal(plane(engine.max_pool2d, POOL_TABLE, 2), [[3, 4], [8, 9]])


def test_erratum_2_quadratic_is_not_exponential():
    counts = [parameter_count(side * side * 3, 512, bias=False) for side in (1, 2, 3, 4)]
    assert [count // counts[0] for count in counts] == [1, 4, 9, 16]


def test_erratum_3_gray_has_depth_1_and_rgb_3():
    gray, rgb = np.zeros((1, 1, 5, 5)), np.zeros((1, 3, 5, 5))
    assert engine.conv2d(gray, np.zeros((64, 1, 3, 3))).shape == engine.conv2d(rgb, np.zeros((64, 3, 3, 3))).shape
    assert (parameter_count(1, 64, 3), parameter_count(3, 64, 3)) == (640, 1_792)


def test_erratum_4_the_size_is_rounded_down():
    assert (32 - 3 + 2 * 1) / 2 + 1 == 16.5
    assert output_shape(32, 3, stride=2, padding=1) == (16,)


def test_erratum_5_flattening_has_activations_and_no_parameters():
    x = np.zeros((1, 64, 3, 3))
    assert engine.flatten(x, 1).shape == (1, 576)
    assert len(engine.flatten_vjp(np.zeros((1, 576)), x, 1)) == 1  # x is all there is to have a gradient


def test_erratum_6_sharing_saves_much_in_a_layer_and_little_in_this_model():
    assert round(parameter_count(5_408, 7_744) / parameter_count(32, 64, 3)) == 2_265
    assert round(109_386 / 93_322, 2) == 1.17


def test_erratum_7_convolution_moves_along():
    image = np.zeros((8, 8))
    image[2:4, 2:4] = [[1, 2], [3, 4]]
    moved = np.roll(image, 1, axis=1)
    here, there = (plane(engine.conv2d, picture, W, padding="same") for picture in (image, moved))
    np.testing.assert_array_equal(there, np.roll(here, 1, axis=1))
    assert not np.array_equal(there, here)


def test_erratum_8_ndimage_flips_and_mirrors():
    ours, theirs = plane(engine.conv2d, X, W, padding="same"), ndimage.convolve(X, W)
    np.testing.assert_array_equal(theirs[1:-1, 1:-1], -ours[1:-1, 1:-1])  # the other sign
    assert not np.array_equal(np.abs(theirs), np.abs(ours))  # and another border
    np.testing.assert_array_equal(theirs, engine.convolve2d(X, W, "same", "symm"))


@pytest.mark.parametrize("stride", [1, 2])
def test_erratum_9_the_gradient_of_the_input_needs_full_padding_and_zeros_between(stride):
    image = np.arange(35.0).reshape(5, 7)
    dy = np.arange(1.0, 16.0).reshape(3, 5) if stride == 1 else np.arange(1.0, 7.0).reshape(2, 3)
    dx = engine.conv2d_vjp(dy[None, None], image[None, None], W[None, None], stride=stride)[0][0, 0]
    spaced = np.zeros([stride * (n - 1) + 1 for n in dy.shape])
    spaced[::stride, ::stride] = dy
    np.testing.assert_array_equal(dx, plane(engine.conv2d, spaced, W[::-1, ::-1].copy(), padding="full"))
    if stride > 1:
        assert plane(engine.conv2d, dy, W[::-1, ::-1].copy(), padding="full").shape != dx.shape


def test_erratum_10_gradients_of_overlapping_windows_add_up():
    image = np.array([[1.0, 9.0, 2.0]])
    (dx,) = engine.max_pool2d_vjp(np.array([[[[4.0, 5.0]]]]), image[None, None], (1, 2), 1)
    np.testing.assert_array_equal(dx[0, 0], [[0, 9, 0]])
    (dx,) = engine.avg_pool2d_vjp(np.array([[[[4.0, 6.0]]]]), image[None, None], (1, 2), 1)
    np.testing.assert_array_equal(dx[0, 0], [[2, 5, 3]])


def test_erratum_13_27_weights_and_28_parameters():
    assert parameter_count(3, 1, 3, bias=False) == 27
    assert parameter_count(3, 1, 3) == 28
