"""Experiment: what a shift of the picture does to each stage: moves it along, or leaves it alone, and how exactly."""

from collections.abc import Sequence

import numpy as np

from cnnviz._checks import Floats
from cnnviz.data.canvas import placed
from cnnviz.data.split import digits_split
from cnnviz.nn.experiments.result import Chart, Result
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, gather

QUESTION = "Is a convolution equivariant, and pooling invariant?"
STAGES = {  # by name: how many cells of the picture are one cell of the map
    "convolution": ("", 1),
    "max pooling 2": (" > pool 2", 2),
    "max pooling 4": (" > pool 4", 4),
    "global maximum": (" > pool 24", 24),
}
FILTERS = "1x24x24 > conv 8 k3 p1 > relu"
QUICK = {"shifts": (0, 1), "examples": 10}


def shifting(
    seeds: Sequence[int] = range(5),
    *,
    shifts: Sequence[int] = (0, 1, 2, 3, 4, 5, 6, 7),
    examples: int = 200,
    progress: Progress = None,
) -> Result:
    """Shift digits to the right by whole cells and measure how the maps of random filters follow.

    For each map ``y`` of a picture and ``z`` of the shifted one, the change is ``|z - y| / |y|``, 0 for an invariant
    map; the misfit is ``|z - shifted y| / |y|`` for the shift by whole cells of the map that fits best, 0 for an
    equivariant one.

    Parameters
    ----------
    seeds
        Repetitions, each with other filters.
    shifts
        By how many cells, up to 7, which keeps a digit off the border.
    examples
        How many digits.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)
    middle = placed(digits_split().test.take(slice(examples)), 24, reach=0).images

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        words, cells = STAGES[label]
        network, shift = built(FILTERS + words, seed), int(place)
        y, z = network.forward(middle), network.forward(np.roll(middle, shift, 3))
        nearest = {shift // cells, -(-shift // cells)}
        misfit = min(_apart(z, np.roll(y, whole, 3), y) for whole in nearest)
        return {"change": _apart(z, y, y), "misfit": misfit}

    series = gather(STAGES, [float(shift) for shift in shifts], chosen, measure, progress)
    change = Chart(
        "invariance", "shift, cells", "change of the map, as a part of its length (0: invariant)", series["change"]
    )
    misfit = Chart("equivariance", "shift, cells", "misfit to the map moved along (0: equivariant)", series["misfit"])
    one = 1.0 if 1.0 in change.places else change.places[-1]
    changes = ", ".join(f"{label} {change.said(change[label].at(one))}" for label in STAGES)
    misfits = ", ".join(f"{label} {misfit.said(misfit[label].at(one))}" for label in STAGES)
    finding = f"For a shift by {one:g}, change (0 is invariant): {changes}; misfit (0 is equivariant): {misfits}."
    setting = f"{examples} test digits in the middle of a 24 × 24 canvas, 8 random filters of 3 × 3, ReLU."
    return Result("shifting", QUESTION, setting, chosen, (change, misfit), finding)


def _apart(one: Floats, two: Floats, whole: Floats) -> float:
    """Measure the mean relative distance over examples."""
    axes = (1, 2, 3)
    lengths = np.sqrt((whole.astype(np.float64) ** 2).sum(axis=axes))
    return float((np.sqrt(((one - two).astype(np.float64) ** 2).sum(axis=axes)) / lengths).mean())
