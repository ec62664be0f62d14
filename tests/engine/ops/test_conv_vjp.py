import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import conv1d, conv1d_vjp, conv2d, conv2d_vjp, conv3d, conv3d_vjp
from cnnviz.engine.ops import im2col
from tests import helpers
from tests.engine.ops.test_conv import BOARD, EDGE
from tests.engine.trace.cases import conv, fixed, same, whole

VJP = {1: conv1d_vjp, 2: conv2d_vjp, 3: conv3d_vjp}
MODES = ("zeros", "replicate", "reflect", "circular")


@fixed
@given(conv())
def test_they_are_what_nested_loops_find(case):
    (x, weight, bias), options = case
    y = {1: conv1d, 2: conv2d, 3: conv3d}[x.ndim - 2](x, weight, bias, **options)
    dy = whole(np.random.default_rng(0), *y.shape)
    gradients = VJP[x.ndim - 2](dy, x, weight, bias, **options)
    for ours, theirs in zip(gradients, helpers.conv_vjp(dy, x, weight, bias, **options), strict=True):
        if bias is None and theirs is None:
            assert ours is None
        else:
            same(ours, theirs)


@pytest.mark.parametrize("tile", [8, 200])
@pytest.mark.parametrize(
    "options", [{}, {"stride": 2, "padding": "full"}, {"groups": 2, "padding": 1, "dilation": 2, "stride": (2, 1)}]
)
def test_tiles_make_no_difference(options, tile, monkeypatch):
    monkeypatch.setattr(im2col, "TILE_BYTES", tile)
    rng = np.random.default_rng(1)
    x, weight = whole(rng, 3, 2, 5, 6), whole(rng, 4, 2 // options.get("groups", 1), 3, 2)
    dy = whole(rng, *conv2d(x, weight, **options).shape)
    for ours, theirs in zip(
        conv2d_vjp(dy, x, weight, **options), helpers.conv_vjp(dy, x, weight, **options), strict=True
    ):
        assert ours is theirs is None or np.array_equal(ours, theirs)


@pytest.mark.parametrize("filters", [1, 2, 4, 5, 9])
def test_few_filters_and_many_go_different_ways_to_one_gradient(filters):
    """Up to twice as many filters as channels the kernel is flipped, beyond the columns are spread."""
    rng = np.random.default_rng(2)
    x, weight = whole(rng, 1, 2, 5, 4), whole(rng, filters, 2, 3, 2)
    dy = whole(rng, *conv2d(x, weight, padding=1).shape)
    same(conv2d_vjp(dy, x, weight, padding=1)[0], helpers.conv_vjp(dy, x, weight, padding=1)[0])


@pytest.mark.parametrize("options", [{}, {"groups": 2}, {"padding": 1, "padding_mode": "circular", "stride": 3}])
def test_more_filters_than_cells_are_multiplied_for_all_examples_at_once(options):
    rng = np.random.default_rng(2)
    x, weight = whole(rng, 3, 2, 3, 3), whole(rng, 10, 2 // options.get("groups", 1), 3, 3)
    dy = whole(rng, *conv2d(x, weight, **options).shape)
    for ours, theirs in zip(
        conv2d_vjp(dy, x, weight, **options), helpers.conv_vjp(dy, x, weight, **options), strict=True
    ):
        assert ours is theirs is None or np.array_equal(ours, theirs)


def test_the_blackboard_example():
    dx, dweight, dbias = conv2d_vjp(np.ones((1, 1, 3, 3)), BOARD, EDGE, np.zeros(1))
    assert dweight[0, 0].tolist() == [[33, 42, 41], [48, 57, 46], [33, 42, 41]]
    assert dx[0, 0].tolist() == [[n * side for side in (1, 1, 0, -1, -1)] for n in (1, 2, 3, 2, 1)]
    assert dbias.tolist() == [9]


def test_the_input_gradient_is_the_full_convolution_with_the_flipped_kernel_only_at_stride_1():
    rng = np.random.default_rng(3)
    x, weight = whole(rng, 1, 1, 7, 7), whole(rng, 1, 1, 3, 3)
    flipped = weight[..., ::-1, ::-1]
    dy = whole(rng, 1, 1, 5, 5)
    same(conv2d_vjp(dy, x, weight)[0], conv2d(dy, flipped, padding="full"))
    dy = whole(rng, 1, 1, 3, 3)
    assert conv2d(dy, flipped, padding="full").shape != x.shape
    spread = np.zeros((1, 1, 5, 5))
    spread[..., ::2, ::2] = dy  # for stride 2 zeros go between
    same(conv2d_vjp(dy, x, weight, stride=2)[0], conv2d(spread, flipped, padding="full"))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "options", [{"padding": 2}, {"padding": ((0, 2), (2, 1)), "stride": (1, 2), "dilation": (2, 1)}]
)
def test_they_are_the_adjoints(mode, options):
    """``<dy, conv(x, w)> = <dx, x> = <dweight, w>``, without a bias."""
    rng = np.random.default_rng(4)
    x, weight = whole(rng, 2, 4, 5, 6), whole(rng, 6, 2, 3, 3)
    y = conv2d(x, weight, groups=2, padding_mode=mode, **options)
    dy = whole(rng, *y.shape)
    dx, dweight, _ = conv2d_vjp(dy, x, weight, groups=2, padding_mode=mode, **options)
    assert (dy * y).sum() == (dx * x).sum() == (dweight * weight).sum()


@pytest.mark.parametrize("mode", MODES)
def test_they_are_the_slopes_of_the_values(mode):
    rng = np.random.default_rng(5)
    x, weight, bias = rng.normal(size=(1, 2, 4, 4)), rng.normal(size=(2, 1, 3, 2)), rng.normal(size=2)
    options = {"padding": ((1, 2), (0, 3)), "stride": (1, 2), "groups": 2, "padding_mode": mode}
    dy = rng.normal(size=conv2d(x, weight, bias, **options).shape)
    slopes = (
        helpers.numeric_vjp(lambda v: conv2d(v, weight, bias, **options), dy, x),
        helpers.numeric_vjp(lambda v: conv2d(x, v, bias, **options), dy, weight),
        helpers.numeric_vjp(lambda v: conv2d(x, weight, v, **options), dy, bias),
    )
    for ours, slope in zip(conv2d_vjp(dy, x, weight, bias, **options), slopes, strict=True):
        np.testing.assert_allclose(ours, slope, atol=1e-7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_nothing_is_changed(dtype):
    rng = np.random.default_rng(6)
    arrays = [whole(rng, *shape, dtype=dtype) for shape in ((2, 3, 4, 4), (2, 2, 6, 6), (3, 2, 3, 3), (3,))]
    for array in arrays:
        array.flags.writeable = False
    before = [array.copy() for array in arrays]
    assert [gradient.dtype for gradient in conv2d_vjp(*arrays)] == [dtype] * 3
    for array, copy in zip(arrays, before, strict=True):
        same(array, copy)


def test_nan_reaches_the_weights_that_saw_it_and_no_others():
    x = np.ones((1, 1, 4, 4))
    x[0, 0, 0, 0] = np.nan
    dweight = conv2d_vjp(np.ones((1, 1, 3, 3)), x, np.ones((1, 1, 2, 2)))[1]
    assert np.isnan(dweight[0, 0]).tolist() == [[True, False], [False, False]]
    dy = np.ones((1, 1, 3, 3))
    dy[0, 0, 2, 2] = np.inf
    dx = conv2d_vjp(dy, np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2)))[0]
    assert np.isinf(dx[0, 0, 2:, 2:]).all()
    assert np.isfinite(dx[0, 0, :2]).all()
