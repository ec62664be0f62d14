"""Neighbors: where they come to lie in one line, and what networks lose when the pixels are shuffled, as measured."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.nn.experiments import Point, measured
from cnnviz.nn.experiments.shuffling import CNN, MLP, PLAIN, SHUFFLED
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

USUAL = 16  # pixels along the longer side of a photo


class Neighbors(Subject):
    """A picture, two of its pixels that touch, the picture shuffled, and what experiment ``shuffling`` found.

    Examples
    --------
    >>> s = Neighbors(image="blackboard")
    >>> (row, column), below = s.pair
    >>> s.index(below) - s.index((row, column)), s.shuffled.shape
    (5, (5, 5))
    >>> [round(s.lead(place), 1) for place in s.places]
    [1.8, 0.5]
    """

    image = Convolution.image
    size = Convolution.size
    seed = Option(Integer(), 0, "Of the order that the pixels are shuffled in.")
    run = run_of("shuffling")

    places = PLAIN, SHUFFLED

    def prepare(self) -> None:
        """Load, shuffle, and read the numbers."""
        self.picture = subject_picture(self.image, self.size, usual=USUAL)
        self.values: NDArray[Any] = self.picture.values[0]
        self.order = np.random.default_rng(self.seed).permutation(self.values.size)
        self.shuffled = self.values.ravel()[self.order].reshape(self.values.shape)
        result = self.run or measured("shuffling")
        (self.accuracy,) = result.charts
        self.seeds, self.setting = len(result.seeds), result.setting

    @property
    def pair(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The brightest two pixels of which one lies below the other; in a picture of one row, beside it."""
        values = self.values
        step = (1, 0) if len(values) > 1 else (0, 1)
        both = values[: len(values) - step[0], : values.shape[1] - step[1]] + values[step[0] :, step[1] :]
        row, column = (int(i) for i in np.unravel_index(both.argmax(), both.shape))
        return (row, column), (row + step[0], column + step[1])

    def origin(self, cell: tuple[int, int]) -> tuple[int, int]:
        """Say where a pixel of the shuffled picture comes from."""
        row, column = divmod(int(self.order[self.index(cell)]), self.values.shape[1])
        return row, column

    def index(self, cell: tuple[int, int]) -> int:
        """Say where a pixel comes to lie in the line."""
        return int(cell[0] * self.values.shape[1] + cell[1])

    def percent(self, network: str, place: str) -> str:
        """Write the mean accuracy in percent as `said` does."""
        return self.said(self.accuracy[network].at(place)).split()[0]

    @staticmethod
    def said(point: Point) -> str:
        """Write mean and spread so finely that what shuffling takes is the difference of two means as they stand.

        >>> Neighbors.said(Point("here", (0.5, 0.75, 1.0)))
        '75.00 ± 25.00 %'
        """
        return f"{100 * point.mean:.2f} ± {100 * point.spread:.2f} %"

    def lead(self, place: str) -> float:
        """Say by how many points of percent the CNN is ahead."""
        return 100 * float(self.accuracy[CNN].at(place).mean - self.accuracy[MLP].at(place).mean)

    def change(self, network: str) -> float:
        """Say how many points of percent shuffling takes from a network, with one decimal."""
        return round(100 * float(self.accuracy[network].at(PLAIN).mean - self.accuracy[network].at(SHUFFLED).mean), 1)
