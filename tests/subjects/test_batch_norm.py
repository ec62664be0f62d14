"""Batch normalization step by step equals nested loops, and running values move as they should."""

import math

import pytest

from cnnviz.errors import OptionError
from cnnviz.subjects import BatchNorm
from cnnviz.subjects.batch_norm import BATCHES
from tests.engine.says import says

EPS = 1e-5


@pytest.mark.parametrize("values", [(2, 4, 4, 4, 5, 5, 7, 9), (0.25, -1.5, 120), (3, 3)])
def test_each_step_is_that_of_plain_sums(values):
    norm = BatchNorm(values, gamma=-0.5, beta=4)
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    normal = [(value - mean) / math.sqrt(variance + EPS) for value in values]
    assert norm.mean == pytest.approx(mean)
    assert norm.variance == pytest.approx(variance)
    assert norm.away.tolist() == pytest.approx([value - mean for value in values])
    assert norm.normal.tolist() == pytest.approx(normal)
    assert norm.y.tolist() == pytest.approx([-0.5 * value + 4 for value in normal])


def test_running_values_move_a_tenth_of_the_way_with_every_batch():
    norm, mean, spread = BatchNorm(), 0.0, 1.0
    seen = []
    for batch in range(1, 51):
        mean, spread = 0.9 * mean + 0.1 * 5, 0.9 * spread + 0.1 * 32 / 7  # divided by the count less one
        if batch in BATCHES:
            seen.append((mean, spread))
    assert [pair[0] for pair in norm.running] == pytest.approx([pair[0] for pair in seen])
    assert [pair[1] for pair in norm.running] == pytest.approx([pair[1] for pair in seen])
    assert norm.alone == pytest.approx([(2 - m) / math.sqrt(v + EPS) for m, v in seen])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"values": "1"}, "values: expected 2 to 8 values, each NUMBER, got 1"),
        ({"values": "1,1e9"}, "values: expected numbers from -10,000 to 10,000, got larger ones"),
        ({"gamma": "inf"}, "gamma: expected a finite number, got 'inf'; choose one such as 1 or -0.5"),
    ],
)
def test_what_is_refused(options, text):
    with says(OptionError, text):
        BatchNorm(**options)
