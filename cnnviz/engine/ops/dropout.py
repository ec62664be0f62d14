"""Dropout: chance, but one that can be repeated."""

import numpy as np

from cnnviz._checks import Floats, floats, integer, number
from cnnviz.engine.ops.argument import cotangent


def dropout(x: Floats, p: float = 0.5, training: bool = True, *, seed: int = 0) -> Floats:
    """Set cells to zero by chance and scale up the others, so that the expected sum stays.

    ``y = keep * x / (1 - p)``, where each cell of ``keep`` is 0 with chance ``p`` and 1 otherwise.

    Parameters
    ----------
    x
        Any shape.
    p
        The chance of a cell to be dropped, from 0 to 1.
    training
        Without it ``x`` passes unchanged.
    seed
        A whole number from 0. The same seed and shape drop the same cells, in `dropout_vjp` too; take another for each
        step of a training.

    Returns
    -------
    array
        The shape of ``x``.

    Raises
    ------
    OptionError
        If an argument is outside what it may be.

    Examples
    --------
    >>> dropout(np.ones(8), 0.5, seed=1)
    array([2., 2., 0., 2., 0., 0., 2., 0.])

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout: a simple way to prevent neural networks from
    overfitting, 2014, section 4.
    """
    return np.asarray(x * _mask("dropout", x, p, training, seed))


def dropout_vjp(dy: Floats, x: Floats, p: float = 0.5, training: bool = True, *, seed: int = 0) -> tuple[Floats]:
    """Let the gradient through where `dropout` with the same seed kept the cell, scaled as it was.

    Examples
    --------
    >>> dropout_vjp(np.ones(8), np.zeros(8), 0.5, seed=1)
    (array([2., 2., 0., 2., 0., 0., 2., 0.]),)
    """
    who = "dropout_vjp"
    mask = _mask(who, x, p, training, seed)
    return (np.asarray(cotangent(who, dy, x, x.shape) * mask),)


def _mask(who: str, x: Floats, p: float, training: bool, seed: int) -> Floats:
    x = floats(who, "x", x)
    chance = number(who, "p", p, 0, 1)
    generator = np.random.default_rng(integer(who, "seed", seed, 0))
    if not training or chance == 0:
        return np.ones((), x.dtype)
    keep = np.asarray(generator.random(x.shape)) >= chance
    return keep.astype(x.dtype) / np.asarray(1 - chance or 1, x.dtype)
