from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz import engine
from cnnviz.engine import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_max_pool2d, avg_pool2d
from cnnviz.errors import OptionError, ShapeError
from tests.engine.says import says
from tests.engine.trace.cases import fixed, same, whole


@st.composite
def adaptive(draw):
    ndim = draw(st.integers(1, 3))
    size, out = ([draw(st.integers(1, 9 if ndim < 3 else 4)) for _ in range(ndim)] for _ in range(2))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return whole(rng, 2, draw(st.integers(1, 2)), *size), out


def windows(x, out):
    """Every output index and the cells of its window, as numbers of rows and columns of the input."""
    for position in product(*map(range, out)):
        spans = [range(i * n // o, -((-(i + 1) * n) // o)) for i, n, o in zip(position, x.shape[2:], out, strict=True)]
        for example, channel in product(*map(range, x.shape[:2])):
            yield (example, channel, *position), [(example, channel, *cell) for cell in product(*spans)]


def first_greatest(x, cells):
    return max(cells, key=lambda cell: (x[cell], [-i for i in cell]))


@fixed
@given(adaptive())
def test_it_is_what_a_loop_over_the_windows_finds(case):
    x, out = case
    ndim = len(out)
    mean, top = np.zeros((*x.shape[:2], *out)), np.zeros((*x.shape[:2], *out))
    place = np.zeros(top.shape, np.intp)
    for at, cells in windows(x, out):
        mean[at] = sum(x[cell] for cell in cells) / len(cells)
        best = first_greatest(x, cells)
        top[at], place[at] = x[best], np.ravel_multi_index(best[2:], x.shape[2:])
    np.testing.assert_allclose(getattr(engine, f"adaptive_avg_pool{ndim}d")(x, out), mean, rtol=1e-13, atol=1e-13)
    op = getattr(engine, f"adaptive_max_pool{ndim}d")
    same(op(x, out), top)
    values, places = op(x, out, return_indices=True)
    same(values, top)
    same(places, place)


@fixed
@given(adaptive())
def test_the_gradient_is_what_a_loop_over_the_windows_finds(case):
    x, out = case
    ndim = len(out)
    dy = whole(np.random.default_rng(1), *x.shape[:2], *out)
    shared, sent = np.zeros(x.shape), np.zeros(x.shape)
    for at, cells in windows(x, out):
        for cell in cells:
            shared[cell] += dy[at] / len(cells)
        sent[first_greatest(x, cells)] += dy[at]
    given_avg = getattr(engine, f"adaptive_avg_pool{ndim}d_vjp")(dy, x, out)[0]
    np.testing.assert_allclose(given_avg, shared, rtol=1e-13, atol=1e-13)
    same(getattr(engine, f"adaptive_max_pool{ndim}d_vjp")(dy, x, out)[0], sent)


def test_none_keeps_the_size_and_one_number_is_for_all_axes():
    x = whole(np.random.default_rng(0), 1, 2, 6, 4)
    same(adaptive_avg_pool2d(x, (None, 2)), adaptive_avg_pool2d(x, (6, 2)))
    same(adaptive_avg_pool2d(x, None), x)
    same(adaptive_avg_pool2d(x, 2), avg_pool2d(x, (3, 2)))
    assert adaptive_avg_pool2d(x, None) is not x


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: adaptive_avg_pool2d(np.zeros((1, 1, 4, 4)), (2, 2, 2)),
            OptionError,
            "adaptive_avg_pool2d: expected output_size as one whole number or 2 (H, W), got 3: (2, 2, 2); "
            "give one number for all axes, or 2",
        ),
        (
            lambda: adaptive_avg_pool1d(np.zeros((1, 1, 4)), -1),
            OptionError,
            "adaptive_avg_pool1d: expected output_size of at least 0, got -1; choose 0 or more",
        ),
        (
            lambda: adaptive_max_pool2d(np.zeros((1, 1, 4)), 2),
            ShapeError,
            "adaptive_max_pool2d: expected x with 4 axes (N, C, H, W), got shape (1, 1, 4); "
            "add the missing in front with x[None]",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
