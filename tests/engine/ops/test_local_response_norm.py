import numpy as np
import pytest

from cnnviz.engine import gradcheck, local_response_norm, local_response_norm_vjp
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

X = np.random.default_rng(0).normal(size=(2, 5, 3, 2))


def by_loops(x, size, alpha, beta, k):
    y = np.zeros(x.shape)
    for n, c, *place in np.ndindex(*x.shape):
        window = range(max(0, c - size // 2), min(x.shape[1], c + (size - 1) // 2 + 1))
        total = sum(x[(n, d, *place)] ** 2 for d in window)
        y[(n, c, *place)] = x[(n, c, *place)] / (k + alpha / size * total) ** beta
    return y


@pytest.mark.parametrize("size", range(1, 13))
def test_it_is_what_loops_find(size):
    options = {"alpha": 0.7, "beta": 0.6, "k": 1.3}
    np.testing.assert_allclose(local_response_norm(X, size, **options), by_loops(X, size, **options), rtol=1e-13)


def test_alpha_is_divided_by_the_size():
    x = np.ones((1, 4, 1))
    assert local_response_norm(x, 2, alpha=2.0, beta=1.0, k=0.0).ravel().tolist() == [1, 0.5, 0.5, 0.5]


def test_an_even_window_has_one_more_channel_before():
    x = np.array([[[0.0], [1.0], [0.0], [0.0]]])
    loud = local_response_norm(x + 1e-9, 2, alpha=2.0, beta=1.0, k=1.0).ravel() / (x + 1e-9).ravel()
    np.testing.assert_allclose(loud, [1, 0.5, 0.5, 1], rtol=1e-6)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 9])
def test_the_gradient_is_that_of_the_values(size):
    gradcheck(local_response_norm, local_response_norm_vjp, X, size, 0.9, 0.6, 1.2)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: local_response_norm(np.ones((2, 3)), 2),
            ShapeError,
            "local_response_norm: expected x with at least 3 axes (N, C, ...), got shape (2, 3); "
            "add the missing in front with x[None]",
        ),
        (
            lambda: local_response_norm(X, 0),
            OptionError,
            "local_response_norm: expected size of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: local_response_norm(X, 3, beta="much"),
            OptionError,
            "local_response_norm: expected beta as a number, got 'much'; write it without quotes, as in beta=0.5",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
