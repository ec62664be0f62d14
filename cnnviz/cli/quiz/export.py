"""``cnnviz quiz export``: a quiz as a file that a learning platform, a notebook, a browser or a printer takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.quiz.choosing import choose, choosing_options, complete_topic
from cnnviz.cli.session import Session, pass_session

__all__ = ["export"]

FORMATS = ("moodle", "gift", "qti", "qti3", "anki", "prairielearn", "jupyterquiz", "markdown", "html", "pdf")


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
@click.option(
    "--variants",
    type=click.IntRange(1, 1000),
    metavar="N",
    default=1,
    help="So many questions on each topic, in a pool of their own: each student draws one.",
)
@click.option(
    "--numeric",
    type=click.Choice(["typed", "choice"]),
    default="typed",
    show_default=True,
    help="choice offers the usual mistakes, for readers that know only exact text.",
)
@click.option(
    "--points",
    type=click.FloatRange(0.01, 1000),
    metavar="X",
    default=1.0,
    show_default=True,
    help="For each question.",
)
@click.option(
    "--penalty",
    type=click.FloatRange(0, 1),
    metavar="X",
    default=1 / 3,
    help="Which part of the points a further try costs.  [default: 1/3]",
)
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
    variants: int,
    numeric: str,
    points: float,
    penalty: float,
    pictures: bool,
    title: str,
    output: Path | None,
    **how: Any,
) -> None:
    """Write a quiz on TOPICs, or on everything, with feedback and worked solutions, and print the path.

    moodle is Moodle XML (.xml), gift is for Moodle and others (.gift), qti is QTI 2.1 for Canvas and others (.zip),
    qti3 is QTI 3.0 (.qti3.zip), prairielearn is a folder of questions (.pl.zip), anki is a deck (.apkg), jupyterquiz is
    for notebooks (.json), html is a page that checks answers by itself, markdown and pdf have the answers at the end.

    \b
    cnnviz quiz export --format moodle -n 20 --seed 1 -o quiz.xml
    cnnviz quiz export output-size padding-modes --difficulty 2 -o week3.html
    cnnviz quiz export --chapter 2 --pictures --title "Week 2" -o week2.pdf
    cnnviz quiz export --chapter 3 --variants 30 --title "Exam" -o exam.xml
    """
    from cnnviz.quizzes.export import FORMATS as ENDINGS
    from cnnviz.quizzes.export import export as write
    from cnnviz.quizzes.export import find_format
    from cnnviz.render.files.output import staged

    kind = kind or ("moodle" if output is None else find_format(output))
    path = output or Path("renders") / f"quiz{ENDINGS[kind][0]}"
    questions = choose((*topics, *more), quiet=session.quiet, variants=variants, **how)
    with staged(path) as temporary, session.progress("Drawing solutions") as progress:
        drawn = None
        if pictures:
            from cnnviz.cli.quiz.picture import draw

            drawn = draw(questions, progress)
        about: dict[str, Any] = {"title": title, "points": points, "penalty": penalty, "numeric": numeric}
        write(questions, temporary, kind, pictures=drawn, pools=variants > 1, **about)
    click.echo(path)
