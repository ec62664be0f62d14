import math

import numpy as np
import pytest
from scipy.special import ndtr

from cnnviz.engine import gelu, gelu_vjp, gradcheck
from cnnviz.engine.ops.gelu import erf
from cnnviz.errors import OptionError
from tests.engine.says import says


def test_erf_is_that_of_the_standard_library():
    x = np.concatenate([np.linspace(-7, 7, 20_001), [1e-300, -1e300, np.inf, -np.inf]])
    np.testing.assert_allclose(erf(x), [math.erf(v) for v in x], rtol=0, atol=3e-16)
    assert np.isnan(erf(np.array([np.nan, 1.0]))).tolist() == [True, False]


def test_erf_keeps_its_relative_precision_near_zero():
    x = np.array([1e-3, 1e-8, 1e-30, 1e-300])
    np.testing.assert_allclose(erf(x), 2 / math.sqrt(math.pi) * (x - x**3 / 3), rtol=1e-12)


def test_it_weighs_by_the_normal_distribution():
    x = np.linspace(-10, 10, 401)
    np.testing.assert_allclose(gelu(x), x * ndtr(x), rtol=1e-14, atol=2e-15)


def test_the_approximation_is_close():
    x = np.linspace(-10, 10, 4001)
    assert 0 < abs(gelu(x) - gelu(x, "tanh")).max() < 5e-4


@pytest.mark.parametrize("approximate", ["none", "tanh"])
def test_the_gradient_is_that_of_the_values(approximate):
    gradcheck(gelu, gelu_vjp, np.random.default_rng(0).normal(size=(4, 5)) * 3, approximate)


@pytest.mark.parametrize("approximate", ["none", "tanh"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_huge_numbers_pass_without_a_word(approximate, dtype):
    x = np.array([-1e30, 1e30, np.inf, np.nan], dtype)
    y, (dx,) = gelu(x, approximate), gelu_vjp(np.ones(4, dtype), x, approximate)
    assert y.dtype == dx.dtype == dtype
    assert y[:3].tolist() == [0, x[1], np.inf]
    assert np.isnan(y[3])
    assert gelu(x[:0], approximate).shape == (0,)
    assert gelu(np.array(1.0, dtype), approximate).shape == ()


def test_an_unknown_approximation_is_refused():
    text = "gelu: expected approximate as one of none, tanh, got 'sigmoid'; write one of these words"
    with says(OptionError, text):
        gelu(np.ones(2), "sigmoid")
