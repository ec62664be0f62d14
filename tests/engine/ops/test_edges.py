"""Inputs at the edge: no examples, no windows, huge options, near-maximum numbers, foreign bytes."""

import numpy as np
import pytest
from scipy import signal

import cnnviz.engine as engine
from cnnviz.errors import CnnvizError

RNG = np.random.default_rng(18)
X = RNG.normal(size=(2, 4, 6, 6)).astype(np.float32)
W = RNG.normal(size=(4, 4, 3, 3)).astype(np.float32)
B = RNG.normal(size=4).astype(np.float32)
DEPTHWISE, POINTWISE = W[:, :1], RNG.normal(size=(3, 4, 1, 1)).astype(np.float32)
LOCAL = RNG.normal(size=(4, 4, 3, 4, 3, 3)).astype(np.float32)
CASES = [
    ("conv2d", (X, W, B), {}),
    ("conv2d", (X, W, B), {"stride": 2, "padding": 1}),
    ("conv2d", (X, W[:, :1], B), {"groups": 4}),
    ("conv_transpose2d", (X, W, B), {"stride": 2}),
    ("locally_connected2d", (X, LOCAL, None), {}),
    ("depthwise_separable_conv2d", (X, DEPTHWISE, POINTWISE), {}),
    ("max_pool2d", (X, 2), {}),
    ("max_pool2d", (X, 3), {"stride": 1, "padding": 1}),
    ("avg_pool2d", (X, 2), {}),
    ("lp_pool2d", (X, 2.0, 2), {}),
    ("adaptive_avg_pool2d", (X, 4), {}),
    ("adaptive_max_pool2d", (X, 4), {}),
    ("global_avg_pool", (X,), {}),
    ("global_max_pool", (X,), {}),
    ("relu", (X,), {}),
    ("leaky_relu", (X,), {}),
    ("gelu", (X,), {}),
    ("softmax", (X, 1), {}),
    ("squash", (X, 1), {}),
    ("local_response_norm", (X, 3), {}),
    ("linear", (X[:, :, 0, 0], W[:, :, 0, 0], B), {}),
]


@pytest.mark.parametrize(("name", "arguments", "options"), CASES)
def test_no_examples_give_an_empty_output_of_the_right_shape(name, arguments, options):
    f, vjp = getattr(engine, name), getattr(engine, f"{name}_vjp")
    full = f(*arguments, **options)
    empty = (arguments[0][:0], *arguments[1:])
    y = f(*empty, **options)
    assert (y.shape, y.dtype) == ((0, *full.shape[1:]), full.dtype)
    arrays = [a for a in empty if isinstance(a, np.ndarray)]
    gradients = [g for g in vjp(y, *empty, **options) if g is not None]
    assert [g.shape for g in gradients] == [a.shape for a in arrays]
    assert not any(g.any() for g in gradients)


@pytest.mark.parametrize(("name", "arguments", "options"), CASES)
def test_bytes_in_the_other_order_are_put_right(name, arguments, options):
    f, vjp = getattr(engine, name), getattr(engine, f"{name}_vjp")
    full = f(*arguments, **options)
    foreign = [a.astype(">f4") if isinstance(a, np.ndarray) else a for a in arguments]
    y = f(*foreign, **options)
    assert y.dtype.isnative
    np.testing.assert_array_equal(y, full)
    mixed = f(foreign[0], *arguments[1:], **options)
    np.testing.assert_array_equal(mixed, full)
    there = vjp(full.astype(">f4"), *foreign, **options)
    for g, expected in zip(there, vjp(full, *arguments, **options), strict=True):
        if expected is not None:
            assert g.dtype.isnative
            np.testing.assert_array_equal(g, expected)


def test_a_trace_reads_foreign_bytes_and_wants_an_example():
    trace = engine.trace_conv(X.astype(">f4"), W.astype(">f4"), B)
    np.testing.assert_allclose(trace.fold(), engine.conv2d(X, W, B)[0], rtol=1e-5)
    for of in (lambda: engine.trace_pool(X[:0], 2), lambda: engine.trace_conv(X[:0], W)):
        with pytest.raises(CnnvizError, match="at least one example to trace, got none"):
            of()


@pytest.mark.parametrize("huge", [2**24 + 1, 2**31, 2**32, 2**62, 2**63 - 1, 2**63, 10**30])
@pytest.mark.parametrize(
    ("name", "arguments", "option"),
    [
        ("conv2d", (X, W), "stride"),
        ("conv2d", (X, W), "padding"),
        ("conv2d", (X, W), "dilation"),
        ("conv2d", (X, W), "groups"),
        ("conv_transpose2d", (X, W), "stride"),
        ("conv_transpose2d", (X, W), "padding"),
        ("conv_transpose2d", (X, W), "output_padding"),
        ("max_pool2d", (X, 2), "stride"),
        ("avg_pool2d", (X, 2), "padding"),
        ("max_pool2d", (X, 2), "dilation"),
        ("adaptive_avg_pool2d", (X,), "output_size"),
        ("locally_connected2d", (X, LOCAL), "stride"),
    ],
)
def test_a_huge_option_gets_one_line(name, arguments, option, huge):
    with pytest.raises(CnnvizError, match=f"^{name}: expected ") as caught:
        getattr(engine, name)(*arguments, **{option: huge})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("options", [{"padding": 2**24}, {"padding": ((0, 2**24), (2**24, 0))}])
def test_a_plane_that_fits_nowhere_gets_one_line(options):
    with pytest.raises(CnnvizError, match=r"expected at most 1,099,511,627,776 cells in a padded or stretched plane"):
        engine.conv2d(X, W, **options)
    with pytest.raises(CnnvizError, match=r"expected at most 1,099,511,627,776 cells in a padded or stretched plane"):
        engine.conv_transpose2d(X, W, stride=2**24)


@pytest.mark.parametrize("name", ["adaptive_avg_pool2d", "adaptive_max_pool2d"])
@pytest.mark.parametrize(("size", "shape"), [(0, (2, 4, 0, 0)), ((0, 2), (2, 4, 0, 2)), ((2, 0), (2, 4, 2, 0))])
def test_an_adaptive_output_of_nothing(name, size, shape):
    y = getattr(engine, name)(X, size)
    assert y.shape == shape
    (dx,) = getattr(engine, f"{name}_vjp")(y, X, size)
    assert dx.shape == X.shape
    assert not dx.any()


@pytest.mark.parametrize(
    ("vector", "dtype"),
    [
        ([2e19, 1], np.float32),
        ([3e38, 3e38], np.float32),
        ([1e155, 0], np.float64),
        ([1e308, -1e308, 1e308], np.float64),
        ([1e-30, 0], np.float32),
        ([1e-45, 1e-45], np.float32),
        ([1e-200, 1e-200], np.float64),
        ([0, 0], np.float64),
        ([3, 4], np.float64),
    ],
)
def test_squash_of_any_length(vector, dtype):
    x = np.array([vector], dtype)
    y = engine.squash(x)
    exact = np.array([vector], dtype).astype(np.longdouble)
    r = np.sqrt((exact * exact).sum())
    np.testing.assert_allclose(y, exact * (r / (1 + r * r)), rtol=1e-6, atol=1e-45)
    (dx,) = engine.squash_vjp(np.ones_like(x), x)
    assert np.isfinite(dx).all()


@pytest.mark.parametrize("f", ["correlate2d", "convolve2d"])
@pytest.mark.parametrize(
    "sizes", [((3, 3), (5, 5)), ((1, 4), (3, 6)), ((2, 3), (2, 5)), ((4, 4), (4, 4)), ((5, 4), (2, 3))]
)
def test_a_kernel_larger_than_the_image_in_valid_as_scipy(f, sizes):
    image, kernel = (RNG.normal(size=size) for size in sizes)
    y = getattr(engine, f)(image, kernel, "valid")
    np.testing.assert_allclose(y, getattr(signal, f)(image, kernel, "valid"), rtol=1e-12, atol=1e-12)
    engine.gradcheck(getattr(engine, f), getattr(engine, f"{f}_vjp"), image, kernel)


def test_of_several_nan_the_first_counts():
    x = np.array([[[[1, np.nan], [np.nan, 9]]]])
    y, place = engine.max_pool2d(x, 2, return_indices=True)
    assert np.isnan(y).all()
    assert place.item() == 1
    np.testing.assert_array_equal(engine.max_pool2d_vjp(np.ones((1, 1, 1, 1)), x, 2)[0].ravel(), [0, 1, 0, 0])
