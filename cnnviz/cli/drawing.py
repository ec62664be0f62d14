"""Rendering with a progress bar; stdout gets the path and nothing else."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cnnviz.cli.options import file_options, look_options, output_option, talk_options
from cnnviz.cli.session import Session, pass_session

__all__ = ["Draw", "draw", "gif_options"]

Draw = Callable[..., None]
"""Takes the slug of a scene and the options of its own."""


def gif_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command what every GIF has: a look, a file, and `Draw` as its first argument, which does the rest."""

    @look_options
    @output_option
    @file_options
    @talk_options
    @pass_session
    @wraps(command)
    def call(
        session: Session,
        /,
        output: Path | None,
        **own: Any,
    ) -> None:
        known = ("theme", "quality", "fps", "width", "aspect", "lang", "speed", "header", "transparent")
        look = {name: own.pop(name) for name in known}
        file = {name: own.pop(name) for name in ("max_size", "cache")}
        file |= {"format": "gif", "path": output, "captions": "burned"}

        def finish(slug: str, **options: Any) -> None:
            draw(session, slug, **file, **look, **options)

        command(finish, **own)

    return call


def draw(session: Session, target: str | Path, **options: Any) -> None:
    """Render a scene as `cnnviz.render.render` does and print the path of the file.

    What was not asked for (None) is left to the renderer and the scene, which may not even have such an option.
    """
    asked = {name: value for name, value in options.items() if value is not None}
    with session.progress(f"Drawing {target}") as progress:
        from cnnviz.render import render

        drawn = render(target, progress=progress, **asked)
    click.echo(drawn.path)
    if drawn.note:
        click.echo(drawn.note, err=True)
