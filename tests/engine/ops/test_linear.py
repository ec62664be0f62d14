import numpy as np
import pytest

from cnnviz.engine import flatten, flatten_vjp, gradcheck, linear, linear_vjp
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same, whole

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("with_bias", [True, False])
def test_it_is_what_nested_loops_find(with_bias):
    x, weight, dy = whole(RNG, 3, 4), whole(RNG, 5, 4), whole(RNG, 3, 5)
    bias = whole(RNG, 5) if with_bias else None
    same(linear(x, weight, bias), helpers.linear(x, weight, bias))
    for got, expected in zip(linear_vjp(dy, x, weight, bias), helpers.linear_vjp(dy, x, weight, bias), strict=True):
        if expected is None:
            assert got is None
        else:
            same(got, expected)


@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
def test_any_axes_may_stand_before_the_features(lead):
    x, weight, bias = RNG.normal(size=(*lead, 4)), RNG.normal(size=(3, 4)), RNG.normal(size=3)
    assert linear(x, weight, bias).shape == (*lead, 3)
    gradcheck(linear, linear_vjp, x, weight, bias)
    gradcheck(linear, linear_vjp, x, weight)


def test_no_examples_are_no_trouble():
    x, weight = np.zeros((0, 4)), np.ones((3, 4))
    assert linear(x, weight).shape == (0, 3)
    dx, dweight, _ = linear_vjp(np.zeros((0, 3)), x, weight)
    assert dx.shape == (0, 4)
    same(dweight, np.zeros((3, 4)))


def test_flatten_runs_over_the_last_axis_first():
    x = np.arange(24.0).reshape(2, 3, 2, 2)
    same(flatten(x), np.arange(24.0))
    same(flatten(x, 1), np.arange(24.0).reshape(2, 12))
    same(flatten(x, 1, 2), np.arange(24.0).reshape(2, 6, 2))
    assert flatten(x, 1)[1, (2 * 2 + 1) * 2 + 0] == x[1, 2, 1, 0]  # (c * H + h) * W + w
    same(flatten(np.array(3.0)), np.array([3.0]))
    assert flatten(np.zeros((2, 0, 3)), 1).shape == (2, 0)


@pytest.mark.parametrize("dims", [(), (1,), (1, 2), (0, 1), (-2, -1)])
def test_the_gradient_goes_back_to_its_place(dims):
    gradcheck(flatten, flatten_vjp, RNG.normal(size=(2, 3, 2, 2)), *dims)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: linear(np.ones((2, 3)), np.ones((5, 4))),
            ShapeError,
            "linear: expected x with 4 numbers along its last axis, as many as weight (out=5, in=4) takes in, "
            "got shape (2, 3); flatten x or change weight",
        ),
        (
            lambda: linear(np.array(1.0), np.ones((5, 4))),
            ShapeError,
            "linear: expected x with 4 numbers along its last axis, as many as weight (out=5, in=4) takes in, "
            "got shape (); flatten x or change weight",
        ),
        (
            lambda: linear(np.ones((2, 4)), np.ones(4)),
            ShapeError,
            "linear: expected weight with 2 axes (out, in), got shape (4,); add the missing in front with weight[None]",
        ),
        (
            lambda: linear(np.ones((2, 4)), np.ones((5, 4)), np.ones(4)),
            ShapeError,
            "linear: expected bias with one number for each of the 5 outputs of weight, got 4; give 5 numbers or None",
        ),
        (
            lambda: linear(np.ones((2, 4)), np.ones((5, 4), np.float32)),
            OptionError,
            "linear: expected x and weight of one dtype, got float64 and float32; "
            "convert one with weight.astype(x.dtype)",
        ),
        (
            lambda: linear_vjp(np.ones((2, 4)), np.ones((2, 4)), np.ones((5, 4))),
            ShapeError,
            "linear_vjp: expected dy of shape (2, 5), got (2, 4); dy is the gradient of the output and has its shape",
        ),
        (
            lambda: flatten(np.ones((2, 3)), 1, 0),
            OptionError,
            "flatten: expected start_dim not after end_dim, got 1 and 0; exchange the two",
        ),
        (
            lambda: flatten(np.ones((2, 3)), 2),
            OptionError,
            "flatten: expected start_dim from -2 to 1 for an array of 2 axes, got 2; choose one of its axes",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
