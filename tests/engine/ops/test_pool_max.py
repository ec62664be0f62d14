import numpy as np
import pytest
from hypothesis import given

from cnnviz import engine
from cnnviz.engine import max_pool1d, max_pool2d, max_pool2d_vjp
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.says import says
from tests.engine.trace.cases import fixed, pool, same, whole


def board(*rows):
    return np.array(rows, float)[None, None]


def maximum(case):
    """Take a drawn pooling as a maximum, whatever it was drawn for."""
    x, kernel, _, options = case
    chosen = {name: options[name] for name in ("stride", "padding", "dilation", "ceil_mode")}
    return x, kernel, chosen


@fixed
@given(pool())
def test_it_is_what_nested_loops_find(case):
    x, kernel, options = maximum(case)
    op = getattr(engine, f"max_pool{x.ndim - 2}d")
    y = helpers.max_pool(x, kernel, **options)
    same(op(x, kernel, **options), y)
    values, places = op(x, kernel, **options, return_indices=True)
    same(values, y)
    flat = x.reshape(*x.shape[:2], -1)
    found = np.take_along_axis(flat, np.maximum(places, 0).reshape(*x.shape[:2], -1), 2).reshape(y.shape)
    same(np.where(places < 0, -np.inf, found), y)


@fixed
@given(pool())
def test_the_gradient_is_what_nested_loops_find(case):
    x, kernel, options = maximum(case)
    dy = whole(np.random.default_rng(5), *helpers.max_pool(x, kernel, **options).shape)
    vjp = getattr(engine, f"max_pool{x.ndim - 2}d_vjp")
    same(vjp(dy, x, kernel, **options)[0], helpers.max_pool_vjp(dy, x, kernel, **options))


@pytest.mark.parametrize(
    ("rows", "pooled"),
    [
        ([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9]], [[6, 8], [3, 9]]),  # often printed 3 4, 8 9
        ([[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]], [[4, 6], [8, 7]]),
        ([[1, 9], [5, 4]], [[9]]),
    ],
)
def test_the_worked_values(rows, pooled):
    same(max_pool2d(board(*rows), 2), board(*pooled))


def test_a_shifted_pixel_leaves_the_pooled_map_as_it_is_in_32_of_56_places():
    def pooled(row, column):
        image = np.zeros((1, 1, 8, 8))
        image[0, 0, row, column] = 1
        return max_pool2d(image, 2)

    kept = [np.array_equal(pooled(i, j), pooled(i, j + 1)) for i in range(8) for j in range(7)]
    assert (sum(kept), len(kept)) == (32, 56)


def test_of_equal_cells_the_first_in_row_order_wins():
    x = board([0, 1, 1], [2, 2, 0], [2, 0, 2])
    _, places = max_pool2d(x, 3, return_indices=True)
    assert places.tolist() == [[[[3]]]]
    dx = board([0, 0, 0], [7, 0, 0], [0, 0, 0])
    same(max_pool2d_vjp(np.full((1, 1, 1, 1), 7.0), x, 3)[0], dx)


def test_what_overlapping_windows_send_adds_up():
    x = board([0, 0, 0], [0, 5, 0], [0, 0, 0])
    same(max_pool2d_vjp(board([1, 2], [3, 4]), x, 2, 1)[0], board([0, 0, 0], [0, 10, 0], [0, 0, 0]))


def test_nan_is_greater_than_any_number_and_the_first_one_counts():
    x = board([1, np.nan, np.inf], [np.nan, 0, 0])
    y, places = max_pool2d(x, (2, 3), return_indices=True)
    assert np.isnan(y).all()
    assert np.isnan(max_pool2d(x, (2, 3))).all()
    assert places.tolist() == [[[[1]]]]


def test_padding_never_wins_even_over_minus_infinity():
    y, places = max_pool2d(np.full((1, 1, 2, 2), -np.inf), 2, padding=1, return_indices=True)
    assert np.all(y == -np.inf)
    assert places.tolist() == [[[[0, 1], [2, 3]]]]
    same(max_pool2d(board([-3, -2], [-1, -4]), 2, padding=1), board([-3, -2], [-1, -4]))


def test_a_window_past_every_cell_has_no_place_and_sends_no_gradient():
    x = np.ones((1, 1, 1, 1))
    y, places = max_pool2d(x, 2, padding=1, dilation=2, return_indices=True)
    assert (y.item(), places.item()) == (-np.inf, -1)
    same(max_pool2d_vjp(np.ones((1, 1, 1, 1)), x, 2, padding=1, dilation=2)[0], np.zeros((1, 1, 1, 1)))


def test_the_last_window_must_start_on_the_input_or_before():
    x = np.arange(5.0)[None, None]
    assert max_pool1d(x, 1, 3).tolist() == [[[0, 3]]]
    assert max_pool1d(x, 2, 3, ceil_mode=True).tolist() == [[[1, 4]]]
    assert max_pool1d(x, 2, 2, padding=1, ceil_mode=True).tolist() == [[[0, 2, 4]]]
    assert max_pool1d(x, 3, 4, padding=1, ceil_mode=True).tolist() == [[[1, 4]]]


def test_an_empty_stride_is_the_kernel():
    x = np.arange(6.0)[None, None]
    same(max_pool1d(x, 3, ()), max_pool1d(x, 3, 3))


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (
            lambda: max_pool2d(np.zeros((3, 8, 8)), 2),
            ShapeError,
            "max_pool2d: expected x with 4 axes (N, C, H, W), got shape (3, 8, 8); "
            "add the missing in front with x[None]",
        ),
        (
            lambda: max_pool2d(np.zeros((0, 3, 8, 0)), 2),
            ShapeError,
            "max_pool2d: expected x with at least one cell along every axis, got (N=0, C=3, H=8, W=0); "
            "look at what selected this data",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 8, 8), int), 2),
            OptionError,
            "max_pool2d: expected x as float32 or float64, got int64; convert it with x.astype(np.float32)",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 8, 8)), 0),
            OptionError,
            "max_pool2d: expected kernel_size of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 8, 8)), 2, 0),
            OptionError,
            "max_pool2d: expected stride of at least 1, got 0; choose 1 or more",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 8, 8)), 2, padding=2),
            OptionError,
            "max_pool2d: expected padding of at most 1 along H for a kernel of 2, half its size, got 2; "
            "pad less or use a larger kernel",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 8, 8)), 2, padding=((0, 0), (0, 3)), dilation=2),
            OptionError,
            "max_pool2d: expected padding of at most 2 along W for a kernel of 2, one cell less than its span of 3, "
            "got 3; pad less or use a larger kernel",
        ),
        (
            lambda: max_pool2d(np.zeros((1, 1, 2, 8)), 3),
            ShapeError,
            "max_pool2d: expected a kernel no larger than the padded input (H=2, W=8), got one that spans (H=3, W=3); "
            "use a smaller kernel or dilation, or more padding",
        ),
        (
            lambda: max_pool2d_vjp(np.zeros((1, 1, 4, 3)), np.zeros((1, 1, 8, 8)), 2),
            ShapeError,
            "max_pool2d_vjp: expected dy of shape (N=1, C=1, H=4, W=4), got (N=1, C=1, H=4, W=3); "
            "dy is the gradient of the output and has its shape",
        ),
        (
            lambda: max_pool2d_vjp(np.zeros((1, 1, 4, 4), np.float32), np.zeros((1, 1, 8, 8)), 2),
            OptionError,
            "max_pool2d_vjp: expected x and dy of one dtype, got float64 and float32; "
            "convert one with dy.astype(x.dtype)",
        ),
    ],
)
def test_what_cannot_be_done_is_said(call, error, text):
    with says(error, text):
        call()
