"""Experiment: gradients and training errors of deeper and deeper networks, with and without skips and batch norm."""

from collections.abc import Sequence
from math import sqrt

from cnnviz.data.split import Split, digits_split
from cnnviz.engine import cross_entropy_vjp
from cnnviz.nn.activation import ReLU
from cnnviz.nn.branch import Residual
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.dense import Flatten, Linear
from cnnviz.nn.experiments.result import Chart, Result, Series
from cnnviz.nn.experiments.trial import Place, Progress, checked, few, gather, lines, train
from cnnviz.nn.layer import Layer
from cnnviz.nn.norm import BatchNorm2d
from cnnviz.nn.pool import MaxPool2d
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import evaluate

QUESTION = "Why are deep networks hard to train, and what do skips and batch norm change?"
PLAIN, NORM, SKIP, BOTH = "plain", "batch norm", "skips", "skips and batch norm"
LABELS = (PLAIN, NORM, SKIP, BOTH)
CHANNELS = 8
QUICK = {"depths": (3, 5), "deepest": 5, "epochs": 1, "each": 3}


def deep(depth: int, label: str) -> Sequential:
    """Build a network of so many 3 × 3 convolutions of 8 channels: one, a pooling, then pairs, with skips or without.

    Examples
    --------
    >>> deep(5, "plain").parameter_count, deep(5, "skips").parameter_count
    (3706, 3706)
    """
    norm, skip = label in (NORM, BOTH), label in (SKIP, BOTH)
    layers: dict[str, Layer] = {"stem": Conv2d(1, CHANNELS, 3, padding=1), "relu": ReLU(), "half": MaxPool2d(2)}
    for pair in range(1, (depth - 1) // 2 + 1):
        body: dict[str, Layer] = {}
        for which in "ab":
            body[f"conv_{which}"] = Conv2d(CHANNELS, CHANNELS, 3, padding=1)
            if norm:
                body[f"norm_{which}"] = BatchNorm2d(CHANNELS)
            if which == "a":
                body["relu"] = ReLU()
        layers[f"pair{pair}"] = Residual(Sequential(body)) if skip else Sequential(body)
        layers[f"relu{pair}"] = ReLU()
    return Sequential({**layers, "flat": Flatten(), "dense": Linear(16 * CHANNELS, 10)})


def depth(
    seeds: Sequence[int] = range(5),
    *,
    depths: Sequence[int] = (3, 9, 33),
    deepest: int = 33,
    epochs: int = 20,
    each: int = 20,
    progress: Progress = None,
) -> Result:
    """Measure gradients at the start, and the error on the very examples that were learned from, by depth.

    Parameters
    ----------
    seeds
        Repetitions.
    depths
        Convolutions of the networks that are trained, odd numbers.
    deepest
        Convolutions of the network whose gradients are measured.
    epochs
        Of each training.
    each
        Examples of each digit.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        network = deep(int(place), label)
        network.initialize(seed)
        data = few(digits_split().train, each, seed)
        train(network, Split(data, data, data), seed, epochs=epochs, choose=False)
        return {"error": 1 - evaluate(network, data).accuracy}

    gradients = lines(LABELS, {label: [_norms(label, deepest, each, seed) for seed in chosen] for label in LABELS})
    first = Chart(
        f"before training, {deepest} convolutions",
        "convolution, from the input",
        "size of the gradient of its weights",
        gradients,
        log=True,
    )
    errors = gather(LABELS, [float(depth) for depth in depths], chosen, measure, progress)["error"]
    second = Chart("after training, on the examples learned from", "convolutions", "error", errors, share=True)
    short, long = second.places[0], second.places[-1]
    sizes = ", ".join(f"{label} {_ends(first[label])}" for label in LABELS)
    ways = ", ".join(f"{label} {second.said(second[label].at(long))}" for label in LABELS)
    ways_short = ", ".join(f"{label} {second.said(second[label].at(short))}" for label in LABELS)
    finding = (
        f"Gradients of the second and the last convolution before training: {sizes}. Error on the very examples "
        f"learned from, with {short:g} convolutions: {ways_short}; with {long:g}: {ways}."
    )
    setting = f"{each} digits of each class, 8 channels, He initialization, {epochs} epochs of Adam."
    return Result("depth", QUESTION, setting, chosen, (first, second), finding)


def _norms(label: str, count: int, each: int, seed: int) -> dict[Place, float]:
    """Measure the gradients of all convolutions before the first step, as the root of their mean square."""
    network = deep(count, label)
    network.initialize(seed)
    data = few(digits_split().train, each, seed)
    record = network.forward(data.images, record=True, training=True)
    found = network.backward(cross_entropy_vjp(1.0, record.output, data.labels)[0], record).parameters()
    weights = [g for name, g in found.items() if g.ndim == 4]
    return {float(n): sqrt(float((g * g).mean())) for n, g in enumerate(weights, 1)}


def _ends(series: Series) -> str:
    """Write the second and the last; the first convolution has another count of inputs."""
    return f"{series.points[1].mean:.2g} and {series.points[-1].mean:.2g}"
