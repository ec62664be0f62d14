"""Scenes one after the other in one movie: title cards, chapter marks and captions that run through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.render.catalog import scenes_folder
from cnnviz.render.files.output import staged
from cnnviz.render.header import SceneEntry
from cnnviz.render.request import Request
from cnnviz.render.result import Render
from cnnviz.render.work.check import check
from cnnviz.render.work.jobs import rendered
from cnnviz.render.writers import Chapter
from cnnviz.render.writers.captions import Caption, alt_text
from cnnviz.render.writers.sidecar import write_sidecars
from cnnviz.render.writers.sound import RATE, in_a_row, sounded
from cnnviz.render.writers.splice import splice
from cnnviz.render.writers.voice import MOVIES, check_voice, narrate
from cnnviz.stage.language import translated

TITLE = "How a convolutional network works"


@dataclass(frozen=True)
class Part:
    """A piece of the lecture: what to draw, with which options of its own, and the name of its mark."""

    target: str
    options: dict[str, Any]
    mark: str


def parts_of(entries: Sequence[SceneEntry], language: str = "en") -> list[Part]:
    """Put a title card before the scenes of each chapter."""
    parts = []
    for chapter, group in groupby((entry.spoken(language) for entry in entries), key=lambda entry: entry.chapter):
        scenes = list(group)
        parts.append(title_card(chapter, [entry.title for entry in scenes]))
        parts += [Part(entry.slug, {}, entry.title) for entry in scenes]
    return parts


def title_card(heading: str, lines: Sequence[str]) -> Part:
    """Make a card with a heading, and lines below it."""
    return Part(_card(), {"heading": heading, "lines": tuple(lines)}, heading)


def _card() -> str:
    return f"{scenes_folder() / 'title_card.py'}:TitleCard"


def check_lecture(
    parts: Sequence[Part],
    path: Path,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    voice: str | None = None,
    **look: Any,
) -> None:
    """Say what is wrong with a lecture before it is drawn; the arguments are those of `render_lecture`."""
    kind = path.suffix[1:].lower()
    if kind not in MOVIES:
        names = " or ".join(f".{name}" for name in MOVIES)
        raise OptionError(f"concat: expected a file that ends in {names}, got {path.name!r}; only movies have chapters")
    if not parts:
        raise OptionError("concat: expected at least one scene, got none; name scenes, a chapter, or all")
    if voice is not None:
        check_voice(voice, kind)
    scenes = [part.target for part in parts if part.target != _card()]
    check([Request.of(scene, **look, format=kind, path=path) for scene in scenes], jobs=jobs, cluster=cluster)


def render_lecture(
    parts: Sequence[Part],
    path: str | Path,
    *,
    title: str | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    captions: str = "both",
    voice: str | None = None,
    progress: Callable[[int, int, int], None] | None = None,
    **look: Any,
) -> Render:
    """Render scenes into one movie with chapter marks, and captions beside it.

    Parameters
    ----------
    parts : sequence of Part
        The scenes, in the order in which they are shown; `parts_of` makes them of the catalogue.
    path : str or Path
        Where to write: an ``.mp4`` or ``.webm`` file. It appears whole or not at all.
    title : str
        The title in the file's description; "How a convolutional network works" if omitted.
    jobs, cluster, progress
        As in `cnnviz.render.work.jobs.render_all`; the numbers are those of the parts.
    captions, voice, **look
        As in `cnnviz.render.render`, for all scenes.

    Raises
    ------
    OptionError
        If the file is to be something else than a movie, or there are no scenes.
    CnnvizError
        What went wrong with the first scene that failed.
    """
    path = Path(path)
    check_lecture(parts, path, jobs=jobs, cluster=cluster, captions=captions, voice=voice, **look)
    kind = path.suffix[1:].lower()
    language = look.get("lang", "en")
    title = title or translated(TITLE, language)
    with staged(path) as temporary:
        room = temporary.parent / "parts"
        requests = [
            Request.of(part.target, **look, **part.options, captions=captions, format=kind, path=room / f"{i}.{kind}")
            for i, part in enumerate(parts)
        ]
        made = list(rendered(requests, jobs=jobs, cluster=cluster, progress=progress))
        starts = [0.0, *accumulate(clip.seconds for clip in made)]
        marks = [Chapter(start, end, part.mark) for start, end, part in zip(starts, starts[1:], parts, strict=False)]
        splice([(clip.path, clip.seconds) for clip in made], temporary, title=title, chapters=marks)
        if look.get("sounds"):
            places = [(clip.path, start) for clip, start in zip(made, starts, strict=False)]
            sounded(temporary, in_a_row(places, starts[-1], RATE))
        for clip in made:
            for file in (clip.path, *clip.beside):
                file.unlink()
        room.rmdir()
        said = tuple(
            Caption(line.start + start, line.end + start, line.text)
            for start, clip in zip(starts, made, strict=False)
            for line in clip.said
        )
        if voice is not None:
            narrate(temporary, said, starts[-1], language=language)
        size = temporary.stat().st_size
    beside = write_sidecars(path, title, said, starts[-1], captions, language=language)
    alt = alt_text(title, said, seconds=starts[-1], language=language)
    frames = sum(clip.frames for clip in made)
    return Render(path, frames, starts[-1], made[0].width, made[0].height, size, beside, alt, said)
