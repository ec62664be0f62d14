"""The suites of the plain run catch twelve known faults, each by the name of a case."""

import pytest

from tests.outside.onnx_cases import KINDS
from tests.outside.our_cases import OUR_CASES
from tests.outside.planted import BUGS
from tests.outside.test_onnx import outcomes

pytestmark = pytest.mark.xdist_group("onnx")

POOLS = {"AveragePool", "MaxPool"}

WITNESSES = {
    "kernel flipped": (
        {"Conv"},
        {"node": "test_causal_conv_with_state_basic_expanded", "pytorch-converted": "test_Conv2d"},
    ),
    "same-upper and same-lower swapped": (POOLS | {"Conv", "LpPool"}, {"node": "test_averagepool_2d_same_lower"}),
    "ceil_mode ignored": (POOLS, {"node": "test_maxpool_2d_ceil"}),
    "last window that starts in the padding kept": (
        POOLS,
        {"node": "test_averagepool_2d_ceil_last_window_starts_on_pad"},
    ),
    "group order wrong": ({"Conv"}, {"pytorch-converted": "test_Conv2d_groups"}),
    "bias dropped": (
        {"Conv"},
        {"node": "test_causal_conv_with_state_with_bias_expanded", "pytorch-converted": "test_Conv2d"},
    ),
    "max pool pads with 0": (
        {"MaxPool"},
        {"node": "test_maxpool_2d_pads", "pytorch-converted": "test_MaxPool3d_stride_padding"},
    ),
    "arg-max takes the last of equals": ({"MaxPool"}, {"ours": "first_of_equals"}),
    "count_include_pad inverted": ({"AveragePool"}, {"node": "test_averagepool_2d_precomputed_pads"}),
    "epsilon dropped": (
        {"BatchNormalization", "LayerNormalization"},
        {"node": "test_batchnorm_epsilon"},
    ),
    "local response norm's alpha not divided by its size": ({"LRN"}, {"ours": "alpha_divided"}),
    "softmax without the shift by the maximum": ({"Softmax"}, {"node": "test_softmax_large_number"}),
}
"""For each fault the ONNX operators that it can reach, and every suite that sees it with one of the cases that do."""


def catches(operators) -> dict[str, set[str]]:
    """Every case that fails now, by suite."""
    caught = {kind: set(outcomes(kind, operators)[1]) for kind in KINDS}
    caught["ours"] = {name for name, case in OUR_CASES.items() if not _holds(case)}
    return {suite: names for suite, names in caught.items() if names}


def _holds(case) -> bool:
    try:
        case()
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("name", OUR_CASES)
def test_our_cases_hold(name):
    OUR_CASES[name]()


def test_there_are_twelve():
    assert BUGS.keys() == WITNESSES.keys()
    assert len(BUGS) == 12


@pytest.mark.full
@pytest.mark.parametrize("bug", BUGS)
def test_bug_is_caught(bug, monkeypatch, tally):
    operators, witnesses = WITNESSES[bug]
    assert catches(operators) == {}
    BUGS[bug](monkeypatch)
    caught = catches(operators)
    tally("planted bugs, caught", int(bool(caught)), 1)
    assert caught.keys() == witnesses.keys()
    for suite, case in witnesses.items():
        assert case in caught[suite]
