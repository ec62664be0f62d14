"""What every experiment does: train networks again and again, and collect what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from cnnviz._checks import integer
from cnnviz.data.split import Examples, Split
from cnnviz.errors import OptionError
from cnnviz.nn.augment import Augment
from cnnviz.nn.experiments.result import Point, Series
from cnnviz.nn.history import Epoch, History
from cnnviz.nn.layer import Layer
from cnnviz.nn.notation import parse_network
from cnnviz.nn.optimizer import Adam, Optimizer
from cnnviz.nn.schedule import CosineDecay
from cnnviz.nn.sequential import Sequential
from cnnviz.nn.training import fit

Progress = Callable[[int, int], None] | None
"""Called with how many repetitions are done, and how many there are."""

Place = str | float


def built(text: str, seed: int) -> Sequential:
    """Build a network from one line of text and draw its first weights."""
    network = parse_network(text)[1]
    network.initialize(seed)
    return network


def train(
    network: Layer,
    split: Split,
    seed: int,
    *,
    epochs: int,
    optimizer: Optimizer | None = None,
    batch_size: int = 32,
    augment: Augment | None = None,
    choose: bool = True,
    callback: Callable[[Epoch], None] | None = None,
) -> History:
    """Train with Adam at 0.003, falling along a cosine, and keep the epoch that was best on the validation part."""
    return fit(
        network,
        split.train,
        epochs=epochs,
        seed=seed,
        optimizer=optimizer or Adam(3e-3),
        batch_size=batch_size,
        validation=split.validation if choose else None,
        schedule=CosineDecay(epochs),
        augment=augment,
        keep_best=choose,
        callback=callback,
    )


def gather(
    labels: Iterable[str],
    places: Sequence[Place],
    seeds: Sequence[int],
    measure: Callable[[str, Place, int], Mapping[str, float]],
    progress: Progress = None,
) -> dict[str, tuple[Series, ...]]:
    """Measure every contender at every place with every seed; give the series of each quantity by its name."""
    names, done = tuple(labels), 0
    found: dict[str, dict[tuple[str, Place], list[float]]] = {}
    for seed in seeds:
        for label in names:
            for place in places:
                for quantity, value in measure(label, place, seed).items():
                    found.setdefault(quantity, {}).setdefault((label, place), []).append(float(value))
                done += 1
                if progress is not None:
                    progress(done, len(seeds) * len(names) * len(places))
    return {quantity: _series(values, names, places) for quantity, values in found.items()}


def lines(labels: Iterable[str], curves: Mapping[str, Sequence[Mapping[Place, float]]]) -> tuple[Series, ...]:
    """Give the series of contenders whose whole curve comes at once, one curve for each seed."""
    return tuple(
        Series(
            label,
            tuple(Point(place, tuple(curve[place] for curve in curves[label])) for place in curves[label][0]),
        )
        for label in labels
    )


def _series(
    values: Mapping[tuple[str, Place], list[float]], names: Sequence[str], places: Sequence[Place]
) -> tuple[Series, ...]:
    return tuple(Series(name, tuple(Point(place, tuple(values[name, place])) for place in places)) for name in names)


def checked(seeds: Sequence[int]) -> tuple[int, ...]:
    """Require at least one seed, and none twice."""
    found = tuple(integer("experiment", "seeds", seed, 0) for seed in seeds)
    if not found or len(set(found)) < len(found):
        raise OptionError(f"experiment: expected seeds, each once, got {found}; give range(5), for instance")
    return found


def cut(split: Split, examples: int, asked: int) -> Split:
    """Take the first so many examples to learn from, and of each of the other parts."""
    first = slice(asked)
    return Split(split.train.take(slice(examples)), split.validation.take(first), split.test.take(first))


def few(examples: Examples, each: int, seed: int) -> Examples:
    """Choose so many examples of every class by chance.

    Examples
    --------
    >>> few(Examples(np.arange(10.0), np.array([0, 1] * 5)), 2, seed=0).labels.tolist()
    [0, 0, 1, 1]
    """
    generator = np.random.default_rng(seed)
    classes = np.unique(examples.labels)
    places = [generator.permutation(np.flatnonzero(examples.labels == label))[:each] for label in classes]
    return examples.take(np.concatenate(places))
