"""A cell that is a scene: ``%%cnnviz``."""

from __future__ import annotations

import ast
import shlex
import tempfile
from pathlib import Path
from typing import Any

import click

from cnnviz.cli.failure import describe
from cnnviz.cli.options import look_options
from cnnviz.cli.values import numbers, settings
from cnnviz.errors import CnnvizError, InputError
from cnnviz.render import Render, render

__all__ = ["magic", "rendered"]


@click.command("%%cnnviz", add_help_option=False)
@click.argument("scene", required=False)
@look_options
@click.option("--format", type=click.Choice(["gif", "mp4", "webm", "webp", "apng", "png", "svg"]))
@click.option("--captions", type=click.Choice(["burned", "sidecar", "both", "none"]))
@click.option("-s", "--set", "options", multiple=True, metavar="NAME=VALUE", callback=settings)
@click.option("-o", "--output", "path", type=click.Path(path_type=Path, dir_okay=False))
def _line(**_: Any) -> None:
    """Read the line of a cell."""


def magic(line: str, cell: str) -> Render:
    """Render the scene class of a cell, and show it.

    ``%%cnnviz [CLASS] [options]`` takes options of ``cnnviz render``: ``-q draft``, ``--format mp4``, ``--aspect 1:1``,
    ``--set NAME=VALUE``, ``-o FILE``. A cell is a file of its own: it imports what it uses.
    """
    from IPython.core.error import UsageError

    try:
        return rendered(line, cell)
    except (click.ClickException, CnnvizError, OSError) as error:
        raise UsageError(describe(error)[0]) from None


def rendered(line: str, cell: str) -> Render:
    """Render the scene class of a cell.

    Raises
    ------
    click.ClickException, CnnvizError
        If line or cell are not what they should be, or the scene fails.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise click.UsageError(f"expected options, got {line!r} ({error})") from None
    with _line.make_context("%%cnnviz", words) as context:
        asked = {name: value for name, value in context.params.items() if value is not None}
    options, scene, path = asked.pop("options"), asked.pop("scene", None), asked.pop("path", None)
    name = scene or _last_class(cell)
    path = path or Path("renders", f"{name}.{asked.get('format', 'gif')}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{name}.py")
        file.write_text(cell, encoding="utf-8")
        return render(f"{file}:{scene}" if scene else file, path=path, **asked, **numbers(options))


def _last_class(cell: str) -> str:
    """Return the name of the last class in a cell."""
    try:
        names = [node.name for node in ast.parse(cell).body if isinstance(node, ast.ClassDef)]
    except SyntaxError as error:
        raise InputError(f"%%cnnviz: expected Python, got {error.msg} in line {error.lineno} of the cell") from None
    if not names:
        raise InputError("%%cnnviz: expected a cell with a scene class, got none; write class MyScene(Scene): ...")
    return names[-1]
