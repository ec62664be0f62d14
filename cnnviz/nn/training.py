"""Training: batches, losses, gradients and steps, the same bytes for the same seed."""

from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np

from cnnviz._checks import integer
from cnnviz.data.split import Examples
from cnnviz.engine import cross_entropy
from cnnviz.errors import OptionError, ShapeError
from cnnviz.nn.arrays import check_name
from cnnviz.nn.augment import Augment
from cnnviz.nn.course import WHO, Course, DivergedError, run_epoch
from cnnviz.nn.history import Epoch, History, Score
from cnnviz.nn.layer import Layer
from cnnviz.nn.moment import Best, Moment
from cnnviz.nn.optimizer import Adam, Optimizer
from cnnviz.nn.resume import load_moment, save_moment, settings
from cnnviz.nn.schedule import Schedule

__all__ = ["DivergedError", "evaluate", "fit"]


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
    progress: Callable[[int, int], object] | None = None,
    checkpoint: str | Path | None = None,
    resume: str | Path | None = None,
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
    progress
        Called after each step with how many steps are done, and how many there are when it is not stopped early.
    checkpoint
        An ``.npz`` file to write when Ctrl-C (or `SystemExit`) stops the training; the step under way is undone first,
        in the network too.
    resume
        A file that a training with the same arguments wrote when it was stopped. The training goes on from there, to
        the same bytes as if it had not been stopped; the present weights of the network do not matter.

    Returns
    -------
    History
        Losses, accuracies, gradient norms and snapshots.

    Raises
    ------
    ShapeError, OptionError
        If an argument does not fit, labels are no classes of the network, all examples are of one class, or the
        training in ``resume`` was started with others.
    InputError
        If the file in ``resume`` is damaged, something else, or of another network.
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
    target = None if checkpoint is None else Path(checkpoint)
    if target is not None:
        check_name(WHO, target, (".npz",))

    def made_with() -> dict[str, str]:
        others = {"schedule": schedule, "augment": augment, "patience": limit, "keep_best": keep_best}
        kept = {"snapshots": ", ".join(snapshots) or "none"}
        return settings(seed, size, optimizer, {**others, **kept}, {"data": data, "validation": validation})

    course = Course(network, optimizer, generator, total, progress)
    if resume is not None:
        course.moment = load_moment(network, optimizer, made_with(), len(data), Path(resume))
        course.back()
    try:
        while len(course.moment.epochs) < total and not _waited(course.moment, limit):
            number = len(course.moment.epochs) + 1
            factor = 1.0 if schedule is None else schedule.factor(course.moment.losses)
            score, norms = run_epoch(course, data, factor, size, augment, number)
            checked = None if validation is None else evaluate(network, validation)
            taken = {name: parameters[name].array(WHO) for name in snapshots}
            epoch = Epoch(number, optimizer.lr * factor, score, checked, norms, taken)
            best, loss = course.moment.best, (checked or score).loss
            if best is None or loss < best.loss:
                kept = {name: parameter.array(WHO) for name, parameter in parameters.items()} if keep_best else {}
                best = Best(loss, number, kept)
            course.reach((*course.moment.epochs, epoch), best)
            if callback is not None:
                callback(epoch)
    except (KeyboardInterrupt, SystemExit):
        course.back()
        if target is not None:
            save_moment(course.moment, made_with(), target)
        raise
    moment = course.moment
    assert moment.best is not None  # there was at least one epoch
    for name, values in moment.best.weights.items():
        parameters[name].values = values
    return History(moment.epochs, moment.best.number, len(moment.epochs) < total)


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


def _waited(moment: Moment, patience: int | None) -> bool:
    return patience is not None and moment.best is not None and len(moment.epochs) - moment.best.number >= patience


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
