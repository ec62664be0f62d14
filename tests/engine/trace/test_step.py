import json

import numpy as np
import pytest

from cnnviz.engine import trace_conv, trace_pool
from cnnviz.engine.trace.step import plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.array([[1.0, np.nan], [np.inf, -np.inf]]), [[1.0, "NaN"], ["Infinity", "-Infinity"]]),
        (float("nan"), "NaN"),
        (slice(0, 5, 2), {"start": 0, "stop": 5, "step": 2}),
        (range(2, 4), [2, 3]),
        ((slice(0, 1, 1), (1, 2)), [{"start": 0, "stop": 1, "step": 1}, [1, 2]]),
        ({1: np.array([True])}, {"1": [True]}),
        ("zeros", "zeros"),
        (None, None),
    ],
)
def test_plain_values(value, expected):
    assert plain(value) == expected
    assert json.dumps(plain(value), allow_nan=False)


def test_what_is_not_finite_in_json():
    written = json.loads(trace_conv(np.array([[[np.nan, np.inf]]]), np.ones((1, 1, 1))).to_json())
    assert [step["result"] for step in written["steps"]] == ["NaN", "Infinity"]
    assert written["input"] == [["NaN", "Infinity"]]
    pooled = json.loads(trace_pool(np.ones((1, 1, 1)), 2, padding=1).to_json())
    assert pooled["steps"][0]["values"] == ["-Infinity", 1.0]


def test_the_keys_of_a_step():
    written = json.loads(trace_conv(np.array([[[1.0, 2.0]]]), np.array([[[3.0]]]), padding=1)[1].to_json())
    assert written == {
        "index": 1,
        "output_index": [0, 1],
        "result": 3.0,
        "padded_origin": [1],
        "input_origin": [0],
        "window": [{"start": 1, "stop": 2, "step": 1}],
        "input_channels": [0],
        "is_padding": [False],
        "source": [[0]],
        "values": [[1.0]],
        "weights": [[3.0]],
        "products": [[3.0]],
        "channel_sums": [3.0],
        "bias": 0.0,
    }


def test_steps_with_nan_are_equal_to_themselves():
    trace = trace_conv(np.array([[[np.nan, 1.0]]]), np.ones((1, 1, 1)))
    assert trace[0] == trace[0]
    assert trace[0] != trace[1]
