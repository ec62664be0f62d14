"""``cnnviz list``: what there is to see."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from cnnviz.cli.options import talk_options
from cnnviz.errors import OptionError

if TYPE_CHECKING:
    from cnnviz.render.header import SceneEntry

__all__ = ["list_scenes", "of_chapter"]


@click.command("list")
@click.option("--chapter", type=int, metavar="N", help="Only this chapter.")
@click.option("--json", "as_json", is_flag=True, help="Everything the catalog knows, as JSON.")
@talk_options
def list_scenes(chapter: int | None, as_json: bool) -> None:
    """List the scenes, chapter by chapter.

    \b
    cnnviz list
    cnnviz list --chapter 2
    cnnviz list --json
    """
    chosen = of_chapter(chapter)
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in chosen], indent=2, default=str, ensure_ascii=False))
        return
    width = max(len(entry.slug) for entry in chosen)
    for heading, entries in groupby(chosen, key=lambda entry: entry.chapter):
        click.echo(heading)
        for entry in entries:
            click.echo(f"  {entry.slug:{width}}  {entry.title}")
            click.echo(f"  {'':{width}}  {entry.takeaway}")


def of_chapter(chapter: int | None) -> list[SceneEntry]:
    """Return the catalog's scenes of one chapter, or all.

    Raises
    ------
    OptionError
        Where there is no such chapter.
    """
    from cnnviz.render.catalog import scenes

    every = scenes()
    chosen = [entry for entry in every if chapter in (None, entry.chapter_number)]
    if not chosen:
        known = ", ".join(str(number) for number in sorted({entry.chapter_number for entry in every}))
        raise OptionError(f"--chapter: expected one of {known}, got {chapter}; `cnnviz list` shows them all")
    return chosen
