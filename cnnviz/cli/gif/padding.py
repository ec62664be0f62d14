"""``cnnviz gif padding``: five ways to fill the border of a picture, side by side."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import image_argument, padding_modes_options

__all__ = ["padding"]


@click.command(short_help="Fill the border in five ways and compare.")
@image_argument
@padding_modes_options
@gif_options
def padding(draw: Draw, /, **subject: Any) -> None:
    """Fill the border of a picture in five ways, compare the maps, and print where the GIF is.

    The ways are none (crop), zeros, replicate (extend), reflect and circular. IMAGE is as for `cnnviz gif conv`;
    blackboard if left out.

    \b
    cnnviz gif padding
    cnnviz gif padding digit:3 --kernel sobel-x
    cnnviz gif padding photo.jpg --kernel laplacian --padding 8 -o borders.gif
    """
    from cnnviz.subjects.padding import Padding

    Padding(**subject)
    draw("ch03-s01-padding-modes", **subject)
