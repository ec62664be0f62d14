"""A training under way: step by step through an epoch, always with a moment to go back to."""

import math
from collections.abc import Callable

import numpy as np

from cnnviz.data.split import Examples
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.errors import CnnvizError
from cnnviz.nn.augment import Augment
from cnnviz.nn.history import Epoch, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.moment import Best, Started, now
from cnnviz.nn.optimizer import Optimizer
from cnnviz.nn.record import Gradients, Record

WHO = "fit"


class DivergedError(CnnvizError):
    """A training whose numbers went beyond all bounds; the weights are those before the step that failed."""


class Course:
    """A training under way, and the last moment that it can go back to."""

    def __init__(
        self,
        network: Layer,
        optimizer: Optimizer,
        generator: np.random.Generator,
        epochs: int,
        progress: Callable[[int, int], object] | None,
    ) -> None:
        self.network, self.optimizer, self.generator = network, optimizer, generator
        self.epochs, self.progress = epochs, progress
        self.moment = now(network, optimizer, generator)

    def reach(self, epochs: tuple[Epoch, ...], best: Best | None, started: Started | None = None) -> None:
        """Reach the next moment; whenever Ctrl-C comes, there is either the old one or the new one."""
        self.moment = now(self.network, self.optimizer, self.generator, epochs, best, started)

    def back(self) -> None:
        """Go back to the last moment."""
        self.moment.restore(self.network, self.optimizer, self.generator)


def run_epoch(
    course: Course, data: Examples, factor: float, size: int, augment: Augment | None, number: int
) -> tuple[Score, dict[str, float]]:
    """Go through the data once, in a new order, or through what is left of an epoch that was stopped."""
    network, generator, moment = course.network, course.generator, course.moment
    parameters = network.parameters()
    at = moment.started or Started(generator.permutation(len(data)))
    for start in range(at.step * size, len(data), size):
        step = at.step + 1
        batch = data.take(at.order[start : start + size])
        images = batch.images if augment is None else augment(batch.images, generator)
        with np.errstate(all="ignore"):  # what is not finite is found below, with its place
            record = network.forward(images, True, training=True, seed=int(generator.integers(2**62)))
            mean = float(cross_entropy(record.output, batch.labels))
            gradients = network.backward(cross_entropy_vjp(1.0, record.output, batch.labels)[0], record)
            own = gradients.parameters()
            lengths = {name: float(np.vdot(g, g)) for name, g in own.items()}
        if not math.isfinite(mean + sum(lengths.values())):
            raise DivergedError(
                f"{WHO}: expected finite numbers, got a loss of {mean:g} in epoch {number}, step {step}; "
                f"it began in {_beginning(record, gradients)}: lower the learning rate, or look at the data"
            )
        course.optimizer.step(parameters, own, factor)
        squares = {name: at.squares.get(name, 0.0) + length for name, length in lengths.items()}
        right = at.right + int((record.output.argmax(axis=1) == batch.labels).sum())
        at = Started(at.order, step, at.loss + mean * len(batch), right, squares)
        course.reach(moment.epochs, moment.best, at)
        if course.progress is not None:
            each = -(-len(data) // size)
            course.progress((number - 1) * each + step, course.epochs * each)
    norms = {name: math.sqrt(total / at.step) for name, total in at.squares.items()}
    return Score(at.loss / len(data), at.right / len(data)), norms


def _beginning(record: Record, gradients: Gradients) -> str:
    """Name the first layer, on the way forward and then on the way back, that gave what is not finite."""
    if not np.isfinite(record.input).all():
        return "the input"
    for name, step in _leaves(record):
        if not np.isfinite(step.output).all():
            return f"the output of {name} ({type(step.layer).__name__})"
    for name, step in reversed(_leaves(record)):
        found = gradients[name]
        if not all(np.isfinite(g).all() for g in (found.input, *found.own.values())):
            return f"the gradient of {name} ({type(step.layer).__name__})"
    return "the size of the gradients"


def _leaves(record: Record, path: str = "") -> list[tuple[str, Record]]:
    """List the layers that have none inside, by their full names, in the order they ran."""
    if not record.inside:
        return [(path.removesuffix("."), record)]
    return [leaf for child in record for leaf in _leaves(child, f"{path}{child.name}.")]
