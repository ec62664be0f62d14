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
GLOBAL, FLAT, ROUTED, ALIKE = "CNN, global max", "CNN, max pooling", "capsules", "capsules, no routing"
LABELS = (GLOBAL, FLAT, ROUTED, ALIKE)
KINDS: tuple[Kind, ...] = ("face", "part missing", "rearranged")
QUICK = {"count": 20, "asked": 10, "epochs": 1}


def network(label: str, seed: int) -> Sequential:
    """Build a contender for 16 × 16 pictures of two classes."""
    if label == GLOBAL:
        return built("1x16x16 > conv 8 k5 p2 > relu > conv 16 k5 p2 > relu > pool 16 > flatten > dense 2", seed)
    if label == FLAT:
        return built("1x16x16 > conv 8 k5 p2 > relu > pool 2 > conv 16 k5 p2 > relu > pool 2 > flatten > dense 2", seed)
    found = Sequential(
        {
            "conv1": Conv2d(1, 8, 5, padding=2),
            "relu": ReLU(),
            "conv2": Conv2d(8, 16, 5, stride=4, padding=2),
            "parts": PrimaryCapsule(4),
            "whole": Capsule(64, 4, 2, 8, iterations=3 if label == ROUTED else 1),
            "length": CapsuleLength(),
        }
    )
    found.initialize(seed)
    return found


def capsules(
    seeds: Sequence[int] = range(5),
    *,
    count: int = 600,
    asked: int = 300,
    epochs: int = 15,
    progress: Progress = None,
) -> Result:
    """Train on faces and on pictures with a part missing, and ask about faces whose parts are in the wrong places.

    The parts alone tell apart what was learned from; where they stand would too. Nothing in the training says which of
    both to go by. Then the same with rearranged faces among the examples.

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
    told = {"never shown rearranged ones": False, "shown some rearranged ones": True}

    def measure(label: str, place: Place, seed: int) -> dict[str, float]:
        generator = np.random.default_rng(seed)
        learned, other = (_mixed(n, told[str(place)], generator) for n in (count, asked))
        net = network(label, seed)
        train(net, Split(learned, other, other), seed, epochs=epochs)
        called: dict[str, float] = {}
        for kind in KINDS:
            pictures = faces(asked, kind, generator)
            called[kind] = float((net.forward(pictures.images).argmax(axis=1) == FACE).mean())
        return called

    series = gather(LABELS, tuple(told), chosen, measure, progress)
    charts = tuple(
        Chart(f"pictures: {kind}", "in training", "called a face", series[kind], share=True) for kind in KINDS
    )
    blind, shown = charts[2].places
    said = ", ".join(f"{label} {charts[2].said(charts[2][label].at(blind))}" for label in LABELS)
    after = ", ".join(f"{label} {charts[2].said(charts[2][label].at(shown))}" for label in LABELS)
    known = ", ".join(f"{label} {charts[0].said(charts[0][label].at(blind))}" for label in LABELS)
    finding = (
        f"Faces recognized: {known}. Rearranged faces called faces by those never shown any: {said}; by those shown "
        f"some: {after}."
    )
    counts = ", ".join(f"{label} {network(label, 0).parameter_count:,}" for label in LABELS)
    setting = f"Drawn faces of 16 × 16, {count} to learn from, {epochs} epochs. Parameters: {counts}."
    return Result("capsules", QUESTION, setting, chosen, charts, finding)


def _mixed(count: int, rearranged: bool, generator: np.random.Generator) -> Examples:
    """Draw half faces, half others, a third of them rearranged where that is wanted."""
    others = count // 2
    moved = others // 3 if rearranged else 0
    parts = [
        faces(n, kind, generator) for n, kind in zip((count - others, others - moved, moved), KINDS, strict=True) if n
    ]
    return Examples(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))
