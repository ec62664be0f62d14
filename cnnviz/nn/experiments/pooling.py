"""Experiment: ways to make maps smaller: max pooling, average pooling, a convolution with stride."""

from collections.abc import Sequence

import numpy as np

from cnnviz.data.canvas import scattered_split
from cnnviz.nn.experiments.result import Chart, Result, order, versus
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, cut, gather, train
from cnnviz.nn.notation import parse_network
from cnnviz.nn.training import evaluate

QUESTION = "Is pooling needed, or can a convolution with stride do its work?"
MAX, MEAN, STRIDE, MORE = "max pooling", "average pooling", "stride 2", "one more conv, stride 2"
_NET = "1x16x16 > conv 8 k3 p1{0} > conv 16 k3 p1{1} > conv 16 k3 p1 > relu > pool 4 > flatten > dense 10"
NETWORKS = {
    MAX: _NET.format(" > relu > pool 2", " > relu > pool 2"),
    MEAN: _NET.format(" > relu > avgpool 2", " > relu > avgpool 2"),
    STRIDE: _NET.format(" s2 > relu", " s2 > relu"),
    MORE: _NET.format(" > relu > conv 8 k2 s2 > relu", " > relu > conv 16 k2 s2 > relu"),
}
QUICK = {"epochs": 1, "examples": 60, "asked": 20}
SAME, MOVED = "test accuracy", "answers that a shift by one changes"


def pooling(
    seeds: Sequence[int] = range(5),
    *,
    epochs: int = 20,
    examples: int = 1085,
    asked: int = 357,
    progress: Progress = None,
) -> Result:
    """Train networks that differ only in how maps become smaller, and shift what they are asked about.

    Parameters
    ----------
    seeds
        Repetitions, each with other places of the digits.
    epochs
        Of each training.
    examples
        To learn from.
    asked
        To choose by, and to be asked about, at most.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:  # noqa: ARG001
        split = cut(scattered_split(16, reach=3, seed=seed), examples, asked)  # a shift by one stays on the canvas
        network = built(NETWORKS[label], seed)
        train(network, split, seed, epochs=epochs)
        answers = network.forward(split.test.images).argmax(axis=1)
        ways = ((1, 0), (-1, 0), (0, 1), (0, -1))
        moved = (np.roll(split.test.images, way, (2, 3)) for way in ways)
        changed = [(network.forward(images).argmax(axis=1) != answers).mean() for images in moved]
        return {SAME: evaluate(network, split.test).accuracy, MOVED: float(np.mean(changed))}

    series = gather(NETWORKS, ("all",), chosen, measure, progress)
    first = Chart("moved digits", "digits", SAME, series[SAME], share=True)
    second = Chart("the same digits one cell further", "digits", MOVED, series[MOVED], share=True)
    right = {label: first[label].at("all") for label in NETWORKS}
    flipped = ", ".join(f"{label} {second.said(second[label].at('all'))}" for label in NETWORKS)
    counts = ", ".join(f"{label} {parse_network(text)[1].parameter_count:,}" for label, text in NETWORKS.items())
    finding = (
        f"{order(right)}; {versus(MAX, right[MAX], STRIDE, right[STRIDE])} at as many parameters. "
        f"A shift by one cell changes the answer: {flipped}."
    )
    setting = f"Digits moved on a 16 × 16 canvas, {examples:,} to learn from, {epochs} epochs. Parameters: {counts}."
    return Result("pooling", QUESTION, setting, chosen, (first, second), finding)
