"""``cnnviz quiz export``: a quiz as a file that a learning platform, a notebook, a browser or a printer takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.quiz.choosing import choose, choosing_options, complete_topic
from cnnviz.cli.session import Session, pass_session

__all__ = ["export"]

FORMATS = ("moodle", "gift", "qti", "jupyterquiz", "markdown", "html", "pdf")


@click.command(short_help="Write a quiz as a file.")
@click.argument("topics", metavar="[TOPIC]...", nargs=-1, shell_complete=complete_topic)
@click.option("--topic", "more", multiple=True, metavar="TOPIC", shell_complete=complete_topic, help="One more topic.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="Of the file.  [default: as -o ends, or moodle]",
)
@choosing_options(10)
@click.option("--pictures", is_flag=True, help="With a picture of each solution, drawn by its scene.")
@click.option("--title", metavar="NAME", default="Quiz", show_default=True, help="What the quiz is called.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write.  [default: in ./renders/]"
)
@talk_options
@pass_session
def export(
    session: Session,
    /,
    topics: tuple[str, ...],
    more: tuple[str, ...],
    kind: str | None,
    pictures: bool,
    title: str,
    output: Path | None,
    **how: Any,
) -> None:
    """Write a quiz on TOPICs, or on everything, with feedback and worked solutions, and print the path.

    moodle is Moodle XML (.xml), gift is for Moodle and others (.gift), qti is QTI 2.1 for Canvas and others (.zip),
    jupyterquiz is for notebooks (.json), html is a page that checks answers by itself, markdown and pdf have the
    answers at the end.

    \b
    cnnviz quiz export --format moodle -n 20 --seed 1 -o quiz.xml
    cnnviz quiz export output-size padding-modes --difficulty 2 -o week3.html
    cnnviz quiz export --chapter 2 --pictures --title "Week 2" -o week2.pdf
    """
    from cnnviz.quizzes.export import FORMATS as ENDINGS
    from cnnviz.quizzes.export import export as write
    from cnnviz.quizzes.export import find_format
    from cnnviz.render.files.output import staged

    kind = kind or ("moodle" if output is None else find_format(output))
    path = output or Path("renders") / f"quiz{ENDINGS[kind][0]}"
    questions = choose((*topics, *more), quiet=session.quiet, **how)
    with staged(path) as temporary, session.progress("Drawing solutions") as progress:
        drawn = None
        if pictures:
            from cnnviz.cli.quiz.picture import draw

            drawn = draw(questions, progress)
        write(questions, temporary, kind, pictures=drawn, title=title)
    click.echo(path)
