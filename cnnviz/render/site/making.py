"""From scenes to a site in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.quizzes.export.page import question_script, question_style
from cnnviz.render.explore.hand import plain_script
from cnnviz.render.explore.hand import style as explore_style
from cnnviz.render.files.output import staged_folder
from cnnviz.render.lecture import TITLE
from cnnviz.render.plan import locate, name_of
from cnnviz.render.request import Request
from cnnviz.render.result import Render
from cnnviz.render.site.edition import Edition
from cnnviz.render.site.frame import ICON, INDEX, STYLE
from cnnviz.render.site.hand import BEGIN, EXPLORE, HAND, explore_page
from cnnviz.render.site.index import SEARCH, index_page
from cnnviz.render.site.player import script, style
from cnnviz.render.site.scene import PLAYER, QUESTIONS, Told, scene_page
from cnnviz.render.site.talk import read_talk
from cnnviz.render.work.check import check, scenes_of
from cnnviz.render.work.jobs import rendered
from cnnviz.stage.language import translated
from cnnviz.stage.theme import Theme

__all__ = ["scenes_in", "site"]

LISTING = "files.txt"


def scenes_in(targets: Sequence[str | Path]) -> list[str]:
    """List the scenes that a site has, in order."""
    return [str(target) for each in targets for target in scenes_of(each)]


def site(
    targets: Sequence[str | Path],
    path: str | Path,
    *,
    title: str | None = None,
    theme: str | None = None,
    quality: str | None = None,
    lang: str | Sequence[str] = "en",
    jobs: int = 1,
    progress: Callable[[int, int, int], None] | None = None,
) -> Path:
    """Write scenes as a static site, which works from a disk and from any host, and asks nobody else for anything.

    Parameters
    ----------
    targets : sequence of str or Path
        Slugs of the catalogue, and files with Manim scenes.
    path : str or Path
        The folder to make; one that exists is replaced where it holds a site and nothing else.
    title : str
        The name of the site; that of the lecture, in each language, if omitted.
    theme, quality
        As in `cnnviz.render.render`.
    lang : str or sequence of str
        Its language; of several, that of the pictures first. What is drawn is in that one; pages, captions and
        transcripts are in each, and a beat lasts until it can be read in all.
    jobs, progress
        As in `cnnviz.render.work.jobs.render_all`; the numbers are those of `scenes_in`.

    Returns
    -------
    Path
        The page to begin with.

    Raises
    ------
    InputError, OptionError
        If something is not what it should be; said before anything is drawn.
    RenderError
        If a scene fails or the folder cannot be written.
    """
    from cnnviz.stage.theme import theme as look

    path, scenes, colors = Path(path), scenes_in(targets), look(theme or "dark")
    languages = (lang,) if isinstance(lang, str) else tuple(dict.fromkeys(lang)) or ("en",)
    editions = [Edition(title or translated(TITLE, each), each, languages) for each in languages]
    asked: dict[str, Any] = {"quality": quality, "format": "slides", "captions": "none"}

    def request(number: int, target: str, folder: Path) -> Request:
        spoken: dict[str, Any] = {"theme": colors.name, "lang": languages[0], "also": languages[1:]}
        options = {name: value for name, value in spoken.items() if value} if locate(target)[2] else {}
        return Request(target, **asked, path=folder / f"{number}.slides", options=options)

    check([request(number, target, path.parent) for number, target in enumerate(scenes)], jobs=jobs)
    with staged_folder(path, listing=LISTING) as folder:
        room = folder.parent / "scenes"
        requests = [request(number, target, room) for number, target in enumerate(scenes)]
        made = [
            _told(target, clip, editions)
            for target, clip in zip(scenes, rendered(requests, jobs=jobs, progress=progress), strict=True)
        ]
        if len({(told[0].talk.width, told[0].talk.height) for told in made}) > 1:
            raise OptionError("site: expected scenes of one size, got several; choose a --quality")
        for told in made:
            told[0].talk.write(folder / told[0].name)
        texts = {
            STYLE: "\n".join(
                [question_style(), _file("site.css"), style(made[0][0].talk, colors), explore_style(), ""]
            ),
            PLAYER: f"{script()}\n",
            QUESTIONS: f"{question_script()}\n",
            SEARCH: f"{_file(SEARCH)}\n",
            ICON: f"{_file(ICON)}\n",
            HAND: plain_script() + BEGIN,
        }
        for edition, *scenes_told in zip(editions, *made, strict=True):
            texts |= _pages(edition, scenes_told, colors)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    return path / INDEX


def _told(target: str, clip: Render, editions: Sequence[Edition]) -> list[Told]:
    """Read a scene that was rendered, and tell it in each edition."""
    name, entry = name_of(target), locate(target)[2]
    titles = [entry.spoken(each.language).title if entry else Path(target).stem for each in editions]
    talk = read_talk(clip, titles[0], banded=entry is not None)
    talks = [talk.spoken(edition.language, title) for edition, title in zip(editions, titles, strict=True)]
    return [
        Told(name, target, told, entry, edition, tuple(each for each in talks if each is not told) if entry else ())
        for edition, told in zip(editions, talks, strict=True)
    ]


def _pages(edition: Edition, scenes: Sequence[Told], colors: Theme) -> dict[str, str]:
    """Write what a site has in a language of its own."""
    texts = {
        told.address: scene_page(told, before, after)
        for before, told, after in zip([None, *scenes], scenes, [*scenes[1:], None], strict=False)
    }
    for told in scenes:
        texts |= {f"{told.name}/{edition.file(name)}": text for name, text in told.talk.texts.items()}
    return texts | {
        edition.file(INDEX): index_page(scenes),
        edition.file(EXPLORE): explore_page(edition, colors),
    }


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").strip()
