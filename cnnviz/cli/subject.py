"""The options of a subject as those of a command: flags, help and completion are read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import Decorator
from cnnviz.cli.values import starting

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cnnviz.subjects import Option, Subject

__all__ = ["parameters", "subject_options"]

ARGUMENTS = ("image", "network")
"""What needs no flag, where it is a subject's first option."""


def parameters(subject: type[Subject], without: Iterable[str] = ()) -> list[click.Parameter]:
    """Return the argument and the flags of a subject; their texts are read by the subject itself."""
    options = [option for name, option in subject.options.items() if name not in without]
    return [_argument(o) if o is options[0] and o.name in ARGUMENTS else _flag(o) for o in options]


def subject_options(subject: type[Subject]) -> Decorator:
    """Give a command written by hand the argument and the flags of a subject."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        command.__click_params__ = [  # type: ignore[attr-defined]  # where click's own decorators keep them
            *getattr(command, "__click_params__", []),
            *parameters(subject)[::-1],
        ]
        return command

    return decorate


def _argument(option: Option[Any]) -> click.Argument:
    return click.Argument([option.name], required=False, shell_complete=partial(_complete, option))


def _flag(option: Option[Any]) -> click.Option:
    from cnnviz.subjects.kinds import Flag

    usual = option.usual
    told = f"{option.help}  [default: {usual}]" if usual else option.help
    if isinstance(option.kind, Flag):
        return click.Option([option.flag], is_flag=True, flag_value="true", default=None, help=option.help)
    several = getattr(option.kind, "several", False)
    names = dict.fromkeys([option.name, option.flag, *([option.flag.removesuffix("s")] if several else [])])
    return click.Option(
        [*names],
        metavar=option.kind.metavar,
        multiple=several,
        help=told,
        shell_complete=partial(_complete, option),
    )


def _complete(
    option: Option[Any], context: click.Context, parameter: click.Parameter, start: str
) -> list[CompletionItem]:
    return starting(start, option.kind.offers())
