"""What can be known to be wrong before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cnnviz.render.files.output import check_place
from cnnviz.render.plan import Plan, locate, plan
from cnnviz.render.request import Request
from cnnviz.render.setting import lent
from cnnviz.render.source import beside, check_file, maybe_several, real_scenes
from cnnviz.render.work.crew import check_crew

__all__ = ["check", "scenes_of"]


def scenes_of(target: str | Path) -> list[str]:
    """Name the scenes of a target: one, or those of a file that holds several, as ``FILE.py:Class``.

    Raises
    ------
    InputError
        If there is no such scene or file.
    """
    file, class_name, entry = locate(target)
    check_file(file)
    if entry or class_name or not maybe_several(file):
        return [str(target)]
    with beside(file), lent():
        names = real_scenes(file)
    return [f"{target}:{name}" for name in names] if len(names) > 1 else [str(target)]


def check(
    requests: Sequence[Request], *, jobs: int = 1, cluster: str | None = None, thoroughly: bool = False
) -> list[Plan]:
    """Say what is wrong with requests, and return what will be made of them.

    Scenes are loaded and made for that where there are several of them, or options: it costs as long as Manim takes to
    load. A single scene without options says soon enough itself what is wrong, unless it is to be looked at
    ``thoroughly``.

    Raises
    ------
    CnnvizError
        For the first that is wrong.
    """
    check_crew(jobs, cluster)
    plans = [plan(request) for request in requests]
    for each in plans:
        check_file(each.file)
        check_place(each.out)
    for each in plans:
        alone = len(plans) == 1 and not thoroughly
        if each.request.options if each.entry or alone else not alone:
            each.rehearse()
    return plans
