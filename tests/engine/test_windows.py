import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz.engine.windows import offset_slices, pad, pad_vjp, source_index, windows, windows_vjp
from tests.engine.trace.cases import fixed, same, whole

NUMPY_MODES = {
    "zeros": "constant",
    "replicate": "edge",
    "reflect": "reflect",
    "circular": "wrap",
    "symmetric": "symmetric",
}


@st.composite
def padding(draw, widest=7):
    """Sizes, pairs and a mode; wider than the array too, which only the blackboard forms allow."""
    axes = draw(st.integers(1, 3))
    size = [draw(st.integers(1, 4)) for _ in range(axes)]
    pairs = [(draw(st.integers(0, widest)), draw(st.integers(0, widest))) for _ in range(axes)]
    return size, pairs, draw(st.sampled_from(sorted(NUMPY_MODES)))


@st.composite
def sliding(draw):
    axes = draw(st.integers(1, 3))
    kernel, stride, dilation = (tuple(draw(st.integers(1, 3)) for _ in range(axes)) for _ in range(3))
    spare = [draw(st.integers(0, 3)) for _ in range(axes)]
    size = [d * (k - 1) + 1 + more for k, d, more in zip(kernel, dilation, spare, strict=True)]
    return size, kernel, stride, dilation


@fixed
@given(padding())
def test_pad_is_numpys(case):
    size, pairs, mode = case
    x = whole(np.random.default_rng(0), 2, 1, *size)
    before = x.copy()
    same(pad(x, pairs, mode), np.pad(x, [(0, 0), (0, 0), *pairs], NUMPY_MODES[mode]))
    same(x, before)


@fixed
@given(padding())
def test_pad_vjp_is_the_adjoint(case):
    size, pairs, mode = case
    rng = np.random.default_rng(1)
    x = whole(rng, 2, *size)
    padded = pad(x, pairs, mode)
    dpadded = whole(rng, *padded.shape)
    before = dpadded.copy()
    dx = pad_vjp(dpadded, pairs, mode)
    assert dx.shape == x.shape
    assert (dx * x).sum() == (dpadded * padded).sum()
    same(dpadded, before)


def test_an_assignment_at_the_border_would_be_seen():
    """What `pad_vjp` must not do: let the last copy win instead of adding up."""
    x = np.array([1.0, 2.0, 3.0])
    lost = np.array([1.0, 1.0, 1.0])
    assert (lost * x).sum() != pad(x, [(2, 1)], "reflect").sum() == (pad_vjp(np.ones(6), [(2, 1)], "reflect") * x).sum()


def test_pad_fills_with_any_value_and_gives_back_what_needs_none():
    x = np.ones((1, 1, 2), np.float32)
    same(pad(x, [(1, 0)], value=-np.inf), np.array([[[-np.inf, 1, 1]]], np.float32))
    assert pad(x, [(0, 0)], "reflect") is x


@pytest.mark.parametrize("mode", sorted(NUMPY_MODES))
def test_source_index_names_the_repeated_cell(mode):
    x = np.arange(5.0)
    index = source_index(5, 3, 4, mode)
    same(np.where(index < 0, 0, x[index]), np.pad(x, (3, 4), NUMPY_MODES[mode]))


@fixed
@given(sliding())
def test_windows_are_numpys(case):
    size, kernel, stride, dilation = case
    x = whole(np.random.default_rng(2), 2, *size)
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    view = np.lib.stride_tricks.sliding_window_view(x, spans, axis=tuple(range(1, x.ndim)))
    view = view[(slice(None), *(slice(None, None, s) for s in stride), *(slice(None, None, d) for d in dilation))]
    ours = windows(x, kernel, stride, dilation)
    same(ours, view)
    assert np.shares_memory(ours, x)
    assert not ours.flags.writeable


@fixed
@given(sliding())
def test_windows_vjp_is_the_adjoint(case):
    size, kernel, stride, dilation = case
    rng = np.random.default_rng(3)
    x = whole(rng, 2, *size)
    view = windows(x, kernel, stride, dilation)
    dview = whole(rng, *view.shape)
    assert (windows_vjp(dview, x.shape, stride, dilation) * x).sum() == (dview * view).sum()


@fixed
@given(sliding())
def test_offset_slices_select_one_kernel_cell_of_all_windows(case):
    size, kernel, stride, dilation = case
    x = whole(np.random.default_rng(4), 1, *size)
    view = windows(x, kernel, stride, dilation)
    out = view.shape[1 : 1 + len(size)]
    for offset in np.ndindex(*kernel):
        same(x[offset_slices(offset, out, stride, dilation)], view[(..., *offset)])


def test_windows_stop_where_they_are_told():
    assert windows(np.arange(9.0), [3], [2], [1], [2]).tolist() == [[0, 1, 2], [2, 3, 4]]
