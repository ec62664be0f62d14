import numpy as np
import pytest

from cnnviz.engine import (
    adaptive_avg_pool2d,
    global_avg_pool,
    global_avg_pool_vjp,
    global_max_pool,
    global_max_pool_vjp,
)
from cnnviz.errors import ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import same, whole


@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_one_cell_of_each_map_remains(ndim):
    x = whole(np.random.default_rng(ndim), 2, 3, *(4, 5, 6)[:ndim])
    over = tuple(range(2, x.ndim))
    same(global_avg_pool(x), x.mean(axis=over, keepdims=True))
    same(global_max_pool(x), x.max(axis=over, keepdims=True))


def test_it_is_adaptive_pooling_to_a_single_cell():
    x = whole(np.random.default_rng(0), 2, 3, 4, 5)
    np.testing.assert_allclose(global_avg_pool(x), adaptive_avg_pool2d(x, 1), rtol=1e-15)


def test_the_gradient_is_shared_or_goes_to_the_first_greatest():
    x = np.array([[[[1.0, 7.0], [7.0, 1.0]]]])
    dy = np.full((1, 1, 1, 1), 8.0)
    assert global_avg_pool_vjp(dy, x)[0].tolist() == [[[[2, 2], [2, 2]]]]
    assert global_max_pool_vjp(dy, x)[0].tolist() == [[[[0, 8], [0, 0]]]]


def test_nan_counts():
    x = np.array([[[1.0, np.nan, 2.0, np.nan]]])
    assert np.isnan(global_avg_pool(x)).all()
    assert np.isnan(global_max_pool(x)).all()
    assert global_max_pool_vjp(np.ones((1, 1, 1)), x)[0].tolist() == [[[0, 1, 0, 0]]]


@pytest.mark.parametrize("op", [global_avg_pool, global_max_pool])
def test_what_has_no_map_is_refused(op):
    text = (
        f"{op.__name__}: expected x with 3 to 5 axes (N, C, one to three spatial), got shape (2, 3); "
        f"add the missing in front with x[None] or reshape it"
    )
    with says(ShapeError, text):
        op(np.zeros((2, 3)))
    text = (
        f"{op.__name__}: expected x with at least one cell along every axis, got (N=2, C=3, L=0); "
        f"look at what selected this data"
    )
    with says(ShapeError, text):
        op(np.zeros((2, 3, 0)))
