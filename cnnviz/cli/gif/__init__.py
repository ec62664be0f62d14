"""``cnnviz gif``: one idea, one picture, one small file; a module for each idea."""

import click

from cnnviz.cli.lazy import LazyGroup

__all__ = ["gif"]

_PLACES = {
    "conv": "cnnviz.cli.gif.conv:conv",
    "pool": "cnnviz.cli.gif.pool:pool",
    "relu": "cnnviz.cli.gif.relu:relu",
    "conv-transpose": "cnnviz.cli.gif.conv_transpose:conv_transpose",
    "padding": "cnnviz.cli.gif.padding:padding",
    "receptive-field": "cnnviz.cli.gif.receptive_field:receptive_field",
    "backprop": "cnnviz.cli.gif.backprop:backprop",
    "pool-backprop": "cnnviz.cli.gif.pool_backprop:pool_backprop",
    "forward": "cnnviz.cli.gif.forward:forward",
    "kernels": "cnnviz.cli.gif.kernels:kernels",
}


@click.group(cls=LazyGroup, places=_PLACES, short_help="Make an animated GIF of one operation.")
def gif() -> None:
    """Make an animated GIF of one operation, with the numbers of your own picture.

    \b
    cnnviz gif conv photo.jpg --kernel sobel-x -o conv.gif
    cnnviz gif forward digit:7
    """
