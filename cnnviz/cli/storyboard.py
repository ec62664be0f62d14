"""``cnnviz storyboard``: a scene on paper."""

from __future__ import annotations

from pathlib import Path

import click

from cnnviz.cli.options import LANGUAGES, THEME, header_option, talk_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import complete_scene, ending

__all__ = ["storyboard"]


@click.command(short_help="Put the pictures of a scene on a sheet.")
@click.argument("target", metavar="SLUG|FILE.py[:CLASS]", shell_complete=complete_scene)
@click.option("--theme", type=THEME, help="[default: dark for .png, light for .pdf]")
@click.option("--aspect", type=click.Choice(["16:9", "4:3", "1:1", "9:16"]), help="The shape of its pictures.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language that it speaks.  [default: en]")
@header_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=ending(".png", ".pdf"),
    metavar="FILE.png|.pdf",
    help="A contact sheet, or a hand-out to print.  [default: a .png in ./renders/]",
)
@talk_options
@pass_session
def storyboard(
    session: Session,
    /,
    target: str,
    theme: str | None,
    aspect: str | None,
    lang: str | None,
    header: bool | None,
    output: Path | None,
) -> None:
    """Put the pictures of a scene on a sheet, one for each sentence, and print the path.

    \b
    cnnviz storyboard ch02-s01-slide
    cnnviz storyboard ch02-s01-slide -o slide.pdf
    """
    path = output or Path("renders") / f"{Path(target).stem}.png"
    with session.progress(f"Drawing {target}"):
        from cnnviz.render.paper.storyboard import storyboard as draw

        asked = {"lang": lang, "header": header}
        said = {name: value for name, value in asked.items() if value is not None}
        click.echo(draw(target, path, theme=theme, aspect=aspect, **said))
