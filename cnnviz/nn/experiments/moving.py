"""Experiment: dense and convolutional networks on digits in the middle and on digits that move."""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnviz.data.canvas import placed, scattered_split
from cnnviz.data.split import Examples, digits_split
from cnnviz.nn.experiments.result import Chart, Result, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, cut, gather, train
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import evaluate

QUESTION = "Does it matter to a network where a digit stands?"
MLP, FLAT, POOLED = "MLP", "CNN, flattened", "CNN, pooled"
NETWORKS = {  # about as many parameters each: 6,418, 6,598 and 6,218
    MLP: "1x16x16 > flatten > dense 24 > relu > dense 10",
    FLAT: "1x16x16 > conv 8 k3 p1 > relu > pool 2 > conv 16 k3 p1 > relu > pool 2 > flatten"
    " > dense 20 > relu > dense 10",
    POOLED: "1x16x16 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > conv 32 k3 p1 > relu > pool 8"
    " > flatten > dense 10",
}
REACHES = {"centered": 0, "moved by up to 2": 2, "anywhere": 4}
QUICK = {"epochs": 1, "reaches": {"centered": 0, "anywhere": 4}, "shifts": (0, 2), "examples": 60, "asked": 20}


def moving(
    seeds: Sequence[int] = range(5),
    *,
    epochs: int = 12,
    reaches: Mapping[str, int] = REACHES,
    shifts: Sequence[int] = (0, 1, 2, 3, 4),
    examples: int = 1085,
    asked: int = 357,
    progress: Progress = None,
) -> Result:
    """Train dense and convolutional networks of one size on digits on a 16 × 16 canvas, and move the digits.

    First each is trained and tested on digits that move alike. Then those trained on centered digits are asked about
    digits shifted further and further along the diagonals.

    Parameters
    ----------
    seeds
        Repetitions.
    epochs
        Of each training.
    reaches
        How far digits are moved, by name; the first must be 0.
    shifts
        How far the digits of the second question are shifted.
    examples
        To learn from.
    asked
        To choose by, and to be asked about, at most.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)
    trained: dict[tuple[str, int], Sequential] = {}

    def alike(label: str, place: Place, seed: int) -> dict[str, float]:
        split = cut(scattered_split(16, reach=reaches[str(place)], seed=seed), examples, asked)
        network = built(NETWORKS[label], seed)
        train(network, split, seed, epochs=epochs)
        if not reaches[str(place)]:
            trained[label, seed] = network
        return {"accuracy": evaluate(network, split.test).accuracy}

    def shifted(label: str, place: Place, seed: int) -> dict[str, float]:
        right = [evaluate(trained[label, seed], pictures).accuracy for pictures in diagonal[float(place)]]
        return {"accuracy": float(np.mean(right))}

    middle = placed(digits_split().test.take(slice(asked)), 16, reach=0)
    diagonal = {float(shift): _shifted(middle, shift) for shift in shifts}
    first = Chart(
        "trained and tested on digits that move alike",
        "digits",
        "test accuracy",
        gather(NETWORKS, tuple(reaches), chosen, alike, progress)["accuracy"],
        share=True,
    )
    second = Chart(
        "trained on centered digits, tested on shifted ones",
        "shift, cells",
        "test accuracy",
        gather(NETWORKS, tuple(diagonal), chosen, shifted)["accuracy"],
        share=True,
    )
    near, far, last = first.places[0], first.places[-1], second.places[-1]
    there = ", ".join(f"{label} {second.said(second[label].at(last))}" for label in NETWORKS)
    finding = (
        f"{str(near).capitalize()}: {versus(FLAT, first[FLAT].at(near), MLP, first[MLP].at(near))}; "
        f"{far}: {versus(FLAT, first[FLAT].at(far), MLP, first[MLP].at(far))} and "
        f"{versus(POOLED, first[POOLED].at(far), FLAT, first[FLAT].at(far))}. "
        f"Trained on centered digits and asked about them {float(last):g} cells away: {there}."
    )
    setting = f"Digits on a 16 × 16 canvas, {examples:,} to learn from, {epochs} epochs."
    return Result("moving", QUESTION, setting, chosen, (first, second), finding)


def _shifted(middle: Examples, shift: int) -> list[Examples]:
    """Shift digits along the four diagonals; the margin is wide enough that none comes in again on the other side."""
    ways = ((1, 1), (1, -1), (-1, 1), (-1, -1))
    return [
        Examples(np.roll(middle.images, (down * shift, right * shift), (2, 3)), middle.labels) for down, right in ways
    ]
