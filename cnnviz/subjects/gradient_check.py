"""Checking a gradient: one weight of the small network is nudged, and the loss says what its slope is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.digits import PEAK
from cnnviz.engine import cross_entropy, cross_entropy_vjp
from cnnviz.errors import InputError
from cnnviz.nn import Sequential, zoo
from cnnviz.subjects.forward import Forward
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.number import cell_text
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import PictureKind

DIGITS = 9  # of a slope that is written
SMALLEST = 12  # the last nudge is 1e-12
LAYER = "conv1.weight"
OFF = 1.01  # times the gradient: a wrong formula
_POINTS, _BEYOND = 41, 1.25  # of a view, and how far it goes, in nudges
_STEPS = 10  # in which one comes ten times nearer
_WHO = "gradient check"
Kind = type[np.float32] | type[np.float64]


@dataclass(frozen=True)
class Nudge:
    """What the loss is after a nudge of the weight by ``h`` to either side.

    Attributes
    ----------
    h, up, down : float
        The nudge, and the loss after it.
    slope, error : float
        ``(up - down) / 2h``, and how far that is from the gradient.
    """

    h: float
    up: float
    down: float
    slope: float
    error: float

    def told(self, decimals: int) -> str:
        """Write the slope with as many digits as losses of so many decimals tell.

        >>> Nudge(0.1, 1.25, 1.0, 1.25, 0.0).told(4), Nudge(1e-3, 1.0021, 1.0, 1.05, 0.0).told(4)
        ('1.25', '1')
        """
        certain = max(0, decimals - 1 + round(np.log10(self.h)))
        return cell_text(round(self.slope, certain), DIGITS)


@dataclass(frozen=True)
class View:
    """The loss around the weight: how far from the weight, in nudges of ``h``, and the loss there."""

    h: float
    offsets: list[float]
    losses: list[float]


class GradientCheck(Subject):
    """A picture that the small network reads, its loss, and the gradient of one weight by formula and by nudges.

    Attributes
    ----------
    ink : array, shape (8, 8)
    truth, answer : int
        What it is, and what it is read as.
    loss, gradient : float
        By the network in float64.
    filter : array, shape (3, 3)
        The filter of the first layer that has the weight.
    cell : (int, int)
        Where in it the weight is: the one whose gradient is the largest.
    nudges, coarse : list of Nudge
        With h = 1, 0.1, 0.01, ..., in float64 and in float32.

    Examples
    --------
    >>> subject = GradientCheck()
    >>> subject.truth, subject.answer, round(subject.loss, 2), round(subject.gradient, 4)
    (9, 3, 4.27, 2.0991)
    >>> best = min(subject.nudges, key=lambda nudge: nudge.error)
    >>> best.h, best.error < 1e-10
    (1e-05, True)
    """

    image = Option(PictureKind(), None, "A digit, or a picture that is made 8 x 8; a misread digit if left out.")
    label = Option(Integer(0, 9), None, "What it is; what the network takes it for, if nobody knows.")

    def prepare(self) -> None:
        """Load, compute, and nudge."""
        forward = Forward() if self.image is None else Forward(self.image)
        seen, known = forward.seen, forward.label
        if self.image is None and forward.mistake is not None:
            seen, known = forward.mistake
        assert seen.answer is not None
        self.ink, self.answer = seen.picture.values[0], seen.answer
        known = self.answer if known is None else known
        self.truth = known if self.label is None else self.label
        self._networks = {kind: _network(kind) for kind in (np.float64, np.float32)}
        gradients = self._gradients()
        filters, rows, columns = len(gradients), *gradients.shape[2:]
        number, row, column = np.unravel_index(int(np.abs(gradients).argmax()), (filters, rows, columns))
        self.cell, self._at = (int(row), int(column)), (int(number), 0, int(row), int(column))
        self.filter = self._weights(np.float64)[self._at[0], 0].copy()
        self.gradient, self.loss = float(gradients[self._at]), self.losses([0.0])[0]
        if not self.gradient:
            raise InputError(f"{_WHO}: expected a picture whose loss can move, got a gradient of 0; choose another one")
        self.nudges, self.coarse = self._nudged(np.float64), self._nudged(np.float32)

    @property
    def astray(self) -> list[float]:
        """How far the slopes of the nudges are from a formula that is off by a hundredth."""
        return [abs(nudge.slope - OFF * self.gradient) for nudge in self.nudges]

    def losses(self, offsets: Iterable[float], kind: Kind = np.float64) -> list[float]:
        """Return the loss with the weight moved by each of some offsets."""
        network, weights, found = self._networks[kind], self._weights(kind), list[float]()
        x: NDArray[np.floating] = np.asarray(self.ink[None, None] / PEAK, kind)
        here = weights[self._at]
        for offset in offsets:
            weights[self._at] = here + kind(offset)
            found.append(float(cross_entropy(network.forward(x), np.array([self.truth]))))
        weights[self._at] = here
        return found

    def view(self, h: float, *, coarse: bool = False) -> View:
        """Look at the loss as far as a nudge goes, and a little further; in float32, if ``coarse``."""
        offsets = np.linspace(-_BEYOND, _BEYOND, _POINTS)  # -1 and 1 among them
        losses = self.losses((offsets * h).tolist(), np.float32 if coarse else np.float64)
        return View(h, offsets.tolist(), losses)

    def nearer(self, number: int) -> list[View]:
        """Return views on the way from the nudge before to this one."""
        h = self.nudges[number].h
        return [self.view(h * 10.0 ** (step / _STEPS)) for step in range(_STEPS - 1, 0, -1)] if number else []

    def _nudged(self, kind: Kind) -> list[Nudge]:
        nudges = []
        for zeros in range(SMALLEST + 1):
            h = 10.0**-zeros
            up, down = self.losses([h, -h], kind)
            slope = (up - down) / (2 * h)
            nudges.append(Nudge(h, up, down, slope, abs(slope - self.gradient)))
        return nudges

    def _gradients(self) -> NDArray[np.floating]:
        network = self._networks[np.float64]
        record = network.forward(np.asarray(self.ink[None, None] / PEAK, np.float64), record=True)
        (dy,) = cross_entropy_vjp(np.array(1.0), record.output, np.array([self.truth]))[:1]
        return network.backward(dy, record).parameters()[LAYER]

    def _weights(self, kind: Kind) -> NDArray[np.floating]:
        return self._networks[kind].parameters()[LAYER].array(_WHO)


def _network(kind: Kind) -> Sequential:
    network = zoo.tiny_cnn(pretrained=True)
    for parameter in network.parameters().values():
        parameter.values = parameter.array(_WHO).astype(kind)
    return network
