"""``cnnviz gif pool``: the largest number of each window goes on, or the mean."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import channels_option, image_argument, pool_options
from cnnviz.cli.values import per_axis

__all__ = ["pool"]

_SCENES = {"max": "ch04-s02-max-pooling", "avg": "ch04-s03-average-pooling"}


@click.command(short_help="Keep one number of every window.")
@image_argument
@click.option(
    "--mode",
    type=click.Choice(list(_SCENES)),
    default="max",
    show_default=True,
    help="The largest number, or the mean.",
)
@pool_options
@click.option(
    "--stride", metavar="N[,N]", callback=per_axis, help="Cells the window moves on.  [default: the kernel size]"
)
@channels_option
@gif_options
def pool(
    draw: Draw,
    /,
    mode: str,
    **subject: Any,
) -> None:
    """Pool a picture window by window and print where the GIF is.

    By max the winning cell travels to its place in the smaller map; by avg each cell hands over its share, and at the
    end the whole map is pooled to one number. IMAGE is as for `cnnviz gif conv`; the worked example pooling-a if left
    out.

    \b
    cnnviz gif pool
    cnnviz gif pool "1,9,5,4;3,2,0,7"
    cnnviz gif pool digit:3 --mode avg
    cnnviz gif pool photo.jpg --size 12 -o pool.gif
    cnnviz gif pool pooling-b --kernel-size 3 --stride 1
    cnnviz gif pool photo:flower --channels rgb
    """
    from cnnviz.subjects.pooling import Pooling

    Pooling(mode=mode, **subject)
    draw(_SCENES[mode], **subject)
