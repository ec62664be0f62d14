"""From scenes to a deck in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.render.files.output import staged
from cnnviz.render.lecture import Part, parts_of
from cnnviz.render.plan import locate
from cnnviz.render.request import Request
from cnnviz.render.slides.deck import Deck, Slide, read_slides
from cnnviz.render.work.check import check, scenes_of
from cnnviz.render.work.jobs import rendered

__all__ = ["FORMATS", "check_deck", "parts", "slides"]

FORMATS = ("html", "pptx", "pdf")


def check_deck(path: Path) -> str:
    """Return the kind of a deck.

    Raises
    ------
    OptionError
        If the name says none, or what writes it is not installed.
    """
    kind = path.suffix[1:].lower()
    if kind not in FORMATS:
        raise OptionError(f"slides: expected a file name that ends in .html, .pptx or .pdf, got {str(path)!r}")
    if kind == "pptx" and find_spec("pptx") is None:
        raise OptionError(
            "slides: expected python-pptx for a .pptx, found none; pip install 'cnnviz[slides]', or write an .html"
        )
    return kind


def parts(targets: Sequence[str | Path], language: str = "en") -> list[Part]:
    """Say what a deck is made of: each scene, and a card before each chapter where there are several scenes."""
    found = [(target, locate(target)) for each in targets for target in scenes_of(each)]
    entries = [entry for _, (_, _, entry) in found if entry is not None]
    if len(entries) == len(found) > 1:
        return parts_of(entries, language)
    return [
        Part(target, {}, entry.spoken(language).title if entry else class_name or file.stem)
        for target, (file, class_name, entry) in found
    ]


def is_ours(part: Part) -> bool:
    """Tell whether a piece is of the lecture."""
    return part.target.endswith(":TitleCard") or locate(part.target)[2] is not None


def slides(
    targets: Sequence[str | Path],
    path: str | Path,
    *,
    every: bool = False,
    theme: str | None = None,
    quality: str | None = None,
    aspect: str | None = None,
    lang: str | None = None,
    jobs: int = 1,
    progress: Callable[[int, int, int], None] | None = None,
) -> Path:
    """Write scenes as a deck: a slide for each beat, which plays and stops at its end.

    Parameters
    ----------
    targets : sequence of str or Path
        Slugs of the catalogue, and files with Manim scenes. Of a scene without beats there is a slide for each section
        that it begins by ``next_section``.
    path : str or Path
        Where to write: ``.html``, a page that holds all it needs; ``.pptx``; or ``.pdf``, with the pictures that the
        slides come to.
    every : bool
        A slide for each animation instead.
    theme, quality, aspect, lang
        As in `cnnviz.render.render`.
    jobs, progress
        As in `cnnviz.render.work.jobs.render_all`; the numbers are those of `parts`.

    Raises
    ------
    InputError, OptionError
        If something is not what it should be; said before anything is drawn.
    RenderError
        If a scene fails or the file cannot be written.
    """
    from cnnviz.stage.theme import theme as look

    path = Path(path)
    kind, pieces, colors = check_deck(path), parts(targets, lang or "en"), look(theme or "dark")
    asked: dict[str, Any] = {"quality": quality, "aspect": aspect, "format": "animations" if every else "slides"}
    if kind == "pdf":
        asked["captions"] = "none"  # there they are text

    def request(number: int, part: Part, folder: Path) -> Request:
        options = {**part.options, "theme": colors.name, "lang": lang or "en"} if is_ours(part) else part.options
        return Request(part.target, **asked, path=folder / f"{number}.slides", options=options)

    check([request(number, part, path.parent) for number, part in enumerate(pieces)], jobs=jobs)
    write = import_module(f"cnnviz.render.slides.{kind}").write
    with staged(path) as temporary:
        room = temporary.parent / "scenes"
        requests = [request(number, part, room) for number, part in enumerate(pieces)]
        made, found = [], list[Slide]()
        for part, clip in zip(pieces, rendered(requests, jobs=jobs, progress=progress), strict=True):
            made.append(clip)
            card = part.target.endswith(":TitleCard")
            found += read_slides(clip.path, part.mark, card=card)
        sizes = {(clip.width, clip.height) for clip in made}
        if len(sizes) > 1:
            raise OptionError("slides: expected scenes of one size, got several; choose an --aspect and a --quality")
        title = pieces[0].mark if len(pieces) == 1 or found[0].card else path.stem
        size = made[0].width, made[0].height
        ours = all(map(is_ours, pieces))
        write(Deck(title, tuple(found), *size, colors.ground, colors.text, ours, lang or "en"), temporary)
    return path
