import numpy as np
import pytest

from cnnviz.engine import conv2d, depthwise_separable_conv2d, depthwise_separable_conv2d_vjp, gradcheck
from cnnviz.errors import ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same, whole

OPTIONS = [{}, {"stride": 2, "padding": 1}, {"padding": "same", "dilation": (1, 2), "padding_mode": "replicate"}]


def arrays(multiplier=2, dtype=np.float64):
    rng = np.random.default_rng(1)
    shapes = (2, 3, 6, 5), (3 * multiplier, 1, 3, 2), (4, 3 * multiplier, 1, 1), (4,)
    return [whole(rng, *shape, dtype=dtype) for shape in shapes]


@pytest.mark.parametrize("multiplier", [1, 2])
@pytest.mark.parametrize("options", OPTIONS)
def test_it_is_two_convolutions(options, multiplier):
    x, depthwise, pointwise, bias = arrays(multiplier)
    middle = helpers.conv(x, depthwise, groups=3, **options)
    same(depthwise_separable_conv2d(x, depthwise, pointwise, bias, **options), helpers.conv(middle, pointwise, bias))


def test_it_is_one_full_convolution_whose_filters_share_their_shapes():
    x, depthwise, pointwise, _ = arrays(1)
    full = pointwise * depthwise[:, 0]  # (M, C, 1, 1) times (C, kH, kW)
    same(depthwise_separable_conv2d(x, depthwise, pointwise), conv2d(x, full))


@pytest.mark.parametrize("options", OPTIONS)
def test_the_gradients_are_those_of_two_convolutions(options):
    x, depthwise, pointwise, bias = arrays()
    middle = helpers.conv(x, depthwise, groups=3, **options)
    dy = whole(np.random.default_rng(2), *helpers.conv(middle, pointwise).shape)
    dmiddle, dpointwise, dbias = helpers.conv_vjp(dy, middle, pointwise, bias)
    dx, ddepthwise, _ = helpers.conv_vjp(dmiddle, x, depthwise, groups=3, **options)
    expected = dx, ddepthwise, dpointwise, dbias
    ours = depthwise_separable_conv2d_vjp(dy, x, depthwise, pointwise, bias, **options)
    for mine, theirs in zip(ours, expected, strict=True):
        same(mine, theirs)


def test_the_gradients_are_the_slopes_of_the_values():
    gradcheck(depthwise_separable_conv2d, depthwise_separable_conv2d_vjp, *arrays(), padding=1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_nothing_is_changed(dtype):
    given = arrays(dtype=dtype)
    for array in given:
        array.flags.writeable = False
    before = [array.copy() for array in given]
    y = depthwise_separable_conv2d(*given)
    assert y.dtype == dtype
    assert [gradient.dtype for gradient in depthwise_separable_conv2d_vjp(y, *given)] == [dtype] * 4
    for array, copy in zip(given, before, strict=True):
        same(array, copy)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            {"depthwise": np.ones((4, 1, 3, 2))},
            "depthwise_separable_conv2d: expected depthwise of shape (a multiple of C=3, 1, kH, kW), "
            "got (4, 1, 3, 2); give each channel of x as many kernels of its own",
        ),
        (
            {"depthwise": np.ones((6, 3, 3, 2))},
            "depthwise_separable_conv2d: expected depthwise of shape (a multiple of C=3, 1, kH, kW), "
            "got (6, 3, 3, 2); give each channel of x as many kernels of its own",
        ),
        (
            {"pointwise": np.ones((4, 3, 1, 1))},
            "depthwise_separable_conv2d: expected pointwise of shape (M, 6, 1, 1), one weight for each depthwise "
            "kernel, got (4, 3, 1, 1); reshape it to (M, 6, 1, 1)",
        ),
        (
            {"pointwise": np.ones((4, 6))},
            "depthwise_separable_conv2d: expected pointwise with 4 axes (M, C*multiplier, 1, 1), got shape (4, 6); "
            "add the missing in front with pointwise[None, None]",
        ),
        (
            {"bias": np.ones(6)},
            "depthwise_separable_conv2d: expected bias with one number for each of the M=4 filters, got shape (6,); "
            "give 4 numbers or bias=None",
        ),
    ],
)
def test_bad_input(change, text):
    call = dict(zip(("x", "depthwise", "pointwise", "bias"), arrays(), strict=True)) | change
    with says(ShapeError, text):
        depthwise_separable_conv2d(**call)
    with says(ShapeError, text.replace("conv2d:", "conv2d_vjp:")):
        depthwise_separable_conv2d_vjp(np.ones((2, 4, 4, 4)), **call)
