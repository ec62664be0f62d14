"""The columns of a convolution are never all there at once."""

import tracemalloc

import numpy as np
import pytest

from cnnviz.engine import (
    conv2d,
    conv2d_vjp,
    conv3d,
    conv_transpose2d,
    conv_transpose2d_vjp,
    depthwise_separable_conv2d,
    locally_connected2d,
)
from cnnviz.engine.ops import im2col

WORKSPACE = 64 << 20


def peak(f, *arrays, **options):
    tracemalloc.start()
    try:
        given = f(*arrays, **options)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    results = [array for array in (given if isinstance(given, tuple) else (given,)) if array is not None]
    return highest, sum(array.nbytes for array in (*arrays, *results) if array is not None)


def zeros(*shape):
    return np.zeros(shape, np.float32)


X = zeros(2, 32, 64, 64)  # 1 MB; its 7 x 7 columns 48 MB, or 96 MB in float64
CASES = {
    "conv2d": (conv2d, [X, zeros(2, 32, 7, 7), zeros(2)], {"padding": 3}),
    "conv2d, reflect": (conv2d, [X, zeros(2, 32, 7, 7)], {"padding": 3, "padding_mode": "reflect"}),
    "conv2d, one long row": (conv2d, [zeros(1, 8, 1, 1 << 15), zeros(1, 8, 1, 51)], {"padding": "same"}),
    "conv3d": (conv3d, [zeros(1, 8, 16, 24, 24), zeros(1, 8, 5, 5, 5)], {"padding": "same"}),
    "conv2d_vjp": (conv2d_vjp, [zeros(2, 2, 64, 64), X, zeros(2, 32, 7, 7)], {"padding": 3}),
    "conv2d_vjp, strided": (conv2d_vjp, [zeros(2, 2, 32, 32), X, zeros(2, 32, 7, 7)], {"padding": 3, "stride": 2}),
    "conv2d_vjp, small outputs": (conv2d_vjp, [zeros(16, 512, 1, 1), zeros(16, 64, 7, 7), zeros(512, 64, 7, 7)], {}),
    "conv_transpose2d": (conv_transpose2d, [zeros(2, 2, 64, 64), zeros(2, 32, 7, 7)], {"padding": 3}),
    "conv_transpose2d_vjp": (conv_transpose2d_vjp, [X, zeros(2, 2, 64, 64), zeros(2, 32, 7, 7)], {"padding": 3}),
    "depthwise_separable_conv2d": (
        depthwise_separable_conv2d,
        [X, zeros(32, 1, 7, 7), zeros(2, 32, 1, 1)],
        {"padding": 3},
    ),
    "locally_connected2d": (locally_connected2d, [zeros(64, 8, 20, 20), zeros(14, 14, 2, 8, 7, 7)], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_three_times_the_arrays_and_a_workspace_are_enough(name, monkeypatch):
    f, arrays, options = CASES[name]
    highest, held = peak(f, *arrays, **options)
    assert highest <= 3 * held + WORKSPACE
    assert highest <= 3 * held + 3 * im2col.TILE_BYTES  # and the workspace is far from full


def test_all_columns_at_once_would_be_seen(monkeypatch):
    f, arrays, options = CASES["conv2d"]
    monkeypatch.setattr(im2col, "TILE_BYTES", 1 << 40)
    highest, held = peak(f, *arrays, **options)
    assert highest > 3 * held + 3 * (4 << 20)


def test_the_columns_made_grow_with_the_examples_and_no_faster(monkeypatch):
    made = []
    sound = im2col._columns

    def counted(*arguments):
        for tile, columns in sound(*arguments):
            made[-1] += columns.size
            yield tile, columns

    monkeypatch.setattr(im2col, "_columns", counted)
    for examples in (1, 2, 16):
        made.append(0)
        x, weight = zeros(examples, 3, 40, 40), zeros(4, 3, 3, 3)
        conv2d_vjp(conv2d(x, weight), x, weight)
    assert made == [made[0], 2 * made[0], 16 * made[0]]
