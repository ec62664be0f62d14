"""The scenes there are, as their headers tell, found in a checkout or in the installed package."""

from __future__ import annotations

import difflib
import inspect
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz.errors import InputError, OptionError, RenderError
from cnnviz.render.header import SceneEntry, read_header
from cnnviz.render.source import load_scene as load_scene  # noqa: PLC0414  # where it was

if TYPE_CHECKING:
    from cnnviz.subjects import Subject


@cache
def scenes() -> tuple[SceneEntry, ...]:
    """Return every scene of the lecture, in order.

    Examples
    --------
    >>> scenes()[0].slug
    'ch01-s01-pixels'
    """
    return tuple(read_header(path) for path in sorted(scenes_folder().glob("ch[0-9][0-9]_*/s[0-9][0-9]_*.py")))


def subject_of(entry: SceneEntry) -> type[Subject]:
    """Return what a scene is about, with the scene's own defaults; Manim is not loaded.

    Raises
    ------
    RenderError
        If there is no such subject.

    Examples
    --------
    >>> subject_of(find("ch02-s01-slide")).options["image"].default
    'blackboard'
    """
    from cnnviz import subjects

    place = f"catalog: {entry.path.parent.name}/{entry.path.name}"
    name = entry.subject or "Subject"
    if name not in subjects.__all__:
        raise RenderError(f"{place}: expected subject as one that cnnviz/subjects/__init__.py lists, got {name}")
    try:
        about: type[Subject] = getattr(subjects, name).having(**entry.defaults)
    except OptionError as error:
        raise RenderError(f"{place}: {error}") from error
    return about


def find(slug: str) -> SceneEntry:
    """Return the scene called ``slug``.

    Raises
    ------
    InputError
        If there is none; the message names the nearest ones, if any is near.
    """
    for entry in scenes():
        if entry.slug == slug:
            return entry
    slugs = [entry.slug for entry in scenes()]
    # A part of the name is what people remember of it.
    near = [each for each in slugs if len(slug) > 2 and slug in each][:3] or difflib.get_close_matches(
        slug, slugs, cutoff=0.55
    )
    hint = f"near it: {', '.join(near)}" if near else "`cnnviz list` shows them all"
    raise InputError(f"render: expected the slug of a scene or a Python file, got {slug!r}; {hint}")


def scene_options(scene: type[Any]) -> frozenset[str]:
    """Return the names of the keyword options that a scene class takes beside Manim's own."""
    from manim import Scene

    own = [base for base in scene.__mro__ if issubclass(base, Scene) and not base.__module__.startswith("manim.")]
    parameters = (p for base in own if "__init__" in vars(base) for p in inspect.signature(base).parameters.values())
    of_subject = getattr(scene, "subject_class", None)
    own = of_subject.options if of_subject else {}
    return frozenset({*own, *(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)})


def check_options(scene: type[Any], options: dict[str, Any]) -> None:
    """Refuse options that a scene does not have.

    Raises
    ------
    OptionError
        With the list of those it has.
    """
    known = scene_options(scene)
    for name in options:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise OptionError(f"render: scene {scene.__name__} has no option {name!r}; it has {listed}")


def scenes_folder() -> Path:
    """Return where the scene files are."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_scenes", package.parent / "scenes"):
        if (folder / "title_card.py").is_file():
            return folder
    raise RenderError("render: the scenes are not installed beside the package; install cnnviz again")
