"""``cnnviz gif conv``: a kernel slides over a picture."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import conv_options, image_argument

__all__ = ["conv"]


@click.command(short_help="Slide a kernel over a picture.")
@image_argument
@conv_options
@gif_options
def conv(draw: Draw, /, **subject: Any) -> None:
    """Slide a kernel over a picture, product by product, and print where the GIF is.

    IMAGE is a PNG, JPEG, GIF, BMP, WebP or TIFF file, rows of numbers as text ("1,2,3;4,5,6;7,8,9"), or a built-in
    name: digit:0 to digit:9 (digit:3#12 is another 3), photo:china, photo:flower, photo:grace_hopper, checkerboard,
    ramp, impulse, edge, blackboard, blackboard-4, pooling-a, pooling-b; digit:3 if left out.

    \b
    cnnviz gif conv
    cnnviz gif conv photo.jpg --kernel sobel-x --size 8 -o conv.gif
    cnnviz gif conv digit:7 --kernel "0,-1,0;-1,5,-1;0,-1,0" --padding same
    cnnviz gif conv photo:china --size 96 --stride 2 --theme light
    """
    from cnnviz.subjects.convolution import Convolution

    # Whatever is wrong with the picture or the options is said now, before the seconds that Manim takes to load.
    Convolution(**subject)
    draw("ch02-s02-real-digit", **subject)
