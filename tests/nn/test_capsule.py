"""Capsules against plain loops, one number at a time."""

import math

import numpy as np

from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn import Capsule, CapsuleLength, Conv2d, PrimaryCapsule, Sequential
from tests.engine.says import says


def squashed(vector):
    length = math.sqrt(sum(v * v for v in vector))
    return [v * length / (1 + length * length) for v in vector]


def routed(x, weight, iterations):
    """One example through the capsules, loop by loop, as in procedure 1 of the paper."""
    below, above, depth, width = weight.shape
    u = [
        [[sum(weight[i, j, d, k] * x[i, k] for k in range(width)) for d in range(depth)] for j in range(above)]
        for i in range(below)
    ]
    b = [[0.0] * above for _ in range(below)]
    for _ in range(iterations):
        c = [[math.exp(v) / sum(map(math.exp, row)) for v in row] for row in b]
        v = [squashed([sum(c[i][j] * u[i][j][d] for i in range(below)) for d in range(depth)]) for j in range(above)]
        for i in range(below):
            for j in range(above):
                b[i][j] += sum(u[i][j][d] * v[j][d] for d in range(depth))
    return v


def test_a_capsule_is_the_loops_of_the_paper():
    layer = Capsule(3, 2, 4, 5, iterations=3)
    layer.initialize(0, dtype=np.float64)
    x = np.random.default_rng(1).standard_normal((2, 3, 2))
    expected = [routed(each, layer.own["weight"].values, 3) for each in x]
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-12)
    other = [routed(each, layer.own["weight"].values, 2) for each in x]
    assert abs(layer.forward(x) - other).max() > 1e-3  # the check sees a missing iteration


def test_primary_capsules_are_groups_of_channels_of_one_cell():
    x = np.random.default_rng(2).standard_normal((1, 6, 2, 3))
    y = PrimaryCapsule(3).forward(x)[0]
    for g in range(2):
        for h in range(2):
            for w in range(3):
                np.testing.assert_allclose(y[(g * 2 + h) * 3 + w], squashed(x[0, 3 * g : 3 * g + 3, h, w]))


def test_the_summary_of_the_network_of_the_paper():
    network = Sequential(
        {
            "conv": Conv2d(1, 256, 9),
            "primary": Sequential(Conv2d(256, 256, 9, stride=2), PrimaryCapsule(8)),
            "digits": Capsule(1152, 8, 10, 16),
            "length": CapsuleLength(),
        }
    )
    assert network.output_shape((1, 28, 28)) == (10,)
    assert network.parameter_count == 20_992 + 5_308_672 + 1_474_560
    assert [row.output for row in network.summary((1, 28, 28))][-3:] == [(1152, 8), (10, 16), (10,)]


def test_what_does_not_fit_is_refused():
    with says(
        ShapeError,
        "PrimaryCapsule: expected channels in groups of dim=4, got C=6; choose a multiple of 4 channels",
    ):
        PrimaryCapsule(4).output_shape((6, 2, 2))
    with says(
        ShapeError,
        "Capsule: expected 3 capsules of 2 numbers, got shape (4, 2); "
        "put PrimaryCapsule(2) before it, or change in_capsules or in_dim",
    ):
        Capsule(3, 2, 1, 1).output_shape((4, 2))
    with says(ShapeError, "CapsuleLength: expected capsules (count, D), got shape (4,); put it after a Capsule"):
        CapsuleLength().output_shape((4,))
    with says(OptionError, "Capsule: expected iterations of at least 1, got 0; choose 1 or more"):
        Capsule(3, 2, 1, 1, 0)
