import numpy as np
import pytest

from cnnviz.engine import batch_norm, gradcheck, layer_norm, layer_norm_vjp
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

X = np.random.default_rng(0).normal(size=(3, 2, 4)) * 3 + 7


@pytest.mark.parametrize("shape", [4, (4,), (2, 4), (3, 2, 4)])
def test_the_last_axes_have_mean_0_and_variance_1(shape):
    y = layer_norm(X, shape, eps=0.0)
    over = tuple(range(-1 if isinstance(shape, int) else -len(shape), 0))
    np.testing.assert_allclose(y.mean(over), 0, atol=1e-14)
    np.testing.assert_allclose(y.var(over), 1, rtol=1e-13)


def test_it_is_batch_normalization_with_examples_as_channels():
    y = layer_norm(X, (2, 4), eps=1e-3)
    np.testing.assert_allclose(y, batch_norm(X[None], training=True, eps=1e-3)[0], rtol=1e-13)


def test_each_cell_has_its_own_weight_and_bias():
    weight, bias = np.arange(8.0).reshape(2, 4), np.arange(8.0, 16.0).reshape(2, 4)
    np.testing.assert_allclose(
        layer_norm(X, (2, 4), weight, bias), layer_norm(X, (2, 4)) * weight + bias, rtol=1e-13, atol=1e-13
    )


@pytest.mark.parametrize("shape", [(4,), (2, 4), (3, 2, 4)])
def test_the_gradient_is_that_of_the_values(shape):
    weight, bias = (np.random.default_rng(seed).normal(size=shape) for seed in (1, 2))
    gradcheck(layer_norm, layer_norm_vjp, X, shape, weight, bias)
    gradcheck(layer_norm, layer_norm_vjp, X, shape, None, bias, 0.5)
    gradcheck(layer_norm, layer_norm_vjp, X, shape)


def test_no_examples_are_no_trouble():
    x = np.zeros((0, 3))
    assert layer_norm(x, 3).shape == (0, 3)
    assert layer_norm_vjp(x, x, 3, np.ones(3))[1].tolist() == [0, 0, 0]


def test_epsilon_counts():
    assert layer_norm(np.array([1.0, 3.0]), 2, eps=3.0).tolist() == [-0.5, 0.5]


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: layer_norm(X, (3, 4)),
            ShapeError,
            "layer_norm: expected x whose last axes have the sizes normalized_shape=(3, 4), got shape (3, 2, 4); "
            "give sizes such as x.shape[1:]",
        ),
        (
            lambda: layer_norm(X, (1, 3, 2, 4)),
            ShapeError,
            "layer_norm: expected x whose last axes have the sizes normalized_shape=(1, 3, 2, 4), "
            "got shape (3, 2, 4); give sizes such as x.shape[1:]",
        ),
        (
            lambda: layer_norm(X, ()),
            ShapeError,
            "layer_norm: expected x whose last axes have the sizes normalized_shape=(), got shape (3, 2, 4); "
            "give sizes such as x.shape[1:]",
        ),
        (
            lambda: layer_norm(X, 4, np.ones(3)),
            ShapeError,
            "layer_norm: expected weight of shape (4,), as normalized_shape says, got (3,); give those numbers or None",
        ),
        (
            lambda: layer_norm(X, 4, eps=np.nan),
            OptionError,
            "layer_norm: expected eps as a finite number, got nan; choose one in that range",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
