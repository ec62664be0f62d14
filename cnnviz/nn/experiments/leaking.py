"""Experiment: what a test claims whose digits leaked into the work, and what is true on digits nobody touched."""

from collections.abc import Sequence

import numpy as np

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn.experiments.result import Chart, Result
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, few, gather, train
from cnnviz.nn.training import evaluate

QUESTION = "What does a test claim when its digits leaked into the work?"
CLEAN, CHOSEN, LEARNED = "tested once", "chosen by the test", "test digits learned"
LABELS = (CLEAN, CHOSEN, LEARNED)
CLAIMED, TRUE = "claimed", "true"
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10"
QUICK = {"trials": 2, "epochs": 1}


def leaking(
    seeds: Sequence[int] = range(5),
    *,
    each: int = 5,
    asked: int = 5,
    trials: int = 10,
    epochs: int = 40,
    progress: Progress = None,
) -> Result:
    """Train on few digits, test on few, and compare what the test claims with the accuracy on all others.

    Tested once: the first training counts. Chosen by the test: of several trainings, the one with the best test.
    Learned: the test digits were among those to learn from.

    Parameters
    ----------
    seeds
        Repetitions, each with other examples.
    each, asked
        Examples of each digit to learn from, and to test with.
    trials
        Trainings from other first weights that a test may choose among.
    epochs
        Of each training; the weights behind the last one are taken.
    progress
        Called with (done, total).
    """
    chosen, split = checked(seeds), digits_split()

    def measure(label: str, _: Place, seed: int) -> dict[str, float]:
        data, test = few(split.train, each, seed), few(split.test, asked, seed)
        others = np.array([not (test.images == image).all(axis=(1, 2, 3)).any() for image in split.test.images])
        rest = split.test.take(np.flatnonzero(others))
        if label == LEARNED:
            pictures, labels = (
                np.concatenate(pair) for pair in ((data.images, test.images), (data.labels, test.labels))
            )
            data = Examples(pictures, labels)
        found = []
        for trial in range(trials if label == CHOSEN else 1):
            network = built(NETWORK, 1000 * seed + trial)
            train(network, Split(data, data, rest), seed, epochs=epochs, batch_size=16, choose=False)
            found.append((evaluate(network, test).accuracy, evaluate(network, rest).accuracy))
        claimed, true = max(found, key=lambda pair: pair[0])
        return {CLAIMED: claimed, TRUE: true}

    series = gather(LABELS, ["all"], chosen, measure, progress)
    titles = {CLAIMED: f"what {10 * asked} test digits claim", TRUE: "what is true on digits nobody touched"}
    charts = {name: Chart(title, "digits", "accuracy", series[name], share=True) for name, title in titles.items()}
    parts = []
    for label in LABELS:
        claimed, true = (charts[name][label].at("all") for name in (CLAIMED, TRUE))
        parts.append(f"{label} {charts[CLAIMED].said(claimed)} for {charts[TRUE].said(true)}")
    setting = (
        f"Digits of 8 × 8, {each} of each to learn from, {asked} of each to test, {epochs} epochs, {trials} trials."
    )
    return Result(
        "leaking", QUESTION, setting, chosen, tuple(charts.values()), f"Claimed for true: {'; '.join(parts)}."
    )
