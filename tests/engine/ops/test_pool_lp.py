import numpy as np
import pytest
from hypothesis import given

from cnnviz import engine
from cnnviz.engine import gradcheck, lp_pool1d, lp_pool2d, lp_pool2d_vjp
from cnnviz.errors import OptionError
from tests.engine.says import says
from tests.engine.trace.cases import fixed, pool


@fixed
@given(pool())
def test_one_is_the_sum_of_sizes_and_a_large_power_the_maximum(case):
    x, kernel, _, options = case
    options = {name: options[name] for name in ("stride", "padding", "dilation")}
    ndim = x.ndim - 2
    lp, sums = getattr(engine, f"lp_pool{ndim}d"), getattr(engine, f"avg_pool{ndim}d")
    np.testing.assert_allclose(lp(x, 1, kernel, **options), sums(abs(x), kernel, divisor_override=1, **options))
    padded = np.maximum(getattr(engine, f"max_pool{ndim}d")(abs(x), kernel, **options), 0)
    np.testing.assert_allclose(lp(x, 200, kernel, **options), padded, rtol=0.02)


def test_two_is_the_length_of_the_window():
    x = np.array([[[[3.0, 0.0], [0.0, -4.0]]]])
    assert lp_pool2d(x, 2, 2).tolist() == [[[[5]]]]
    assert lp_pool2d(x, 3, 2).item() == pytest.approx((27 + 64) ** (1 / 3))  # sizes: -64 would leave no root


def test_a_window_that_sticks_out_is_scaled_to_the_whole_kernel():
    assert lp_pool1d(np.ones((1, 1, 3)), 1, 2, ceil_mode=True).tolist() == [[[2, 2]]]


@pytest.mark.parametrize("power", [1, 2, 3, 1.5, 0.5])
@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_the_gradient_is_that_of_the_values(power, ndim):
    x = np.random.default_rng(ndim).normal(size=(2, 2, 5, 4, 3)[: ndim + 2])
    op, vjp = getattr(engine, f"lp_pool{ndim}d"), getattr(engine, f"lp_pool{ndim}d_vjp")
    gradcheck(op, vjp, x, power, 2, 1, ceil_mode=True)
    gradcheck(op, vjp, x, power, 2, padding=1)


def test_a_window_of_zeros_has_no_gradient():
    for power in (0.5, 1, 2, 3):
        assert lp_pool2d_vjp(np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), power, 2)[0].tolist() == [
            [[[0, 0], [0, 0]]]
        ]


@pytest.mark.parametrize("power", [0, -1, np.inf, np.nan, "2", None, True])
def test_a_power_that_is_none_is_refused(power):
    text = f"lp_pool1d: expected norm_type as a finite number above 0, got {power!r}; choose one, such as 1.0"
    with says(OptionError, text):
        lp_pool1d(np.ones((1, 1, 3)), power, 2)
