"""Shares add up to what nested loops say, for gradients and for the transposed convolution."""

import numpy as np
import pytest

from cnnviz.subjects.backprop import Backprop
from cnnviz.subjects.pool_gradient import PoolGradient
from cnnviz.subjects.shares import pool_sharing
from cnnviz.subjects.sharing import Share
from cnnviz.subjects.tally import Tally, written
from cnnviz.subjects.transposed import Transposed
from tests import helpers

NINE = "1,2,3;4,5,6;7,8,9"
CASES = {
    "plain": {"image": "blackboard", "kernel": "edge-x"},
    "stride": {"image": "digit:3", "kernel": "sobel-x", "stride": (2, 3), "dy": "squares"},
    "padding": {"image": "blackboard", "kernel": NINE, "padding": ((1, 2), (0, 1)), "dy": "pattern"},
    "rest": {"image": "digit:5", "kernel": "1,2;3,4", "stride": 3, "dilation": 2, "padding": 1, "dy": "squares"},
    "far": {"image": "blackboard", "kernel": NINE, "padding": 3, "stride": 2, "dy": "pattern"},
    "oblong": {"image": "digit:0", "size": (7, 4), "kernel": "1/3,-1,0.5", "dy": "pattern"},
    "circular": {"image": "blackboard", "kernel": NINE, "padding": 1, "padding_mode": "circular"},
    "reflect": {"image": "digit:2", "kernel": "gaussian", "padding": 2, "padding_mode": "reflect", "dy": "squares"},
}


def answers(options):
    subject = Backprop(**options)
    settings = {k: options[k] for k in ("stride", "padding", "padding_mode", "dilation") if k in options}
    trace = subject.trace
    dx, dweight, _ = helpers.conv_vjp(trace.dy[None], subject.picture.values[None], trace.weight, **settings)
    return subject, dx[0, 0], dweight[0, 0]


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_both_gradients(options):
    subject, dx, dweight = answers(options)
    of_weight, of_input = subject.of_weight(), subject.of_input()
    np.testing.assert_allclose(of_weight.result, dweight, atol=1e-9)
    np.testing.assert_allclose(of_weight.target.values, dweight, atol=1e-9)
    np.testing.assert_allclose(of_input.result, dx, atol=1e-9)
    if options.get("padding_mode", "zeros") == "zeros":
        inside = of_input.target.values[~of_input.target.border].reshape(dx.shape)
        np.testing.assert_allclose(inside, dx, atol=1e-9)


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_a_share_is_the_giver_times_its_patch(options):
    subject = Backprop(**options)
    for sharing in (subject.of_weight(), subject.of_input()):
        for index in {0, len(sharing) // 2, len(sharing) - 1}:
            share = sharing[index]
            assert share.value == sharing.givers.values[share.giver]
            np.testing.assert_array_equal(share.numbers, share.value * share.patch)
            rows, columns = share.patch.shape
            (top, left), (down, across) = share.patch_origin, sharing.patch_spacing
            patch = sharing.factors.values[top : top + rows * down : down, left : left + columns * across : across]
            np.testing.assert_array_equal(patch[:rows, :columns], share.patch)
            assert share.cells[0] == share.landing
            assert len(share.cells) == share.numbers.size


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_the_gradients_are_convolutions(options):
    subject, dx, dweight = answers(options)
    rows, columns = dweight.shape
    np.testing.assert_allclose(subject.crossed.fold()[0, :rows, :columns], dweight, atol=1e-9)
    if options.get("padding_mode", "zeros") == "zeros":
        np.testing.assert_allclose(subject.rotated.fold()[0], dx, atol=1e-9)
    else:
        assert subject.rotated is None


def test_a_kernel_that_is_not_rotated_would_be_noticed():
    subject, dx, _ = answers(CASES["padding"])
    straight = helpers.conv(subject.rotated.padded[None], subject.trace.weight)[0, 0]
    assert straight.shape == dx.shape
    assert not np.allclose(straight, dx)


def test_the_blackboard():
    subject = Backprop(image="blackboard", kernel="edge-x")
    assert subject.of_weight().result.tolist() == [[33, 42, 41], [48, 57, 46], [33, 42, 41]]
    row = np.array([1, 1, 0, -1, -1])
    assert subject.of_input().result.tolist() == np.outer([1, 2, 3, 2, 1], row).tolist()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"image": "blackboard", "kernel": NINE, "stride": 3, "padding": 1, "output_padding": (2, 0)},
        {"image": "digit:4", "kernel": "1,2,3;-1,0,5", "stride": (2, 1), "dilation": 2},
        {"image": "blackboard-4", "kernel": "gaussian-5", "stride": 1, "padding": 2},
    ],
)
def test_stamps(options):
    subject = Transposed(**options)
    sharing, trace = subject.of_stamps(), subject.trace
    expected = helpers.conv_transpose(
        trace.input[None],
        trace.weight,
        stride=trace.stride,
        padding=tuple(trace.padding),
        output_padding=subject.added,
        dilation=trace.dilation,
    )[0, 0]
    np.testing.assert_allclose(sharing.result, expected, atol=1e-9)
    kept = sharing.target.values[~sharing.target.border].reshape(expected.shape)
    np.testing.assert_allclose(kept, expected, atol=1e-9)
    assert sharing.target.size == expected.shape


@pytest.mark.parametrize("kind", ["max", "avg"])
@pytest.mark.parametrize(
    "options",
    [{}, {"kernel_size": 3, "padding": 1, "stride": 2}, {"stride": 3, "ceil_mode": True}, {"kernel_size": (2, 3)}],
)
def test_pooled_gradients(kind, options):
    subject = PoolGradient("digit:3", mode=kind, **options)
    sharing = pool_sharing(subject.traces[kind])
    back = {"max": helpers.max_pool_vjp, "avg": helpers.avg_pool_vjp}[kind]
    settings = {"kernel_size": 2, "stride": 1, **options}
    expected = back(subject.gradient[None, None], subject.picture.values[None], **settings)[0, 0]
    np.testing.assert_allclose(sharing.result, expected, atol=1e-9)
    kept = sharing.target.values[~sharing.target.border].reshape(expected.shape)
    np.testing.assert_allclose(kept, expected, atol=1e-9)
    for share in (sharing[0], sharing[len(sharing) - 1]):
        assert share.value == sharing.givers.values[share.giver]
        np.testing.assert_array_equal(share.numbers, share.value * share.patch)
        assert share.cells[0] == share.landing == share.patch_origin


def test_a_tally_does_not_show_what_is_left_of_a_zero():
    numbers = np.array([[0.1]]), np.array([[0.2]]), np.array([[-0.3]])
    tally = Tally((1, 1))
    for part in numbers:
        tally.add(Share(0, (0, 0), 1.0, part, part, (0, 0), (0, 0), (slice(0, 1), slice(0, 1))))
    assert 0.1 + 0.2 - 0.3 != 0
    assert tally.values[0, 0] == 0


def test_texts_on_the_way_are_among_those_that_have_to_fit():
    sharing = Backprop(image="blackboard", kernel="edge-x").of_weight()
    assert {"17", "57"} <= written(sharing, 150)
    assert "17" not in written(sharing, 8)
