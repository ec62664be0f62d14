"""What all strategies are made of: sizes, options that are one number or one for each axis, and arrays."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from hypothesis import strategies as st

from tests.outside.call import Call

torch.set_num_threads(1)


@dataclass(frozen=True)
class Drawn:
    call: Call
    reference: Callable
    """Takes one tensor for each variable of the call."""


@st.composite
def arrays(draw, *shapes, whole=None, positive=False):
    """One array of each shape; a whole-number draw repeats values."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    whole = draw(st.booleans()) if whole is None else whole
    made = [np.array(rng.integers(-2, 3, shape) if whole else rng.normal(size=shape), float) for shape in shapes]
    if positive:
        made = [np.abs(array) + 0.1 for array in made]
    return made[0] if len(made) == 1 else made


def sizes(low, high):
    return st.integers(low, high)


def shapes(low=0, high=4):
    return st.lists(sizes(1, 5), min_size=low, max_size=high).map(tuple)


def positive(high=4.0):
    return st.floats(0.1, high)


def each(draw, axes, values):
    """One number for all axes or one for each; return as drawn and spelled out."""
    if draw(st.booleans()):
        number = draw(values)
        return number, (number,) * axes
    numbers = tuple(draw(values) for _ in range(axes))
    return numbers, numbers


def spread(pairs):
    """Pairs in the order of PyTorch's pad: the last axis first."""
    return [side for pair in reversed(pairs) for side in pair]
