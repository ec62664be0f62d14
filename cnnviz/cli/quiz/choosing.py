"""Which questions: the options that asking and writing share."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import Decorator, together

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cnnviz.quizzes import Question

__all__ = ["choose", "choosing_options", "complete_topic"]

SEEDS = 1_000_000


def complete_topic(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    """Offer the topics."""
    from click.shell_completion import CompletionItem

    from cnnviz.quizzes import topics

    return [CompletionItem(name, help=topic.title) for name, topic in topics().items() if name.startswith(start)]


def choosing_options(default: int) -> Decorator:
    """Add ``--n``, ``--seed``, ``--difficulty``, ``--chapter`` and ``--lang``."""
    return together(
        click.option(
            "-n", "--n", type=click.IntRange(1, 1000), metavar="N", default=default, show_default=True, help="How many."
        ),
        click.option(
            "--seed", type=click.IntRange(0), metavar="N", help="The same questions again.  [default: new ones]"
        ),
        click.option(
            "--difficulty",
            type=click.IntRange(1, 3),
            metavar="N",
            default=1,
            show_default=True,
            help="1 by hand, 2 with paper, 3 with another thought.",
        ),
        click.option("--chapter", type=int, metavar="N", help="Only topics of this chapter."),
        click.option(
            "--lang",
            "language",
            type=click.Choice(["en", "es"]),
            default="en",
            show_default=True,
            help="The language: the same numbers in other words.",
        ),
    )


def choose(names: Sequence[str], *, seed: int | None, quiet: bool, **how: Any) -> list[Question]:
    """Make the questions; where no seed was given, say which one it is."""
    from cnnviz.quizzes import make_quiz

    drawn = secrets.randbelow(SEEDS) if seed is None else seed
    questions = make_quiz(names, seed=drawn, **how)
    if seed is None and not quiet:
        click.echo(f"the same questions again: --seed {drawn}", err=True)
    return questions
