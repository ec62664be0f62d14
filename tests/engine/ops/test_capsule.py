from math import exp, sqrt

import numpy as np
import pytest

from cnnviz.engine import dynamic_routing, dynamic_routing_vjp, gradcheck, squash, squash_vjp
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says

RNG = np.random.default_rng(0)


def routed(u, iterations):
    """Follow the paper's procedure 1 for one example, number by number."""
    below, above, size = u.shape
    b = [[0.0] * above for _ in range(below)]
    for _ in range(iterations):
        c = [[exp(b[i][j]) / sum(map(exp, b[i])) for j in range(above)] for i in range(below)]
        v = []
        for j in range(above):
            s = [sum(c[i][j] * u[i, j, d] for i in range(below)) for d in range(size)]
            length = sqrt(sum(part**2 for part in s))
            v.append([length**2 / (1 + length**2) * part / length for part in s])
        for i in range(below):
            for j in range(above):
                b[i][j] += sum(u[i, j, d] * v[j][d] for d in range(size))
    return np.array(v), np.array(c)


@pytest.mark.parametrize(("length", "squashed"), [(0.5, 0.2), (1, 0.5), (2, 0.8), (10, 0.9901)])
def test_the_worked_lengths(length, squashed):
    for vector in ([length, 0.0, 0.0], [length * 2 / 3, -length / 3, length * 2 / 3]):
        y = squash(np.array(vector))
        assert round(float(np.linalg.norm(y)), 4) == squashed
        np.testing.assert_allclose(y / np.linalg.norm(y), np.array(vector) / length, atol=1e-15)


def test_a_vector_of_zeros_stays_and_has_no_gradient():
    zeros = np.zeros((2, 3))
    assert not squash(zeros).any()
    assert not squash_vjp(np.ones((2, 3)), zeros)[0].any()


@pytest.mark.parametrize("dim", [0, 1, -1])
def test_the_gradient_of_squash_is_that_of_the_values(dim):
    gradcheck(squash, squash_vjp, RNG.normal(size=(2, 3, 4)), dim)


@pytest.mark.parametrize("iterations", [1, 2, 3, 5])
def test_routing_is_the_papers_procedure(iterations):
    u = np.random.default_rng(iterations).normal(size=(2, 4, 3, 5))
    v, couplings = dynamic_routing(u, iterations, return_couplings=True)
    assert couplings.shape == (iterations, 2, 4, 3)
    np.testing.assert_allclose(couplings.sum(-1), 1)
    np.testing.assert_allclose(couplings[0], 1 / 3)
    for n in range(2):
        expected, coupling = routed(u[n], iterations)
        np.testing.assert_allclose(v[n], expected, rtol=1e-12)
        np.testing.assert_allclose(couplings[-1, n], coupling, rtol=1e-12)


def test_agreement_is_heard_more_and_more():
    agree, differ = np.ones((4, 1)), np.array([[1.0], [-1.0], [1.0], [-1.0]])
    _, couplings = dynamic_routing(np.stack([agree, differ], 1)[None], 4, return_couplings=True)
    heard = couplings[:, 0, :, 0].min(axis=1)
    assert heard[0] == 0.5
    assert (np.diff(heard) > 0).all()


@pytest.mark.parametrize("iterations", [1, 2, 3, 4])
def test_the_gradient_goes_through_all_iterations(iterations):
    gradcheck(dynamic_routing, dynamic_routing_vjp, RNG.normal(size=(2, 3, 2, 4)), iterations)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: squash(np.array(1.0)),
            ShapeError,
            "squash: expected x with at least one axis, got shape (); put the vector's numbers in an array",
        ),
        (
            lambda: squash(np.ones((2, 3)), 2),
            OptionError,
            "squash: expected dim from -2 to 1 for an array of 2 axes, got 2; choose one of its axes",
        ),
        (
            lambda: dynamic_routing(np.ones((2, 3, 4))),
            ShapeError,
            "dynamic_routing: expected predictions with 4 axes (N, in, out, D), got shape (2, 3, 4); "
            "add the missing in front with predictions[None]",
        ),
        (
            lambda: dynamic_routing(np.ones((1, 2, 3, 4)), 0),
            OptionError,
            "dynamic_routing: expected iterations of at least 1, got 0; choose 1 or more",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
