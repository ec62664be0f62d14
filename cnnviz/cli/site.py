"""``cnnviz site``: scenes as a static site."""

from __future__ import annotations

from pathlib import Path

import click

from cnnviz.cli.bars import bars
from cnnviz.cli.options import LANGUAGES, THEME, talk_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import chosen, complete_scene

__all__ = ["site"]


def _languages(context: click.Context, parameter: click.Parameter, text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    if not set(names) <= {*LANGUAGES}:
        raise click.BadParameter(
            f"expected {' or '.join(LANGUAGES)}, or several as in {','.join(LANGUAGES)}, got {text!r}",
            context,
            parameter,
        )
    return names


@click.command(short_help="Make a static site of scenes, with a player for each.")
@click.argument("targets", nargs=-1, metavar="[SLUG|FILE.py[:CLASS]]...", shell_complete=complete_scene)
@click.option("--chapter", type=int, metavar="N", help="Only the scenes of a chapter.  [default: all]")
@click.option("--title", metavar="TEXT", help="The name of the site.")
@click.option("--theme", type=THEME, help="The ground of the movies.  [default: dark]")
@click.option("-q", "--quality", type=click.Choice(["draft", "web", "film"]), help="Size and rate.  [default: web]")
@click.option(
    "--lang",
    metavar="LANG[,LANG]",
    default="en",
    show_default=True,
    callback=_languages,
    help=f"Of {', '.join(LANGUAGES)}; of several, that of the pictures first.",
)
@click.option("-j", "--jobs", type=int, metavar="N", default=1, show_default=True, help="Processes at work.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("renders", "site"),
    metavar="DIR",
    help="The folder to make, or to replace where it is a site.  [default: ./renders/site]",
)
@talk_options
@pass_session
def site(
    session: Session,
    /,
    targets: tuple[str, ...],
    chapter: int | None,
    title: str | None,
    theme: str | None,
    quality: str | None,
    lang: tuple[str, ...],
    jobs: int,
    output: Path,
) -> None:
    """Make a static site of scenes, and print its first page.

    Each scene has a page with a player that stops at beats, its transcript, its stills, and what makes it. The site
    works from a disk as from any host, asks no other for anything, and reads as a document where scripts are off.

    \b
    cnnviz site -o site
    cnnviz site --chapter 4 -o pooling
    cnnviz site ch02-s01-slide my_scene.py -o mine
    cnnviz site --lang es -o sitio
    cnnviz site --lang en,es -o both
    """
    scenes = chosen(targets, chapter, everything=chapter is None and not targets)
    from cnnviz.render.site.making import scenes_in
    from cnnviz.render.site.making import site as make

    with bars(session, scenes_in(scenes)) as progress:
        click.echo(
            make(scenes, output, title=title, theme=theme, quality=quality, lang=lang, jobs=jobs, progress=progress)
        )
