"""A scene in a notebook, with the player of the site."""

from __future__ import annotations

import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any

from cnnviz.errors import OptionError
from cnnviz.quizzes.markup import html, tag
from cnnviz.render.plan import plan
from cnnviz.render.request import Request
from cnnviz.render.runner import make
from cnnviz.render.site.player import player as draw
from cnnviz.render.site.player import script, style
from cnnviz.render.site.talk import MOVIE, Talk, read_talk
from cnnviz.render.writers.captions import transcript

__all__ = ["Player", "player"]

FRAME = """:root { color-scheme: dark light }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
.player { padding: .25rem }"""
KINDS = {".png": "image/png", ".mp4": "video/mp4"}
TAKEN = ("format", "captions", "path", "renderer", "max_size", "transparent", "voice", "variable_rate")


class Player:
    """A scene that a notebook shows in its player; elsewhere, what is said in it."""

    def __init__(self, talk: Talk, theme: str) -> None:
        self.talk, self.theme = talk, theme

    def __repr__(self) -> str:
        return transcript(self.talk.captions, title=self.talk.title)

    def _repr_html_(self) -> str:
        """Write the player as a page within the page, which holds all it needs."""
        from cnnviz.stage.theme import theme

        talk = self.talk
        files = {MOVIE: self.movie} | {file: beat.poster for file, beat in talk.stills.items()}

        def address(file: str) -> str:
            return f"data:{KINDS[Path(file).suffix]};base64,{b64encode(files[file]).decode()}"

        page = tag(
            "html",
            tag(
                "head",
                tag("meta", charset="utf-8"),
                tag("title", talk.title),
                tag("style", f"{FRAME}\n{style(talk, theme(self.theme))}"),
            ),
            tag("body", draw(talk, address, alone=True), tag("script", script())),
            lang=talk.language,
        )
        frame = tag(
            "iframe",
            srcdoc=f"<!DOCTYPE html>{html(page)}",
            title=talk.title,
            sandbox="allow-scripts",
            allow="fullscreen",
            style=f"width: 100%; aspect-ratio: {talk.width} / {1.5 * talk.height:.0f}; min-height: 26rem; border: 0",
        )
        return html(frame)

    @property
    def movie(self) -> bytes:
        """The movie, an MP4 file."""
        with tempfile.TemporaryDirectory() as name:
            self.talk.write(Path(name, "talk"))
            return Path(name, "talk", MOVIE).read_bytes()


def player(target: str | Path, **options: Any) -> Player:
    """Draw a scene, and show it in a player that stops at beats, with its transcript.

    Parameters
    ----------
    target : str or Path
        A slug of the catalogue, or a Python file with a Manim scene.
    **options
        As in `cnnviz.render.render`: quality, aspect, speed, and those of the scene, such as theme, image or kernel.

    Returns
    -------
    Player
        It shows itself in a notebook.

    Raises
    ------
    InputError, OptionError
        If target or options are not what they should be.
    RenderError
        If the scene fails.

    Examples
    --------
    >>> player("ch02-s01-slide", format="gif")
    Traceback (most recent call last):
    cnnviz.errors.OptionError: player: expected options of the scene, or of how it looks, got 'format'; leave it out
    """
    for name in TAKEN:
        if name in options:
            raise OptionError(f"player: expected options of the scene, or of how it looks, got {name!r}; leave it out")
    with tempfile.TemporaryDirectory() as name:
        request = Request.of(target, format="slides", captions="none", path=Path(name, "talk.slides"), **options)
        made = plan(request)
        talk = read_talk(make(request), made.title, banded=made.entry is not None, language=made.language)
        return Player(talk, options.get("theme", "dark"))
