"""The score that is asked about: one class for each picture."""

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, integers
from cnnviz.errors import OptionError, ShapeError

Classes = npt.NDArray[np.intp]


def classes(who: str, scores: Floats, target: object) -> Classes:
    """Take one class for all pictures, one for each, or None for the one with the greatest score.

    >>> classes("saliency", np.array([[0.1, 0.7, 0.2]]), None)
    array([1])
    """
    if scores.ndim != 2:
        raise ShapeError(
            f"{who}: expected a network that gives scores (N, classes), got an output of shape {scores.shape}; "
            f"end it with Flatten and Linear, or ask about an inner layer with maximize_activation"
        )
    if target is None:
        return np.asarray(scores.argmax(axis=1))
    chosen = np.array(integers(who, "target", target, len(scores), 0))
    if chosen.max() >= scores.shape[1]:
        raise OptionError(
            f"{who}: expected target as a class from 0 to {scores.shape[1] - 1}, got {chosen.max()}; choose one"
        )
    return chosen


def one_hot(scores: Floats, chosen: Classes) -> Floats:
    """Return the gradient of the chosen scores' sum with respect to all scores."""
    picked = np.zeros_like(scores)
    picked[np.arange(len(scores)), chosen] = 1
    return picked
