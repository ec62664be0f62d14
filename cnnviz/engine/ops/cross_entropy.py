"""Cross-entropy: how surprised the scores are by the right classes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, floats, integer, number, same_dtype
from cnnviz.engine.ops.argument import cotangent, reduce, reduced
from cnnviz.engine.ops.softmax import log_shares
from cnnviz.errors import OptionError, ShapeError

Target = Floats | npt.NDArray[np.integer[Any]]


def cross_entropy(
    x: Floats,
    target: Target,
    weight: Floats | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Floats:
    """Measure how surprised scores are by the right classes.

    ``loss = -log(softmax(x)[target])`` for each example, or ``-sum(target * log(softmax(x)))`` for targets that are
    shares of the classes.

    Parameters
    ----------
    x
        Scores before the softmax: ``(N, C)``, ``(N, C, *spatial)``, or ``(C,)`` for one example.
    target
        The class of each example, whole numbers of the shape of ``x`` without ``C``; or shares, floats of its shape.
    weight
        ``(C,)``: how much each class counts; None for all alike.
    ignore_index
        Examples of this class do not count.
    reduction
        ``mean``, ``sum`` or ``none``. The mean over classes with weights is divided by the weights of the targets.
    label_smoothing
        From 0 to 1: this part of every target is spread over all classes.

    Returns
    -------
    array
        A single number, ``()``; without reduction one for each example.

    Raises
    ------
    ShapeError
        If the shapes do not fit each other.
    OptionError
        If an argument is outside what it may be, or a target is no class.

    Examples
    --------
    >>> x = np.array([[0.0, 0.0], [0.0, np.log(3.0)]])  # shares 1/2 1/2 and 1/4 3/4
    >>> np.exp(-cross_entropy(x, np.array([0, 1]), reduction="none"))
    array([0.5 , 0.75])
    >>> float(cross_entropy(x, np.array([0, 0])) / np.log(2.0))  # halvings: 1 for the first, 2 for the second
    1.5

    References
    ----------
    Goodfellow, Bengio and Courville, Deep learning, 2016, section 6.2.2.3; label smoothing: Szegedy, Vanhoucke, Ioffe,
    Shlens and Wojna, Rethinking the inception architecture for computer vision, 2016, section 7.
    """
    case = _case("cross_entropy", x, target, weight, ignore_index, reduction, label_smoothing)
    return reduce(case.losses(), case.reduction, case.count())


def cross_entropy_vjp(
    dy: Floats | float,
    x: Floats,
    target: Target,
    weight: Floats | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> tuple[Floats, Floats | None, Floats | None]:
    """Return ``(dx, dtarget, dweight)``; ``dx`` is ``softmax(x) - target`` for a single example.

    ``dtarget`` is None for classes, ``dweight`` without weights.

    Examples
    --------
    >>> dx, _, _ = cross_entropy_vjp(1.0, np.array([[0.0, np.log(3.0)]]), np.array([0]))
    >>> dx
    array([[-0.75,  0.75]])
    """
    who = "cross_entropy_vjp"
    case = _case(who, x, target, weight, ignore_index, reduction, label_smoothing)
    losses, count = case.losses(), case.count()
    dy = cotangent(who, dy, x, losses.shape if case.reduction == "none" else ())
    share = dy if case.reduction != "mean" else dy / (count or 1)
    share = np.expand_dims(np.broadcast_to(share, losses.shape), case.axis)
    goal = case.goal()
    weighed = goal * case.each_class()
    dx = share * (np.exp(case.logs) * weighed.sum(axis=case.axis, keepdims=True) - weighed)
    surprise = share * -case.logs
    dtarget = dweight = None
    if case.classes is None:
        dtarget = surprise * case.each_class() * (1 - case.smoothing)
    if weight is not None:
        # A class that no target names has no share in the loss, even where its surprise is infinite.
        parts = np.where(goal == 0, 0, goal * np.where(goal == 0, 0, surprise))
        dweight = case.over_classes(parts)
        if case.classes is not None and case.reduction == "mean" and count:
            dweight -= case.over_classes(case.one_hot()) * (dy * losses.sum() / count**2)
    return dx, dtarget, dweight


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One call of `cross_entropy`, checked."""

    logs: Floats
    """Logarithms of the shares that the scores give, in the shape of the scores."""
    axis: int
    """Where the classes are."""
    classes: npt.NDArray[np.intp] | None
    """The right class of each example, 0 where it is ignored; None if shares are the targets."""
    seen: npt.NDArray[np.bool_]
    """Which examples count."""
    target: Target
    weight: Floats | None
    smoothing: float
    reduction: str

    def each_class(self) -> Floats:
        """Return the weight of each class beside the scores."""
        weight = np.ones(self.logs.shape[self.axis], self.logs.dtype) if self.weight is None else self.weight
        return weight.reshape(-1, *(1,) * (self.logs.ndim - self.axis - 1))

    def one_hot(self) -> Floats:
        """Return the shares that stand for the classes."""
        assert self.classes is not None
        shares = np.zeros_like(self.logs)
        np.put_along_axis(shares, np.expand_dims(self.classes, self.axis), 1, self.axis)
        return shares * np.expand_dims(self.seen, self.axis)

    def goal(self) -> Floats:
        """Return the shares to reach, smoothed."""
        shares = np.asarray(self.target) if self.classes is None else self.one_hot()
        level = self.smoothing / self.logs.shape[self.axis] * np.expand_dims(self.seen, self.axis)
        return np.asarray(shares * (1 - self.smoothing) + level, self.logs.dtype)

    def losses(self) -> Floats:
        """Return the loss of each example."""
        with np.errstate(invalid="ignore"):  # a share of 0 times an infinite surprise is unknown
            if self.classes is None:
                return np.asarray(-(self.goal() * self.each_class() * self.logs).sum(axis=self.axis))
            picked = np.take_along_axis(self.logs, np.expand_dims(self.classes, self.axis), self.axis)
            loss = -np.squeeze(picked, self.axis) * self._weight_of_target() * (1 - self.smoothing)
            if self.smoothing:
                level = self.smoothing / self.logs.shape[self.axis]
                loss = loss - level * (self.logs * self.each_class()).sum(axis=self.axis)
            return np.where(self.seen, loss, np.zeros((), self.logs.dtype))

    def count(self) -> float:
        """Return what the mean divides by."""
        if self.classes is None:
            return self.seen.size
        return float((self._weight_of_target() * self.seen).sum())

    def over_classes(self, parts: Floats) -> Floats:
        """Add up all that belongs to each class."""
        return np.asarray(parts.sum(axis=tuple(axis for axis in range(parts.ndim) if axis != self.axis)))

    def _weight_of_target(self) -> Floats:
        if self.weight is None or self.classes is None:
            return np.ones((), self.logs.dtype)
        return np.asarray(self.weight[self.classes])


def _case(
    who: str,
    x: Floats,
    target: Target,
    weight: Floats | None,
    ignore_index: int,
    reduction: str,
    label_smoothing: float,
) -> _Case:
    x = floats(who, "x", x)
    if x.ndim == 0 or x.size == 0:
        raise ShapeError(
            f"{who}: expected x with scores (N, C, ...) or (C,), got shape {x.shape}; give each class a score"
        )
    axis = min(1, x.ndim - 1)
    examples = (*x.shape[:axis], *x.shape[axis + 1 :])
    ignored = integer(who, "ignore_index", ignore_index, -(2**62))
    if not isinstance(target, np.ndarray) or target.dtype.kind not in "iuf":
        raise OptionError(
            f"{who}: expected target as a numpy array of whole numbers, the classes, or of floats, their shares, "
            f"got {getattr(target, 'dtype', type(target).__name__)}; make one with np.array(target)"
        )
    if target.dtype.kind == "f":
        same_dtype(who, "x", x, "target", floats(who, "target", target))
        expected, kind = x.shape, "one share for each score"
    else:
        expected, kind = examples, "one class for each example"
    if target.shape != expected:
        raise ShapeError(
            f"{who}: expected target of shape {expected}, {kind} in x of shape {x.shape}, got {target.shape}; "
            f"give whole numbers for classes and floats for shares"
        )
    if weight is not None:
        same_dtype(who, "x", x, "weight", floats(who, "weight", weight))
        if weight.shape != (x.shape[axis],):
            raise ShapeError(
                f"{who}: expected weight of shape ({x.shape[axis]},), one number for each class, got {weight.shape}; "
                f"give those numbers or None"
            )
    classes, seen = None, np.ones(examples, bool)
    if target.dtype.kind != "f":
        seen = np.asarray(target != ignored)
        classes = np.where(seen, target, 0).astype(np.intp)
        wrong = (classes < 0) | (classes >= x.shape[axis])
        if wrong.any():
            raise OptionError(
                f"{who}: expected target with classes from 0 to {x.shape[axis] - 1}, as x has {x.shape[axis]} scores, "
                f"got {classes[wrong][0]}; count classes from 0, or set ignore_index to leave some out"
            )
    return _Case(
        log_shares(x, axis),
        axis,
        classes,
        seen,
        target,
        weight,
        number(who, "label_smoothing", label_smoothing, 0, 1),
        reduced(who, reduction),
    )
