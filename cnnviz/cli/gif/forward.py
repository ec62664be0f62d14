"""``cnnviz gif forward``: a digit goes through the small network."""

from pathlib import Path
from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import image_argument

__all__ = ["forward"]


@click.command(short_help="Send a digit through a trained network.")
@image_argument
@click.option(
    "--network",
    metavar="FILE.npz",
    type=click.Path(path_type=Path),
    help="Weights that cnnviz train wrote.  [default: those that ship with cnnviz]",
)
@gif_options
def forward(draw: Draw, /, **subject: Any) -> None:
    """Send a digit through the trained network tiny-cnn, one number of each layer after the other, to its prediction.

    IMAGE is a built-in digit, digit:0 to digit:9 (digit:3#12 is another 3), or a picture file, which is made 8x8 and
    read as light ink on dark ground or the other way around; digit:5 if left out.

    \b
    cnnviz gif forward
    cnnviz gif forward digit:7#12 -o seven.gif
    cnnviz gif forward my-digit.png --theme light
    cnnviz gif forward digit:4 --network renders/tiny-cnn.npz
    """
    from cnnviz.subjects.forward import Forward

    # Whatever is wrong with the picture or the weights is said now, before the seconds that Manim takes to load.
    Forward(**subject)
    draw("ch06-s05-forward-pass", **subject)
