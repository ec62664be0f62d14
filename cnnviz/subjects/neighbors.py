"""Neighbors: where they come to lie in one line, and what networks lose when the pixels are shuffled, as measured."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnviz.data.split import digits_split
from cnnviz.nn.experiments import measured
from cnnviz.nn.experiments.shuffling import CNN, MLP, PLAIN, SHUFFLED
from cnnviz.subjects.convolution import Convolution
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.kinds import Integer
from cnnviz.subjects.option import Option, Subject
from cnnviz.subjects.picture import subject_picture

USUAL, WINDOW = 16, 3  # pixels along the longer side of a photo; cells a side of a small window


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
    >>> s.misread("CNN", "as they are"), s.read
    ((5, 4, 4, 7, 6), 1775)
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
        self.digits = len(digits_split().test)
        self.read = self.digits * self.seeds

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

    def misread(self, network: str, place: str) -> tuple[int, ...]:
        """Count the digits that a network did not read, for each seed."""
        return tuple(round(self.digits * (1 - share)) for share in self.accuracy[network].at(place).values)

    def lead(self, place: str) -> float:
        """Say by how many points of percent the CNN is ahead."""
        return 100 * float(self.accuracy[CNN].at(place).mean - self.accuracy[MLP].at(place).mean)

    def around(self, cell: tuple[int, int]) -> tuple[int, int]:
        """Say where a window of `WINDOW` cells a side lies that has a pixel in its middle, or is at the edge."""
        row, column = (max(0, min(at - 1, most - WINDOW)) for at, most in zip(cell, self.values.shape, strict=True))
        return row, column

    def parted(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        """Say whether there are windows of `WINDOW` cells a side, and none of them holds two pixels."""
        away = max(abs(a - b) for a, b in zip(one, other, strict=True))
        return min(self.values.shape) >= WINDOW and away >= WINDOW
