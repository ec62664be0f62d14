"""``cnnviz train``: a small network, from first weights to reading digits or telling one's own pictures apart."""

from __future__ import annotations

import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.session import Session, pass_session
from cnnviz.cli.values import ending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnnviz.data import DataSet
    from cnnviz.nn import History, Sequential

__all__ = ["train"]

EPOCHS = {"digits": 40, "scattered": 25, "shapes": 20, "folder": 20, "mnist": 3}


@click.command(short_help="Train a small network and save its weights.")
@click.option(
    "--data",
    "source",
    metavar="digits|scattered|shapes|mnist:DIR|folder:DIR",
    default="digits",
    show_default=True,
    help="What to learn from.",
)
@click.option(
    "--size", type=click.IntRange(1), metavar="N", help="Rows and columns of scattered, shapes (16) or a folder's (32)."
)
@click.option("--channels", type=click.Choice(["gray", "rgb"]), help="Of a folder's pictures.  [default: gray]")
@click.option(
    "--epochs",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Passes through it.  [default: digits 40, scattered 25, shapes and folder 20, mnist 3]",
)
@click.option(
    "--seed", type=click.IntRange(0), metavar="N", default=0, show_default=True, help="Decides what is left to chance."
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    callback=ending(".npz"),
    metavar="FILE.npz",
    help="Go on with a training that was stopped, with the same options.",
)
@click.option("--json", "as_json", is_flag=True, help="All epochs with their losses and gradient norms as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=ending(".npz", ".safetensors"),
    metavar="FILE",
    help="Where to write the weights.  [default: in ./renders/]",
)
@talk_options
@pass_session
def train(
    session: Session,
    source: str,
    size: int | None,
    channels: str | None,
    epochs: int | None,
    seed: int,
    resume: Path | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Train a small network and save its weights, those of the epoch that was best on the validation examples.

    digits are the 1,797 real ones of 8x8, scattered the same anywhere on a larger canvas, shapes are drawn by rule.
    mnist:DIR reads the four files of MNIST, plain or gzip, and folder:DIR pictures from one folder for each class.

    The same seed gives the same bytes on the same machine; with the other options left alone, --seed 0 gives the
    weights that ship with cnnviz for digits and scattered. Ctrl-C keeps what was reached beside the output, and
    --resume goes on from there to the very same weights.

    \b
    cnnviz train
    cnnviz train --data scattered --size 20 --epochs 10 --seed 7 -o mine.npz
    cnnviz train --data folder:photos --size 32 --channels rgb
    cnnviz train --resume renders/tiny-cnn.stopped.npz
    """
    from cnnviz.data import dataset
    from cnnviz.nn import evaluate
    from cnnviz.render.files.output import staged

    data = dataset(source, size=size, channels=channels)
    kind = source.partition(":")[0]
    total = epochs or EPOCHS[kind]
    target = output or Path("renders") / f"{'tiny' if kind == 'digits' else kind}-cnn.npz"
    stopped = target.with_suffix(".stopped.npz")
    with staged(target) as temporary:
        with _told(stopped), session.progress("training") as progress:
            network, history, text = _trained(
                data, epochs=total, seed=seed, progress=progress, checkpoint=stopped, resume=resume
            )
        network.input_shape, network.classes = data.shape, data.classes
        network.save(temporary)
    if as_json:
        click.echo(history.json())
        return
    for name in ("train", "validation", "test"):
        part = getattr(data.split, name)
        score = evaluate(network, part)
        click.echo(f"{name:<10}  {len(part):>6,} examples  {score.accuracy:7.2%} right  loss {score.loss:.4f}")
    click.echo(f"best epoch  {history.best} of {len(history)}")
    click.echo(f"network     {text}")
    if kind in ("shapes", "folder"):
        click.echo(f"classes     {', '.join(data.classes)}")
    click.echo(target)


def _trained(data: DataSet, *, epochs: int, seed: int, **options: Any) -> tuple[Sequential, History, str]:
    """Train the network made for these examples; also say how it is written."""
    from cnnviz.nn.zoo import train_scattered, train_tiny
    from cnnviz.nn.zoo.recipe import learn, small_cnn
    from cnnviz.nn.zoo.scattered import written
    from cnnviz.nn.zoo.tiny import TINY

    if data.name == "digits":
        return *train_tiny(epochs=epochs, seed=seed, **options), TINY
    if data.name == "scattered":
        size = data.shape[1]
        return *train_scattered(epochs=epochs, seed=seed, size=size, **options), written(size)
    network, text = small_cnn(data.shape, len(data.classes))
    network.initialize(seed)
    return network, learn(network, data.split, epochs=epochs, seed=seed, **options), text


@contextmanager
def _told(stopped: Path) -> Iterator[None]:
    """Say, where the training is stopped, how to go on."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        if stopped.exists():
            click.echo(f"kept in {stopped}; add --resume {shlex.quote(str(stopped))} to go on", err=True)
        raise
