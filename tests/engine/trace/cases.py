"""Generated arguments for the traces. Values are small whole numbers, so every sum is exact and ties are common."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

fixed = settings(derandomize=True, database=None, deadline=None, max_examples=120)

MODES = ("zeros", "replicate", "reflect", "circular")


def whole(rng, *shape, dtype=np.float64):
    return rng.integers(-4, 5, size=shape).astype(dtype)


def per_axis(draw, low, high, ndim):
    return tuple(draw(st.integers(low, high)) for _ in range(ndim))


@st.composite
def conv(draw):
    """(x, weight, bias), options: any dimension, mode, stride, dilation, groups, and padding however it is written."""
    ndim = draw(st.integers(1, 3))
    kernel, stride, dilation = (per_axis(draw, 1, high, ndim) for high in (3, 3, 2))
    mode = draw(st.sampled_from(MODES))
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    word = draw(st.sampled_from((None, None, None, "valid", "same", "full")))
    if word == "same":
        stride = (1,) * ndim
    size = [draw(st.integers(1, 5 if ndim < 3 else 4)) for _ in range(ndim)]
    if word is None:
        widest = [min(2, {"reflect": n - 1, "circular": n}.get(mode, 2)) for n in size]
        padding = tuple((draw(st.integers(0, w)), draw(st.integers(0, w))) for w in widest)
        size = [max(n, span - b - a) for n, span, (b, a) in zip(size, spans, padding, strict=True)]
    else:
        padding = word
        size = [max(n, span) for n, span in zip(size, spans, strict=True)]
    groups = draw(st.integers(1, 2))
    depth, filters = draw(st.integers(1, 2)), groups * draw(st.integers(1, 2))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    bias = whole(rng, filters) if draw(st.booleans()) else None
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups, "padding_mode": mode}
    return (whole(rng, 2, depth * groups, *size), whole(rng, filters, depth, *kernel), bias), options


@st.composite
def conv_transpose(draw):
    """(x, weight, bias), options of a transposed convolution that leaves something of its output."""
    ndim = draw(st.integers(1, 3))
    size, kernel, stride, dilation = (per_axis(draw, 1, high, ndim) for high in (3, 3, 3, 2))
    extra = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True))
    sides = zip(size, kernel, stride, dilation, extra, strict=True)
    canvas = [(n - 1) * s + d * (k - 1) + 1 + e for n, k, s, d, e in sides]
    padding = tuple((draw(st.integers(0, (c - 1) // 2)), draw(st.integers(0, (c - 1) // 2))) for c in canvas)
    groups = draw(st.integers(1, 2))
    channels, depth = groups * draw(st.integers(1, 2)), draw(st.integers(1, 2))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    bias = whole(rng, depth * groups) if draw(st.booleans()) else None
    options = {
        "stride": stride,
        "padding": padding,
        "output_padding": extra,
        "dilation": dilation,
        "groups": groups,
    }
    return (whole(rng, 2, channels, *size), whole(rng, channels, depth, *kernel), bias), options


@st.composite
def pool(draw):
    """x, kernel_size, kind, options of a pooling, all windows of which fit."""
    ndim = draw(st.integers(1, 3))
    kernel, dilation = per_axis(draw, 1, 3, ndim), per_axis(draw, 1, 2, ndim)
    stride = draw(st.one_of(st.none(), st.tuples(*[st.integers(1, 3)] * ndim)))
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    padding = tuple((draw(st.integers(0, span // 2)), draw(st.integers(0, span - 1))) for span in spans)
    size = [
        max(draw(st.integers(1, 5 if ndim < 3 else 3)), span - b - a)
        for span, (b, a) in zip(spans, padding, strict=True)
    ]
    options = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": draw(st.booleans())}
    kind = draw(st.sampled_from(("max", "avg")))
    if kind == "avg":
        options["count_include_pad"] = draw(st.booleans())
        options["divisor_override"] = draw(st.sampled_from((None, None, 3, -2)))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return whole(rng, 2, draw(st.integers(1, 2)), *size), kernel, kind, options


def same(actual, expected):
    """Require the very same numbers, NaN at the same places."""
    np.testing.assert_array_equal(actual, expected, strict=True)
