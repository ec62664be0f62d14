"""What part of a whole some cells hold, written beside the maps of which it is told."""

from __future__ import annotations

from typing import Any

from cnnviz.stage.language import say
from cnnviz.stage.pictures.reckoning import Reckoning
from cnnviz.subjects.number import relation


class Shares(Reckoning):
    """Lines of arithmetic that stay written wherever they travel.

    Attributes
    ----------
    told : list of runs
        What each line says, as texts and roles.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.told: list[tuple[tuple[str, str], ...]] = []

    def draw(self, cell: float) -> None:
        """Write the lines again, at their new place."""
        super().draw(cell)
        self.put(*(self.line(number, runs) for number, runs in enumerate(self.told)))

    def tell(self, scene: Any, *runs: tuple[str, str]) -> None:
        """Let another line appear."""
        self.told.append(runs)
        self.reckon(scene, len(self.told) - 1, *runs)


def lot(part: int, whole: int) -> str:
    """Write a part of a whole in percent.

    >>> lot(9, 25), lot(49, 81)
    ('9 of 25 = 36 %', '49 of 81 ≈ 60 %')
    """
    share = 100 * part / whole
    said = say("{part} of {whole}", part=part, whole=whole)
    return f"{said} {relation(share, f'{share:.0f}')} {share:.0f} %"
