"""Scores on their way to shares, to a loss, and back as gradients; and a few steps against these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.engine import cross_entropy_vjp, log_softmax, softmax
from cnnviz.errors import OptionError
from cnnviz.subjects.kinds import Integer, Many, Number
from cnnviz.subjects.option import Option, Subject

LARGEST = 10
"""Of scores and constant: what is made of larger ones cannot be written in a cell."""
STEPS = 10
Floats = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class State:
    """Scores, and what softmax and cross-entropy make of them.

    Attributes
    ----------
    scores, powers, shares : array, shape (C,)
        ``s``, ``e^s``, and the powers divided by their ``total``.
    losses : array, shape (C,)
        ``-ln p``: what the loss would be if that class were the right one.
    gradient : array, shape (C,)
        Of the loss for the scores: ``p - y``.
    """

    scores: Floats
    powers: Floats
    shares: Floats
    losses: Floats
    gradient: Floats

    @property
    def columns(self) -> tuple[Floats, ...]:
        """Scores, powers, shares, losses and gradient, class by class."""
        return self.scores, self.powers, self.shares, self.losses, self.gradient

    @property
    def total(self) -> float:
        """The sum of all powers."""
        return float(self.powers.sum())


class Softmax(Subject):
    """Scores of some classes, one of which is right.

    Attributes
    ----------
    state, moved : State
        As they are, and with the constant added to every score.
    factor : float
        What the constant multiplies every power by.
    steps : list of State
        After each of `STEPS` steps of size 1 against the gradient.
    every : array
        All numbers of all of these.

    Examples
    --------
    >>> softmax = Softmax()
    >>> softmax.state.shares.round(3).tolist(), softmax.state.gradient.round(3).tolist()
    ([0.644, 0.237, 0.087, 0.032], [0.644, -0.763, 0.087, 0.032])
    >>> round(float(softmax.state.losses[softmax.label]), 2)
    1.44
    """

    scores = Option(Many(Number(), least=2, most=5), (2, 1, 0, -1), "What a network gives each class.")
    label = Option(Integer(0, 4), 1, "The right class, counted from 0.")
    constant = Option(Number(), 5, "What is added to every score, to no effect.")

    def prepare(self) -> None:
        """Check, and compute."""
        self._check()
        scores = np.array(self.scores, dtype=float)
        self.state, self.moved = self._state(scores), self._state(scores + self.constant)
        self.factor = float(np.exp(self.constant))
        self.steps, state = list[State](), self.state
        for _ in range(STEPS):
            state = self._state(state.scores - state.gradient)
            self.steps.append(state)
        self.every = np.concatenate(
            [column for state in (self.state, self.moved, *self.steps) for column in state.columns]
        )

    def _check(self) -> None:
        for name, values in (("scores", self.scores), ("constant", (self.constant,))):
            if max(map(abs, values)) > LARGEST:
                raise OptionError(f"{name}: expected numbers from -{LARGEST} to {LARGEST}, got larger ones")
        if self.label >= len(self.scores):
            last = len(self.scores) - 1
            raise OptionError(f"label: expected one of the classes 0 to {last}, got {self.label}; give it a score")

    def _state(self, scores: Floats) -> State:
        batch = scores[None]
        (gradient,) = cross_entropy_vjp(np.array(1.0), batch, np.array([self.label]))[:1]
        return State(scores, np.exp(scores), softmax(batch)[0], -log_softmax(batch)[0], gradient[0])
