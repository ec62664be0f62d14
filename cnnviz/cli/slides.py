"""``cnnviz slides``: scenes as a deck for the lecture hall."""

from __future__ import annotations

from pathlib import Path

import click

from cnnviz.cli.bars import bars
from cnnviz.cli.options import LANGUAGES, THEME, talk_options, target_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import chosen, ending

__all__ = ["slides"]


@click.command(short_help="Make a deck of scenes: a slide for each beat.")
@target_options
@click.option("--every", is_flag=True, help="A slide for each animation.  [default: for each beat or section]")
@click.option("--theme", type=THEME, help="The ground it is drawn on.  [default: dark]")
@click.option("-q", "--quality", type=click.Choice(["draft", "web", "film"]), help="Size and rate.  [default: web]")
@click.option("--aspect", type=click.Choice(["16:9", "4:3", "1:1", "9:16"]), help="The shape of the slides.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language that it speaks.  [default: en]")
@click.option("-j", "--jobs", type=int, metavar="N", default=1, show_default=True, help="Processes at work.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=ending(".html", ".pptx", ".pdf"),
    metavar="FILE.html|.pptx|.pdf",
    help="A page that needs nothing else, a PowerPoint file, or paper.  [default: an .html in ./renders/]",
)
@talk_options
@pass_session
def slides(
    session: Session,
    /,
    targets: tuple[str, ...],
    chapter: int | None,
    everything: bool,
    every: bool,
    theme: str | None,
    quality: str | None,
    aspect: str | None,
    lang: str | None,
    jobs: int,
    output: Path | None,
) -> None:
    """Make a deck of scenes, a slide for each beat that plays and stops at its end, and print its path.

    The sentence of the beat goes into the notes. Of any other Manim file there is a slide for each section that it
    begins by next_section.

    \b
    cnnviz slides ch04-s02-max-pooling -o pooling.html
    cnnviz slides --chapter 4 -o pooling.pptx
    cnnviz slides my_scene.py --every -o deck.pdf
    """
    scenes = chosen(targets, chapter, everything)
    name = Path(scenes[0]).stem if len(scenes) == 1 else "slides"
    from cnnviz.render.slides.making import check_deck, parts
    from cnnviz.render.slides.making import slides as make

    path = output or Path("renders") / f"{name}.html"
    check_deck(path)
    with bars(session, [part.mark for part in parts(scenes, lang or "en")]) as progress:
        look = {"theme": theme, "quality": quality, "aspect": aspect, "lang": lang}
        click.echo(make(scenes, path, every=every, jobs=jobs, progress=progress, **look))
