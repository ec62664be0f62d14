"""``cnnviz render``: scenes of the catalog, or of a file of one's own, as files."""

from __future__ import annotations

from pathlib import Path

import click

from cnnviz.cli.drawing import draw
from cnnviz.cli.options import look_options, talk_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import complete_scene

__all__ = ["FORMATS", "render"]

FORMATS = ("gif", "mp4", "webm", "webp", "apng", "png")


@click.command()
@click.argument("targets", nargs=-1, metavar="[SLUG|FILE.py]...", shell_complete=complete_scene)
@click.option("--chapter", type=int, metavar="N", help="Every scene of a chapter.")
@click.option("--all", "everything", is_flag=True, help="Every scene.")
@look_options
@click.option("--format", type=click.Choice(FORMATS), help="Kind of file.  [default: as --output ends, or gif]")
@click.option(
    "--captions",
    type=click.Choice(["burned", "sidecar", "both", "none"]),
    help="Into the picture, into files beside it, both or neither.  [default: both]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Folder to write into, or the file's name for a single scene.  [default: ./renders/]",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be rendered.")
@talk_options
@pass_session
def render(
    session: Session,
    /,
    targets: tuple[str, ...],
    chapter: int | None,
    everything: bool,
    output: Path | None,
    dry_run: bool,
    format: str | None,  # noqa: A002
    **look: str | float | None,
) -> None:
    """Render scenes and print the path of each file.

    \b
    cnnviz render ch02-s01-slide
    cnnviz render ch02-s01-slide -q film -o slide.mp4
    cnnviz render --chapter 2 -q draft -o out/
    cnnviz render my_scene.py -ql
    """
    chosen = [*targets, *_of_catalog(chapter, everything)]
    if not chosen:
        raise click.UsageError("expected a SLUG or FILE.py, --chapter N or --all; `cnnviz list` shows the slugs")
    kind, paths = _places(chosen, output, format)
    for target, path in zip(chosen, paths, strict=True):
        if dry_run:
            click.echo(f"{target} -> {path}")
        else:
            draw(session, target, format=kind, path=path, **look)


def _places(targets: list[str], output: Path | None, kind: str | None) -> tuple[str, list[Path]]:
    """Return the kind of file and where each goes; an output that ends like a kind of file names the file itself."""
    suffix = output.suffix[1:].lower() if output else ""
    if output is None or suffix not in FORMATS:
        kind = kind or "gif"
        return kind, [(output or Path("renders")) / f"{Path(target).stem}.{kind}" for target in targets]
    if len(targets) == 1 and kind in (suffix, None):
        return suffix, [output]
    expected = (
        f"a folder for {len(targets)} scenes" if len(targets) > 1 else f"a folder, or a name that ends in .{kind}"
    )
    raise click.BadParameter(f"expected {expected}, got {str(output)!r}", param_hint="--output")


def _of_catalog(chapter: int | None, everything: bool) -> list[str]:
    if chapter is None and not everything:
        return []
    from cnnviz.cli.list import of_chapter

    return [entry.slug for entry in of_chapter(None if everything else chapter)]
