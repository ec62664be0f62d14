import numpy as np
import pytest

from cnnviz.engine import dropout, dropout_vjp, gradcheck
from cnnviz.errors import OptionError
from tests.engine.says import says
from tests.engine.trace.cases import same

X = np.random.default_rng(0).normal(size=(50, 40)) + 5


def test_a_cell_is_dropped_or_scaled_so_that_the_mean_stays():
    y = dropout(X, 0.2, seed=3)
    kept = y != 0
    np.testing.assert_allclose(y[kept], X[kept] / 0.8, rtol=1e-15)
    assert 0.17 < 1 - kept.mean() < 0.23
    assert y.mean() == pytest.approx(X.mean(), rel=0.05)


def test_the_seed_decides():
    same(dropout(X, seed=7), dropout(X, seed=7))
    assert not np.array_equal(dropout(X, seed=7), dropout(X, seed=8))


def test_the_gradient_passes_where_the_cell_stayed():
    for p in (0.0, 0.3, 1.0):
        gradcheck(dropout, dropout_vjp, X[:4, :5], p, seed=2)
        same(dropout_vjp(X, X, p, seed=2)[0], dropout(X, p, seed=2))


def test_both_precisions_drop_the_same_cells():
    same(dropout(X.astype(np.float32), seed=1) == 0, dropout(X, seed=1) == 0)


def test_nothing_is_dropped_outside_training_and_all_with_certainty():
    same(dropout(X, 0.9, False), X)
    same(dropout(X, 0.0), X)
    same(dropout(X, 1.0), np.zeros_like(X))
    assert dropout(X, 0.9, False) is not X
    assert dropout(np.array(2.0), 0.0).shape == ()


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"p": 1.5}, "dropout: expected p as a number from 0 to 1, got 1.5; choose one in that range"),
        ({"p": -0.1}, "dropout: expected p as a number from 0 to 1, got -0.1; choose one in that range"),
        ({"seed": -1}, "dropout: expected seed of at least 0, got -1; choose 0 or more"),
        (
            {"seed": None},
            "dropout: expected seed as a whole number of at least 0, got None; write it without quotes or a "
            "decimal point",
        ),
    ],
)
def test_what_cannot_be_done_is_said(options, text):
    with says(OptionError, text):
        dropout(X, **options)
