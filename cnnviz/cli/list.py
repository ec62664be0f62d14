"""``cnnviz list``: what there is to see, and what can be asked of a scene."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.values import complete_scene
from cnnviz.errors import InputError, OptionError

if TYPE_CHECKING:
    from cnnviz.render.header import SceneEntry

__all__ = ["list_scenes", "of_chapter"]


@click.command("list", short_help="List the scenes, or the options of one.")
@click.argument("what", required=False, metavar="[SLUG|WORD]", shell_complete=complete_scene)
@click.option("--chapter", type=int, metavar="N", help="Only this chapter.")
@click.option("--json", "as_json", is_flag=True, help="Everything the catalog knows, as JSON.")
@talk_options
def list_scenes(what: str | None, chapter: int | None, as_json: bool) -> None:
    """List the scenes, chapter by chapter; those whose title or concepts have a WORD; or the options of one, by SLUG.

    \b
    cnnviz list
    cnnviz list --chapter 2
    cnnviz list pooling
    cnnviz list ch03-s03-stride
    cnnviz list --json
    """
    chosen = of_chapter(chapter)
    alone = [entry for entry in chosen if entry.slug == what]
    chosen = alone or (chosen if what is None else _search(chosen, what))
    if as_json:
        rows = [asdict(entry) | ({"options": _options(entry)} if alone else {}) for entry in chosen]
        click.echo(json.dumps(rows, indent=2, default=str, ensure_ascii=False))
    elif alone:
        click.echo("\n".join(_details(alone[0])))
    else:
        click.echo("\n".join(_table(chosen)))


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


def _search(entries: Sequence[SceneEntry], word: str) -> list[SceneEntry]:
    """Return the scenes with a word in title or concepts, else in the slug or the takeaway."""
    wanted = word.casefold()
    near = [entry for entry in entries if wanted in " ".join([entry.title, *entry.concepts]).casefold()]
    found = near or [entry for entry in entries if wanted in f"{entry.slug} {entry.takeaway}".casefold()]
    if found:
        return found
    raise InputError(
        f"list: expected the slug of a scene or a word of its title or concepts, got {word!r}; none has it"
    )


def _table(entries: Sequence[SceneEntry]) -> list[str]:
    width = max(len(entry.slug) for entry in entries)
    lines = []
    for heading, group in groupby(entries, key=lambda entry: entry.chapter):
        lines.append(heading)
        for entry in group:
            lines += [f"  {entry.slug:{width}}  {entry.title}", f"  {'':{width}}  {entry.takeaway}"]
    return lines


def _details(entry: SceneEntry) -> list[str]:
    facts = [f"{', '.join(entry.concepts)} · {entry.seconds:g} s"]
    if entry.gif:
        facts.append(f"cnnviz gif {entry.gif}")
    lines = [f"{entry.title}  ({entry.chapter})", entry.takeaway, *facts]
    rows = _options(entry)
    if rows:
        lines += ["", f"Options, as in cnnviz render {entry.slug} --set {rows[0]['name']}=...", ""]
    for row in rows:
        usual = f"  [default: {row['default']}]" if row["default"] else ""
        lines += [f"  {row['name']}  {row['kind']}{usual}", *(f"      {part}" for part in wrap(row["help"], 90))]
    return lines


def _options(entry: SceneEntry) -> list[dict[str, Any]]:
    from cnnviz.render.catalog import subject_of

    options = subject_of(entry).options.values()
    return [{"name": o.name, "kind": o.kind.metavar, "default": o.usual, "help": o.help} for o in options]
