import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import trace_conv
from cnnviz.errors import OptionError, ShapeError
from tests import helpers
from tests.engine.trace.cases import conv, fixed, same, whole
from tests.engine.trace.counting import Counter

BOARD = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5.0]])[None, None]
EDGE = np.array([[1, 0, -1]] * 3, dtype=float)[None, None]


@fixed
@given(conv())
def test_the_fold_is_what_nested_loops_find(case):
    arrays, options = case
    for example in (0, 1):
        same(trace_conv(*arrays, **options, example=example).fold(), helpers.conv(*arrays, **options)[example])


@fixed
@given(conv())
def test_every_step_says_the_same_in_all_its_parts(case):
    (x, weight, bias), options = case
    trace = trace_conv(x, weight, bias, **options)
    same(trace.input, x[0])
    assert len(trace) == np.prod(trace.output_shape)
    for place, step in enumerate(trace):
        channel, *position = step.output_index
        assert step.index == place == np.ravel_multi_index(step.output_index, trace.output_shape)
        assert step == trace[place] == trace.at(step.output_index) == trace[place - len(trace)]
        assert step.padded_origin == tuple(p * s for p, s in zip(position, trace.stride, strict=True))
        before = [b for b, _ in trace.padding]
        assert step.input_origin == tuple(p - b for p, b in zip(step.padded_origin, before, strict=True))
        channels = list(step.input_channels)
        per_filter = len(x[0]) // trace.groups
        assert channels == [channel // (len(weight) // trace.groups) * per_filter + c for c in range(per_filter)]
        same(step.values, trace.padded[channels][(slice(None), *step.window)])
        same(step.source, trace.padded_source[step.window])
        same(step.is_padding, trace.is_padding[step.window])
        same(step.weights, weight[channel])
        same(step.products, step.values * step.weights)
        for c, values in zip(channels, step.values, strict=True):
            for tap in np.ndindex(*values.shape):
                at = [o + t * d for o, t, d in zip(step.input_origin, tap, trace.dilation, strict=True)]
                inside = all(0 <= i < n for i, n in zip(at, x.shape[2:], strict=True))
                assert step.is_padding[tap] == (not inside)
                source = tuple(step.source[tap])
                assert not inside or source == tuple(at)
                if -1 in source:
                    assert set(source) == {-1}
                    assert options["padding_mode"] == "zeros"
                    assert values[tap] == 0
                else:
                    assert values[tap] == x[(0, c, *source)]
        same(step.channel_sums, np.array([np.sum(p) for p in step.products]))
        assert step.bias == (0 if bias is None else bias[channel])
        assert step.result == step.bias + sum(step.channel_sums.tolist())


@pytest.mark.parametrize(
    ("padding_mode", "row"),
    [
        ("zeros", [-9, -4, -4, 6, 13]),
        ("replicate", [-3, -6, -6, 4, 7]),
        ("extend", [-3, -6, -6, 4, 7]),
        ("reflect", [0, -6, -6, 14, 0]),
        ("circular", [-1, -6, -6, 4, 9]),
    ],
)
def test_the_blackboard_example(padding_mode, row):
    same(trace_conv(BOARD, EDGE).fold()[0], np.array([[-6, -6, 4], [-6, -6, 14], [-6, -6, 4.0]]))
    trace = trace_conv(BOARD, EDGE, padding="same", padding_mode=padding_mode)
    assert [step.result for step in trace[:5]] == row


def test_a_wrong_derivation_would_be_seen():
    x, weight = whole(np.random.default_rng(1), 1, 2, 4, 4), whole(np.random.default_rng(2), 3, 2, 3, 3)
    expected = helpers.conv(x, weight)[0]
    same(trace_conv(x, weight).fold(), expected)
    for wrong in (weight[..., ::-1, ::-1], weight[:, ::-1], weight[::-1], weight.swapaxes(2, 3)):
        with pytest.raises(AssertionError):
            same(trace_conv(x, wrong).fold(), expected)


def test_colors_have_a_partial_sum_each():
    x = np.stack([np.full((2, 2), value) for value in (1.0, 2.0, 3.0)])[None]
    step = trace_conv(x, np.full((1, 3, 2, 2), 0.5), np.array([-1.0]))[0]
    assert step.channel_sums.tolist() == [2, 4, 6]
    assert str(step) == "Y[0, 0, 0] = 2 + 4 + 6 − 1 = 11"


def test_the_corner_of_the_padding():
    trace = trace_conv(BOARD, EDGE, padding=1, padding_mode="reflect")
    step = trace[0]
    assert (step.padded_origin, step.input_origin) == ((0, 0), (-1, -1))
    assert step.is_padding.tolist() == [[True, True, True], [True, False, False], [True, False, False]]
    assert step.source[0].tolist() == [[1, 1], [1, 0], [1, 1]]
    assert step.values[0].tolist() == [[7, 6, 7], [2, 1, 2], [7, 6, 7]]
    assert trace.padded.shape == (1, 7, 7)
    assert trace.padding == ((1, 1), (1, 1))


def test_one_step_of_a_large_picture_builds_one_step(monkeypatch):
    counter = Counter(monkeypatch, "conv", "ConvStep")
    trace = trace_conv(np.zeros((1, 1, 512, 512)), EDGE, padding=1)
    assert len(trace) == 512 * 512
    view = trace[1000:200_000:3]
    assert (len(view), len(view[5:-5])) == (66_334, 66_324)
    assert counter.made == 0
    assert trace[100_000].output_index == (0, 195, 160)
    assert counter.made == 1
    assert view[-1].index == 199_999
    assert trace[-1].output_index == (0, 511, 511)
    assert counter.made == 3
    assert [step.index for step in view[:4]] == [1000, 1003, 1006, 1009]
    assert counter.made == 7


def test_nothing_can_be_changed():
    x, weight, bias = BOARD.copy(), EDGE.copy(), np.ones(1)
    trace = trace_conv(x, weight, bias, padding=1)
    before = trace.to_json()
    x[:], weight[:], bias[:] = 7, 7, 7
    assert trace.to_json() == before
    step = trace[0]
    arrays = [
        *(trace.input, trace.padded, trace.padded_source, trace.is_padding, trace.weight, trace.bias),
        *(step.is_padding, step.source, step.values, step.weights, step.products, step.channel_sums),
    ]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(AttributeError):
        step.result = 0.0


def test_arguments_are_left_as_they_were():
    arrays = [BOARD.copy(), EDGE.copy(), np.ones(1)]
    for array in arrays:
        array.setflags(write=False)
    trace_conv(*arrays, padding=2, padding_mode="circular").fold()
    assert not arrays[0].flags.writeable
    same(arrays[0], BOARD)


def test_a_view_with_odd_strides_is_read_right():
    x = whole(np.random.default_rng(3), 1, 2, 5, 6)
    turned = x.transpose(0, 1, 3, 2)[:, ::-1, ::-1]
    weight = whole(np.random.default_rng(4), 1, 2, 2, 2)
    same(trace_conv(turned, weight).fold(), helpers.conv(turned, weight)[0])


def test_single_precision_in_and_out():
    x, weight = np.float32(BOARD), np.float32(EDGE / 3)
    trace = trace_conv(x, weight)
    assert trace.fold().dtype == trace[0].values.dtype == np.float32
    assert trace[0].products.dtype == np.float64
    huge = trace_conv(np.full((1, 1, 1), np.float32(3e38)), np.full((1, 1, 1), np.float32(10)))
    assert huge.fold() == np.inf


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_goes_through(value):
    x = BOARD.copy()
    x[0, 0, 2, 2] = value
    with np.errstate(invalid="ignore"):
        same(trace_conv(x, EDGE).fold(), helpers.conv(x, EDGE)[0])


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (
            {"x": BOARD[0, 0]},
            ShapeError,
            "trace_conv: expected x as (N, C, *spatial) with one to three spatial axes, got shape (5, 5); "
            "a plain picture (H, W) becomes one with x[None, None]",
        ),
        (
            {"x": BOARD.astype(int)},
            OptionError,
            "trace_conv: expected x as float32 or float64, got int64; convert it with x.astype(np.float32)",
        ),
        (
            {"x": BOARD[:0]},
            ShapeError,
            "trace_conv: expected x with at least one example to trace, got none; look at what selected this data",
        ),
        (
            {"example": 1},
            OptionError,
            "trace_conv: expected example from 0 to 0, got 1; x holds 1, counted from 0",
        ),
        (
            {"example": -1},
            OptionError,
            "trace_conv: expected example of at least 0, got -1; choose 0 or more",
        ),
    ],
)
def test_what_is_refused(arguments, error, text):
    with pytest.raises(error) as caught:
        trace_conv(**{"x": BOARD, "weight": EDGE, **arguments})
    assert str(caught.value) == text


@pytest.mark.parametrize(
    "arguments",
    [
        {"weight": EDGE[0]},
        {"weight": EDGE.astype(np.float32)},
        {"weight": np.ones((1, 2, 3, 3))},
        {"weight": np.ones((1, 1, 6, 6))},
        {"bias": np.ones(2)},
        {"stride": 0},
        {"padding": -1},
        {"dilation": 0},
        {"groups": 2},
        {"padding_mode": "mirror"},
        {"padding": 5, "padding_mode": "reflect"},
    ],
)
def test_what_the_operation_refuses_is_refused_in_the_name_of_the_trace(arguments):
    with pytest.raises((ShapeError, OptionError), match=r"^trace_conv: expected "):
        trace_conv(**{"x": BOARD, "weight": EDGE, **arguments})
