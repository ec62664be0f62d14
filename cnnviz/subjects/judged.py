"""What trained networks call a face: faces, and faces whose parts are in the wrong places."""

from __future__ import annotations

from typing import ClassVar

from cnnviz.nn.experiments import Point, measured
from cnnviz.nn.experiments.faces import WHOLE, drawn
from cnnviz.subjects.experiment import run_of
from cnnviz.subjects.option import Subject

REARRANGED = (0, 2, 0, 1)


class Judged(Subject):
    """What experiment ``capsules`` found for some contenders.

    Attributes
    ----------
    pictures : list of array, shape (16, 16)
        A face, and one rearranged.
    right, fooled : dict of str to Point
        How often each contender calls faces, and rearranged ones, a face.
    seeds : int
        How many networks there are of each.
    """

    contenders: ClassVar[tuple[str, ...]] = ()
    run = run_of("capsules")

    def prepare(self) -> None:
        """Read what was measured."""
        self.pictures = [drawn(WHOLE), drawn(REARRANGED)]
        result = self.run or measured("capsules")
        (self.chart,) = result.charts
        self.seeds = len(result.seeds)
        self.right, self.fooled = (
            {label: self.chart[label].at(kind) for label in self.contenders} for kind in ("face", "rearranged")
        )

    @staticmethod
    def percent(point: Point) -> float:
        """Return the mean in percent, with one decimal."""
        return round(100 * point.mean, 1)
