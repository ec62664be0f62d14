"""``cnnviz gif relu``: the feature map of a picture goes through ReLU."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import conv_options, image_argument

__all__ = ["relu"]


@click.command(short_help="Send a feature map through ReLU.")
@image_argument
@conv_options
@gif_options
def relu(draw: Draw, /, **subject: Any) -> None:
    """Send the feature map of a picture through ReLU, number by number, and print where the GIF is.

    The map is what the kernel makes of the picture; its negative numbers become 0. IMAGE is as for `cnnviz gif conv`;
    digit:3 if left out.

    \b
    cnnviz gif relu
    cnnviz gif relu blackboard --kernel edge-x
    cnnviz gif relu photo.jpg --kernel laplacian --size 10 -o relu.gif
    """
    from cnnviz.subjects.activation import Activation

    Activation(**subject)
    draw("ch04-s01-relu", **subject)
