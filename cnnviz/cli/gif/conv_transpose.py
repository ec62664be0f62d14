"""``cnnviz gif conv-transpose``: every pixel stamps the kernel into a larger map."""

from typing import Any

import click

from cnnviz.cli.drawing import Draw, gif_options
from cnnviz.cli.options import conv_transpose_options, image_argument

__all__ = ["conv_transpose"]


@click.command("conv-transpose", short_help="Stamp a kernel, pixel by pixel.")
@image_argument
@conv_transpose_options
@gif_options
def conv_transpose(draw: Draw, /, **subject: Any) -> None:
    """Stamp a kernel times each pixel into a larger map, where stamps add up, and print where the GIF is.

    IMAGE is as for `cnnviz gif conv`; a digit of 3 x 3 pixels if left out. The output becomes STRIDE times as large,
    unless --padding or --output-padding is given.

    \b
    cnnviz gif conv-transpose
    cnnviz gif conv-transpose digit:3 --size 4 --kernel "1,1;1,1"
    cnnviz gif conv-transpose photo.jpg --kernel "1/4,1/2,1/4;1/2,1,1/2;1/4,1/2,1/4" -o enlarged.gif
    cnnviz gif conv-transpose blackboard-4 --stride 1 --padding 0
    """
    from cnnviz.subjects.transposed import Transposed

    # Whatever is wrong with the picture or the options is said now, before the seconds that Manim takes to load.
    Transposed(**subject)
    draw("ch03-s07-transposed-convolution", **subject)
