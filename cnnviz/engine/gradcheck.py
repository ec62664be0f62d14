"""Check a gradient against nothing but the values of its function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from cnnviz._checks import Floats, number
from cnnviz.errors import CnnvizError, OptionError

Float64 = npt.NDArray[np.float64]

_SEED = 271828  # an unusual one: a dy equal to the caller's x would hide what a normalization takes out


class GradientError(CnnvizError, AssertionError):
    """A gradient that the values of its function contradict."""


@dataclass(frozen=True, slots=True, eq=False)
class Gradcheck:
    """What `gradcheck` compared, one entry for each argument; None for those without a gradient."""

    analytic: tuple[Float64 | None, ...]
    """What ``f_vjp`` gave."""
    numeric: tuple[Float64 | None, ...]
    """The differences of ``f``."""
    dy: Float64
    """The gradient of the output that both started from."""

    @property
    def error(self) -> float:
        """The greatest difference between the two, as a part of the greatest gradient of its argument."""
        worst = 0.0
        for analytic, numeric in zip(self.analytic, self.numeric, strict=True):
            if analytic is not None and numeric is not None and analytic.size:
                worst = max(worst, float(abs(analytic - numeric).max() / max(abs(numeric).max(), 1e-300)))
        return worst


def gradcheck(
    f: Callable[..., Any],
    f_vjp: Callable[..., tuple[Any, ...]],
    *args: Any,
    step: float = 1e-4,
    tolerance: float = 1e-5,
    **options: Any,
) -> Gradcheck:
    """Compare a gradient with the differences of its function, number by number.

    Every number ``a`` of every float array is moved by ``h`` both ways, and
    ``(sum(dy * f(a + h)) - sum(dy * f(a - h))) / 2h`` must be what ``f_vjp(dy, ...)`` says, for one ``dy`` of random
    numbers, always the same. All is computed in float64, with ``h`` and ``h / 2`` so that the error of the differences
    is known and mostly cancels.

    Parameters
    ----------
    f
        Takes ``args`` and ``options`` and returns one array.
    f_vjp
        Takes ``dy``, ``args`` and ``options`` and returns the gradients of the arrays among ``args`` in order; None for
        an array of whole numbers, or where None stands for an array.
    args
        Arrays and other positional arguments. Choose them off the corners, such as ReLU's at 0 or equal numbers in a
        window of max pooling: there differences mean nothing.
    step
        ``h`` for numbers up to 1 in size; larger ones move in proportion.
    tolerance
        How much of itself a gradient may be off, beside the error of the differences.
    options
        Keyword arguments for both.

    Returns
    -------
    Gradcheck
        Both gradients, for those who want to look.

    Raises
    ------
    GradientError
        If a gradient is wrong anywhere, missing or of another shape, or ``f_vjp`` changes an argument.
    OptionError
        If ``f`` does not return one float array, or an argument is outside what it may be.

    Examples
    --------
    >>> def cube(x):
    ...     return x**3
    >>> gradcheck(cube, lambda dy, x: (dy * 3 * x**2,), np.array([1.0, 2.0])).error < 1e-9
    True
    >>> gradcheck(cube, lambda dy, x: (dy * 3.0015 * x**2,), np.array([1.0, 2.0]))  # wrong by 0.05 %
    Traceback (most recent call last):
        ...
    cnnviz.engine.gradcheck.GradientError: gradcheck: expected 7.61136 at args[0][1], got 7.61516 from f_vjp, ...

    References
    ----------
    Goodfellow, Bengio and Courville, Deep learning, 2016, section 11.5.
    """
    who = "gradcheck"
    reach, tolerance = number(who, "step", step, 1e-12, 1.0), number(who, "tolerance", tolerance, 0.0, 1.0)
    exact = [value.astype(np.float64) if _varies(value) else value for value in args]
    y = f(*exact, **options)
    if not isinstance(y, np.ndarray | np.floating) or y.dtype != np.float64:
        raise OptionError(
            f"{who}: expected f to return one array of float64 for arguments of float64, "
            f"got {getattr(y, 'dtype', type(y).__name__)}; wrap f so that it returns the array to check"
        )
    dy = np.asarray(np.random.default_rng(_SEED).standard_normal(y.shape))
    lent = [value.copy() if _varies(value) else value for value in exact]
    analytic = _gradients(f_vjp(dy.copy(), *lent, **options), exact)
    for place, (value, after) in enumerate(zip(exact, lent, strict=True)):
        if _varies(value) and not np.array_equal(value, after, equal_nan=True):
            raise GradientError(f"{who}: expected f_vjp to leave args[{place}] as it is, got it changed; copy it first")
    numeric: list[Float64 | None] = [None] * len(exact)
    for place, value in enumerate(exact):
        if _varies(value):

            def moved(other: Float64, place: int = place) -> Float64:
                return np.array(f(*exact[:place], other, *exact[place + 1 :], **options))  # f may return a view

            numeric[place], slack = _differences(moved, dy, value, reach)
            _compare(place, analytic[place], numeric[place], slack, tolerance)
    return Gradcheck(tuple(analytic), tuple(numeric), dy)


def _varies(value: object) -> TypeGuard[Floats]:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _gradients(given: object, args: list[Any]) -> list[Float64 | None]:
    """Match what ``f_vjp`` gave with the arrays among the arguments; None holds the place of an array left out."""
    places = [place for place, value in enumerate(args) if value is None or isinstance(value, np.ndarray)]
    if not isinstance(given, tuple) or any(extra is not None for extra in given[len(places) :]):
        raise GradientError(
            f"gradcheck: expected f_vjp to return a tuple of at most {len(places)} gradients, one for each array, "
            f"got {f'{len(given)} of them' if isinstance(given, tuple) else type(given).__name__}; "
            f"return (dx,) for a single one"
        )
    gradients: list[Float64 | None] = [None] * len(args)
    for place, gradient in zip(places, [*given, *[None] * len(places)], strict=False):
        value = args[place]
        if not _varies(value):
            continue
        if np.shape(gradient) != value.shape or gradient is None:
            raise GradientError(
                f"gradcheck: expected a gradient of shape {value.shape} for args[{place}], "
                f"got {'None' if gradient is None else np.shape(gradient)}; return a number for each of args[{place}]"
            )
        gradients[place] = np.asarray(gradient, np.float64)
    return gradients


def _differences(f: Callable[[Float64], Float64], dy: Float64, value: Floats, step: float) -> tuple[Float64, Float64]:
    """Return the gradient of ``sum(dy * f(value))`` by differences, and how much it may be off."""
    gradient, slack = np.zeros(value.shape), np.zeros(value.shape)
    moved = np.array(value, np.float64)
    for at in np.ndindex(*value.shape):
        center = float(moved[at])
        slopes, rounding = [], 0.0
        for part in (1.0, 0.5):
            ends = []
            for side in (1, -1):
                moved[at] = center + side * part * step * max(1.0, abs(float(center)))
                ends.append((moved[at], f(moved)))
            moved[at] = center
            (right, high), (left, low) = ends
            slopes.append(float((dy * (high - low)).sum() / (right - left)))
            touched = np.where(high != low, np.abs(high) + np.abs(low), 0)
            rounding = float((np.abs(dy) * touched).sum() / (right - left)) * 16 * np.finfo(np.float64).eps
        # The error goes with the square of the step, so the half step's is a third of the difference of the two.
        gradient[at] = (4 * slopes[1] - slopes[0]) / 3
        slack[at] = abs(slopes[1] - slopes[0]) / 3 + rounding
    # Where f cancels, a gradient far below the others drowns in the rounding of what was cancelled.
    return gradient, slack + 1e-9 * np.abs(gradient).max(initial=0)


def _compare(place: int, analytic: Float64 | None, numeric: Float64 | None, slack: Float64, tolerance: float) -> None:
    assert analytic is not None
    assert numeric is not None
    wrong = ~(np.abs(analytic - numeric) <= tolerance * np.abs(numeric) + slack)
    if not wrong.any():
        return
    excess = np.where(wrong, np.abs(analytic - numeric), -1)
    at = np.unravel_index(int(np.argmax(np.where(np.isnan(excess), np.inf, excess))), wrong.shape)
    off = abs(analytic[at] - numeric[at]) / abs(numeric[at]) if numeric[at] else np.inf
    raise GradientError(
        f"gradcheck: expected {numeric[at]:.6g} at args[{place}][{', '.join(map(str, at))}], got {analytic[at]:.6g} "
        f"from f_vjp, off by {100 * off:.2g} %, the worst of {wrong.sum()} wrong of {wrong.size}; "
        f"correct f_vjp, or move the argument off a corner of f"
    )
