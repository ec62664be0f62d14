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
from cnnviz.render.site.frame import ICON, INDEX, STYLE
from cnnviz.render.site.hand import BEGIN, EXPLORE, HAND, explore_page
from cnnviz.render.site.index import SEARCH, index_page
from cnnviz.render.site.player import script, style
from cnnviz.render.site.scene import PLAYER, QUESTIONS, Told, scene_page
from cnnviz.render.site.talk import read_talk
from cnnviz.render.work.check import check, scenes_of
from cnnviz.render.work.jobs import rendered
from cnnviz.stage.language import translated

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
    lang: str | None = None,
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
        The name of the site; that of the lecture, in its language, if omitted.
    theme, quality, lang
        As in `cnnviz.render.render`.
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

    path, scenes, colors, language = Path(path), scenes_in(targets), look(theme or "dark"), lang or "en"
    title = title or translated(TITLE, language)
    asked: dict[str, Any] = {"quality": quality, "format": "slides", "captions": "none"}

    def request(number: int, target: str, folder: Path) -> Request:
        options = {"theme": colors.name, "lang": language} if locate(target)[2] else {}
        return Request(target, **asked, path=folder / f"{number}.slides", options=options)

    check([request(number, target, path.parent) for number, target in enumerate(scenes)], jobs=jobs)
    with staged_folder(path, listing=LISTING) as folder:
        room = folder.parent / "scenes"
        requests = [request(number, target, room) for number, target in enumerate(scenes)]
        made = []
        for target, clip in zip(scenes, rendered(requests, jobs=jobs, progress=progress), strict=True):
            entry = locate(target)[2]
            name = entry.spoken(language).title if entry else Path(target).stem
            talk = read_talk(clip, name, banded=entry is not None, language=language)
            made.append(told := Told(name_of(target), target, talk, entry))
            talk.write(folder / told.name)
        if len({(told.talk.width, told.talk.height) for told in made}) > 1:
            raise OptionError("site: expected scenes of one size, got several; choose a --quality")
        texts = {
            told.address: scene_page(told, title, before, after)
            for before, told, after in zip([None, *made], made, [*made[1:], None], strict=False)
        }
        texts |= {
            INDEX: index_page(made, title),
            STYLE: "\n".join([question_style(), _file("site.css"), style(made[0].talk, colors), explore_style(), ""]),
            PLAYER: f"{script()}\n",
            QUESTIONS: f"{question_script()}\n",
            SEARCH: f"{_file(SEARCH)}\n",
            ICON: f"{_file(ICON)}\n",
            EXPLORE: explore_page(title, colors, language),
            HAND: plain_script() + BEGIN,
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    return path / INDEX


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8").strip()
