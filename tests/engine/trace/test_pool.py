import numpy as np
import pytest
from hypothesis import given

from cnnviz.engine import trace_pool
from cnnviz.errors import OptionError
from tests import helpers
from tests.engine.trace.cases import fixed, pool, same
from tests.engine.trace.counting import Counter

TABLE = np.array([[1, 3, 2, 4], [5, 6, 7, 8], [3, 2, 1, 2], [1, 3, 5, 9.0]])[None, None]
ORACLE = {"max": helpers.max_pool, "avg": helpers.avg_pool}


@fixed
@given(pool())
def test_the_fold_is_what_nested_loops_find(case):
    x, kernel, kind, options = case
    for example in (0, 1):
        trace = trace_pool(x, kernel, kind=kind, **options, example=example)
        same(trace.fold(), ORACLE[kind](x, kernel, **options)[example])


@fixed
@given(pool())
def test_every_step_says_the_same_in_all_its_parts(case):
    x, kernel, kind, options = case
    trace = trace_pool(x, kernel, kind=kind, **options)
    for place, step in enumerate(trace):
        channel, *position = step.output_index
        assert step == trace[place] == trace.at(step.output_index)
        assert step.padded_origin == tuple(p * s for p, s in zip(position, trace.stride, strict=True))
        same(step.values, trace.padded[channel][step.window])
        same(step.source, trace.padded_source[step.window])
        same(step.is_padding, trace.is_padding[step.window])
        same(step.is_padding, (step.source < 0).any(axis=-1))
        real = [tuple(cell) for cell in step.source[~step.is_padding]]
        assert step.values[~step.is_padding].tolist() == [x[(0, channel, *cell)] for cell in real]
        assert set(step.values[step.is_padding]) <= {-np.inf if kind == "max" else 0}
        # The derivative of a maximum or a mean, times the values, is the maximum or the mean itself.
        assert kind == "max" or np.isnan(step.result) or np.isclose(np.sum(step.share * step.values), step.result)
        if kind == "avg":
            assert (step.argmax, step.argmaxes) == (None, ())
        elif real:
            best = [cell for cell in real if x[(0, channel, *cell)] == step.result]
            assert step.argmaxes == tuple(best)
            assert step.argmax == best[0] == tuple(step.source[step.share == 1][0])
            assert np.sum(step.share) == 1
            assert step.divisor is None
        else:
            assert (step.argmax, step.result, np.sum(step.share)) == (None, -np.inf, 0)


@pytest.mark.parametrize(
    ("rows", "maxima", "means"),
    [
        (TABLE[0, 0], [[6, 8], [3, 9]], [[3.75, 5.25], [2.25, 4.25]]),
        ([[1, 3, 2, 1], [4, 2, 6, 4], [1, 8, 3, 7], [5, 3, 2, 1]], [[4, 6], [8, 7]], [[2.5, 3.25], [4.25, 3.25]]),
        ([[1, 9], [5, 4]], [[9]], [[4.75]]),
    ],
)
def test_worked_tables(rows, maxima, means):
    x = np.array(rows, dtype=float)[None, None]
    assert trace_pool(x, 2).fold()[0].tolist() == maxima
    assert trace_pool(x, 2, kind="avg").fold()[0].tolist() == means


def test_a_wrong_derivation_would_be_seen():
    expected = helpers.max_pool(TABLE, 2, stride=1)[0]
    same(trace_pool(TABLE, 2, stride=1).fold(), expected)
    with pytest.raises(AssertionError):
        same(trace_pool(TABLE, 2, stride=1, kind="avg").fold(), expected)
    with pytest.raises(AssertionError):
        same(-trace_pool(-TABLE, 2, stride=1).fold(), expected)


def test_of_equals_the_first_wins_and_all_are_shown():
    step = trace_pool(np.array([[[[2.0, 7.0], [7.0, 7.0]]]]), 2)[0]
    assert step.argmax == (0, 1)
    assert step.argmaxes == ((0, 1), (1, 0), (1, 1))
    assert step.share.tolist() == [[0, 1], [0, 0]]


def test_padding_never_wins_a_maximum():
    step = trace_pool(np.array([[[-5.0, -3.0]]]), 2, padding=1, stride=1)[0]
    assert step.values.tolist() == [-np.inf, -5]
    assert (step.result, step.argmax, step.argmaxes) == (-5, (0,), ((0,),))
    hollow = trace_pool(np.array([[[-np.inf, -3.0]]]), 2, padding=1, stride=1)[0]
    assert (hollow.result, hollow.argmaxes) == (-np.inf, ((0,),))


def test_what_a_mean_counts():
    x = np.array([[[2.0, 4.0, 9.0]]])
    assert [s.divisor for s in trace_pool(x, 2, kind="avg", padding=1)] == [2, 2]
    assert [s.divisor for s in trace_pool(x, 2, kind="avg", padding=1, count_include_pad=False)] == [1, 2]
    assert [s.result for s in trace_pool(x, 2, kind="avg", divisor_override=4)] == [1.5]


def test_ceil_mode_reaches_beyond_the_padding_and_does_not_count_it():
    trace = trace_pool(np.array([[[2.0, 4.0, 9.0]]]), 2, kind="avg", ceil_mode=True)
    last = trace[-1]
    assert (trace.overrun, trace.padding, trace.padded.tolist()) == ((1,), ((0, 0),), [[2, 4, 9, 0]])
    assert (last.values.tolist(), last.is_padding.tolist()) == ([9, 0], [False, True])
    assert (last.share.tolist(), last.divisor, last.result) == ([1, 0], 1, 9)


def test_a_window_that_dilation_leads_past_every_cell():
    x = np.array([[[5.0]]])
    step = trace_pool(x, 2, padding=1, dilation=2)[0]
    assert (step.result, step.argmax, step.argmaxes, step.share.tolist()) == (-np.inf, None, (), [0, 0])
    mean = trace_pool(x, 2, kind="avg", padding=1, dilation=2, count_include_pad=False)[0]
    assert (mean.divisor, mean.share.tolist()) == (0, [0, 0])
    assert np.isnan(mean.result)


def test_a_nan_is_the_greatest():
    x = np.array([[[1.0, np.nan, 3.0, np.nan]]])
    step = trace_pool(x, 4)[0]
    assert np.isnan(step.result)
    assert (step.argmax, step.argmaxes) == ((1,), ((1,), (3,)))
    same(trace_pool(x, 2, stride=1).fold(), helpers.max_pool(x, 2, stride=1)[0])


def test_a_step_as_text():
    assert str(trace_pool(TABLE, 2)[1]) == "Y[0, 0, 1] = max(2, 4, 7, 8) = 8"
    assert str(trace_pool(-TABLE, 2, kind="avg")[1]) == "Y[0, 0, 1] = (−2 − 4 − 7 − 8) / 4 = −5.25"
    assert str(trace_pool(TABLE, 2, padding=1)[0]) == "Y[0, 0, 0] = max(1) = 1"


def test_one_step_of_a_large_picture_builds_one_step(monkeypatch):
    counter = Counter(monkeypatch, "pool", "PoolStep")
    trace = trace_pool(np.zeros((1, 1, 512, 512)), 2, stride=1)
    assert (len(trace), len(trace[5:])) == (511 * 511, 511 * 511 - 5)
    assert counter.made == 0
    assert trace[100_000].output_index == (0, 195, 355)
    assert counter.made == 1


def test_nothing_can_be_changed():
    trace = trace_pool(TABLE, 2, padding=1)
    step = trace[0]
    for array in (trace.input, trace.padded, trace.is_padding, step.values, step.source, step.is_padding, step.share):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"kind": "min"}, "trace_pool: expected kind as one of max, avg, got 'min'; write one of these words"),
        (
            {"divisor_override": 0},
            "trace_pool: expected divisor_override other than 0, got 0; leave it out for the plain mean",
        ),
        ({"kernel_size": 0}, "trace_pool: expected kernel_size of at least 1, got 0; choose 1 or more"),
        ({"stride": 0}, "trace_pool: expected stride of at least 1, got 0; choose 1 or more"),
    ],
)
def test_what_is_refused(options, text):
    with pytest.raises(OptionError) as caught:
        trace_pool(TABLE, **{"kernel_size": 2, **options})
    assert str(caught.value) == text
