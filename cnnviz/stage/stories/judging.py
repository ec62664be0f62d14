"""Faces, true and rearranged, each with how often trained networks call it a face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.score import Score
from cnnviz.stage.place import Column, Item, Row, Table
from cnnviz.stage.scene import Scene
from cnnviz.subjects.judged import Judged

TITLES: tuple[Template, ...] = ("a face", "rearranged")
GAP, WIDEST = 0.3, 0.24  # units between pictures; of the stage's width, one picture at most


def judged(
    scene: Scene,
    s: Judged,
    names: Mapping[str, Template],
    *,
    each: bool = False,
    stood: Sequence[Grid] = (),
    gone: Sequence[Any] = (),
) -> tuple[list[list[Score]], list[list[Grid]]]:
    """Set both pictures, with the score of every contender; the scores are not shown yet.

    There is a picture beside ``each`` score, or one for all of them. Pictures that ``stood`` before travel to their
    places, what is ``gone`` fades out meanwhile. Returns the scores and the pictures of faces, then of the others.
    """
    stage, wide, many = scene.frame.stage, scene.frame.width >= scene.frame.height, len(names)
    lines = 2 if wide else 2 * many if each else 2
    high = min((stage.height - GAP * (lines - 1)) / lines, WIDEST * stage.width if wide else 0.4 * stage.width)
    copies, stacked = many if each else 1, not wide and not each
    across = (stage.width - GAP * (many + copies - 1) - copies * high) / many if wide else stage.width - high - GAP
    tall = (stage.height - GAP * (2 * many - 1)) / (2 * many) if stacked else high
    scores, pictures = list[list[Score]](), list[list[Grid]]()
    for picture, points in zip(s.pictures, (s.right, s.fooled), strict=True):
        named = [(say(names[label]), point) for label, point in points.items()]
        scores.append([Score(name, each, across, tall, "called a face", said=s.chart.said) for name, each in named])
        look: dict[str, Any] = {"detail": "", "form": "pixels", "side": high / len(picture)}
        pictures.append([Grid(picture, "input", **look) for _ in range(copies)])
    rows: list[Sequence[Item]]
    if each:
        pairs = [
            [Row(*pair, gap=GAP) for pair in zip(*both, strict=True)] for both in zip(pictures, scores, strict=True)
        ]
        rows = [*pairs] if wide else [[pair[at]] for at in range(many) for pair in pairs]
    elif wide:
        rows = [[x[0], *row] for x, row in zip(pictures, scores, strict=True)]
    else:
        rows = [[x[0], Column(*row, gap=GAP)] for x, row in zip(pictures, scores, strict=True)]
    instead = {x: old for row, old in zip(pictures, stood, strict=False) for x in row}
    scene.rearrange(Table(*rows, gap=(GAP, GAP)), instead=instead, gone=gone, seconds=0.8)
    return scores, pictures
