import numpy as np
import pytest
from scipy import special

from cnnviz import engine
from cnnviz.engine import gradcheck, log_softmax, log_softmax_vjp, softmax, softmax_vjp
from cnnviz.errors import OptionError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import same

X = np.random.default_rng(0).normal(size=(3, 4, 5)) * 4


def test_it_is_what_nested_loops_find():
    np.testing.assert_allclose(softmax(X[0]), helpers.softmax(X[0]), rtol=1e-14)


@pytest.mark.parametrize("dim", [0, 1, 2, -1, -3])
def test_it_is_what_scipy_finds(dim):
    np.testing.assert_allclose(softmax(X, dim), special.softmax(X, dim), rtol=1e-13)
    np.testing.assert_allclose(log_softmax(X, dim), special.log_softmax(X, dim), rtol=1e-13)
    np.testing.assert_allclose(softmax(X, dim).sum(dim), 1)


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
@pytest.mark.parametrize("dim", [0, 1, -1])
def test_the_gradient_is_that_of_the_values(name, dim):
    gradcheck(getattr(engine, name), getattr(engine, f"{name}_vjp"), X[:2, :3], dim)


def test_a_common_shift_changes_nothing_even_a_huge_one():
    same(softmax(np.array([1.0, 2.0]) + 1e4), softmax(np.array([1.0, 2.0])))
    assert log_softmax(np.array([0.0, 1e4])).tolist() == [-1e4, 0]
    assert softmax(np.array([-np.inf, 0.0])).tolist() == [0, 1]


@pytest.mark.parametrize("op", [softmax, log_softmax])
def test_what_has_no_share_is_nan_without_a_word(op):
    for row in ([np.inf, 0.0], [-np.inf, -np.inf], [np.nan, 0.0]):
        assert np.isnan(op(np.array(row))).all()


def test_a_score_further_below_than_any_number_has_no_share():
    far = np.array([1e308, -1e308])
    assert softmax(far).tolist() == [1, 0]
    assert log_softmax(far).tolist() == [0, -np.inf]


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_a_single_number_and_an_empty_array(name):
    op, vjp = getattr(engine, name), getattr(engine, f"{name}_vjp")
    assert float(op(np.array(3.0))) == (1 if name == "softmax" else 0)
    assert float(vjp(np.array(2.0), np.array(3.0))[0]) == 0
    for shape in ((0,), (2, 0), (0, 2)):
        empty = np.zeros(shape)
        assert op(empty).shape == vjp(empty, empty)[0].shape == shape


def test_an_axis_that_is_not_there_is_refused():
    text = "softmax: expected dim from -3 to 2 for an array of 3 axes, got 3; choose one of its axes"
    with says(OptionError, text):
        softmax(X, 3)


@pytest.mark.parametrize("shape", [(70, 1000), (3, 50_000), (2, 5, 7000), (70_000, 1)])
def test_what_is_computed_in_blocks_is_the_same_row_by_row(shape):
    rng = np.random.default_rng(5)
    x, dy = rng.normal(size=shape), rng.normal(size=shape)
    whole = [softmax(x), log_softmax(x), *softmax_vjp(dy, x), *log_softmax_vjp(dy, x)]
    for place in [(0,), (len(x) - 1,), (len(x) // 2,)]:
        row, drow = x[place], dy[place]
        alone = [softmax(row), log_softmax(row), *softmax_vjp(drow, row), *log_softmax_vjp(drow, row)]
        for one, other in zip(whole, alone, strict=True):
            np.testing.assert_allclose(one[place], other, rtol=1e-12, atol=1e-15)
