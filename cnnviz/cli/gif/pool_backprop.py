"""``cnnviz gif pool-backprop``: gradients go back through pooling, to the winner or in shares."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import image_argument, pool_options
from cnnviz.cli.values import per_axis

__all__ = ["pool_backprop"]


@click.command(short_help="Send gradients back through pooling.")
@image_argument
@click.option(
    "--mode",
    type=click.Choice(["both", "max", "avg"]),
    default="both",
    show_default=True,
    help="To the winner of each window, in equal shares, or one after the other.",
)
@pool_options
@click.option(
    "--stride",
    metavar="N[,N]",
    callback=per_axis,
    default="1",
    show_default=True,
    help="Cells the window moves on; below the kernel size windows overlap.",
)
@click.option(
    "--dy",
    metavar="count|sum|ROWS",
    default="count",
    show_default=True,
    help='The gradient of the pooled map: 1, 2, 3, ..., or 1 everywhere, or rows as text ("1,0;0,-2").',
)
@gif_options
def pool_backprop(draw: Draw, /, **subject: Any) -> None:
    """Send the gradient of a pooled map back to its input and print where the GIF is.

    By max each gradient goes to the winner of its window, the first one in a tie; by avg every cell gets a share. What
    overlapping windows give adds up. IMAGE is as for `cnnviz gif conv`, of at most 12 pixels a side; the worked example
    pooling-a if left out.

    \b
    cnnviz gif pool-backprop
    cnnviz gif pool-backprop digit:3 --mode max --stride 2
    cnnviz gif pool-backprop pooling-b --stride 2 --dy "1,0;0,-2" -o back.gif
    """
    from cnnviz.subjects.pool_gradient import PoolGradient

    PoolGradient(**subject)
    draw("ch07-s04-pooling", **subject)
