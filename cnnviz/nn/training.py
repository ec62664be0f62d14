"""Training: batches, losses, gradients and steps, the same bytes for the same seed."""

import math
from collections.abc import Callable, Collection, Mapping

import numpy as np

from cnnviz._checks import Floats, integer
from cnnviz.data.split import Examples
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.errors import CnnvizError, OptionError, ShapeError
from cnnviz.nn.augment import Augment
from cnnviz.nn.history import Epoch, History, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.optimizer import Adam, Optimizer
from cnnviz.nn.record import Gradients, Record
from cnnviz.nn.schedule import Schedule

WHO = "fit"


class DivergedError(CnnvizError):
    """A training whose numbers went beyond all bounds; the weights are those before the step that failed."""


def fit(
    network: Layer,
    data: Examples,
    *,
    epochs: int,
    seed: int,
    optimizer: Optimizer | None = None,
    batch_size: int = 32,
    validation: Examples | None = None,
    schedule: Schedule | None = None,
    augment: Augment | None = None,
    patience: int | None = None,
    keep_best: bool = True,
    snapshots: Collection[str] = (),
    callback: Callable[[Epoch], object] | None = None,
) -> History:
    """Train a network that gives scores, with cross-entropy.

    Parameters
    ----------
    network
        With weights; it is changed.
    data
        What to learn from.
    epochs
        How often to go through the data, from 1.
    seed
        A whole number from 0: decides the order of the examples and what dropout drops. The same seed and first weights
        give the same bytes on the same machine.
    optimizer
        `Adam` with its usual settings, if None.
    batch_size
        Examples in a step; the last step of an epoch takes what is left.
    validation
        Examples to choose by: for early stopping, the schedule and the best epoch. Without them the training loss
        decides.
    schedule
        How the learning rate changes; not at all, if None.
    augment
        Changes each batch by chance before it is learned from; see `cnnviz.nn.augment`.
    patience
        Stop when the loss has not gone down for this many epochs; never, if None.
    keep_best
        Whether to give the network the weights of its best epoch at the end.
    snapshots
        Names of parameters to keep from every epoch, such as ``("conv1.weight",)``.
    callback
        Called with each `Epoch` when it is over.

    Returns
    -------
    History
        Losses, accuracies, gradient norms and snapshots.

    Raises
    ------
    ShapeError, OptionError
        If an argument does not fit, labels are no classes of the network, or all examples are of one class.
    DivergedError
        If the loss or a gradient is no longer finite; says where that began.

    Examples
    --------
    >>> from cnnviz.nn import Linear, Sequential
    >>> network = Sequential(Linear(1, 2))
    >>> network.initialize(0)
    >>> sign = Examples(np.array([[-1.0], [1.0]] * 8, np.float32), np.array([0, 1] * 8))
    >>> history = fit(network, sign, epochs=20, seed=0, optimizer=Adam(0.1), batch_size=4)
    >>> history[-1].train.accuracy, history[-1].train.loss < 0.1
    (1.0, True)
    """
    parameters = network.parameters()
    _check(network, data, "data")
    if validation is not None:
        _check(network, validation, "validation")
    if len(np.unique(data.labels)) < 2:
        raise OptionError(
            f"{WHO}: expected data of at least two classes, got only class {data.labels[0]}; "
            f"there is nothing to tell apart"
        )
    total, size = integer(WHO, "epochs", epochs, 1), integer(WHO, "batch_size", batch_size, 1)
    limit = None if patience is None else integer(WHO, "patience", patience, 1)
    unknown = [name for name in snapshots if name not in parameters]
    if unknown:
        raise OptionError(
            f"{WHO}: expected snapshots of parameters ({', '.join(parameters)}), got {unknown[0]!r}; choose among these"
        )
    optimizer = Adam() if optimizer is None else optimizer
    generator = np.random.default_rng(integer(WHO, "seed", seed, 0))
    done: list[Epoch] = []
    losses: list[float] = []
    best: tuple[float, int, Mapping[str, Floats | None]] = (math.inf, 1, {})
    while len(done) < total:
        factor = 1.0 if schedule is None else schedule.factor(losses)
        number = len(done) + 1
        score, norms = _epoch(network, data, optimizer, factor, size, augment, generator, number)
        checked = None if validation is None else evaluate(network, validation)
        epoch = Epoch(
            number,
            optimizer.lr * factor,
            score,
            checked,
            norms,
            {name: parameters[name].array(WHO) for name in snapshots},
        )
        done.append(epoch)
        losses.append((checked or score).loss)
        if losses[-1] < best[0]:
            kept = {name: parameter.values for name, parameter in parameters.items()} if keep_best else {}
            best = (losses[-1], number, kept)
        if callback is not None:
            callback(epoch)
        if limit is not None and number - best[1] >= limit:
            break
    for name, values in best[2].items():
        parameters[name].values = values
    return History(tuple(done), best[1], len(done) < total)


def evaluate(network: Layer, data: Examples, *, batch_size: int = 256) -> Score:
    """Measure how good a network is.

    Parameters
    ----------
    network
        With weights; not changed.
    data
        What to ask it about.
    batch_size
        Examples at a time.

    Raises
    ------
    ShapeError, OptionError
        If the examples do not fit the network.

    Examples
    --------
    >>> from cnnviz.nn import Flatten
    >>> scores = np.array([[0.0, 0.0], [0.0, np.log(3.0)]])  # shares 1/2 1/2 and 1/4 3/4
    >>> evaluate(Flatten(), Examples(scores, np.array([1, 1]))).accuracy
    0.5
    """
    _check(network, data, "data")
    loss, right = 0.0, 0
    for start in range(0, len(data), integer("evaluate", "batch_size", batch_size, 1)):
        part = data.take(slice(start, start + batch_size))
        scores = network.forward(part.images)
        loss += float(cross_entropy(scores, part.labels, reduction="sum"))
        right += int((scores.argmax(axis=1) == part.labels).sum())
    return Score(loss / len(data), right / len(data))


def _epoch(
    network: Layer,
    data: Examples,
    optimizer: Optimizer,
    factor: float,
    size: int,
    augment: Augment | None,
    generator: np.random.Generator,
    number: int,
) -> tuple[Score, dict[str, float]]:
    """Go through the data once, in a new order."""
    parameters = network.parameters()
    order = generator.permutation(len(data))
    loss, right, steps = 0.0, 0, 0
    squares: dict[str, float] = {}
    for start in range(0, len(data), size):
        steps += 1
        batch = data.take(order[start : start + size])
        images = batch.images if augment is None else augment(batch.images, generator)
        with np.errstate(all="ignore"):  # what is not finite is found below, with its place
            record = network.forward(images, True, training=True, seed=int(generator.integers(2**62)))
            mean = float(cross_entropy(record.output, batch.labels))
            gradients = network.backward(cross_entropy_vjp(1.0, record.output, batch.labels)[0], record)
            own = gradients.parameters()
            lengths = {name: float(np.vdot(g, g)) for name, g in own.items()}
        if not math.isfinite(mean + sum(lengths.values())):
            raise DivergedError(
                f"{WHO}: expected finite numbers, got a loss of {mean:g} in epoch {number}, step {steps}; "
                f"it began in {_beginning(record, gradients)}: lower the learning rate, or look at the data"
            )
        for name, length in lengths.items():
            squares[name] = squares.get(name, 0.0) + length
        loss += mean * len(batch)
        right += int((record.output.argmax(axis=1) == batch.labels).sum())
        optimizer.step(parameters, own, factor)
    norms = {name: math.sqrt(total / steps) for name, total in squares.items()}
    return Score(loss / len(data), right / len(data)), norms


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


def _check(network: Layer, data: Examples, name: str) -> None:
    """Require examples that the network can be asked about."""
    if not len(data):
        raise ShapeError(f"{WHO}: expected {name} with at least one example, got none; look at what selected them")
    out = network.output_shape(data.images.shape[1:])
    if len(out) != 1:
        raise ShapeError(
            f"{WHO}: expected a network that gives one score for each class, got outputs of shape {out}; "
            f"end it with Flatten() and Linear(..., classes)"
        )
    if data.labels.dtype.kind not in "iu":
        raise OptionError(
            f"{WHO}: expected the labels of {name} as whole numbers, got {data.labels.dtype}; "
            f"convert them with labels.astype(np.int64)"
        )
    low, high = int(data.labels.min()), int(data.labels.max())
    if low < 0 or high >= out[0]:
        raise OptionError(
            f"{WHO}: expected labels of {name} from 0 to {out[0] - 1}, as the network gives {out[0]} scores, "
            f"got {low if low < 0 else high}; count classes from 0, or give the network more outputs"
        )
