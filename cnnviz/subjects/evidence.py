"""What scenes on evidence are about: which parts of a picture an answer comes from."""

from __future__ import annotations

from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from cnnviz.errors import OptionError
from cnnviz.nn import inside
from cnnviz.subjects.inside import FINEST, LONGEST, Inside
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option
from cnnviz.subjects.seen import Seen

PLACES, IN_ROW = (12, 9, 7, 5), (48, 36, 24, 12)  # of the cover along each axis, or a row: as many as can be computed
MOST_STEPS, A_NUMBER = 6 * 10**10, 100  # multiplications for all of them; as many as it takes to write one down
MOST_COMBINED, MOST_OTHERS = 8, 24  # maps whose weights are shown, and of the others


class Evidence(Inside):
    """A network that gives one answer for a picture; scores that softmax turns into shares are asked about."""

    answer = Option(Integer(), None, "The class asked about, by its number; what the network answers if left out.")

    def prepare(self) -> None:
        """Send the picture through, and choose the class."""
        super().prepare()
        if self.seen.answer is None or self.seen.shares is None:
            raise OptionError(
                f"network: expected one that gives a score for each class, got {self.network.name}, which does not "
                f"choose one for the whole picture"
            )
        classes = len(self.seen.shares)
        self.chosen = self.seen.answer if self.answer is None else self.answer
        if not 0 <= self.chosen < classes:
            raise OptionError(f"answer: expected a class from 0 to {classes - 1}, got {self.chosen}; choose one")
        self.x = self.seen.record.input
        self.name = self.seen.called(self.chosen)
        self.share = float(self.seen.shares[self.chosen])


class GradCam(Evidence):
    """Grad-CAM: the last maps, what each is worth to the class, and their sum.

    Attributes
    ----------
    layer : str
        Whose maps.
    order : tuple of int
        The maps that add most, from 0.
    maps, weights : array
        These maps, and all weights.
    parts, sofar : array
        What each of these maps adds, and the sum after it.
    others : array
        What the maps add that are not among these; of many, the first.
    peak : (int, int)
        Where the sum of all is largest.
    summed, heat : array
        The weighted sum of all maps, and what of it is positive.

    Examples
    --------
    >>> subject = GradCam()
    >>> subject.layer, subject.maps.shape, subject.heat.shape
    ('relu3', (8, 8, 8), (8, 8))
    >>> bool(np.allclose(subject.heat, np.maximum(subject.summed, 0)))
    True
    """

    network = Inside.network.but("scattered-cnn")
    image = Inside.image.but("digit:7")

    def prepare(self) -> None:
        """Weigh the maps of the last layer that has some."""
        super().prepare()
        if not self.seen.stages:
            raise OptionError("network: expected one with maps of 3 × 3 cells or more, got none; nothing to weigh")
        self.layer = self.seen.stages[-1]
        found = inside.grad_cam(self.seen.network, self.x, self.layer, self.chosen)
        self.weights: NDArray[np.floating] = found.weights[0].astype(float)
        maps = found.activations[0].astype(float)
        added = np.abs(self.weights) * np.abs(maps).mean(axis=(1, 2))
        self.order = tuple(np.argsort(-added, kind="stable")[:MOST_COMBINED].tolist())
        self.maps = maps[list(self.order)]
        self.total = len(maps)
        self.parts: NDArray[np.floating] = self.weights[list(self.order)][:, None, None] * self.maps
        others = [index for index in range(self.total) if index not in self.order][:MOST_OTHERS]
        self.others: NDArray[np.floating] = self.weights[others][:, None, None] * maps[others]
        self.sofar: NDArray[np.floating] = np.cumsum(self.parts, axis=0)
        self.summed, self.heat = found.weighted[0].astype(float), found.heat[0].astype(float)
        row, column = np.unravel_index(int(self.summed.argmax()), self.summed.shape)
        self.peak = int(row), int(column)
        most = LONGEST if maps.shape[1] == 1 else FINEST
        if max(maps.shape[1:]) > most:
            raise OptionError(
                f"network: expected last maps of at most {most} cells a side, got {maps.shape[1]} × {maps.shape[2]}"
            )


class Occlusion(Evidence):
    """A cover of the picture's mean that lies on every place in turn, and what the score loses.

    Attributes
    ----------
    size, stride : (int, int)
        Of the cover and its steps.
    score : float
        Of the whole picture.
    drop : array
        Score of the whole picture less that of the covered one, for each place.

    Examples
    --------
    >>> subject = Occlusion()
    >>> subject.size, subject.stride, subject.drop.shape
    ((2, 2), (1, 1), (7, 7))
    """

    def prepare(self) -> None:
        """Cover every place."""
        super().prepare()
        sides, summary = self.x.shape[2:], self.seen.network.summary(self.network.input)
        cost = summary.macs + A_NUMBER * sum(prod(row.output) for row in summary)
        ways, axes = (IN_ROW, 1) if self.network.is_row else (PLACES, 2)
        places = next((count for count in ways if count**axes * cost <= MOST_STEPS), 0)
        if not places:
            raise OptionError(
                f"network: expected one that can be asked {ways[-1] ** axes} times, got {self.network.name}, which "
                f"takes {summary.macs:,} multiplications each time; give it a smaller input"
            )
        self.stride = tuple(max(1, -(-side // (places + 1))) for side in sides)
        self.size = tuple(min(side, 2 * step) for side, step in zip(sides, self.stride, strict=True))
        self.score = float(self.seen.record.output.ravel()[self.chosen])
        self.drop = _drop(self.seen, self.chosen, self.size, self.stride)


@lru_cache(maxsize=1)
def _drop(seen: Seen, chosen: int, size: tuple[int, ...], stride: tuple[int, ...]) -> NDArray[np.floating]:
    x = seen.record.input
    found = inside.occlusion(seen.network, x, chosen, size=size, stride=stride, value=float(x.mean()))
    drop: NDArray[np.floating] = found.drop[0].astype(float)
    return drop
