import numpy as np
import pytest

from cnnviz import engine
from cnnviz.engine import elu, gradcheck, leaky_relu, relu, relu_vjp, sigmoid, softplus, tanh
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import same

ALL = [
    ("relu", {}),
    ("leaky_relu", {}),
    ("leaky_relu", {"negative_slope": -0.5}),
    ("elu", {}),
    ("elu", {"alpha": 2.5}),
    ("sigmoid", {}),
    ("tanh", {}),
    ("softplus", {}),
    ("softplus", {"beta": 3.0, "threshold": 2.0}),
]

AWKWARD = np.array([-np.inf, -1e300, -1e3, -0.0, 0.0, 1e3, 1e300, np.inf, np.nan])


def off_corners(*shape):
    """Draw numbers at least 0.01 from 0, where some activations have a corner."""
    x = np.random.default_rng(3).normal(size=shape)
    return x + np.copysign(0.01, x)


@pytest.mark.parametrize(("name", "options"), ALL)
def test_the_gradient_is_that_of_the_values(name, options):
    gradcheck(getattr(engine, name), getattr(engine, f"{name}_vjp"), off_corners(3, 4, 2), **options)


@pytest.mark.parametrize(("name", "options"), ALL)
def test_nan_passes_and_nothing_else_becomes_nan(name, options):
    y = getattr(engine, name)(AWKWARD, **options)
    dx = getattr(engine, f"{name}_vjp")(np.ones(9), AWKWARD, **options)[0]
    assert np.isnan(y).tolist() == [False] * 8 + [True]
    assert not np.isnan(dx[:8]).any()


@pytest.mark.parametrize(("name", "options"), ALL)
def test_a_single_number_and_an_empty_array_keep_their_shape(name, options):
    for shape in ((), (0, 3)):
        x = np.ones(shape)
        y = getattr(engine, name)(x, **options)
        assert isinstance(y, np.ndarray)
        assert y.shape == getattr(engine, f"{name}_vjp")(x, x, **options)[0].shape == shape


def test_relu_of_the_blackboard_example():
    y = np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4.0]])
    same(relu(y), np.array([[0, 0, 4], [0, 0, 14], [0, 0, 4.0]]))


def test_the_gradient_at_a_corner_is_that_of_the_left_side():
    one, zero = np.ones(1), np.zeros(1)
    assert relu_vjp(one, zero)[0] == 0
    assert engine.leaky_relu_vjp(one, zero, 0.25)[0] == 0.25
    assert engine.elu_vjp(one, zero, 3.0)[0] == 3


def test_relations_between_them():
    x = np.linspace(-5, 5, 101)
    np.testing.assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, atol=1e-15)
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1, atol=1e-15)
    np.testing.assert_allclose(softplus(x) - softplus(-x), x, atol=1e-14)
    np.testing.assert_allclose(engine.softplus_vjp(np.ones_like(x), x)[0], sigmoid(x), atol=1e-15)
    same(leaky_relu(x, 0.0), relu(x) * 1.0)
    same(leaky_relu(x, 1.0), x)
    same(elu(np.abs(x)), np.abs(x))


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: relu([1.0, 2.0]),
            OptionError,
            "relu: expected x as a numpy array of float32 or float64, got a list; "
            "make one with np.array(x, dtype=np.float32)",
        ),
        (
            lambda: sigmoid(np.array([1, 2])),
            OptionError,
            "sigmoid: expected x as float32 or float64, got int64; convert it with x.astype(np.float32)",
        ),
        (
            lambda: relu_vjp(np.ones(3), np.ones(4)),
            ShapeError,
            "relu_vjp: expected dy of shape (4,), got (3,); dy is the gradient of the output and has its shape",
        ),
        (
            lambda: relu_vjp(np.ones(4, np.float32), np.ones(4)),
            OptionError,
            "relu_vjp: expected x and dy of one dtype, got float64 and float32; convert one with dy.astype(x.dtype)",
        ),
        (
            lambda: leaky_relu(np.ones(2), np.inf),
            OptionError,
            "leaky_relu: expected negative_slope as a finite number, got inf; choose one in that range",
        ),
        (
            lambda: softplus(np.ones(2), beta=0),
            OptionError,
            "softplus: expected beta as a finite number above 0, got 0; choose one, such as 1.0",
        ),
        (
            lambda: elu(np.ones(2), "big"),
            OptionError,
            "elu: expected alpha as a number, got 'big'; write it without quotes, as in alpha=0.5",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
