import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import trace_conv, trace_conv_vjp
from cnnviz.errors import CnnvizError, ShapeError
from tests import helpers
from tests.engine.trace.cases import conv, fixed, same, whole
from tests.engine.trace.counting import Counter

BOARD = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 0], [1, 2, 3, 4, 5.0]])[None, None]
EDGE = np.array([[1, 0, -1]] * 3, dtype=float)[None, None]


def gradient_for(arrays, options):
    shape = trace_conv(*arrays, **options).output_shape
    return whole(np.random.default_rng(8), len(arrays[0]), *shape)


@fixed
@given(conv())
def test_shares_and_sums_are_both_what_nested_loops_find(case):
    arrays, options = case
    dy = gradient_for(arrays, options)
    total = [0.0, 0.0, 0.0]
    expected = helpers.conv_vjp(dy, *arrays, **options)
    for example in (0, 1):
        trace = trace_conv_vjp(dy, *arrays, **options, example=example)
        dx, dweight, dbias = trace.fold()
        same(dx, expected[0][example])
        same(trace.dx.fold(), dx)
        same(trace.dweight.fold(), dweight)
        assert (dbias is None) == (trace.dbias is None) == (arrays[2] is None)
        total[1] = total[1] + dweight
        if trace.dbias is not None:
            same(trace.dbias.fold(), dbias)
            total[2] = total[2] + dbias
    same(total[1], expected[1])
    assert arrays[2] is None or total[2].tolist() == expected[2].tolist()


@fixed
@given(conv())
def test_every_step_hands_out_what_its_parts_say(case):
    (x, weight, bias), options = case
    dy = gradient_for((x, weight, bias), options)
    forward, trace = trace_conv(x, weight, bias, **options), trace_conv_vjp(dy, x, weight, bias, **options)
    for there, back in zip(forward, trace, strict=True):
        for name in ("output_index", "padded_origin", "input_origin", "window", "input_channels"):
            assert getattr(there, name) == getattr(back, name)
        for name in ("is_padding", "source", "values", "weights"):
            same(getattr(there, name), getattr(back, name))
        assert back.gradient == back.dbias == dy[(0, *back.output_index)]
        same(back.dx, back.gradient * back.weights)
        same(back.dweight, back.gradient * back.values)


@fixed
@given(conv())
def test_every_sum_names_what_it_adds(case):
    (x, weight, bias), options = case
    dy = gradient_for((x, weight, bias), options)
    trace = trace_conv_vjp(dy, x, weight, bias, **options)
    depth, per_group = weight.shape[1], len(weight) // trace.groups
    for step in trace.dx:
        channel = step.output_index[0]
        for source, tap, value, factor in zip(step.sources, step.taps, step.values, step.weights, strict=True):
            assert source[0] // per_group == channel // depth
            assert value == dy[(0, *source)]
            assert factor == weight[(source[0], channel % depth, *tap)]
    for step in trace.dweight:
        same(step.gradients, dy[0, step.output_index[0]])
        same(step.values, trace.padded[step.input_channel][step.window])
        assert step.result == sum((step.values * step.gradients).ravel().tolist())
        for position in np.ndindex(*step.values.shape):
            source = tuple(step.source[position])
            expected = 0 if -1 in source else x[(0, step.input_channel, *source)]
            assert step.values[position] == expected


def test_the_blackboard_example():
    trace = trace_conv_vjp(np.ones((1, 1, 3, 3)), BOARD, EDGE, np.zeros(1))
    dx, dweight, dbias = trace.fold()
    assert dweight.tolist() == [[[[33, 42, 41], [48, 57, 46], [33, 42, 41]]]]
    assert dx.tolist() == [[[n * v for v in (1, 1, 0, -1, -1)] for n in (1, 2, 3, 2, 1)]]
    assert dbias.tolist() == [9]
    assert str(trace.dweight[0]) == "dW[0, 0, 0, 0] = 1×1 + 2×1 + 3×1 + 6×1 + 7×1 + 8×1 + 1×1 + 2×1 + 3×1 = 33"
    assert str(trace.dbias[0]) == "db[0] = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 9"


def test_a_copy_in_the_padding_sends_its_share_back_to_the_cell_it_copies():
    x, weight, dy = np.array([[[1.0, 2.0]]]), np.array([[[1.0, 10.0, 100.0]]]), np.ones((1, 1, 2))
    by_mode = {"zeros": [11, 110], "replicate": [12, 210], "reflect": [111, 111], "circular": [111, 111]}
    for mode, expected in by_mode.items():
        trace = trace_conv_vjp(dy, x, weight, padding=1, padding_mode=mode)
        assert trace.fold()[0].tolist() == [expected]
        assert [step.result for step in trace.dx] == expected


def test_a_wrong_derivation_would_be_seen():
    x, weight = whole(np.random.default_rng(1), 1, 2, 4, 4), whole(np.random.default_rng(2), 3, 2, 3, 3)
    dy = whole(np.random.default_rng(3), 1, 3, 2, 2)
    dx, dweight, _ = helpers.conv_vjp(dy, x, weight)
    flipped = trace_conv_vjp(dy, x, weight[..., ::-1, ::-1]).fold()
    with pytest.raises(AssertionError):
        same(flipped[0], dx[0])
    with pytest.raises(AssertionError):
        same(trace_conv_vjp(dy[..., ::-1], x, weight).fold()[1], dweight)
    overwritten = np.zeros(x.shape[1:])
    for step in trace_conv_vjp(dy, x, weight):  # assigning where shares must add up
        overwritten[(slice(None), *step.window)] = step.dx
    with pytest.raises(AssertionError):
        same(overwritten, dx[0])


def test_one_step_builds_one_step(monkeypatch):
    names = (("conv_vjp", "ConvVjpStep"), ("gather", "GatherStep"), ("conv_gradient", "WeightGradientStep"))
    shares, arrived, weights = (Counter(monkeypatch, *name) for name in names)
    trace = trace_conv_vjp(np.zeros((1, 1, 512, 512)), np.zeros((1, 1, 512, 512)), EDGE, padding=1)
    assert (len(trace), len(trace.dx), len(trace.dweight)) == (512 * 512, 512 * 512, 9)
    assert (shares.made, arrived.made, weights.made) == (0, 0, 0)
    assert trace[100_000].output_index == trace.dx[100_000].output_index == (0, 195, 160)
    assert trace.dweight[4].output_index == (0, 0, 1, 1)
    assert (shares.made, arrived.made, weights.made) == (1, 1, 1)


def test_nothing_can_be_changed():
    trace = trace_conv_vjp(np.ones((1, 1, 3, 3)), BOARD, EDGE, np.zeros(1))
    step, weight = trace[0], trace.dweight[0]
    arrays = [trace.dy, trace.input, trace.padded, step.dx, step.dweight, step.values, weight.products, weight.values]
    for array in [*arrays, trace.dx[0].products, trace.dx[0].sources, trace.dbias[0].gradients]:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_gradient_of_the_wrong_shape():
    with pytest.raises(ShapeError) as caught:
        trace_conv_vjp(np.ones((1, 1, 4, 4)), BOARD, EDGE)
    assert str(caught.value) == (
        "trace_conv_vjp: expected dy of the output's shape (N=1, C=1, H=3, W=3), got (N=1, C=1, H=4, W=4); "
        "give the gradient of what the forward operation returned, with the same options"
    )


@pytest.mark.parametrize(
    "arguments", [{"x": BOARD[0]}, {"dy": np.ones((1, 1, 3, 3), int)}, {"stride": 0}, {"example": 1}]
)
def test_what_is_refused(arguments):
    with pytest.raises(CnnvizError, match=r"^trace_conv_vjp: expected "):
        trace_conv_vjp(**{"dy": np.ones((1, 1, 3, 3)), "x": BOARD, "weight": EDGE, **arguments})
