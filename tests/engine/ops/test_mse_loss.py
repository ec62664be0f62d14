import numpy as np
import pytest

from cnnviz.engine import gradcheck, mse_loss, mse_loss_vjp
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import same

X = np.array([[1.0, 2.0], [3.0, 4.0]])
T = np.array([[1.0, 0.0], [0.0, 5.0]])


def test_it_is_the_mean_of_squares():
    same(mse_loss(X, T, reduction="none"), np.array([[0, 4], [9, 1.0]]))
    assert float(mse_loss(X, T, reduction="sum")) == 14
    assert float(mse_loss(X, T)) == 3.5
    assert np.isnan(mse_loss(X[:0], T[:0]))


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_gradient_is_that_of_the_values(reduction):
    gradcheck(mse_loss, mse_loss_vjp, X, T, reduction=reduction)


def test_what_cannot_be_done_is_said():
    with says(ShapeError, "mse_loss: expected x and target of one shape, got (2, 2) and (2,); reshape one of them"):
        mse_loss(X, T[0])
    text = "mse_loss: expected reduction as one of mean, sum, none, got 'max'; write one of these words"
    with says(OptionError, text):
        mse_loss(X, T, reduction="max")
    text = (
        "mse_loss: expected x and target of one dtype, got float64 and float32; convert one with target.astype(x.dtype)"
    )
    with says(OptionError, text):
        mse_loss(X, T.astype(np.float32))
