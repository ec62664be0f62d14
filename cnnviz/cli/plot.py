"""Draw what an experiment found: the mean of each contender, its spread, and every seed as a dot."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnnviz.nn.experiments import Chart, Result

__all__ = ["plot"]

COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Okabe and Ito's, which most color-blind people can tell apart."""

MARKS = "os^Dv*"
WIDE, HIGH, DPI = 6.4, 4.4, 120


def plot(result: Result, path: Path) -> None:
    """Draw one panel for each chart, side by side, and write PNG, SVG or PDF by the file's ending.

    The same result gives the same bytes.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    plain = {"svg.hashsalt": "cnnviz", "svg.fonttype": "none", "axes.spines.top": False, "axes.spines.right": False}
    with rc_context(plain):
        columns = len(result.charts)
        figure = Figure(figsize=(WIDE * columns, HIGH + 1.3), layout="constrained")
        FigureCanvasAgg(figure)
        figure.suptitle(fill(result.question, 56 * columns), fontsize=14, fontweight="bold")
        for axes, chart in zip(figure.subplots(1, columns, squeeze=False)[0], result.charts, strict=True):
            _panel(axes, chart)
        figure.supxlabel(fill(result.finding, 62 * columns + 20), fontsize=9, ha="center")
        kind = path.suffix.lower().lstrip(".")
        nothing = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
        figure.savefig(path, format=kind, dpi=DPI, metadata=nothing)


def _panel(axes: Any, chart: Chart) -> None:
    """Draw lines where places are numbers, and groups of dots where they are words."""
    numbers = all(isinstance(place, float | int) for place in chart.places) and len(chart.places) > 1
    scale = 100 if chart.share else 1
    for which, series in enumerate(chart.series):
        color, mark = COLORS[which % len(COLORS)], MARKS[which % len(MARKS)]
        shift = 0.0 if numbers else 0.6 * ((which + 0.5) / len(chart.series) - 0.5)
        at = [float(place) if numbers else i + shift for i, place in enumerate(chart.places)]
        means = [scale * point.mean for point in series.points]
        spreads = [scale * point.spread for point in series.points]
        aside = 0.0 if numbers else 0.04
        for place, point in zip(at, series.points, strict=True):
            axes.plot(
                [place + aside] * len(point.values), [scale * v for v in point.values], ".", color=color, alpha=0.4
            )
        axes.errorbar(
            at,
            means,
            spreads,
            color=color,
            marker=mark,
            ms=6,
            capsize=3,
            lw=1.6,
            ls="-" if numbers else "none",
            label=series.label,
        )
    if not numbers:
        axes.set_xticks(range(len(chart.places)), [str(place) for place in chart.places])
    else:
        places = [float(place) for place in chart.places]
        if min(places) > 0 and max(places) / min(places) > 50:
            axes.set_xscale("log")
        elif len(places) <= 10:
            axes.set_xticks(places)
    if chart.log:
        axes.set_yscale("log")
    axes.set_title(chart.title, fontsize=11)
    axes.set_xlabel(chart.place)
    axes.set_ylabel(f"{chart.quantity}, %" if chart.share else chart.quantity)
    axes.grid(axis="y", alpha=0.25)
    axes.legend(frameon=False, fontsize=9)
