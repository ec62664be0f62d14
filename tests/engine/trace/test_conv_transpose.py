import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import trace_conv_transpose
from cnnviz.errors import CnnvizError
from tests import helpers
from tests.engine.trace.cases import conv_transpose, fixed, same, whole
from tests.engine.trace.counting import Counter


@fixed
@given(conv_transpose())
def test_stamps_and_sums_are_both_what_nested_loops_find(case):
    arrays, options = case
    for example in (0, 1):
        trace = trace_conv_transpose(*arrays, **options, example=example)
        expected = helpers.conv_transpose(*arrays, **options)[example]
        same(trace.fold(), expected)
        same(trace.gather.fold(), expected)


@fixed
@given(conv_transpose())
def test_every_stamp_says_the_same_in_all_its_parts(case):
    (x, weight, bias), options = case
    trace = trace_conv_transpose(x, weight, bias, **options)
    assert trace.shape == x.shape[1:]
    output = np.zeros(trace.output_shape)
    for step in trace:
        assert step.value == x[(0, *step.input_index)]
        same(step.weights, weight[step.input_index[0]])
        same(step.products, step.value * step.weights)
        same(step.is_cropped, trace.is_cropped[step.window])
        same(step.is_cropped, (step.target < 0).any(axis=-1))
        for tap in np.ndindex(*step.is_cropped.shape):
            at = tuple(o + t * d for o, t, d in zip(step.output_origin, tap, trace.dilation, strict=True))
            inside = all(0 <= i < n for i, n in zip(at, trace.output_shape[1:], strict=True))
            assert tuple(step.target[tap]) == (at if inside else (-1,) * len(at))
            if inside:
                output[(slice(step.output_channels.start, step.output_channels.stop), *at)] += step.products[:, *tap]
    if bias is not None:
        output += bias.reshape(-1, *[1] * (output.ndim - 1))
    same(trace.fold(), output)


@fixed
@given(conv_transpose())
def test_every_sum_names_what_it_adds(case):
    (x, weight, bias), options = case
    trace = trace_conv_transpose(x, weight, bias, **options)
    depth, per_group = weight.shape[1], len(weight) // trace.groups
    for step in trace.gather:
        channel = step.output_index[0]
        group = channel // depth
        parts = zip(step.sources, step.taps, step.values, step.weights, strict=True)
        for source, tap, value, factor in parts:
            assert source[0] // per_group == group
            assert value == x[(0, *source)]
            assert factor == weight[(source[0], channel % depth, *tap)]
        assert step.result == step.bias + sum(step.products.tolist())


def test_a_wrong_derivation_would_be_seen():
    x, weight = whole(np.random.default_rng(5), 1, 2, 3, 3), whole(np.random.default_rng(6), 2, 2, 3, 3)
    expected = helpers.conv_transpose(x, weight, stride=2)[0]
    for wrong in (weight[..., ::-1, ::-1], weight.swapaxes(0, 1), weight.swapaxes(2, 3)):
        with pytest.raises(AssertionError):
            same(trace_conv_transpose(x, wrong, stride=2).fold(), expected)


def test_output_padding_adds_cells_that_no_stamp_reaches():
    trace = trace_conv_transpose(
        np.array([[[1.0, 2.0]]]), np.ones((1, 1, 2)), np.array([5.0]), stride=3, output_padding=2
    )
    assert trace.fold().tolist() == [[6, 6, 5, 7, 7, 5, 5]]
    assert (trace.gather[-1].sources.shape, trace.gather[-1].result) == ((0, 2), 5)
    assert str(trace.gather[-1]) == "[0, 6] = 5 = 5"


def test_one_step_builds_one_step(monkeypatch):
    stamps = Counter(monkeypatch, "conv_transpose", "ConvTransposeStep")
    sums = Counter(monkeypatch, "gather", "GatherStep")
    trace = trace_conv_transpose(np.zeros((1, 1, 256, 512)), np.ones((1, 1, 2, 2)), stride=2)
    assert (len(trace), len(trace.gather)) == (256 * 512, 512 * 1024)
    assert (stamps.made, sums.made) == (0, 0)
    assert trace[100_000].input_index == (0, 195, 160)
    assert trace.gather[100_000].output_index == (0, 97, 672)
    assert (stamps.made, sums.made) == (1, 1)


def test_nothing_can_be_changed():
    step = trace_conv_transpose(np.ones((1, 1, 2)), np.ones((1, 1, 2)))[0]
    for array in (step.is_cropped, step.target, step.weights, step.products):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize(
    "arguments",
    [
        {"weight": np.ones((2, 1, 2))},
        {"bias": np.ones(2)},
        {"output_padding": 1},
        {"padding": 2},
        {"groups": 2},
        {"example": 1},
        {"x": np.ones((2, 2))},
    ],
)
def test_what_is_refused(arguments):
    with pytest.raises(CnnvizError, match=r"^trace_conv_transpose: expected "):
        trace_conv_transpose(**{"x": np.ones((1, 1, 2)), "weight": np.ones((1, 1, 2)), **arguments})
