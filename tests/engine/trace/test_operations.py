"""A trace and the operation it traces derive the same numbers in two ways."""

import numpy as np
import pytest
from hypothesis import given

from cnnviz import engine
from tests.engine.trace import cases
from tests.engine.trace.cases import fixed, same, whole


def operation(name, ndim, suffix=""):
    return getattr(engine, f"{name}{ndim}d{suffix}")


@fixed
@given(cases.conv())
def test_conv(case):
    arrays, options = case
    ndim = arrays[0].ndim - 2
    y = operation("conv", ndim)(*arrays, **options)
    dy = whole(np.random.default_rng(12), *y.shape)
    dx, dweight, dbias = operation("conv", ndim, "_vjp")(dy, *arrays, **options)
    totals = []
    for example in (0, 1):
        same(engine.trace_conv(*arrays, **options, example=example).fold(), y[example])
        back = engine.trace_conv_vjp(dy, *arrays, **options, example=example)
        same(back.fold()[0], dx[example])
        same(back.dx.fold(), dx[example])
        totals.append(back.fold())
    same(totals[0][1] + totals[1][1], dweight)
    if arrays[2] is None:
        assert dbias is None
    else:
        same(totals[0][2] + totals[1][2], dbias)


@fixed
@given(cases.conv_transpose())
def test_conv_transpose(case):
    arrays, options = case
    y = operation("conv_transpose", arrays[0].ndim - 2)(*arrays, **options)
    for example in (0, 1):
        trace = engine.trace_conv_transpose(*arrays, **options, example=example)
        same(trace.fold(), y[example])
        same(trace.gather.fold(), y[example])


@fixed
@given(cases.pool())
def test_pool(case):
    x, kernel, kind, options = case
    ndim = x.ndim - 2
    y = operation(f"{kind}_pool", ndim)(x, kernel, **options)
    dy = whole(np.random.default_rng(13), *y.shape)
    (dx,) = operation(f"{kind}_pool", ndim, "_vjp")(dy, x, kernel, **options)
    for example in (0, 1):
        same(engine.trace_pool(x, kernel, kind=kind, **options, example=example).fold(), y[example])
        back = engine.trace_pool_vjp(dy, x, kernel, kind=kind, **options, example=example)
        np.testing.assert_allclose(back.fold()[0], dx[example], rtol=1e-14, atol=1e-14)
        np.testing.assert_allclose(back.dx.fold(), dx[example], rtol=1e-14, atol=1e-14)
    if kind == "max":
        _, places = operation("max_pool", ndim)(x, kernel, **options, return_indices=True)
        for step in engine.trace_pool(x, kernel, **options):
            place = places[(0, *step.output_index)]
            expected = None if place < 0 else tuple(np.unravel_index(place, x.shape[2:]))
            assert step.argmax == expected


def test_linear():
    rng = np.random.default_rng(14)
    x, weight, bias = whole(rng, 2, 5), whole(rng, 3, 5), whole(rng, 3)
    for example in (0, 1):
        same(engine.trace_linear(x, weight, bias, example=example).fold(), engine.linear(x, weight, bias)[example])


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, 1e-5), (np.float64, 1e-13)])
def test_real_numbers_in_either_precision(dtype, tolerance):
    rng = np.random.default_rng(15)
    x, weight = rng.normal(size=(1, 3, 9, 8)).astype(dtype), rng.normal(size=(4, 3, 3, 2)).astype(dtype)
    y = engine.conv2d(x, weight, stride=(1, 2), padding=1)
    traced = engine.trace_conv(x, weight, stride=(1, 2), padding=1).fold()
    assert traced.dtype == y.dtype == dtype
    np.testing.assert_allclose(traced, y[0], atol=tolerance * 10)
    np.testing.assert_allclose(engine.trace_pool(x, 3, kind="avg").fold(), engine.avg_pool2d(x, 3)[0], atol=tolerance)
