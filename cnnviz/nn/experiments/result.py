"""What an experiment found: every number of every seed, and one honest sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, stdev
from typing import Any

from cnnviz.errors import OptionError


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was measured, once for each seed."""

    at: str | float
    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return fmean(self.values)

    @property
    def spread(self) -> float:
        """The sample standard deviation over the seeds; 0 for a single one."""
        return stdev(self.values) if len(self.values) > 1 else 0.0

    def beyond(self, other: Point) -> bool:
        """Whether its mean is greater than another's by more than the spread of either.

        Only then something is said to be better; a smaller lead may be luck of the seeds.

        Examples
        --------
        >>> low, near, far = (Point("here", (mean - 0.1, mean + 0.1)) for mean in (0.5, 0.6, 0.8))
        >>> near.beyond(low), far.beyond(low), low.beyond(far)
        (False, True, False)
        """
        return self.mean - other.mean > max(self.spread, other.spread)

    def above(self, other: Point) -> int:
        """Count the seeds for which it is greater than another."""
        return sum(a > b for a, b in zip(self.values, other.values, strict=True))


@dataclass(frozen=True, slots=True)
class Series:
    """What one contender gave at every place."""

    label: str
    points: tuple[Point, ...]

    def at(self, place: str | float) -> Point:
        """Find what it gave at one place."""
        for point in self.points:
            if point.at == place:
                return point
        raise OptionError(
            f"Series: expected one of the places of {self.label!r} ({', '.join(str(p.at) for p in self.points)}), "
            f"got {place!r}; choose one"
        )


@dataclass(frozen=True, slots=True)
class Chart:
    """One quantity, for all contenders at all places."""

    title: str
    place: str
    """What the places are, with a unit if they have one."""
    quantity: str
    """What the values are; shares are written in percent."""
    series: tuple[Series, ...]
    share: bool = False
    """Whether values go from 0 to 1."""
    log: bool = False
    """Whether they are seen best on a logarithmic axis."""

    def __getitem__(self, label: str) -> Series:
        for series in self.series:
            if series.label == label:
                return series
        raise OptionError(
            f"Chart: expected one of its series ({', '.join(s.label for s in self.series)}), got {label!r}; choose one"
        )

    @property
    def places(self) -> tuple[str | float, ...]:
        """Where was measured."""
        return tuple(point.at for point in self.series[0].points)

    def winner(self, place: str | float) -> str | None:
        """Name the contender that is `beyond` every other one at a place; None if there is no such.

        Examples
        --------
        >>> made = [Series(name, (Point(0, (mean - 0.1, mean + 0.1)),)) for name, mean in (("A", 0.5), ("B", 0.8))]
        >>> Chart("", "", "", tuple(made)).winner(0)
        'B'
        """
        best = max(self.series, key=lambda each: each.at(place).mean)
        others = [each.at(place) for each in self.series if each is not best]
        return best.label if all(best.at(place).beyond(other) for other in others) else None

    def gains(self, place: str | float, than: str) -> tuple[str, ...]:
        """Name all contenders that are `beyond` a certain one at a place, in their order."""
        base = self[than].at(place)
        return tuple(each.label for each in self.series if each.at(place).beyond(base))

    def said(self, point: Point) -> str:
        """Write mean and spread.

        Examples
        --------
        >>> chart = Chart("", "", "accuracy", (), share=True)
        >>> chart.said(Point("here", (0.5, 0.75, 1.0)))
        '75.0 ± 25.0 %'
        """
        if self.share:
            return f"{round(100 * point.mean, 1) + 0.0:.1f} ± {100 * point.spread:.1f} %"  # + 0.0: no minus before 0
        return f"{point.mean:.3g} ± {point.spread:.2g}"

    def rows(self) -> list[list[str]]:
        """Give the table: a row for each place, a column for each contender."""
        head = [self.place, *(series.label for series in self.series)]
        return [head] + [
            [f"{place:g}" if isinstance(place, float | int) else place]
            + [self.said(series.at(place)) for series in self.series]
            for place in self.places
        ]


@dataclass(frozen=True, slots=True)
class Result:
    """What an experiment found.

    Attributes
    ----------
    name : str
        Of the experiment.
    question : str
        What was asked.
    setting : str
        What was measured on, and how long.
    seeds : tuple of int
        Each decides first weights, the order of the examples and whatever else was left to chance in one repetition.
    charts : tuple of Chart
        The numbers.
    finding : str
        One sentence, put together from the numbers whatever they are.
    """

    name: str
    question: str
    setting: str
    seeds: tuple[int, ...]
    charts: tuple[Chart, ...]
    finding: str

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.question}", f"{self.setting} Seeds {_listed(self.seeds)}; mean ± spread."]
        for chart in self.charts:
            rows = chart.rows()
            widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
            lines += ["", f"{chart.title}: {chart.quantity}"]
            for first, *others in rows:
                cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
                lines.append("  ".join([f"{first:<{widths[0]}}", *cells]))
        return "\n".join([*lines, "", self.finding])

    def json(self) -> str:
        """Write everything as one JSON object, with mean and spread beside the values."""
        whole = asdict(self)
        for chart, mine in zip(whole["charts"], self.charts, strict=True):
            for series, own in zip(chart["series"], mine.series, strict=True):
                for point, this in zip(series["points"], own.points, strict=True):
                    point |= {"mean": this.mean, "spread": this.spread}
        return json.dumps(whole, indent=1, ensure_ascii=False)


def from_json(text: str) -> Result:
    """Read what `Result.json` wrote."""
    whole = json.loads(text)
    return Result(
        whole["name"],
        whole["question"],
        whole["setting"],
        tuple(whole["seeds"]),
        tuple(_chart(chart) for chart in whole["charts"]),
        whole["finding"],
    )


def _chart(chart: Mapping[str, Any]) -> Chart:
    series = tuple(
        Series(each["label"], tuple(Point(point["at"], tuple(point["values"])) for point in each["points"]))
        for each in chart["series"]
    )
    return Chart(chart["title"], chart["place"], chart["quantity"], series, chart["share"], chart["log"])


def order(points: Mapping[str, Point]) -> str:
    """Name contenders from the greatest mean to the smallest.

    Examples
    --------
    >>> order({"A": Point(0, (0.25,)), "B": Point(0, (0.5,))})
    'B (50.0 ± 0.0 %), A (25.0 ± 0.0 %)'
    """
    chart = Chart("", "", "", (), share=True)
    ranked = sorted(points.items(), key=lambda item: -item[1].mean)
    return ", ".join(f"{label} ({chart.said(point)})" for label, point in ranked)


def versus(first: str, one: Point, second: str, two: Point) -> str:
    """Say who is ahead, by how many points of percent, and in how many seeds.

    Examples
    --------
    >>> versus("A", Point(0, (0.5, 0.5)), "B", Point(0, (0.25, 0.5)))
    'A is 12.5 points ahead of B (in 1 of 2 seeds)'
    >>> versus("A", Point(0, (0.5, 0.5)), "B", Point(0, (0.5, 0.5)))
    'A and B are equal'
    """
    gap = 100 * (one.mean - two.mean)
    if abs(gap) < 0.05:
        return f"{first} and {second} are equal" if not gap else f"{first} and {second} are within 0.05 points"
    if gap < 0:
        return versus(second, two, first, one)
    return f"{first} is {gap:.1f} points ahead of {second} (in {one.above(two)} of {len(one.values)} seeds)"


def _listed(seeds: Iterable[int]) -> str:
    numbers: Sequence[int] = tuple(seeds)
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))):
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(map(str, numbers))
