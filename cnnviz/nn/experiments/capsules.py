"""Experiment: whether capsules notice that the parts of a face are in the wrong places, and max pooling does not."""

from collections.abc import Sequence

import numpy as np

from cnnviz.data.split import Examples, Split
from cnnviz.nn.activation import ReLU
from cnnviz.nn.capsule import Capsule, CapsuleLength, PrimaryCapsule
from cnnviz.nn.conv import Conv2d
from cnnviz.nn.experiments.faces import FACE, Kind, faces
from cnnviz.nn.experiments.result import Chart, Result
from cnnviz.nn.experiments.trial import Place, Progress, built, checked, gather, train
from cnnviz.nn.sequential import Sequential

QUESTION = "Do capsules see that a face's parts are rearranged, where max pooling does not?"
GLOBAL, DEEP, ROUTED, ALIKE = "CNN, sees single parts", "CNN, sees pairs of parts", "capsules", "capsules, no routing"
LABELS = (GLOBAL, DEEP, ROUTED, ALIKE)
KINDS: tuple[Kind, ...] = ("face", "part missing", "rearranged")
QUICK = {"count": 20, "asked": 10, "epochs": 1}


def network(label: str, seed: int) -> Sequential:
    """Build a contender for 16 × 16 pictures of two classes.

    Both CNNs end with a maximum over the whole map, which forgets where a feature was; one's last features see 5 × 5
    cells, the other's 10 × 10.
    """
    if label in (GLOBAL, DEEP):
        more = " > pool 2 > conv 16 k3 p1 > relu > pool 8" if label == DEEP else " > pool 16"
        return built(f"1x16x16 > conv 8 k3 p1 > relu > conv 16 k3 p1 > relu{more} > flatten > dense 2", seed)
    found = Sequential(
        {
            "conv1": Conv2d(1, 8, 5, padding=2),
            "relu": ReLU(),
            "conv2": Conv2d(8, 32, 5, stride=4, padding=2),
            "parts": PrimaryCapsule(8),
            "whole": Capsule(64, 8, 2, 8, iterations=3 if label == ROUTED else 1),
            "length": CapsuleLength(),
        }
    )
    found.initialize(seed)
    return found


def capsules(
    seeds: Sequence[int] = range(5),
    *,
    count: int = 1500,
    asked: int = 300,
    epochs: int = 12,
    progress: Progress = None,
) -> Result:
    """Train on faces and on pictures with a part missing, and ask about faces whose parts are in the wrong places.

    The parts alone tell apart what was learned from; where they stand would too. Nothing in the training says which of
    both to go by.

    Parameters
    ----------
    seeds
        Repetitions, each with other pictures.
    count
        Pictures to learn from, half of them faces.
    asked
        Pictures of each kind to ask about.
    epochs
        Of each training.
    progress
        Called with (done, total).
    """
    chosen = checked(seeds)
    trained: dict[tuple[str, int], tuple[Sequential, np.random.Generator]] = {}

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        if (label, seed) not in trained:
            generator = np.random.default_rng(seed)
            learned, other = _mixed(count, generator), _mixed(asked, generator)
            trained[label, seed] = network(label, seed), generator
            train(trained[label, seed][0], Split(learned, other, other), seed, epochs=epochs)
        net, generator = trained[label, seed]
        pictures = faces(asked, KINDS[KINDS.index(place)], generator)
        return {"called": float((net.forward(pictures.images).argmax(axis=1) == FACE).mean())}

    series = gather(LABELS, KINDS, chosen, measure, progress)["called"]
    chart = Chart("drawn faces", "picture", "called a face", series, share=True)
    whole, moved = (
        ", ".join(f"{label} {chart.said(chart[label].at(kind))}" for label in LABELS) for kind in ("face", "rearranged")
    )
    finding = f"Rearranged faces, never seen in training, are called faces by {moved}; true faces by {whole}."
    counts = ", ".join(f"{label} {network(label, 0).parameter_count:,}" for label in LABELS)
    setting = f"Drawn faces of 16 × 16, {count:,} to learn from, {epochs} epochs. Parameters: {counts}."
    return Result("capsules", QUESTION, setting, chosen, (chart,), finding)


def _mixed(count: int, generator: np.random.Generator) -> Examples:
    """Draw half faces, half others."""
    parts = faces(count - count // 2, "face", generator), faces(count // 2, "part missing", generator)
    return Examples(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))
