"""Rendering with a progress bar; stdout gets the path and nothing else."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.session import Session

__all__ = ["draw"]


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
