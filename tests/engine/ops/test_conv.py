from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import conv1d, conv2d, conv3d, output_shape
from cnnviz.engine.ops import depthwise, im2col
from tests import helpers
from tests.engine.trace.cases import conv, fixed, same, whole

CONV = {1: conv1d, 2: conv2d, 3: conv3d}

BOARD = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5.0]])[None, None]
EDGE = np.array([[1, 0, -1]] * 3, float)[None, None]


@pytest.fixture(params=[8, 200], ids=["a column at a time", "a few columns at a time"])
def small_tiles(request, monkeypatch):
    monkeypatch.setattr(im2col, "TILE_BYTES", request.param)


@fixed
@given(conv())
def test_it_is_what_nested_loops_find(case):
    (x, *rest), options = case
    same(CONV[x.ndim - 2](x, *rest, **options), helpers.conv(x, *rest, **options))


@pytest.mark.usefixtures("small_tiles")
@pytest.mark.parametrize("options", [{}, {"stride": 2, "padding": "full"}, {"groups": 2, "padding": 1, "dilation": 2}])
def test_tiles_make_no_difference(options):
    rng = np.random.default_rng(1)
    x, weight = whole(rng, 3, 2, 5, 6), whole(rng, 4, 2 // options.get("groups", 1), 3, 2)
    same(conv2d(x, weight, **options), helpers.conv(x, weight, **options))


@pytest.mark.parametrize("examples", [1, 3])
@pytest.mark.parametrize("out", [(7,), (3, 4), (2, 3, 4)])
@pytest.mark.parametrize("columns", [1, 2, 5, 12, 1000])
def test_tiles_cover_every_window_once(examples, out, columns, monkeypatch):
    monkeypatch.setattr(im2col, "TILE_BYTES", columns * 8)
    seen = np.zeros((examples, np.prod(out)), int)
    order = np.arange(np.prod(out)).reshape(out)
    for batch, block, cells in im2col.tiles(examples, out, 8):
        seen[batch, cells] += 1
        assert order[block].ravel().tolist() == list(range(cells.start, cells.stop))
        assert (batch.stop - batch.start) * (cells.stop - cells.start) <= columns
    assert (seen == 1).all()


def test_the_blackboard_example():
    same(conv2d(BOARD, EDGE)[0, 0], np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4.0]]))


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zeros", [-9, -4, -4, 6, 13]),
        ("replicate", [-3, -6, -6, 4, 7]),
        ("extend", [-3, -6, -6, 4, 7]),
        ("reflect", [0, -6, -6, 14, 0]),
        ("circular", [-1, -6, -6, 4, 9]),
    ],
)
def test_the_blackboard_example_in_every_padding_mode(mode, row):
    y = conv2d(BOARD, EDGE, padding="same", padding_mode=mode)
    assert y.shape == BOARD.shape
    assert y[0, 0, 0].tolist() == row


def test_the_other_worked_values():
    x = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1.0]])[None, None]
    cross = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1.0]])[None, None]
    assert conv2d(x, cross)[0, 0].tolist() == [[9, 6], [4, 9]]
    high_pass = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0.0]])[None, None]
    around = np.array([[0, 140, 0], [225, 220, 205], [0, 250, 0.0]])[None, None]
    assert conv2d(around, high_pass).item() == 60


def test_a_flipped_kernel_would_be_seen():
    same(conv2d(BOARD, EDGE[..., ::-1]), -conv2d(BOARD, EDGE))
    assert not np.array_equal(conv2d(BOARD, EDGE), -conv2d(BOARD, EDGE))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays(dtype):
    rng = np.random.default_rng(2)
    x, weight, bias = (
        whole(rng, 2, 4, 6, 7, dtype=dtype),
        whole(rng, 6, 2, 3, 2, dtype=dtype),
        whole(rng, 6, dtype=dtype),
    )
    y = conv2d(x, weight, bias, groups=2)
    assert y.dtype == dtype
    same(y, helpers.conv(x, weight, bias, groups=2).astype(dtype))


def test_float32_is_as_exact_as_it_can_be():
    rng = np.random.default_rng(3)
    x, weight = rng.normal(size=(2, 16, 12, 12)), rng.normal(size=(8, 16, 3, 3))
    single = conv2d(x.astype(np.float32), weight.astype(np.float32))
    np.testing.assert_allclose(single, conv2d(x, weight), atol=1e-4)


def test_it_is_linear_in_both_arrays():
    rng = np.random.default_rng(4)
    x, other, weight, more = (
        whole(rng, 1, 2, 5, 5),
        whole(rng, 1, 2, 5, 5),
        whole(rng, 3, 2, 2, 3),
        whole(rng, 3, 2, 2, 3),
    )
    same(conv2d(2 * x - other, weight), 2 * conv2d(x, weight) - conv2d(other, weight))
    same(conv2d(x, 2 * weight - more), 2 * conv2d(x, weight) - conv2d(x, more))


def test_it_moves_with_the_picture():
    x = np.zeros((1, 1, 9, 9))
    x[0, 0, 2:5, 3:5] = whole(np.random.default_rng(5), 3, 2)
    y = conv2d(x, EDGE, padding="same", padding_mode="circular")
    moved = conv2d(np.roll(x, (2, 3), (2, 3)), EDGE, padding="same", padding_mode="circular")
    same(moved, np.roll(y, (2, 3), (2, 3)))


def test_two_kernels_in_a_row_are_one_larger():
    rng = np.random.default_rng(6)
    x, first, second = whole(rng, 1, 1, 9, 8), whole(rng, 1, 1, 3, 3), whole(rng, 1, 1, 3, 2)
    both = conv2d(first, second[..., ::-1, ::-1], padding="full")
    same(conv2d(conv2d(x, first), second), conv2d(x, both))


def test_groups_are_convolutions_side_by_side():
    rng = np.random.default_rng(7)
    x, weight, bias = whole(rng, 2, 6, 5, 5), whole(rng, 9, 2, 3, 3), whole(rng, 9)
    parts = [conv2d(x[:, 2 * g : 2 * g + 2], weight[3 * g : 3 * g + 3], bias[3 * g : 3 * g + 3]) for g in range(3)]
    same(conv2d(x, weight, bias, groups=3), np.concatenate(parts, axis=1))


def test_a_1x1_kernel_mixes_the_channels_of_each_cell():
    rng = np.random.default_rng(8)
    x, weight = whole(rng, 2, 3, 4, 5), whole(rng, 7, 3, 1, 1)
    same(conv2d(x, weight), np.tensordot(x, weight[:, :, 0, 0], (1, 1)).transpose(0, 3, 1, 2).copy())


@pytest.mark.parametrize("ndim", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same", "full", 2])
def test_sizes_are_those_of_output_shape(ndim, padding):
    size, kernel = (7, 8, 6)[:ndim], (3, 2, 4)[:ndim]
    y = CONV[ndim](np.ones((1, 1, *size)), np.ones((1, 1, *kernel)), padding=padding)
    assert y.shape[2:] == output_shape(size, kernel, padding=padding)


def test_arrays_in_any_order_and_read_only_serve_and_stay():
    rng = np.random.default_rng(9)
    arrays = whole(rng, 6, 5, 4, 2).T, whole(rng, 2, 2, 4, 3).T[..., ::-1], whole(rng, 6)[::2]
    for array in arrays:
        array.flags.writeable = False
    before = [array.copy() for array in arrays]
    plain = [np.ascontiguousarray(array) for array in arrays]
    for options in ({}, {"padding": 1, "padding_mode": "reflect"}, {"stride": 2}):
        same(conv2d(*arrays, **options), conv2d(*plain, **options))
    for array, copy in zip(arrays, before, strict=True):
        same(array, copy)


def test_the_result_is_nobody_elses_memory():
    x, weight = np.ones((1, 1, 3, 3)), np.ones((1, 1, 1, 1))
    y = conv2d(x, weight)
    assert y.flags.writeable
    assert not np.shares_memory(y, x)


def test_nan_and_infinity_reach_the_windows_that_hold_them_and_no_others():
    x = np.ones((1, 1, 5, 5))
    x[0, 0, 0, 0], x[0, 0, 4, 4] = np.nan, np.inf
    y = conv2d(x, np.ones((1, 1, 2, 2)))[0, 0]
    assert np.argwhere(np.isnan(y)).tolist() == [[0, 0]]
    assert np.argwhere(np.isinf(y)).tolist() == [[3, 3]]
    assert np.isnan(conv2d(x, np.zeros((1, 1, 5, 5)))).all()


def test_threads_do_not_share_their_columns():
    rng = np.random.default_rng(10)
    inputs = [whole(rng, 2, 3, 20, 20) for _ in range(16)]
    weight = whole(rng, 4, 3, 3, 3)
    alone = [conv2d(x, weight) for x in inputs]
    with ThreadPoolExecutor(8) as pool:
        for one, together in zip(alone, pool.map(lambda x: conv2d(x, weight), inputs), strict=True):
            same(one, together)


@pytest.mark.parametrize("each", [1, 2])
@pytest.mark.parametrize("options", [{}, {"padding": 2}, {"padding": 1, "dilation": 2}, {"stride": 2, "padding": 1}])
def test_depthwise_is_the_nested_loops(each, options):
    rng = np.random.default_rng(5)
    for convolve, size in ((conv1d, (9,)), (conv2d, (6, 7)), (conv3d, (5, 6, 5))):
        x, weight = whole(rng, 2, 3, *size), whole(rng, 3 * each, 1, *(2, 3, 2)[: len(size)])
        bias = whole(rng, 3 * each)
        same(convolve(x, weight, bias, groups=3, **options), helpers.conv(x, weight, bias, groups=3, **options))


def test_depthwise_cut_into_tiles_is_the_same(monkeypatch):
    rng = np.random.default_rng(6)
    x, weight = whole(rng, 2, 5, 6, 7), whole(rng, 5, 1, 3, 3)
    once = conv2d(x, weight, groups=5, padding=1)
    monkeypatch.setattr(depthwise, "TILE_BYTES", 3000)
    same(conv2d(x, weight, groups=5, padding=1), once)
