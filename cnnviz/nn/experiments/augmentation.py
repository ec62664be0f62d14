"""Experiment: what changed copies of few examples are worth, and for which questions."""

from collections.abc import Mapping, Sequence

import numpy as np

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn.augment import Augment, color, flip, move
from cnnviz.nn.experiments.result import Chart, Point, Result, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, few, gather, train
from cnnviz.nn.training import evaluate

QUESTION = "Which changes make new examples out of old ones, and which spoil them?"
NOTHING, SHIFT, TURN, LIGHT, MIRROR = "nothing", "shift", "turn", "brightness", "mirror"
CHANGES: Mapping[str, Augment | None] = {
    NOTHING: None,
    SHIFT: move(shift=1.0),
    TURN: move(turn=15.0),
    LIGHT: color(brightness=0.2),
    MIRROR: flip,
}
AS_WRITTEN, MOVED = "as written", "moved"
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 32 > relu > dense 10"
QUICK = {"sizes": (2,), "epochs": 1}


def augmentation(
    seeds: Sequence[int] = range(5), *, sizes: Sequence[int] = (5, 20), epochs: int = 60, progress: Progress = None
) -> Result:
    """Train on few digits, changed anew in each epoch, and ask about others as they are, and about moved ones.

    Parameters
    ----------
    seeds
        Repetitions, each with other examples.
    sizes
        Examples of each digit.
    epochs
        Of each training; the weights behind the last one are taken.
    progress
        Called with (done, total).
    """
    chosen, split = checked(seeds), digits_split()

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        network = built(NETWORK, seed)
        data = few(split.train, int(place), seed)
        learned = Split(data, data, split.test)
        train(network, learned, seed, epochs=epochs, batch_size=16, augment=CHANGES[label], choose=False)
        return {
            AS_WRITTEN: evaluate(network, split.test).accuracy,
            MOVED: evaluate(network, moved(split.test, seed)).accuracy,
        }

    places = [float(size) for size in sizes]
    series = gather(CHANGES, places, chosen, measure, progress)
    asked = {AS_WRITTEN: "digits not seen, as they were written", MOVED: "the same, shifted and turned by chance"}
    charts = {
        name: Chart(title, "examples of each digit", "test accuracy", series[name], share=True)
        for name, title in asked.items()
    }
    found = [f"{name}, {_found(chart, size)}" for size in places for name, chart in charts.items()]
    setting = f"Digits of 8 × 8, {epochs} epochs in batches of 16, each digit changed anew in every epoch."
    return Result("augmentation", QUESTION, setting, chosen, tuple(charts.values()), f"Digits {'; '.join(found)}.")


def moved(examples: Examples, seed: int) -> Examples:
    """Shift and turn examples by chance."""
    return Examples(move(shift=1.0, turn=15.0)(examples.images, np.random.default_rng(seed)), examples.labels)


def _found(chart: Chart, size: float) -> str:
    """Say which change is worth most, and what mirroring does."""
    points: dict[str, Point] = {each.label: each.at(size) for each in chart.series}
    best = max((label for label in points if label != NOTHING), key=lambda label: points[label].mean)
    against = [versus(label, points[label], NOTHING, points[NOTHING]) for label in dict.fromkeys((best, MIRROR))]
    return f"{size:g} of each: {' and '.join(against)}"
