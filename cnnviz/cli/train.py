"""``cnnviz train``: the small network of the lecture, from first weights to reading digits."""

from pathlib import Path

import click

from cnnviz.cli.options import talk_options
from cnnviz.cli.session import Session, pass_session

__all__ = ["train"]


def _npz(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    if path.suffix.lower() != ".npz":
        raise click.BadParameter(f"expected a file name that ends in .npz, got {str(path)!r}", context, parameter)
    return path


@click.command()
@click.option("--data", type=click.Choice(["digits"]), default="digits", show_default=True, help="What to learn from.")
@click.option("--epochs", type=click.IntRange(1, 10_000), default=40, show_default=True, help="Passes through it.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Decides what is left to chance.")
@click.option("--json", "as_json", is_flag=True, help="All epochs with their losses and gradient norms as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=_npz,
    metavar="FILE.npz",
    default=Path("renders/tiny-cnn.npz"),
    show_default=True,
    help="Where to write the weights.",
)
@talk_options
@pass_session
def train(session: Session, data: str, epochs: int, seed: int, as_json: bool, output: Path) -> None:
    """Train tiny-cnn on the 8x8 digits and save its weights.

    The weights of the epoch that was best on the validation digits are kept. The same seed gives the same bytes on the
    same machine; --epochs 40 --seed 0 are those of the weights that ship with cnnviz.

    \b
    cnnviz train
    cnnviz train --epochs 10 --seed 7 -o mine.npz
    """
    from cnnviz.data.split import digits_split
    from cnnviz.nn import evaluate
    from cnnviz.nn.zoo import train_tiny
    from cnnviz.render.output import staged

    with staged(output) as temporary:
        with session.progress("training") as progress:
            network, history = train_tiny(
                epochs=epochs,
                seed=seed,
                callback=None if progress is None else lambda epoch: progress(epoch.number, epochs),
            )
        network.save(temporary)
    if as_json:
        click.echo(history.json())
        return
    split = digits_split()
    for name, part in (("train", split.train), ("validation", split.validation), ("test", split.test)):
        score = evaluate(network, part)
        click.echo(f"{name:<10}  {len(part):>5,} digits  {score.accuracy:7.2%} right  loss {score.loss:.4f}")
    click.echo(f"best epoch  {history.best} of {len(history)}")
    click.echo(output)
