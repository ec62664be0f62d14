"""What was measured of contenders that stood on the stage: they travel to the lines of what they gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from manim import FadeIn, FadeOut, Group

from cnnviz.stage.arranging import content_of
from cnnviz.stage.glide import LATE, SOON, Resettle
from cnnviz.stage.language import Template, say
from cnnviz.stage.pictures.grid import Grid
from cnnviz.stage.pictures.pairs import Pairs
from cnnviz.stage.scene import Scene


def enter(scene: Scene, pairs: Pairs, came: Mapping[Grid, Any], *, gone: Sequence[Any] = ()) -> None:
    """Set pairs into the stage: stamps that came from standing pictures travel from there, the rest fades in last."""
    stood = {stamp: (old.box, old.top) for stamp, old in came.items()}
    scene.fit(pairs)
    rest = Group(*(part for part in pairs.submobjects if part not in stood))
    leaving = [part for part in content_of(gone) if part not in came.values()]
    scene.remove(*came.values())
    away = [FadeOut(each, rate_func=SOON) for each in leaving]
    moves = [Resettle(stamp, *at) for stamp, at in stood.items()]
    scene.play(*moves, FadeIn(rest, rate_func=LATE), *away, run_time=1.2)
    scene.remove(*stood, rest)
    scene.add(pairs)


def reveal(scene: Scene, pairs: Pairs, case: str, lit: Iterable[Template] = ()) -> None:
    """Show what all contenders gave in a case, one after the other."""
    bright = {say(name) for name in lit}
    for name in pairs.names:
        scene.appear(pairs.show(pairs.key(name, case), lit=name in bright), seconds=0.4)
