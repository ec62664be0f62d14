"""The nested loops are checked against scipy, against finite differences and on paper, or they would be no witness."""

import numpy as np
import pytest
from scipy.signal import correlate

from tests import helpers

RNG = np.random.default_rng(11)


def draw(*shape):
    return RNG.integers(-4, 5, size=shape).astype(float)


@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_conv_is_a_sum_of_correlations(ndim):
    x, weight, bias = draw(2, 2, *(5, 4, 4)[:ndim]), draw(3, 2, *(3, 2, 1)[:ndim]), draw(3)
    expected = [
        [
            sum(correlate(channel, kernel, "valid") for channel, kernel in zip(image, filter_, strict=True)) + b
            for filter_, b in zip(weight, bias, strict=True)
        ]
        for image in x
    ]
    np.testing.assert_allclose(helpers.conv(x, weight, bias), expected)


@pytest.mark.parametrize(("mode", "numpy_mode"), [("replicate", "edge"), ("reflect", "reflect"), ("circular", "wrap")])
def test_padding_modes_are_those_of_numpy(mode, numpy_mode):
    x, weight = draw(1, 1, 4, 5), draw(1, 1, 3, 3)
    padded = np.pad(x, [(0, 0), (0, 0), (3, 2), (1, 4)], numpy_mode)
    np.testing.assert_array_equal(
        helpers.conv(x, weight, padding=((3, 2), (1, 4)), padding_mode=mode), helpers.conv(padded, weight)
    )


def test_stride_skips_and_dilation_spreads():
    x, weight = draw(1, 1, 7, 7), draw(1, 1, 2, 2)
    np.testing.assert_array_equal(helpers.conv(x, weight, stride=2), helpers.conv(x, weight)[..., ::2, ::2])
    spread = np.zeros((1, 1, 3, 3))
    spread[..., ::2, ::2] = weight
    np.testing.assert_array_equal(helpers.conv(x, weight, dilation=2), helpers.conv(x, spread))


def test_groups_do_not_see_each_other():
    x, weight = draw(1, 4, 4), draw(6, 2, 3)
    halves = [helpers.conv(x[:, :2], weight[:3]), helpers.conv(x[:, 2:], weight[3:])]
    np.testing.assert_array_equal(helpers.conv(x, weight, groups=2), np.concatenate(halves, axis=1))


OPTIONS = {"stride": 2, "padding": 1, "dilation": (1, 2), "groups": 2}


@pytest.mark.parametrize("mode", ["zeros", "replicate", "reflect", "circular"])
def test_the_gradients_of_conv_are_those_of_finite_differences(mode):
    x, weight, bias = draw(2, 2, 4, 5), draw(2, 1, 3, 2), draw(2)
    options = OPTIONS | {"padding_mode": mode}
    dy = draw(*helpers.conv(x, weight, bias, **options).shape)
    dx, dweight, dbias = helpers.conv_vjp(dy, x, weight, bias, **options)
    for gradient, f, at in (
        (dx, lambda v: helpers.conv(v, weight, bias, **options), x),
        (dweight, lambda v: helpers.conv(x, v, bias, **options), weight),
        (dbias, lambda v: helpers.conv(x, weight, v, **options), bias),
    ):
        np.testing.assert_allclose(gradient, helpers.numeric_vjp(f, dy, at), atol=1e-6)


def test_the_transposed_convolution_is_the_transpose():
    x, weight = draw(1, 2, 5, 6), draw(4, 1, 3, 2)
    y = draw(*helpers.conv(x, weight, **OPTIONS).shape)
    back = helpers.conv_transpose(y, weight, **OPTIONS, output_padding=(0, 1))
    assert back.shape == x.shape
    assert np.sum(helpers.conv(x, weight, **OPTIONS) * y) == np.sum(x * back)


def test_the_gradients_of_the_transposed_convolution_are_those_of_finite_differences():
    x, weight, bias = draw(1, 2, 3, 3), draw(2, 2, 2, 3), draw(4)
    dy = draw(*helpers.conv_transpose(x, weight, bias, **OPTIONS).shape)
    dx, dweight, dbias = helpers.conv_transpose_vjp(dy, x, weight, bias, **OPTIONS)
    for gradient, f, at in (
        (dx, lambda v: helpers.conv_transpose(v, weight, bias, **OPTIONS), x),
        (dweight, lambda v: helpers.conv_transpose(x, v, bias, **OPTIONS), weight),
        (dbias, lambda v: helpers.conv_transpose(x, weight, v, **OPTIONS), bias),
    ):
        np.testing.assert_allclose(gradient, helpers.numeric_vjp(f, dy, at), atol=1e-6)


def test_pooling_on_paper():
    x = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9.0]])[None, None]
    assert helpers.max_pool(x, 2)[0, 0].tolist() == [[6, 8], [3, 9]]
    assert helpers.avg_pool(x, 2)[0, 0].tolist() == [[3.75, 5.25], [2.25, 4.25]]
    row = np.array([[[-2.0, -4.0, -9.0]]])
    assert helpers.max_pool(row, 2, padding=1, ceil_mode=True).tolist() == [[[-2, -4]]]
    assert helpers.avg_pool(row, 2, padding=1).tolist() == [[[-1, -6.5]]]
    assert helpers.avg_pool(row, 2, padding=1, count_include_pad=False).tolist() == [[[-2, -6.5]]]
    assert helpers.avg_pool(row, 2, ceil_mode=True).tolist() == [[[-3, -9]]]


def test_the_gradients_of_pooling_are_those_of_finite_differences():
    x = RNG.permutation(2 * 5 * 6).reshape(1, 2, 5, 6).astype(float)  # no two equal: a maximum has no slope at a tie
    options = {"stride": (1, 2), "padding": 1, "ceil_mode": True}
    dy = draw(*helpers.max_pool(x, 3, **options).shape)
    numeric = helpers.numeric_vjp(lambda v: helpers.max_pool(v, 3, **options), dy, x)
    np.testing.assert_allclose(helpers.max_pool_vjp(dy, x, 3, **options), numeric, atol=1e-6)
    numeric = helpers.numeric_vjp(lambda v: helpers.avg_pool(v, 3, **options), dy, x)
    np.testing.assert_allclose(helpers.avg_pool_vjp(dy, x, 3, **options), numeric, atol=1e-6)
    tied = np.array([[[7.0, 7.0]]])
    assert helpers.max_pool_vjp(np.array([[[5.0]]]), tied, 2).tolist() == [[[5, 0]]]


def test_the_rest_on_paper():
    x, weight, bias = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [0.5, -1.0]]), np.array([0.0, 5.0])
    assert helpers.linear(x, weight, bias).tolist() == [[11, 3.5]]
    dx, dweight, dbias = helpers.linear_vjp(np.array([[1.0, 10.0]]), x, weight, bias)
    assert (dx.tolist(), dweight.tolist(), dbias.tolist()) == ([[8, -6]], [[1, 2], [10, 20]], [1, 10])
    np.testing.assert_allclose(helpers.softmax(np.log([[1.0, 3.0]])), [[0.25, 0.75]])
    np.testing.assert_allclose(helpers.cross_entropy(np.log([[1.0, 3.0], [1.0, 1.0]]), [1, 0]), np.log(8 / 3) / 2)
    normed = helpers.batch_norm(np.array([[[1.0], [5.0]], [[3.0], [5.0]]]), [2.0, 1.0], [10.0, 0.0], eps=0.0 + 1e-12)
    np.testing.assert_allclose(normed[:, :, 0], [[8, 0], [12, 0]], atol=1e-6)
