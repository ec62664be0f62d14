"""What every trace can do, whatever it traces."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

from cnnviz.engine import (
    trace_conv,
    trace_conv_transpose,
    trace_conv_vjp,
    trace_linear,
    trace_pool,
    trace_pool_vjp,
)
from cnnviz.engine.trace import Step, Trace
from tests.engine.trace.cases import whole

RNG = np.random.default_rng(10)
X, W, DY = whole(RNG, 1, 2, 4, 4), whole(RNG, 2, 2, 3, 3), whole(RNG, 1, 2, 2, 2)
TRACES = {
    "conv": trace_conv(X, W, np.ones(2), padding=1),
    "conv_transpose": trace_conv_transpose(X, W),
    "conv_transpose.gather": trace_conv_transpose(X, W).gather,
    "pool": trace_pool(X, 2),
    "pool avg": trace_pool(X, 2, kind="avg", ceil_mode=True),
    "linear": trace_linear(X[0, 0], W[0, 0, :, [0, 1, 1, 0]].T.copy()),
    "conv_vjp": trace_conv_vjp(DY, X, W),
    "conv_vjp.dx": trace_conv_vjp(DY, X, W).dx,
    "conv_vjp.dweight": trace_conv_vjp(DY, X, W).dweight,
    "conv_vjp.dbias": trace_conv_vjp(DY, X, W, np.ones(2)).dbias,
    "pool_vjp": trace_pool_vjp(DY, X, 2),
    "pool_vjp.dx": trace_pool_vjp(DY, X, 2).dx,
}
every = pytest.mark.parametrize("trace", TRACES.values(), ids=TRACES)


@every
def test_it_is_a_sequence(trace):
    assert isinstance(trace, Sequence)
    assert isinstance(trace, Trace)
    steps = list(trace)
    assert len(trace) == len(steps) == np.prod(trace.shape)
    assert [step.index for step in steps] == list(range(len(trace)))
    assert all(isinstance(step, Step) for step in steps)
    assert steps == [trace[i] for i in range(len(trace))] == list(trace[:])
    assert trace[-1] == trace[len(trace) - 1] == steps[-1]
    assert trace[np.int64(1)] == steps[1]
    assert list(reversed(trace)) == steps[::-1] == list(trace[::-1])
    assert (trace.index(steps[1]), steps[1] in trace, trace.count(steps[1])) == (1, True, 1)
    for cell, step in zip(np.ndindex(*trace.shape), steps, strict=True):
        assert trace.at(cell) == step


@every
def test_a_slice_is_a_lazy_sequence_too(trace):
    part = trace[1:-1]
    assert isinstance(part, Sequence)
    assert not isinstance(part, list | tuple)
    steps = list(trace)[1:-1]
    assert list(part) == steps
    assert list(part[::-2]) == steps[::-2]
    assert len(trace[5:2]) == 0
    assert part[:0].to_json() == "[]"
    for i in range(-len(part), len(part)):
        assert part[i] == steps[i]


@every
@pytest.mark.parametrize("beyond", [0, -1])
def test_beyond_the_ends(trace, beyond):
    index = beyond - len(trace) if beyond else len(trace)
    with pytest.raises(IndexError) as caught:
        trace[index]
    name = type(trace).__name__
    assert str(caught.value) == f"{name}: expected an index into steps 0 to {len(trace) - 1}, got {index}"
    with pytest.raises(IndexError):
        trace[0:1][1]
    with pytest.raises(IndexError) as caught:
        trace[0:0][0]
    assert str(caught.value) == "excerpt: expected an index into no steps, got 0"


def test_a_cell_that_is_not_there():
    for cell in ((2, 0, 0), (0, 0, -1), (0, 0)):
        with pytest.raises(IndexError) as caught:
            TRACES["conv"].at(cell)
        assert str(caught.value) == f"ConvTrace: expected a cell of an array of shape (2, 4, 4), got {cell}"


def test_an_index_that_is_not_a_number():
    with pytest.raises(TypeError):
        TRACES["conv"]["first"]


@every
def test_steps_are_equal_only_to_themselves(trace):
    first, again, second = trace[0], trace[0], trace[1]
    assert first is not again
    assert first == again
    assert hash(first) == hash(again)
    assert len({first, again, second}) == 2
    assert first != second
    assert first != "a step"


@every
def test_json_is_strict_and_whole(trace):
    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    whole_trace = json.loads(trace.to_json(), parse_constant=refuse)
    assert whole_trace["trace"] == type(trace).__name__
    assert whole_trace["shape"] == list(trace.shape)
    assert len(whole_trace["steps"]) == len(trace)
    for step, written in zip(trace, whole_trace["steps"], strict=True):
        assert json.loads(step.to_json(), parse_constant=refuse) == written
        assert set(written) == set(type(step).__dataclass_fields__)
        for name, value in written.items():
            mine = getattr(step, name)
            if isinstance(mine, np.ndarray) and np.isfinite(mine).all():
                np.testing.assert_array_equal(np.array(value).reshape(mine.shape), mine)
            elif isinstance(mine, bool | int | float):
                assert value == mine
    assert json.loads(trace[1:3].to_json()) == whole_trace["steps"][1:3]


@every
def test_a_short_name_for_people(trace):
    assert repr(trace) == f"<{type(trace).__name__} of {len(trace)} steps>"
    assert repr(trace[:2]) == f"<2 of the {len(trace)} steps of a {type(trace).__name__}>"


@every
def test_every_array_of_a_step_is_read_only(trace):
    for step in trace:
        for name in type(step).__dataclass_fields__:
            value = getattr(step, name)
            assert not isinstance(value, np.ndarray) or not value.flags.writeable, name
