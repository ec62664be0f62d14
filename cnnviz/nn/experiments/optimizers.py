"""Experiment: gradient descent, momentum and Adam, each at every learning rate and not only at one that suits it."""

from collections.abc import Callable, Sequence

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments.result import Chart, Result, Series
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, gather, lines
from cnnviz.nn.optimizer import SGD, Adam, Optimizer
from cnnviz.nn.training import DivergedError, fit

QUESTION = "Which optimizer learns fastest, each at its best learning rate?"
LABELS: dict[str, Callable[[float], Optimizer]] = {
    "SGD": SGD,
    "momentum 0.9": lambda rate: SGD(rate, 0.9),
    "Nesterov 0.9": lambda rate: SGD(rate, 0.9, nesterov=True),
    "Adam": Adam,
}
NETWORK = "1x8x8 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu > pool 2 > flatten > dense 10"
NO_LEARNING = 2.302585
"""The loss of ten equal shares, ln 10, which stands for a training that left all bounds."""

QUICK = {"rates": (0.01, 1e6), "epochs": 2, "examples": 60}


def optimizers(
    seeds: Sequence[int] = range(5),
    *,
    rates: Sequence[float] = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
    epochs: int = 5,
    examples: int = 1085,
    progress: Progress = None,
) -> Result:
    """Train one network with each optimizer at each rate, and compare the training loss.

    Where numbers leave all bounds, the loss of guessing is noted for the epochs that are missing.

    Parameters
    ----------
    seeds
        Repetitions.
    rates
        Learning rates, kept from the first step to the last.
    epochs
        Of each training.
    examples
        To learn from.
    progress
        Called with (done, total).
    """
    chosen, data = checked(seeds), digits_split().train.take(slice(examples))
    courses: dict[tuple[str, Place, int], list[float]] = {}

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        network, losses = built(NETWORK, seed), []
        try:
            fit(
                network,
                data,
                epochs=epochs,
                seed=seed,
                optimizer=LABELS[label](float(place)),
                keep_best=False,
                callback=lambda epoch: losses.append(min(epoch.train.loss, NO_LEARNING)),
            )
        except DivergedError:
            losses += [NO_LEARNING] * (epochs - len(losses))
        courses[label, place, seed] = losses
        return {"loss": losses[-1]}

    series = gather(LABELS, list(rates), chosen, measure, progress)["loss"]
    first = Chart(f"epoch {epochs}, by learning rate", "learning rate", "training loss, nats", series, log=True)
    best = {label: _lowest(first[label]) for label in LABELS}
    curves: dict[str, list[dict[Place, float]]] = {
        label: [
            {float(number): loss for number, loss in enumerate(courses[label, best[label], seed], 1)} for seed in chosen
        ]
        for label in LABELS
    }
    second = Chart("each at its best rate", "epoch", "training loss, nats", lines(LABELS, curves), log=True)
    ranked = sorted(LABELS, key=lambda label: first[label].at(best[label]).mean)
    said = ", ".join(f"{label} {first.said(first[label].at(best[label]))} at {best[label]:g}" for label in ranked)
    common = {label: first[label].at(rates[0]) for label in LABELS}
    alike = ", ".join(f"{label} {first.said(point)}" for label, point in common.items())
    finding = f"Loss after {epochs} epochs, each at its best rate: {said}; all at {rates[0]:g}: {alike}."
    setting = (
        f"Digits of 8 × 8, {examples:,} to learn from, batches of 32, constant rate; losses above ln 10 count as ln 10."
    )
    return Result("optimizers", QUESTION, setting, chosen, (first, second), finding)


def _lowest(series: Series) -> float:
    return float(min(series.points, key=lambda point: point.mean).at)
