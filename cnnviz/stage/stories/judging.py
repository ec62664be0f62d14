"""Faces, true and rearranged, each with how often trained networks call it a face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.picture import TITLE_HEIGHT
from cnnviz.stage.pictures.spread import Spread
from cnnviz.stage.place import Column, Item, Row
from cnnviz.stage.scene import Scene
from cnnviz.subjects.judged import Judged

TITLES: tuple[Template, ...] = ("a face", "rearranged")
GAP, HIGH = 0.3, 2.6  # units: between pictures; of one, at most


def judged(
    scene: Scene,
    s: Judged,
    names: Mapping[str, Template],
    *,
    apart: bool = False,
    stood: Sequence[Grid] = (),
    gone: Sequence[Any] = (),
) -> tuple[Spread, Spread, list[Grid]]:
    """Set both pictures, each with a chart; the contenders' lines are not shown yet.

    The charts share one axis, or are ``apart``, each on an axis as short as its dots allow. Pictures that ``stood``
    before travel to their places, what is ``gone`` fades out meanwhile. Returns both charts and the pictures.
    """
    stage, wide = scene.frame.stage, scene.frame.width >= scene.frame.height
    high = min(HIGH, (stage.height - GAP) / 2 - TITLE_HEIGHT if wide else (stage.height - 3 * GAP) / 4 - TITLE_HEIGHT)
    room = stage.width - (2 * GAP + high if wide else 0.0)
    over = [value for points in (s.right, s.fooled) for point in points.values() for value in point.values]
    charts: list[Spread] = []
    pictures: list[Grid] = []
    rows: list[Item] = []
    for title, picture, points in zip(TITLES, s.pictures, (s.right, s.fooled), strict=True):
        named = {say(names[label]): point for label, point in points.items()}
        chart = Spread(named, room, high, title="called a face", said=s.chart.said, over=[] if apart else [0.0, *over])
        x = Grid(picture, "input", title, detail="", form="pixels", side=high / len(picture))
        charts.append(chart)
        pictures.append(x)
        rows += [Row(x, chart, gap=GAP)] if wide else [x, chart]
    instead = dict(zip(pictures, stood, strict=False))
    scene.rearrange(Column(*rows, gap=GAP), instead=instead, gone=gone, seconds=0.8)
    right, fooled = charts
    return right, fooled, pictures
