"""``cnnviz experiment``: measure again what the lecture claims about learning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.session import Session, pass_session

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from cnnviz.nn.experiments import Result

__all__ = ["experiment"]

ENDINGS = (".png", ".svg", ".pdf")


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from cnnviz.nn.experiments import names

    return [CompletionItem(name) for name in names() if name.startswith(start)]


def _picture(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise click.BadParameter(
            f"expected a file name that ends in {', '.join(ENDINGS)}, got {str(path)!r}", context, parameter
        )
    return path


@click.command(short_help="Measure again what the lecture claims about learning.")
@click.argument("name", required=False, shell_complete=_complete)
@click.option(
    "--seeds",
    type=click.IntRange(1, 100),
    metavar="N",
    default=5,
    show_default=True,
    help="Repetitions, with the seeds 0, 1, ...",
)
@click.option("--quick", is_flag=True, help="In a second, with far too little training to conclude anything.")
@click.option("--shipped", is_flag=True, help="Show what came out for the lecture; run nothing.")
@click.option("--json", "as_json", is_flag=True, help="Every number of every seed as one JSON object.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=_picture,
    metavar="FILE.png|.svg|.pdf",
    help="Also draw the numbers into this file.",
)
@talk_options
@pass_session
def experiment(
    session: Session, name: str | None, seeds: int, quick: bool, shipped: bool, as_json: bool, output: Path | None
) -> None:
    """Run an experiment and print its table: the mean over the seeds and how far they spread.

    NAME is one of moving, shuffling, shifting, depth, overfitting, transfer, optimizers, kernels, pooling, capsules,
    augmentation, leaking; without it, all are listed. Each takes a few minutes on one core. The last line says what was
    found, whatever that is; the same seeds give the same numbers on the same machine.

    \b
    cnnviz experiment
    cnnviz experiment shuffling -o shuffling.png
    cnnviz experiment transfer --shipped
    cnnviz experiment depth --seeds 10 --json
    """
    from cnnviz.nn.experiments import find, measured, names

    if name is None:
        width = max(map(len, names()))
        for each in names():
            click.echo(f"{each:<{width}}  {find(each).question}")
        return
    chosen = find(name)
    with _drawing(output) as draw:  # a file that cannot be written is said now, not when the minutes are spent
        if shipped:
            result = measured(name)
        else:
            with session.progress(f"measuring {name}") as progress:
                result = chosen.run(range(seeds), quick=quick, progress=progress)
        draw(result)
    click.echo(result.json() if as_json else str(result))
    if quick and not shipped and not as_json:
        click.echo("quick: too little training to conclude anything")
    if output is not None:
        click.echo(output, err=as_json)


@contextmanager
def _drawing(output: Path | None) -> Iterator[Callable[[Result], None]]:
    """Keep a place for a picture; yields what draws into it, and does nothing where none is wanted."""
    if output is None:
        yield lambda _: None
        return
    from cnnviz.cli.plot import plot
    from cnnviz.render.files.output import staged

    with staged(output) as temporary:
        yield lambda result: plot(result, temporary)
