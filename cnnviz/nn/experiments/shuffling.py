"""Experiment: what happens to dense and convolutional networks when the pixels of all pictures are shuffled alike."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cnnviz.data.split import Examples, Split, digits_split
from cnnviz.nn.experiments.result import Chart, Result, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, gather, train
from cnnviz.nn.training import evaluate

QUESTION = "Does a network use that pixels are neighbors?"
MLP, CNN = "MLP", "CNN"
NETWORKS = {  # 3,710 and 3,818 parameters
    MLP: "1x8x8 > flatten > dense 48 > relu > dense 12 > relu > dense 10",
    CNN: "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10",
}
PLAIN, SHUFFLED = "as they are", "shuffled"
QUICK = {"epochs": 1, "examples": 60}


def shuffling(
    seeds: Sequence[int] = range(5), *, epochs: int = 30, examples: int = 1085, progress: Progress = None
) -> Result:
    """Train a dense and a convolutional network on digits, and on digits whose pixels are shuffled all in one way.

    Parameters
    ----------
    seeds
        Repetitions; each shuffles in another way.
    epochs
        Of each training.
    examples
        To learn from.
    progress
        Called with (done, total).
    """
    chosen, split = checked(seeds), digits_split()

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        order = np.arange(64) if place == PLAIN else np.random.default_rng(seed).permutation(64)
        parts = (split.train.take(slice(examples)), split.validation, split.test)
        data = Split(*(_shuffled(part, order) for part in parts))
        network = built(NETWORKS[label], seed)
        train(network, data, seed, epochs=epochs)
        return {"accuracy": evaluate(network, data.test).accuracy}

    series = gather(NETWORKS, (PLAIN, SHUFFLED), chosen, measure, progress)["accuracy"]
    chart = Chart("digits as they are and with shuffled pixels", "pixels", "test accuracy", series, share=True)
    mlp, cnn = chart[MLP], chart[CNN]
    finding = (
        f"Shuffling changes the MLP by {_change(100 * (mlp.at(SHUFFLED).mean - mlp.at(PLAIN).mean))} and the CNN by "
        f"{_change(100 * (cnn.at(SHUFFLED).mean - cnn.at(PLAIN).mean))} points; unshuffled, "
        f"{versus(CNN, cnn.at(PLAIN), MLP, mlp.at(PLAIN))}, shuffled, "
        f"{versus(CNN, cnn.at(SHUFFLED), MLP, mlp.at(SHUFFLED))}."
    )
    setting = f"Digits of 8 × 8, {examples:,} to learn from, {epochs} epochs."
    return Result("shuffling", QUESTION, setting, chosen, (chart,), finding)


def _shuffled(examples: Examples, order: npt.NDArray[np.int64]) -> Examples:
    flat = examples.images.reshape(len(examples), -1)
    return Examples(np.ascontiguousarray(flat[:, order]).reshape(examples.images.shape), examples.labels)


def _change(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
