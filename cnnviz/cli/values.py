"""How the text of an option becomes a value, and how the shell completes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["chosen", "complete_scene", "complete_setting", "ending", "numbers", "plain_numbers", "settings", "starting"]

_ROWS_BELOW_ZERO = re.compile(r"-[\d.][\d.eE+\-/\s]*[,;][\d.eE+\-/,;\s]*")


def plain_numbers(arguments: Sequence[str]) -> list[str]:
    """Let rows of numbers begin with a minus sign and be no option: the space before it means nothing in numbers.

    Examples
    --------
    >>> plain_numbers(["-1,2;3,4", "-q", "draft", "--stride", "-1"])
    [' -1,2;3,4', '-q', 'draft', '--stride', '-1']
    """
    return [f" {text}" if _ROWS_BELOW_ZERO.fullmatch(text) else text for text in arguments]


def ending(*suffixes: str) -> Callable[[click.Context, click.Parameter, Path | None], Path | None]:
    """Take only a file name that ends in one of these, as the callback of an option.

    Examples
    --------
    >>> ending(".png", ".pdf")(None, None, Path("sheet.key"))
    Traceback (most recent call last):
    click.exceptions.BadParameter: expected a file name that ends in .png or .pdf, got 'sheet.key'
    """
    known = " or ".join(filter(None, (", ".join(suffixes[:-1]), suffixes[-1])))

    def check(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
        if path is not None and path.suffix.lower() not in suffixes:
            raise click.BadParameter(
                f"expected a file name that ends in {known}, got {str(path)!r}", context, parameter
            )
        return path

    return check


def chosen(targets: Sequence[str], chapter: int | None, everything: bool) -> list[str]:
    """List the scenes that are asked for, by name, of a chapter, or all; each once."""
    listed = []
    if everything or chapter is not None:
        from cnnviz.cli.list import of_chapter

        listed = [entry.slug for entry in of_chapter(None if everything else chapter)]
    if not (scenes := list(dict.fromkeys([*targets, *listed]))):
        raise click.UsageError("expected a SLUG or FILE.py, --chapter N or --all; `cnnviz list` shows the slugs")
    return scenes


def settings(context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, Any]:
    """Read ``NAME=VALUE``; a name that comes several times has several values.

    Examples
    --------
    >>> settings(None, None, ("image=digit:5", "stride=2,1", "filters=emboss", "filters=edge-x"))
    {'image': 'digit:5', 'stride': '2,1', 'filters': ['emboss', 'edge-x']}
    """
    found: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.isidentifier():
            raise click.BadParameter(f"expected NAME=VALUE, got {pair!r}", context, parameter)
        found.setdefault(name, []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}


def numbers(texts: Mapping[str, Any]) -> dict[str, Any]:
    """Read what are numbers as numbers, for a scene that says nothing of the kinds of its options.

    Examples
    --------
    >>> numbers({"speed": "2", "at": ["1", "0.5"], "name": "x"})
    {'speed': 2, 'at': (1, 0.5), 'name': 'x'}
    """
    return {
        name: tuple(map(_number, text)) if isinstance(text, list) else _number(text) for name, text in texts.items()
    }


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def complete_setting(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the options of the scenes that were named before, and after the equals sign what completes a value."""
    from click.shell_completion import CompletionItem

    from cnnviz.errors import CnnvizError
    from cnnviz.render.catalog import find, subject_of

    options: dict[str, Any] = {}
    # An option without its value ends what click reads: what came before is still in args.
    for target in (*(context.params.get("targets") or ()), *context.args):
        try:
            options |= subject_of(find(target)).options
        except CnnvizError:
            continue
    name, equals, text = start.partition("=")
    if not equals:
        return [CompletionItem(f"{each}=", help=options[each].help) for each in options if each.startswith(name)]
    offers = options[name].kind.offers() if name in options else ()
    return [CompletionItem(f"{name}={word}") for word in offers if word.startswith(text)]


def complete_scene(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the catalog's slugs, or files where none fits."""
    from cnnviz.render.catalog import scenes

    return starting(start, (entry.slug for entry in scenes()))


def starting(start: str, names: Iterable[str]) -> list[CompletionItem]:
    """Offer the names that begin so, or files where none does."""
    from click.shell_completion import CompletionItem

    found = [CompletionItem(name) for name in names if name.startswith(start)]
    return found or [CompletionItem(start, type="file")]
