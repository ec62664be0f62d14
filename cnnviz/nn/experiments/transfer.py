"""Experiment: what filters learned on digits 0 to 4 are worth for digits 5 to 9."""

from collections.abc import Sequence

import numpy as np

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn.experiments.result import Chart, Result, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, few, gather, train
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import evaluate

QUESTION = "Is what was learned on some digits of use for others?"
FROZEN, TUNED, SCRATCH, RANDOM = "frozen", "fine-tuned", "from scratch", "frozen, never trained"
LABELS = (FROZEN, TUNED, SCRATCH, RANDOM)
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 5"
BEFORE = 20
"""Epochs on 0 to 4."""

QUICK = {"sizes": (2,), "before": 1, "epochs": 1}


def transfer(
    seeds: Sequence[int] = range(5),
    *,
    sizes: Sequence[int] = (5, 10, 50),
    before: int = BEFORE,
    epochs: int = 60,
    progress: Progress = None,
) -> Result:
    """Train on digits 0 to 4, and take the convolutions over to 5 to 9: kept, trained on, or thrown away.

    As a control, convolutions that were never trained are kept too.

    Parameters
    ----------
    seeds
        Repetitions, each with other examples.
    sizes
        Examples of each of the digits 5 to 9.
    before
        Epochs on 0 to 4.
    epochs
        Epochs on 5 to 9; the weights behind the last one are taken.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)
    asked = _between(5).test
    learned: dict[int, Sequential] = {}

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        if seed not in learned:
            learned[seed] = taught(seed, before)
        network = built(NETWORK, seed)
        for name, parameter in network.parameters().items():
            if name.startswith("conv"):
                if label in (FROZEN, TUNED):
                    parameter.values = learned[seed].parameters()[name].values
                parameter.frozen = label in (FROZEN, RANDOM)
        data = examples(int(place), seed)
        train(network, Split(data, data, data), seed, epochs=epochs, batch_size=16, choose=False)
        return {"accuracy": evaluate(network, asked).accuracy}

    places = [float(size) for size in sizes]
    series = gather(LABELS, places, chosen, measure, progress)["accuracy"]
    chart = Chart("digits 5 to 9", "examples of each digit", "test accuracy", series, share=True)
    parts = []
    for place in chart.places:
        at = {label: chart[label].at(place) for label in LABELS}
        parts.append(
            f"with {place:g} examples of each digit {versus(TUNED, at[TUNED], SCRATCH, at[SCRATCH])} and "
            f"{versus('keeping learned filters', at[FROZEN], 'keeping random ones', at[RANDOM])}"
        )
    finding = f"Fine-tuned or from scratch, filters learned or random: {'; '.join(parts)}."
    setting = f"Digits of 8 × 8, {before} epochs on 0 to 4, {epochs} on 5 to 9."
    return Result("transfer", QUESTION, setting, chosen, (chart,), finding)


def taught(seed: int, epochs: int) -> Sequential:
    """Teach a network digits 0 to 4: what is carried over."""
    network = built(NETWORK, 1000 + seed)
    train(network, _between(0), seed, epochs=epochs)
    return network


def examples(each: int, seed: int) -> Examples:
    """Choose so many of each of the digits 5 to 9, those that a network with this seed learns from."""
    return few(_between(5).train, each, seed)


def _between(start: int) -> Split:
    """Take the five digits from ``start`` on, as classes 0 to 4."""
    whole = digits_split()

    def part(examples: Examples) -> Examples:
        found = examples.take(np.flatnonzero((examples.labels >= start) & (examples.labels < start + 5)))
        return Examples(found.images, found.labels - start)

    return Split(part(whole.train), part(whole.validation), part(whole.test))
