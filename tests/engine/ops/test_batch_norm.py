import numpy as np
import pytest

from cnnviz.engine import batch_norm, batch_norm_vjp, gradcheck
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same

RNG = np.random.default_rng(0)
X = RNG.normal(size=(3, 2, 4, 5)) * 3 + 7
MEAN, VAR, WEIGHT, BIAS = (RNG.uniform(0.5, 2, size=2) for _ in range(4))


def test_in_training_it_is_what_nested_loops_find():
    y = batch_norm(X, None, None, WEIGHT, BIAS, True, eps=1e-3)
    np.testing.assert_allclose(y, helpers.batch_norm(X, WEIGHT, BIAS, 1e-3), rtol=1e-12, atol=1e-12)


def test_each_channel_has_mean_0_and_variance_1():
    y = batch_norm(X, training=True, eps=1e-12)
    np.testing.assert_allclose(y.mean((0, 2, 3)), 0, atol=1e-14)
    np.testing.assert_allclose(y.var((0, 2, 3)), 1, rtol=1e-11)


def test_outside_training_each_example_goes_its_own_way():
    y = batch_norm(X, MEAN, VAR, WEIGHT, BIAS)
    for c in range(2):
        expected = (X[:, c] - MEAN[c]) / np.sqrt(VAR[c] + 1e-5) * WEIGHT[c] + BIAS[c]
        np.testing.assert_allclose(y[:, c], expected, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(y[:1], batch_norm(X[:1], MEAN, VAR, WEIGHT, BIAS), rtol=1e-14)


def test_the_running_values_move_towards_the_batch_and_are_not_changed_in_place():
    kept = MEAN.copy(), VAR.copy()
    y, mean, var = batch_norm(X, MEAN, VAR, training=True, momentum=0.25, return_stats=True)
    same(y, batch_norm(X, MEAN, VAR, training=True))
    np.testing.assert_allclose(mean, 0.75 * MEAN + 0.25 * X.mean((0, 2, 3)), rtol=1e-14)
    np.testing.assert_allclose(var, 0.75 * VAR + 0.25 * X.var((0, 2, 3), ddof=1), rtol=1e-14)
    same(MEAN, kept[0])
    same(VAR, kept[1])
    _, mean, var = batch_norm(X, MEAN, VAR, return_stats=True)
    assert mean is MEAN
    assert var is VAR
    assert batch_norm(X, training=True, return_stats=True)[1:] == (None, None)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shape", [(4, 2), (3, 2, 4), (2, 2, 2, 3)])
def test_the_gradient_is_that_of_the_values(training, shape):
    x = np.random.default_rng(1).normal(size=shape)
    gradcheck(batch_norm, batch_norm_vjp, x, MEAN, VAR, WEIGHT, BIAS, training, eps=0.1)
    gradcheck(batch_norm, batch_norm_vjp, x, MEAN, VAR, training=training)
    if training:
        gradcheck(batch_norm, batch_norm_vjp, x, None, None, WEIGHT, training=True)


def test_epsilon_counts():
    x = np.array([[1.0], [3.0]])
    assert batch_norm(x, training=True, eps=3.0).tolist() == [[-0.5], [0.5]]
    assert batch_norm(x, np.array([1.0]), np.array([1.0]), eps=3.0).tolist() == [[0], [1]]


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: batch_norm(X),
            OptionError,
            "batch_norm: expected running_mean and running_var outside training, got None; "
            "give both or set training=True",
        ),
        (
            lambda: batch_norm(X, MEAN[:1], VAR),
            ShapeError,
            "batch_norm: expected running_mean of shape (2,), for each channel of x, got (1,); "
            "give those numbers or None",
        ),
        (
            lambda: batch_norm(X, MEAN, VAR, WEIGHT.astype(np.float32)),
            OptionError,
            "batch_norm: expected x and weight of one dtype, got float64 and float32; "
            "convert one with weight.astype(x.dtype)",
        ),
        (
            lambda: batch_norm(X[:1, :, :1, :1], training=True),
            ShapeError,
            "batch_norm: expected more than one number for each channel in training, got x of shape (1, 2, 1, 1); "
            "give more examples or set training=False",
        ),
        (
            lambda: batch_norm(np.ones(3), training=True),
            ShapeError,
            "batch_norm: expected x with at least 2 axes (N, C, ...), got shape (3,); "
            "add the missing in front with x[None]",
        ),
        (
            lambda: batch_norm(X[:0], training=True),
            ShapeError,
            "batch_norm: expected x with at least one cell along every axis, got shape (0, 2, 4, 5); "
            "look at what selected this data",
        ),
        (
            lambda: batch_norm(X, training=True, eps=0),
            OptionError,
            "batch_norm: expected eps as a finite number above 0, got 0; choose one, such as 1.0",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
