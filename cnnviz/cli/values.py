"""How the text of an option becomes a value, and how the shell completes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["complete_image", "complete_kernel", "complete_scene", "padding", "per_axis", "plain_numbers", "settings"]

PADDING_WORDS = ("valid", "same", "full", "crop")
_ROWS_BELOW_ZERO = re.compile(r"-[\d.][\d.eE+\-/\s]*[,;][\d.eE+\-/,;\s]*")


def plain_numbers(arguments: Sequence[str]) -> list[str]:
    """Let rows of numbers begin with a minus sign and be no option: the space before it means nothing in numbers.

    Examples
    --------
    >>> plain_numbers(["-1,2;3,4", "-q", "draft", "--stride", "-1"])
    [' -1,2;3,4', '-q', 'draft', '--stride', '-1']
    """
    return [f" {text}" if _ROWS_BELOW_ZERO.fullmatch(text) else text for text in arguments]


def per_axis(context: click.Context, parameter: click.Parameter, text: str | None) -> Any:
    """Read one integer for both axes, or ``ROWS,COLUMNS``; whether they make sense is the engine's to say.

    Examples
    --------
    >>> per_axis(None, None, "2"), per_axis(None, None, "2,1")
    (2, (2, 1))
    """
    if text is None:
        return None
    numbers = _integers(text)
    if len(numbers) not in (1, 2):
        raise click.BadParameter(f"expected an integer, or two as ROWS,COLUMNS, got {text!r}", context, parameter)
    return numbers[0] if len(numbers) == 1 else tuple(numbers)


def padding(context: click.Context, parameter: click.Parameter, text: str | None) -> Any:
    """Read what `per_axis` reads, a word, or ``TOP,BOTTOM;LEFT,RIGHT``.

    Examples
    --------
    >>> padding(None, None, "1,1;0,2"), padding(None, None, "same"), padding(None, None, "1")
    (((1, 1), (0, 2)), 'same', 1)
    """
    if text is None or text in PADDING_WORDS:
        return text
    sides = [tuple(_integers(side)) for side in text.split(";")]
    if len(sides) == 2 and all(len(side) == 2 for side in sides):
        return tuple(sides)
    if len(sides) == 1 and len(sides[0]) in (1, 2):
        return per_axis(context, parameter, text)
    raise click.BadParameter(
        f"expected N, ROWS,COLUMNS, TOP,BOTTOM;LEFT,RIGHT or one of {', '.join(PADDING_WORDS)}, got {text!r}",
        context,
        parameter,
    )


def settings(context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> dict[str, Any]:
    """Read ``NAME=VALUE``: numbers as numbers, all else as text; a name that comes several times has several values.

    Examples
    --------
    >>> settings(None, None, ("image=digit:5", "stride=2", "stride=1", "dy=1,0;0,1"))
    {'image': 'digit:5', 'stride': (2, 1), 'dy': '1,0;0,1'}
    """
    found: dict[str, list[Any]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.isidentifier():
            raise click.BadParameter(f"expected NAME=VALUE, got {pair!r}", context, parameter)
        found.setdefault(name, []).append(_number(text))
    return {name: values[0] if len(values) == 1 else tuple(values) for name, values in found.items()}


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def complete_image(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the built-in pictures, or files where none fits."""
    from cnnviz.data import builtin_names

    return _starting(start, builtin_names())


def complete_kernel(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the gallery, or files where no name fits."""
    from cnnviz.data import gallery

    return _starting(start, gallery())


def complete_scene(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the catalog's slugs, or files where none fits."""
    from cnnviz.render.catalog import scenes

    return _starting(start, (entry.slug for entry in scenes()))


def _integers(text: str) -> list[int]:
    """Return the integers between the commas, or none if one of them is not."""
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        return []


def _starting(start: str, names: Iterable[str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    found = [CompletionItem(name) for name in names if name.startswith(start)]
    return found or [CompletionItem(start, type="file")]
