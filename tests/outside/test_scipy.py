"""The blackboard forms on every small size against scipy.signal, and convolutions over one and three axes as well."""

from itertools import product

import numpy as np
import pytest
from scipy import signal

from cnnviz import engine

RNG = np.random.default_rng(0)


def agree(name, pairs, tally):
    wrong = []
    count = 0
    for ours, theirs, label in pairs:
        count += 1
        if ours.shape != theirs.shape or not np.allclose(ours, theirs, rtol=1e-12, atol=1e-12):
            wrong.append(label)
    tally(f"scipy.signal, {name}", count - len(wrong), count)
    assert wrong == []


@pytest.mark.parametrize("name", ["correlate2d", "convolve2d"])
def test_blackboard_forms(name, tally):
    def pairs():
        for size, kernel in product(product((4, 5), (4, 7)), product((1, 2, 3, 4), (1, 2, 3, 4))):
            image, weight = RNG.normal(size=size), RNG.normal(size=kernel)
            for mode, boundary in product(("valid", "same", "full"), ("fill", "wrap", "symm")):
                arguments = image, weight, mode, boundary, 0.5
                yield (
                    getattr(engine, name)(*arguments),
                    getattr(signal, name)(*arguments),
                    (size, kernel, *arguments[2:]),
                )

    agree(name, pairs(), tally)


@pytest.mark.parametrize("axes", [1, 3])
def test_layers_of_one_channel(axes, tally):
    def pairs():
        conv = getattr(engine, f"conv{axes}d")
        for kernel in product((1, 2, 3), repeat=axes):
            x, weight = RNG.normal(size=(6, 5, 4)[:axes]), RNG.normal(size=kernel)
            for mode in ("valid", "full"):
                ours = conv(x[None, None], weight[None, None], padding=mode)[0, 0]
                yield ours, signal.correlate(x, weight, mode), (kernel, mode)

    agree(f"conv{axes}d of one channel", pairs(), tally)
