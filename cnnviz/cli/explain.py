"""``cnnviz explain``: a lecture on a network of one's own and a picture of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import look_options, talk_options
from cnnviz.cli.render import draw_each, draw_lecture
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.summary import complete_network, like_option, size_of

if TYPE_CHECKING:
    from cnnviz.subjects.network import KnownNetwork

__all__ = ["explain"]

MOVIES = ("mp4", "webm")
MOST_LABELS = 2**20  # bytes


@click.command(short_help="Make a lecture on your network and your picture.")
@click.argument("network", metavar="NETWORK", shell_complete=complete_network)
@click.argument("image", required=False)
@like_option
@click.option("--input", "input_text", metavar="CxHxW", help="The size of one example.  [default: the network's own]")
@click.option(
    "--labels",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Names of the classes, one a line, in the order of the outputs.",
)
@click.option("--layers", metavar="NAME,NAME", help="Whose maps to show.  [default: the last at each size of the maps]")
@look_options
@click.option("--format", type=click.Choice(MOVIES), help="Kind of movie.  [default: as --output ends, or mp4]")
@click.option(
    "--captions",
    type=click.Choice(["burned", "sidecar", "both", "none"]),
    help="Into the picture, into files beside it, both or neither.  [default: both]",
)
@click.option("--voice", type=click.Choice(["espeak"]), help="Read the captions aloud (espeak-ng).")
@click.option("-j", "--jobs", type=int, metavar="N", default=1, show_default=True, help="Processes at work.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="One movie with chapters, or a folder for a movie of each scene.  [default: one in ./renders/]",
)
@click.option("--dry-run", is_flag=True, help="Only say which scenes there would be.")
@talk_options
@pass_session
def explain(
    session: Session,
    /,
    network: str,
    image: str | None,
    like: str | None,
    input_text: str | None,
    labels: Path | None,
    layers: str | None,
    output: Path | None,
    format: str | None,  # noqa: A002
    dry_run: bool,
    jobs: int,
    **look: Any,
) -> None:
    """Make a lecture on a network and a picture: its volumes, what its neurons see, its maps, its answer and why.

    NETWORK is .onnx, weights in .npz or .safetensors (with --like where they do not say their network), or a name, as
    for cnnviz summary. IMAGE is a file or a built-in picture; a digit or a photo if left out. For a network of
    sequences it is heartbeat, tone, or a file of numbers or sound: .npy, .csv, .wav. What cannot be told of this
    network is left out, and why is said.

    \b
    cnnviz explain mine.onnx cat.jpg -o lecture.mp4
    cnnviz explain mine.onnx cat.jpg --labels classes.txt --aspect 9:16
    cnnviz explain ecg.onnx beats.csv
    cnnviz explain weights.npz digit:3 --like "1x28x28 > conv 8 k3 > relu > pool 2 > flatten > dense 10"
    cnnviz explain tiny-cnn -q draft -o scenes/
    """
    kind, single = _kind(output, format)
    known = _known(network, like, input_text, labels)
    language = look["lang"] or "en"
    picture = image or ("heartbeat" if known.is_row else "digit:5" if known.input[0] == 1 else "photo:china")
    from cnnviz.render.explain import explain as choose
    from cnnviz.render.explain import movie_title
    from cnnviz.subjects.seen import see

    with _computing(session, known) as tell:
        seen = see(known, picture, tell)
    with session.progress("Choosing scenes"):
        chosen = choose(seen, picture, language, layers=layers)
    for title, reason in chosen.left_out:
        click.echo(f"left out {title}: {reason}", err=True)
    if dry_run:
        for part in chosen.parts:
            click.echo(part.mark)
        return
    asked = {name: value for name, value in look.items() if value is not None}
    path = output or Path("renders") / f"{known.name.replace(' ', '-')}.{kind}"
    if single:
        draw_lecture(session, [*chosen.parts], path, title=movie_title(known, language), jobs=jobs, **asked)
        return
    from cnnviz.render.request import Request

    requests = [
        Request.of(part.target, **asked, **part.options, format=kind, path=path / f"{part.target}.{kind}")
        for part in chosen.parts[1:]
    ]
    draw_each(session, requests, jobs=jobs)


def _kind(output: Path | None, asked: str | None) -> tuple[str, bool]:
    """Return the kind of movie, and whether it is one."""
    ending = output.suffix[1:].lower() if output is not None and not output.is_dir() else ""
    if output is None or (ending in MOVIES and asked in (None, ending)):
        return ending or asked or "mp4", True
    if not ending:
        return asked or "mp4", False
    endings = f".{asked}" if asked else " or ".join(f".{kind}" for kind in MOVIES)
    raise click.BadParameter(
        f"expected a folder, or a name that ends in {endings}, got {str(output)!r}", param_hint="--output"
    )


def _known(text: str, like: str | None, input_text: str | None, labels: Path | None) -> KnownNetwork:
    """Load the network, with the names of its classes."""
    from cnnviz.errors import InputError
    from cnnviz.nn import load
    from cnnviz.subjects.network import KnownNetwork, short_name

    shape = None if input_text is None else size_of(input_text)
    network = load(text, like=like, input_shape=shape, who="explain")
    if network.input_shape is None:
        raise InputError(
            "explain: expected the size of one example, which the file does not say; add --input 3x224x224"
        )
    if labels is not None:
        outputs = network.output_shape(network.input_shape)
        names = _names(labels)
        if len(outputs) != 1:
            raise InputError(
                f"explain: expected a network that gives a score for each name, got one that gives "
                f"{'x'.join(map(str, outputs))}; leave out --labels"
            )
        if len(names) != outputs[0]:
            raise InputError(
                f"explain: expected a name for each of {outputs[0]} outputs, one a line, got {len(names)} in {labels}; "
                f"write one for each, in their order"
            )
        network.classes = names
    return KnownNetwork(short_name(text), network.input_shape, network).laid()


def _names(path: Path) -> tuple[str, ...]:
    from cnnviz.data.source import printable, read_bytes

    text = read_bytes("explain", path, MOST_LABELS).decode("utf-8", errors="replace")
    return tuple(printable(line.strip())[:80] for line in text.splitlines() if line.strip())


@contextmanager
def _computing(session: Session, known: KnownNetwork) -> Iterator[Callable[[str], None] | None]:
    """Show a bar that says which layer is computed."""
    if session.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Computing", total=len(known.network.summary(known.input).rows))

        def tell(name: str) -> None:
            bar.update(task, advance=1, description=f"Computing {name}")

        yield tell
