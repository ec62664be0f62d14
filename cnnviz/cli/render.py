"""``cnnviz render``: scenes of the catalog, or of a file of one's own, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.bars import bars
from cnnviz.cli.failure import describe, report
from cnnviz.cli.options import file_options, look_options, talk_options, target_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import chosen, complete_setting, numbers, settings

if TYPE_CHECKING:
    from cnnviz.render.lecture import Part
    from cnnviz.render.request import Request

__all__ = ["FORMATS", "draw_each", "draw_lecture", "render"]

FORMATS = ("gif", "mp4", "webm", "webp", "apng", "png", "svg")


@click.command()
@target_options
@look_options
@click.option("--format", type=click.Choice(FORMATS), help="Kind of file.  [default: as --output ends, or gif]")
@click.option(
    "--captions",
    type=click.Choice(["burned", "sidecar", "both", "none"]),
    help="Into the picture, into files beside it, both or neither.  [default: both]",
)
@click.option(
    "-s",
    "--set",
    "scene_options",
    multiple=True,
    metavar="NAME=VALUE",
    callback=settings,
    shell_complete=complete_setting,
    help="An option of the scene itself, such as image=digit:5 or network=vgg16; `cnnviz list SLUG` shows all.",
)
@click.option("--voice", type=click.Choice(["espeak"]), help="Read the captions aloud, in mp4 and webm (espeak-ng).")
@click.option("--sounds", is_flag=True, default=None, help="A soft tick where a number lands, in mp4 and webm.")
@click.option(
    "--variable-rate", is_flag=True, default=None, help="Movies with pictures only where something changes: smaller."
)
@file_options
@click.option(
    "--renderer", type=click.Choice(["fast", "stock"]), help="Ours, or Manim's own for comparison.  [default: fast]"
)
@click.option("-j", "--jobs", type=int, metavar="N", default=1, show_default=True, help="Processes at work.")
@click.option(
    "--cluster", metavar="ADDRESS", help="Let the workers of a Dask cluster do it; its scheduler's tcp://host:8786."
)
@click.option("--timeout", type=float, metavar="SECONDS", help="What a scene may take; one that never ends then fails.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Folder to write into, or the file's name for a single scene.  [default: ./renders/]",
)
@click.option(
    "--concat", is_flag=True, help="All in one .mp4 or .webm: title cards, chapter marks, captions that run through."
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
    concat: bool,
    dry_run: bool,
    format: str | None,  # noqa: A002
    jobs: int,
    cluster: str | None,
    scene_options: dict[str, Any],
    **look: str | float | None,
) -> None:
    """Render scenes and print the path of each file.

    \b
    cnnviz render ch02-s01-slide
    cnnviz render ch02-s01-slide -q film -o slide.mp4
    cnnviz render --chapter 2 -q draft -o out/ --jobs 2
    cnnviz render --all --concat -o lecture.mp4 --jobs 2
    cnnviz render --all -q film --cluster tcp://node1:8786
    cnnviz render ch02-s01-slide --max-size 2MB
    cnnviz render ch06-s01-volumes --set network=vgg16
    cnnviz render my_scene.py -ql
    """
    scenes = chosen(targets, chapter, everything)
    if cluster and jobs != 1:
        raise click.UsageError("expected --jobs or --cluster, got both; a cluster has as many workers as it has")
    crew: dict[str, Any] = {"jobs": jobs, "cluster": cluster}
    if concat:
        if scene_options:
            raise click.UsageError("expected --set without --concat; the scenes of a lecture have their own pictures")
        _join(session, scenes, output or Path("renders") / f"lecture.{format or 'mp4'}", crew, dry_run=dry_run, **look)
        return
    asked = {name: value for name, value in look.items() if value is not None}
    clash = sorted({"format", "path", *look} & scene_options.keys())
    if clash:
        raise click.UsageError(f"expected --{clash[0].replace('_', '-')} for what it says, got --set {clash[0]}=...")
    _places(scenes, output, format)  # what was typed is looked at first
    from cnnviz.render.request import Request
    from cnnviz.render.work.check import check, scenes_of

    single = {scene: each for each in scenes for scene in scenes_of(each)}
    kind, paths = _places([*single], output, format)
    own = {each: numbers(scene_options) if _is_file(each) else scene_options for each in paths}
    requests = [Request.of(each, **asked, **own[each], format=kind, path=path) for each, path in paths.items()]
    plans = check(requests, **crew, thoroughly=dry_run)
    if dry_run:
        for request, plan in zip(requests, plans, strict=True):
            click.echo(f"{request.target} -> {plan.out}")
        return
    draw_each(session, requests, **crew)


def draw_each(session: Session, requests: list[Request], **crew: Any) -> None:
    """Print the path of each file as it is done, and what went wrong with the others; the worst of it is the code."""
    from cnnviz.render.work.jobs import render_all

    code = 0
    with bars(session, [str(request.target) for request in requests]) as progress:
        for request, outcome in zip(requests, render_all(requests, progress=progress, **crew), strict=True):
            if isinstance(outcome, Exception):
                if len(requests) == 1:
                    raise outcome
                report(outcome, debug=session.debug)
                code = max(code, describe(outcome)[1])
                continue
            click.echo(outcome.path)
            if outcome.note:
                click.echo(f"{request.target}: {outcome.note}", err=True)
    if code:
        click.get_current_context().exit(code)


def _join(session: Session, slugs: list[str], path: Path, crew: dict[str, Any], *, dry_run: bool, **look: Any) -> None:
    """Render scenes into one movie and print its path."""
    if look.pop("max_size") is not None:
        raise click.UsageError("expected --max-size without --concat; choose a smaller --quality or --width instead")
    from cnnviz.render.catalog import find
    from cnnviz.render.lecture import check_lecture, parts_of

    asked = {name: value for name, value in look.items() if value is not None}
    parts = parts_of([find(slug) for slug in slugs], asked.get("lang", "en"))
    check_lecture(parts, path, **crew, **asked)
    if dry_run:
        click.echo(f"{' '.join(slugs)} -> {path}")
        return
    draw_lecture(session, parts, path, **crew, **asked)


def draw_lecture(session: Session, parts: list[Part], path: Path, **asked: Any) -> None:
    """Render parts of a lecture into one movie and print its path."""
    from cnnviz.render.lecture import render_lecture

    with bars(session, [part.mark for part in parts]) as progress:
        made = render_lecture(parts, path, progress=progress, **asked)
    click.echo(made.path)


def _places(targets: list[str], output: Path | None, kind: str | None) -> tuple[str, dict[str, Path]]:
    """Return the kind of file and where each goes; an output that ends like a kind of file names the file itself."""
    suffix = output.suffix[1:].lower() if output else ""
    # What ends like some other kind of file, such as .mov, is hardly meant as a folder.
    if output is None or (suffix not in FORMATS and (output.is_dir() or not suffix.isalpha())):
        from cnnviz.render.plan import name_of

        kind = kind or "gif"
        paths = {target: (output or Path("renders")) / f"{name_of(target)}.{kind}" for target in targets}
        if len({*paths.values()}) < len(targets):
            raise click.UsageError("expected files with names of their own, got two of the same; call for each with -o")
        return kind, paths
    if len(targets) == 1 and suffix in FORMATS and kind in (suffix, None):
        return suffix, {targets[0]: output}
    endings = f".{kind}" if kind else "one of ." + ", .".join(FORMATS)
    one = f"a folder, or a name that ends in {endings}"
    expected = f"a folder for {len(targets)} scenes" if len(targets) > 1 else one
    raise click.BadParameter(f"expected {expected}, got {str(output)!r}", param_hint="--output")


def _is_file(target: str) -> bool:
    """Say whether a target is a file, whose scene may not say of what kind its options are."""
    return target.rpartition(":")[0].endswith(".py") or target.endswith(".py")
