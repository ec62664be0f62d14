import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import (
    conv2d,
    conv2d_vjp,
    conv_transpose1d,
    conv_transpose1d_vjp,
    conv_transpose2d,
    conv_transpose2d_vjp,
    conv_transpose3d,
    conv_transpose3d_vjp,
    output_shape,
)
from tests import helpers
from tests.engine.trace.cases import conv_transpose, fixed, same, whole

FORWARD = {1: conv_transpose1d, 2: conv_transpose2d, 3: conv_transpose3d}
VJP = {1: conv_transpose1d_vjp, 2: conv_transpose2d_vjp, 3: conv_transpose3d_vjp}


@fixed
@given(conv_transpose())
def test_it_is_what_nested_loops_find(case):
    (x, *rest), options = case
    same(FORWARD[x.ndim - 2](x, *rest, **options), helpers.conv_transpose(x, *rest, **options))


@fixed
@given(conv_transpose())
def test_the_gradients_are_what_nested_loops_find(case):
    (x, weight, bias), options = case
    y = FORWARD[x.ndim - 2](x, weight, bias, **options)
    dy = whole(np.random.default_rng(0), *y.shape)
    gradients = VJP[x.ndim - 2](dy, x, weight, bias, **options)
    for ours, theirs in zip(gradients, helpers.conv_transpose_vjp(dy, x, weight, bias, **options), strict=True):
        assert (ours is None) == (theirs is None)
        if ours is not None:
            same(ours, theirs)


@pytest.mark.parametrize("options", [{}, {"stride": 2, "padding": 1}, {"stride": 3, "dilation": 2, "groups": 2}])
def test_it_is_the_input_gradient_of_a_convolution(options):
    rng = np.random.default_rng(1)
    x, weight = whole(rng, 2, 4, 8, 7), whole(rng, 6, 4 // options.get("groups", 1), 3, 2)
    y = conv2d(x, weight, **options)
    dy = whole(rng, *y.shape)
    stride = options.get("stride", 1)
    padding, dilation = options.get("padding", 0), options.get("dilation", 1)
    left = tuple(
        (n + 2 * padding - dilation * (k - 1) - 1) % stride for n, k in zip(x.shape[2:], weight.shape[2:], strict=True)
    )
    same(conv_transpose2d(dy, weight, output_padding=left, **options), conv2d_vjp(dy, x, weight, **options)[0])


def test_it_goes_back_to_the_size_and_not_to_the_values():
    x = whole(np.random.default_rng(2), 1, 1, 8, 8)
    weight = np.ones((1, 1, 2, 2))
    back = conv_transpose2d(conv2d(x, weight, stride=2), weight, stride=2)
    assert back.shape == x.shape
    assert not np.array_equal(back, x)


@pytest.mark.parametrize("extra", [0, 1, 2])
def test_output_padding_adds_zeros_or_uncovers_what_padding_cut(extra):
    x, weight = np.array([[[1.0, 2.0]]]), np.array([[[1.0, 10.0, 100.0]]])
    y = conv_transpose1d(x, weight, stride=3, output_padding=extra)
    assert y[0, 0].tolist() == [1, 10, 100, 2, 20, 200] + [0] * extra
    cut = conv_transpose1d(x, weight, stride=3, padding=2, output_padding=extra)
    assert cut[0, 0].tolist() == [100, 2, 20, 200][: 2 + extra]
    options = {"stride": 3, "padding": 2, "output_padding": extra}
    assert cut.shape[2:] == output_shape(2, 3, transposed=True, **options)


def test_output_padding_may_exceed_the_stride_below_the_dilation():
    x, weight = np.array([[[1.0, 2.0]]]), np.array([[[1.0, 10.0]]])
    y = conv_transpose1d(x, weight, stride=1, dilation=3, output_padding=2)
    assert y[0, 0].tolist() == [1, 2, 0, 10, 20, 0, 0]
    gradients = conv_transpose1d_vjp(np.ones((1, 1, 7)), x, weight, stride=1, dilation=3, output_padding=2)
    assert gradients[0].tolist() == [[[11, 11]]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_nothing_is_changed(dtype):
    rng = np.random.default_rng(3)
    arrays = [whole(rng, *shape, dtype=dtype) for shape in ((2, 3, 4, 4), (3, 2, 3, 3), (2,))]
    for array in arrays:
        array.flags.writeable = False
    before = [array.copy() for array in arrays]
    y = conv_transpose2d(*arrays, stride=2)
    assert y.dtype == dtype
    assert [gradient.dtype for gradient in conv_transpose2d_vjp(y, *arrays, stride=2)] == [dtype] * 3
    for array, copy in zip(arrays, before, strict=True):
        same(array, copy)


def test_the_gradients_are_the_slopes_of_the_values():
    rng = np.random.default_rng(4)
    x, weight, bias = rng.normal(size=(1, 2, 3, 2)), rng.normal(size=(2, 2, 2, 3)), rng.normal(size=4)
    options = {"stride": (2, 1), "padding": ((0, 1), (1, 0)), "output_padding": (1, 0), "groups": 2}
    dy = rng.normal(size=conv_transpose2d(x, weight, bias, **options).shape)
    slopes = (
        helpers.numeric_vjp(lambda v: conv_transpose2d(v, weight, bias, **options), dy, x),
        helpers.numeric_vjp(lambda v: conv_transpose2d(x, v, bias, **options), dy, weight),
        helpers.numeric_vjp(lambda v: conv_transpose2d(x, weight, v, **options), dy, bias),
    )
    for ours, slope in zip(conv_transpose2d_vjp(dy, x, weight, bias, **options), slopes, strict=True):
        np.testing.assert_allclose(ours, slope, atol=1e-7)
