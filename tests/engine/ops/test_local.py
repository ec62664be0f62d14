import numpy as np
import pytest

from cnnviz.engine import conv2d, conv2d_vjp, locally_connected2d, locally_connected2d_vjp, parameter_count
from cnnviz.engine.ops import im2col
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same, whole

OPTIONS = [
    {},
    {"stride": (2, 1), "padding": 1},
    {"padding": "same", "padding_mode": "circular"},
    {"padding": ((0, 2), (1, 0)), "dilation": (1, 2), "padding_mode": "reflect"},
]


def arrays(options, shared=False, dtype=np.float64):
    rng = np.random.default_rng(1)
    x, weight = whole(rng, 3, 2, 5, 6, dtype=dtype), whole(rng, 4, 2, 3, 2, dtype=dtype)
    out = conv2d(x, weight, **options).shape[2:]
    if shared:
        return x, np.broadcast_to(weight, (*out, *weight.shape)), np.broadcast_to(whole(rng, 4), (*out, 4))
    return x, whole(rng, *out, *weight.shape, dtype=dtype), whole(rng, *out, 4, dtype=dtype)


@pytest.fixture(params=[8, 200, 4 << 20], ids=["a place at a time", "a few places at a time", "all places at once"])
def _tiles(request, monkeypatch):
    monkeypatch.setattr(im2col, "TILE_BYTES", request.param)


@pytest.mark.few(3)
@pytest.mark.usefixtures("_tiles")
@pytest.mark.parametrize("options", OPTIONS)
def test_each_place_is_a_convolution_of_its_own(options):
    x, weight, bias = arrays(options)
    y = locally_connected2d(x, weight, bias, **options)
    dy = whole(np.random.default_rng(2), *y.shape)
    dx, dweight, dbias = locally_connected2d_vjp(dy, x, weight, bias, **options)
    total = np.zeros_like(dx)
    for i, j in np.ndindex(y.shape[2:]):
        same(y[:, :, i, j], helpers.conv(x, weight[i, j], bias[i, j], **options)[:, :, i, j])
        alone = np.zeros_like(dy)
        alone[:, :, i, j] = dy[:, :, i, j]
        gradients = helpers.conv_vjp(alone, x, weight[i, j], bias[i, j], **options)
        same(dweight[i, j], gradients[1])
        same(dbias[i, j], gradients[2])
        total += gradients[0]
    same(dx, total)


@pytest.mark.parametrize("options", OPTIONS)
def test_with_equal_filters_it_is_a_convolution(options):
    x, weight, bias = arrays(options, shared=True)
    y = locally_connected2d(x, weight, bias, **options)
    same(y, conv2d(x, weight[0, 0].copy(), bias[0, 0].copy(), **options))
    dx, dweight, dbias = locally_connected2d_vjp(y, x, weight, bias, **options)
    shared = conv2d_vjp(y, x, weight[0, 0].copy(), bias[0, 0].copy(), **options)
    for ours, theirs in zip((dx, dweight.sum((0, 1)), dbias.sum((0, 1))), shared, strict=True):
        same(ours, theirs)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays_and_nothing_is_changed(dtype):
    given = arrays({}, dtype=dtype)
    for array in given:
        array.flags.writeable = False
    before = [array.copy() for array in given]
    y = locally_connected2d(*given)
    assert y.dtype == dtype
    assert [gradient.dtype for gradient in locally_connected2d_vjp(y, *given)] == [dtype] * 3
    for array, copy in zip(given, before, strict=True):
        same(array, copy)


def test_without_a_bias_there_is_none():
    x, weight, _ = arrays({})
    assert locally_connected2d_vjp(locally_connected2d(x, weight), x, weight)[2] is None


def test_its_weights_are_those_that_the_formula_counts():
    _, weight, bias = arrays({})
    assert weight.size + bias.size == parameter_count(2, 4, (3, 2), positions=weight.shape[:2])


@pytest.mark.parametrize(
    ("change", "error", "text"),
    [
        (
            {"x": np.ones((5, 5))},
            ShapeError,
            "locally_connected2d: expected x with 4 axes (N, C, H, W), got shape (5, 5); "
            "add the missing in front with x[None, None]",
        ),
        (
            {"weight": np.ones((4, 1, 2, 2))},
            ShapeError,
            "locally_connected2d: expected weight with 6 axes (H_out, W_out, M, C, kH, kW), got shape (4, 1, 2, 2); "
            "add the missing in front with weight[None, None]",
        ),
        (
            {"weight": np.ones((2, 2, 4, 3, 2, 2))},
            ShapeError,
            "locally_connected2d: expected weight with C=1 channels, as x has, got 3 "
            "(weight.shape=(2, 2, 4, 3, 2, 2)); weight is (H_out, W_out, M, C, kH, kW)",
        ),
        (
            {"stride": 2},
            ShapeError,
            "locally_connected2d: expected weight with filters for each of (H_out=1, W_out=1) places, "
            "got (H_out=2, W_out=2); make it of shape (*output_shape(...), M, C, kH, kW)",
        ),
        (
            {"bias": np.ones((4, 2, 2))},
            ShapeError,
            "locally_connected2d: expected bias of shape (H_out=2, W_out=2, M=4), got (H_out=4, W_out=2, M=2); "
            "give one number for each place and filter",
        ),
        (
            {"bias": np.ones((2, 2, 4), int)},
            OptionError,
            "locally_connected2d: expected bias as float32 or float64, got int64; "
            "convert it with bias.astype(np.float32)",
        ),
    ],
)
def test_bad_input(change, error, text):
    call = {"x": np.ones((1, 1, 3, 3)), "weight": np.ones((2, 2, 4, 1, 2, 2)), "bias": None} | change
    with says(error, text):
        locally_connected2d(**call)
    with says(error, text.replace("connected2d:", "connected2d_vjp:")):
        locally_connected2d_vjp(np.ones((1, 4, 2, 2)), **call)
