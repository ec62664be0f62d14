"""What an experiment found: what ships, or the JSON of one's own run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cnnviz.data.source import read_bytes, shown
from cnnviz.errors import InputError, OptionError
from cnnviz.nn.experiments import Chart, Result, from_json, measured
from cnnviz.subjects.option import Option

MOST_BYTES = 8 * 2**20


@dataclass(frozen=True)
class ResultKind:
    """A file that ``cnnviz experiment NAME --json`` wrote, or a `Result`; it has to be that of one experiment.

    Examples
    --------
    >>> ResultKind("overfitting").read("run", measured("overfitting")).name
    'overfitting'
    """

    experiment: str
    metavar: str = "FILE.json"

    def read(self, name: str, value: Any) -> Result:
        """Read and check it."""
        if isinstance(value, Result):
            result, called = value, f"a result of {value.name}"
        elif isinstance(value, str | Path):
            called = shown(str(value))
            result = self._parsed(name, called, read_bytes(name, Path(value), MOST_BYTES))
        else:
            raise OptionError(f"{name}: expected a file or a result, got {type(value).__name__}; name a JSON file")
        if not self._fits(result):
            raise self._wrong(name, called)
        return result

    def offers(self) -> tuple[str, ...]:
        """Offer nothing: files are completed by the shell."""
        return ()

    def _parsed(self, name: str, called: str, data: bytes) -> Result:
        try:
            return from_json(data.decode("utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise self._wrong(name, called) from None

    def _fits(self, result: Result) -> bool:
        """Whether it has the charts, the contenders and as many values as it should, all of them numbers."""
        ours = measured(self.experiment)
        if result.name != self.experiment or len(result.charts) != len(ours.charts) or not result.seeds:
            return False
        return all(map(self._alike, result.charts, ours.charts, [len(result.seeds)] * len(ours.charts)))

    @staticmethod
    def _alike(chart: Chart, ours: Chart, seeds: int) -> bool:
        if [series.label for series in chart.series] != [series.label for series in ours.series]:
            return False
        places = {tuple(point.at for point in series.points) for series in chart.series}
        points = [point for series in chart.series for point in series.points]
        numbers = [value for point in points for value in point.values]
        return (
            len(places) == 1
            and bool(points)
            and all(len(point.values) == seeds for point in points)
            and all(type(point.at) is type(ours.places[0]) for point in points)
            and all(isinstance(value, float | int) and math.isfinite(value) for value in numbers)
        )

    def _wrong(self, name: str, called: str) -> InputError:
        return InputError(
            f"{name}: expected what `cnnviz experiment {self.experiment} --json` writes, got {called}; run it again"
        )


def run_of(experiment: str) -> Option[Result | None]:
    """Declare the option that takes one's own run of an experiment; without it what ships is told."""
    return Option(ResultKind(experiment), None, f"Your own: a file of `cnnviz experiment {experiment} --json`.")
